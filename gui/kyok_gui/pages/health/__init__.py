"""Key health: whether the nodes of every database instance can use their root key."""
