"""A database instance: nodes, overview, backups, creation and secure deletion."""
