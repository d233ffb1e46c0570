"""Preferences: what a member lets others see, and what they want as direct messages."""
