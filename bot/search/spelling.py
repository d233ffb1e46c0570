"""One respelling for a word that nobody knows: the likeliest of those that are known and differ by a slip."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import log1p

from bot.search.everyday import everyday

SHORTEST = 4
"""Shorter words are never respelt: too many others differ from them by a letter."""

_SPELT = re.compile(r"(?=(?:\d?[a-z]){4})[a-z0-9]+")
_SEVERAL = 12
_PART_AT_LEAST = 3
_COMMON = 0.1
_UNLIKELY, _LONG, _MANY_TIMES = 5.0, 9, 8


class Spelling:
    """The words that are known, each with how often it is met."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._sorted = sorted(counts)
        self._by_first: dict[str, list[str]] = {}
        for word in self._sorted:
            if len(word) >= SHORTEST and _SPELT.fullmatch(word):
                self._by_first.setdefault(word[0], []).append(word)
        self._mended: dict[str, str | None] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def count(self, word: str) -> int:
        """How often a word is met."""
        return self._counts.get(word, 0)

    def beginning_with(self, start: str, limit: int = _SEVERAL) -> list[str]:
        """Known words that begin so, the most frequent first."""
        found: list[str] = []
        for place in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[place].startswith(start) or len(found) > 400:
                break
            found.append(self._sorted[place])
        return sorted(found, key=lambda word: (-self._counts[word], len(word)))[:limit]

    def mended(self, word: str) -> str | None:
        """What was meant by a word that is not known: another word, or two with a space between, or None.

        A common word of the language is left as it is.
        """
        if everyday().holds(word):
            return None
        if word not in self._mended:
            if len(self._mended) > 2_000:
                self._mended.clear()
            respelt, sure = self._respelt(word)
            self._mended[word] = (
                (respelt if sure else self._parted(word)) or respelt or self._respelt_in_part(word)
            )
        return self._mended[word]

    def slip_of(self, word: str) -> str | None:
        """What a known word is probably a slip of: one that is met many times as often and differs by one."""
        respelt, sure = self._respelt(word)
        often = respelt is not None and self._counts.get(respelt, 0) >= _MANY_TIMES * max(
            1, self._counts.get(word, 0)
        )
        return respelt if sure and often and len(word) > SHORTEST else None

    def _parted(self, word: str) -> str | None:
        best, most = None, 0.0
        for place in range(_PART_AT_LEAST, len(word) - _PART_AT_LEAST + 1):
            first, second = word[:place], word[place:]
            if first in self._counts and second in self._counts:
                common = log1p(self._counts[first]) + log1p(self._counts[second])
                if min(self._counts[first], self._counts[second]) > 0 and common > most:
                    best, most = f"{first} {second}", common
        return best

    def _respelt_in_part(self, word: str) -> str | None:
        """A known word of some length that runs into one with a slip."""
        if len(word) < 10 or not word.isascii():
            return None
        for place in range(len(word) - _PART_AT_LEAST, _PART_AT_LEAST, -1):
            first, second = word[:place], word[place:]
            if self._counts.get(first, 0) and len(second) >= 5 and (mended := self._respelt(second)[0]):
                return f"{first} {mended}"
            if self._counts.get(second, 0) and len(first) >= 5 and (mended := self._respelt(first)[0]):
                return f"{mended} {second}"
        return None

    def _respelt(self, word: str) -> tuple[str | None, bool]:
        """The likeliest other word, if there is one, and whether it differs by a single slip."""
        if len(word) < SHORTEST or len(word) > 30 or not _SPELT.fullmatch(word):
            return None, False
        # Many megabytes, of which nobody has any use before the first slip of the pen.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        allowed = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
        best: tuple[float, str, int] | None = None
        for words, cost in self._alike(word):
            near = [other for other in words if abs(len(other) - len(word)) <= allowed and other != word]
            for other, distance, _ in extract(word, near, scorer=OSA.distance, score_cutoff=allowed, limit=8):
                if len(word) == SHORTEST and len(other) == SHORTEST and sorted(word) != sorted(other):
                    continue
                if distance * 3.2 + cost > max(len(word), len(other)):
                    continue
                often = 0.12 * log1p(self._counts.get(other, 0))
                mark = distance + cost - often + _unlike(word, other, distance)
                if best is None or mark < best[0]:
                    best = (mark, other, distance)
        return (best[1], best[2] == 1) if best and best[0] < _UNLIKELY else (None, False)

    def _alike(self, word: str) -> Iterator[tuple[Sequence[str], float]]:
        """The words with the same first letter, and those with the first two the other way round.

        Common words come after those of the field, which are likelier.
        """
        yield self._by_first.get(word[0], ()), 0.0
        swapped = [other for other in self._by_first.get(word[1], ()) if other.startswith(word[1::-1])]
        yield swapped, 0.0
        yield everyday().by_first.get(word[0], ()), _COMMON


def _unlike(word: str, other: str, distance: int) -> float:
    """How unlike a slip it is that one is written for the other.

    A slip rarely changes the first two letters or which consonants there are, save for one beside it on the
    keyboard or of a like sound.
    """
    unlike = 0.0 if word[:2] == other[:2] else 0.25
    if word.rstrip("s") == other.rstrip("s"):
        return unlike - 0.5
    bones, others = set(word) - _VOWELS, set(other) - _VOWELS
    gone, come = bones - others, others - bones
    if not gone and not come:
        return unlike - 0.4
    if distance > 1 and len(word) < _LONG:
        return unlike + _UNLIKELY
    if gone and come and not all(_beside(one, two) for one in gone for two in come):
        return unlike + _UNLIKELY
    return unlike


_VOWELS = frozenset("aeiouy")
_KEYS = {
    key: (x + y / 2, y)
    for y, row in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm"))
    for x, key in enumerate(row)
}
_SOUNDS = ("ckqsz", "fvp", "gj", "td", "bp", "mn", "lr")


def _beside(one: str, other: str) -> bool:
    if any(one in sound and other in sound for sound in _SOUNDS):
        return True
    if one not in _KEYS or other not in _KEYS:
        return False
    (x, y), (u, v) = _KEYS[one], _KEYS[other]
    return abs(x - u) <= 1 and abs(y - v) <= 1
