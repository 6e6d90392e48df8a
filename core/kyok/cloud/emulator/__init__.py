"""What no real cloud offers: its clock, faults, settings, identities, change feed, leases, scenarios and reset."""
