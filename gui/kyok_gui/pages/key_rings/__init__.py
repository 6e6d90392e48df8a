"""Key rings: groups of keys of an instance."""
