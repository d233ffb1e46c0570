"""Builds: the week in which a picked idea becomes a baseline, or is left."""
