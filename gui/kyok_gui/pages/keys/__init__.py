"""Pages of an instance that holds keys: its keys and its overview."""
