"""Settings of the console and of the emulated cloud."""
