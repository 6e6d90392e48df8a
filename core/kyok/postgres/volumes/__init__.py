"""Encrypted volumes of nodes: one class for each way to keep clear data off the disk."""
