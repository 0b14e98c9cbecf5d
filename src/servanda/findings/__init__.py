"""Claims held against the record: findings, stories, proposals."""
