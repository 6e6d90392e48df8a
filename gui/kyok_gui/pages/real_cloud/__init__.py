"""A real account, read only."""
