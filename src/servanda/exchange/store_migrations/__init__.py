"""Migrations of the store, forward from its first schema."""
