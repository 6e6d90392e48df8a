"""Whole states of a cloud: put one in the place of another, keep copies, export and import (docs/adr/0026)."""
