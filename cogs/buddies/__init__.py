"""The Discord face of buddies."""
