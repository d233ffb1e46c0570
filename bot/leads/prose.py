"""A post's text, looked through for telling words: what matches a cue and is not denied beside it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

QUOTE_LIMIT = 120
"""The most characters of a quote."""

MATCHES_AT_MOST = 100
"""So many places are looked at for a cue; what a post says, it says before that."""

_REACH = 2 * QUOTE_LIMIT
"""How far from the words a sentence is followed: a post may be one line of 100,000 characters."""

# One character for one character, so that a place in the folded text is the same place in the text.
_FOLDED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ‘’‐‑‒–—\u00a0\u2009\u202f",
    "abcdefghijklmnopqrstuvwxyz''-----   ",
)
_ENDS = re.compile(r"\n|[.!?;]\s|\s[|•·→]\s|\*\s")
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not(?! only| just)|never|nor|without|isn't|aren't|don't|doesn't|won't|non)\b"
    r"(?!.*\b(?:but|just|instead|though)\b)[^,.;:!?()]*$"
)
_DENIED_AFTER = re.compile(
    r"[^,.;:!?]{0,12}\b(?:not|isn't|aren't) (?:required|needed|necessary|expected|offered|a must)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that prove something.

    `pattern` is for folded text: lower case, plain apostrophes and hyphens. `needles` spare the search where
    none of them is in the text. What stands before the words in their sentence must not match
    `unless_before`, and what stands after them must not begin with `unless_after`. A cue that is itself a
    denial ("no leetcode") is not undone by one.
    """

    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    may_be_denied: bool = False


def cue(
    needles: str,
    pattern: str,
    *,
    before: str | None = None,
    after: str | None = None,
    may_be_denied: bool = False,
) -> Cue:
    """A cue: needles divided by bars, and patterns over several lines, whose indents are no part of them."""
    return Cue(
        tuple(needles.split("|")),
        _compiled(pattern),
        _compiled(before) if before else None,
        _compiled(after) if after else None,
        may_be_denied,
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(line.lstrip() for line in pattern.splitlines()))


class Prose:
    """A text and its folded twin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.translate(_FOLDED)

    def find(self, *cues: Cue) -> str | None:
        """The sentence with the first words that match one of the cues, the first of the cues first."""
        for one in cues:
            for match in self.matches(one):
                return self.quote(match.start(), match.end())
        return None

    def matches(self, one: Cue) -> Iterator[re.Match[str]]:
        """The places that match a cue and are not undone by what stands beside them."""
        if not any(needle in self.folded for needle in one.needles):
            return
        for match in islice(one.pattern.finditer(self.folded), MATCHES_AT_MOST):
            start, end = self._sentence(match.start(), match.end())
            before, after = self.folded[start : match.start()], self.folded[match.end() : end]
            if not one.may_be_denied and (_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after)):
                continue
            if one.unless_before and one.unless_before.search(before):
                continue
            if one.unless_after and one.unless_after.match(after):
                continue
            yield match

    def sentence_of(self, words: str) -> str:
        """The sentence that holds these words; the opening where the text has them not."""
        words = words.strip()
        start = self.text.find(words) if words else -1
        return self.quote(start, start + len(words)) if start >= 0 else self.opening()

    def line(self, place: int) -> tuple[int, int]:
        """Where the line around a place begins and ends."""
        end = self.text.find("\n", place)
        return self.text.rfind("\n", 0, place) + 1, len(self.text) if end < 0 else end

    def opening(self) -> str:
        """The first line."""
        return shortened(self.text.strip().split("\n", 1)[0])

    def quote(self, start: int, end: int) -> str:
        """The sentence around a place, or as much of it on both sides as a quote may have, in whole words."""
        first, last = self._sentence(start, end)
        if last - first > QUOTE_LIMIT:
            spare = max(0, QUOTE_LIMIT - (end - start))
            left = max(first, start - spare // 2)
            right = min(last, left + max(QUOTE_LIMIT, end - start))
            left = max(first, min(left, right - QUOTE_LIMIT))
            first, last = self._whole_words(first, left, right, last, start, end)
        return shortened(self.text[first:last].strip(" \t-*•|"))

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        first = max(0, start - _REACH)
        for match in _ENDS.finditer(self.folded, first, start):
            first = match.end()
        # The words may have the end of their sentence in them.
        after = _ENDS.search(self.folded, max(start, end - 1), min(len(self.folded), end + _REACH))
        if not after:
            return first, min(len(self.folded), end + _REACH)
        return first, after.start() + (after[0][0] in ".!?;")

    def _whole_words(
        self, first: int, left: int, right: int, last: int, start: int, end: int
    ) -> tuple[int, int]:
        if left > first:
            space = self.text.find(" ", left, start)
            left = space + 1 if space >= 0 else start
        if right < last:
            space = self.text.rfind(" ", end, right)
            right = space if space >= 0 else end
        return left, right


def shortened(words: str) -> str:
    """The words as one line, cut to the length of a quote after a whole word if there is one."""
    words = words.strip().split("\n", 1)[0]
    if len(words) <= QUOTE_LIMIT:
        return words.strip()
    cut = words[: QUOTE_LIMIT + 1].rsplit(None, 1)[0]
    return cut[:QUOTE_LIMIT].strip()
