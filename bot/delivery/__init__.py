"""What the bot sends by itself: what is due, the outbox, and the pace at which it goes out."""
