"""Reclamation: deleted instances that can still be restored."""
