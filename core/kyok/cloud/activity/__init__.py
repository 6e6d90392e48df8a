"""The activity log: CADF events of every state change and every refused attempt."""
