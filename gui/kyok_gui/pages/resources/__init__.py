"""The resource list: the console's home."""
