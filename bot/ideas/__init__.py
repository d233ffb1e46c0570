"""Ideas: what members might build, gathered before any is chosen."""
