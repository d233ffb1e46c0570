"""What stands around a word: the part of its sentence before it, and the last of some words there."""

import re

# "Sr. ML Engineer" and "max. $100k" are no ends of sentences.
_ENDS = re.compile(r"[|\n;•]|(?<!\bsr)(?<!\bjr)(?<!\bmax)(?<!\bmin)(?<!\bno)(?<!\.d)[.!?]\s")


def sentence_before(text: str, place: int, reach: int) -> str:
    """The words of the same sentence before a place, at most `reach` characters of them."""
    start = max(0, place - reach)
    for ended in _ENDS.finditer(text, start, place):
        start = ended.end()
    return text[start:place]


def last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, or -1."""
    place = -1
    for found in pattern.finditer(text):
        place = found.end()
    return place
