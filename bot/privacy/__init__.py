"""What is stored about a member, told, given out and forgotten; and servers that the bot was taken out of."""
