"""Routines: what members planned, when they are away, and when they want to be pinged."""
