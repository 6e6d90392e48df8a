"""Volumes of nodes: one contract for three kinds, and what each has of its own."""
