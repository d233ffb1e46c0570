"""Preferences: /preferences."""
