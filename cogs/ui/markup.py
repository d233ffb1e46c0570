"""Showing text that people wrote as text: nothing in it is acted upon, and it stays in its place."""

import discord


def as_text(text: str, limit: int) -> str:
    """Text with its markup made visible and at most `limit` characters long, cut between words."""
    escaped = discord.utils.escape_markdown(text)
    if len(escaped) <= limit:
        return escaped
    cut = escaped[: limit - 1]
    words = cut.rsplit(None, 1)[0]
    # A backslash at the end would escape the ellipsis, not what it was meant for.
    return (words if len(words) > limit * 0.8 else cut).rstrip("\\") + "…"


def as_quote(text: str, limit: int) -> str:
    """Text as a block quote of at most `limit` characters."""
    lines = text.count("\n") + 1
    return "\n".join(f"> {line}" for line in as_text(text, limit - 2 * lines).split("\n"))
