"""What stands around a word: the part of its sentence before it, and the last of some words there."""

import re

# "Sr. ML Engineer" and "max. $100k" are no ends of sentences.
_ENDS = re.compile(
    r"[|\n;•.!?](?:(?<=[|\n;•])|(?<!\bsr.)(?<!\bjr.)(?<!\bmax.)(?<!\bmin.)(?<!\bno.)(?<!\.d.)\s)"
)

_PART_ENDS = re.compile(r"[|\n]")


def sentence_before(text: str, place: int, reach: int) -> str:
    """The words of the same sentence before a place, at most `reach` characters of them."""
    start = max(0, place - reach)
    for ended in _ENDS.finditer(text, start, place):
        start = ended.end()
    return text[start:place]


def in_short_part(text: str, start: int, end: int, most: int) -> bool:
    """Whether the part of a line around a place, between pipes, has at most `most` characters."""
    first = max(0, start - most)
    begin = max(text.rfind("|", first, start), text.rfind("\n", first, start))
    if begin < 0 and start > most:
        return False
    ended = _PART_ENDS.search(text, end, min(len(text), begin + most + 2))
    return ended is not None or len(text) <= begin + most + 1


def last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, or -1."""
    place = -1
    for found in pattern.finditer(text):
        place = found.end()
    return place
