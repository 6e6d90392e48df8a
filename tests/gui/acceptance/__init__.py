"""What a person can see of the acceptance scenarios: the real console on the real emulated cloud."""
