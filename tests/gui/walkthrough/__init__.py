"""The hand, the evidence and the runner of the walk, without a cloud."""
