"""Buddies: two members whose days overlap, and who look after each other."""
