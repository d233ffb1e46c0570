"""Autodidact's core: what the bot knows and does, without a word of Discord."""

__version__ = "0.1.0"
