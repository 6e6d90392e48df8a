"""The scenario with many things, in which everything is measured that has to hold with them."""

LARGE = "ten-thousand-keys"
KEYS, INSTANCES = 10_000, 200
HOLDER, DATABASE, ROOT_KEY = "acme-hpcs", "app-db-001", "app-0001"
"""The instance with the keys, a database of it, and the key of that."""
