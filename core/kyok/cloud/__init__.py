"""The emulated cloud: wire -> services -> store, with the HSM and the database nodes beside it."""
