"""Scenarios: states of the whole cloud as files that people write, load and save (docs/scenarios.md)."""
