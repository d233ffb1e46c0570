"""The readers of a post: one field a file, each pure, each answering with the words that prove it."""

from typing import Final

PARSER_VERSION: Final = 1
"""Raised when the readers or the signals change so that what is stored should be read anew."""
