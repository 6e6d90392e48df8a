"""Manage > Emulator: what no real cloud offers. Its clock, faults, scenarios, snapshots, export and import."""
