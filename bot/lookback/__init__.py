"""Looking back: on a server's week, in the check-in channel, and on a member's own, in private."""
