"""Watches: a member's own filters for job leads, and the one message a day about what they found."""
