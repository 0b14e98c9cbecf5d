"""What states tell each other: declarations, how they are signed, logged, stored, and who may read them."""
