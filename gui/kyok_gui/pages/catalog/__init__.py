"""The catalog and the creation pages of key services."""
