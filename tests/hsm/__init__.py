"""The emulated HSM."""
