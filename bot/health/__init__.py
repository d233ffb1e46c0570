"""Whether the bot is well, and how much of what it does: for whoever watches it from outside."""
