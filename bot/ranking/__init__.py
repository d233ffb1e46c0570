"""Ranking: what taps and ballots say, and how sure that is. Pure, and the same on every machine."""

METHOD_VERSION = 1
"""Grows whenever the same votes may lead to other figures; a record says by which it was counted."""
