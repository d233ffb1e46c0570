"""Showing text that people wrote as text: nothing in it is acted upon, and it stays in its place."""

import re

# Discord takes everything up to the next space or angle bracket for the address, marks included.
_ADDRESS = re.compile(r"(https?://[^\s<>]+)")
# What Discord shows as a member, channel, command, emoji or moment begins with an angle bracket.
_MARKS = re.compile(r"[\\*_~|`\[]|<(?=[@#:/]|(?:a|t|id):)")
_LINE_STARTS = re.compile(r"^([^\S\n]*)(?=(?:#{1,3}|-#?|\+|>(?:>>)?)\s)", re.MULTILINE)


def as_text(text: str, limit: int) -> str:
    """Text with its markup made visible and at most `limit` characters long, cut between words.

    Addresses stay whole. discord.py's escape_markdown leaves markup between two pairs of brackets alone,
    and puts the backslash of a list into the line before.
    """
    pieces = _ADDRESS.split(text)
    # Every second piece is an address.
    pieces[::2] = [_MARKS.sub(r"\\\g<0>", piece) for piece in pieces[::2]]
    escaped = _LINE_STARTS.sub(r"\1\\", "".join(pieces))
    if len(escaped) <= limit:
        return escaped
    cut = escaped[: limit - 1]
    words = re.sub(r"\s+\S*$", "", cut)
    # A backslash at the end would escape the ellipsis, not what it was meant for.
    return (words if len(words) > limit * 0.8 else cut).rstrip("\\") + "…"


def boxed(text: str) -> str:
    """Text in a box from which it can be copied as it is; nothing in it ends the box."""
    return "```\n" + text.replace("```", "'''") + "\n```"
