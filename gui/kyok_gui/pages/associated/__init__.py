"""Associated resources: what is registered with the keys of an instance."""
