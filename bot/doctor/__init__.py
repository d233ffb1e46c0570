"""What is right and what is wrong with a bot, looked at from outside, and what to do about it."""
