"""Polls: from many ideas to five, to the one that is built."""
