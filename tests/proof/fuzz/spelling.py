"""Custom ids that a pattern takes, made from the pattern itself: no list that could miss a new one."""

from __future__ import annotations

import re
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

LONGEST = 100
NUMERIC = re.compile(r"\d+", re.ASCII)
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def spelled(
    pattern: re.Pattern[str], random: Random, known: Mapping[str, Sequence[str]], full: float = 0.5
) -> str:
    """A text that the pattern takes, with known values in its named groups where they fit.

    `full` is how likely a part that may be left out is there. Values under the name "" stand for all numbers
    whose groups have no values of their own.
    """
    names = {number: name for name, number in pattern.groupindex.items()}
    made = _Speller(random, known, names, full)
    for _attempt in range(200):
        text = made.spell(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
        if pattern.fullmatch(text) and len(text) <= LONGEST:
            return text
    raise ValueError(f"no text found that {pattern.pattern!r} takes")


class _Speller:
    def __init__(
        self, random: Random, known: Mapping[str, Sequence[str]], names: Mapping[int, str], full: float
    ):
        self._random, self._known, self._names, self._full = random, known, names, full

    def spell(self, parts: Any) -> str:
        return "".join(self._part(str(op), value) for op, value in parts)

    def _part(self, op: str, value: Any) -> str:
        match op:
            case "LITERAL":
                return chr(value)
            case "BRANCH":
                return self.spell(self._random.choice(value[1]))
            case "SUBPATTERN":
                return self._group(self._names.get(value[0], ""), value[3])
            case "MAX_REPEAT":
                return self._repeated(*value)
            case "IN":
                return self._one_of(value)
            case "ANY" | "NOT_LITERAL":
                return self._random.choice(LETTERS)
            case "AT" | "ASSERT" | "ASSERT_NOT":
                return ""
        raise ValueError(f"patterns with {op} cannot be spelled")

    def _group(self, name: str, inner: Any) -> str:
        spelled = self.spell(inner)
        values = self._known.get(name) or (self._known.get("", ()) if NUMERIC.fullmatch(spelled) else ())
        return self._random.choice(values) if values and self._random.random() < 0.9 else spelled

    def _repeated(self, least: int, most: int, inner: Any) -> str:
        if (least, most) == (0, 1):
            return self.spell(inner) if self._random.random() < self._full else ""
        count = self._random.randint(least, min(int(most), least + 30))
        return "".join(self.spell(inner) for _ in range(count))

    def _one_of(self, members: Any) -> str:
        kind, value = self._random.choice(members)
        match str(kind):
            case "LITERAL":
                return chr(value)
            case "RANGE":
                return chr(self._random.randint(*value))
            case "CATEGORY" if "DIGIT" in str(value) and "NOT" not in str(value):
                return self._random.choice("0123456789")
        return self._random.choice(LETTERS)
