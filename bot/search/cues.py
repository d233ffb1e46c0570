"""The words of a query that are not about a subject: what only asks, what asks for a kind or level.

Read once out of cues.toml, which says how it is written.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from bot.search.facets import Cost, Kind, Level
from bot.search.words import stem, words

WITHOUT_MATHS = "without maths"
"""The value of a cue that asks for no maths."""


class Aim(StrEnum):
    """What somebody wants to do with what they look for."""

    UNDERSTAND = "understand"
    BUILD = "build"
    USE = "use"
    ANYTHING = "anything"


Asking = Kind | Level | Cost | Aim | int | str
"""What a cue asks for; a number is minutes at most."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What cues.toml says.

    `generic` and `plain` are stems, `field` the terms of the whole field, and `phrases` holds cues by
    their first word, the longest first; `written` are all words that a query may hold without a subject.
    """

    silent: frozenset[str]
    generic: frozenset[str]
    plain: frozenset[str]
    elsewhere: frozenset[str]
    elsewhere_phrases: frozenset[tuple[str, ...]]
    field: frozenset[str]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Asking]]]
    near: Mapping[Kind, Mapping[Kind, float]]
    aims: Mapping[Aim, Mapping[Kind, float]]
    asking: frozenset[str]
    written: frozenset[str]


@cache
def cues() -> Cues:
    """The cues of the file."""
    text = resources.files("bot.search").joinpath("cues.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    phrases: dict[str, list[tuple[tuple[str, ...], Asking]]] = {}
    for facet, read in _FACETS.items():
        for value, line in table[facet].items():
            for phrase in _phrases(line):
                phrases.setdefault(phrase[0], []).append((phrase, read(value)))
    silent, generic, plain = (_words(table[name]["words"]) for name in ("silent", "generic", "plain"))
    elsewhere = _phrases(table["elsewhere"]["words"])
    asking = frozenset(word for rows in phrases.values() for phrase, _ in rows for word in phrase)
    return Cues(
        silent,
        frozenset(map(stem, generic)),
        frozenset(map(stem, plain)),
        frozenset(phrase[0] for phrase in elsewhere if len(phrase) == 1),
        frozenset(phrase for phrase in elsewhere if len(phrase) > 1),
        _terms(table["field"]["names"]),
        {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in phrases.items()},
        {Kind(kind): _near(line) for kind, line in table["near"].items()},
        {Aim(aim): _near(line) for aim, line in table["aims"].items()},
        asking,
        silent | generic | plain | asking,
    )


_FACETS: Mapping[str, Callable[[str], Asking]] = {
    "kind": Kind,
    "aim": Aim,
    "level": Level,
    "cost": Cost,
    "minutes": int,
    "maths": lambda _: WITHOUT_MATHS,
}


def _phrases(text: str) -> list[tuple[str, ...]]:
    return [tuple(words(phrase)) for phrase in text.split(",") if words(phrase)]


def _terms(text: str) -> frozenset[str]:
    return frozenset("_".join(("", *phrase)) for phrase in _phrases(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for phrase in _phrases(text) for word in phrase)


def _near(line: str) -> dict[Kind, float]:
    pairs = (part.split() for part in line.split(","))
    return {Kind(kind): float(weight) for kind, weight in pairs}
