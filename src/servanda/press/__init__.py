"""What the world says: documents, the claims in them, findings against the record, stories."""
