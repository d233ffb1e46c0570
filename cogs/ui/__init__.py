"""What all cogs share to talk with people."""
