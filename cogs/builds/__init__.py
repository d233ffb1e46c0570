"""Builds in Discord: seven days of a team for a baseline."""
