"""Ranking: what taps and ballots say, and how sure that is. Pure, and the same on every machine."""
