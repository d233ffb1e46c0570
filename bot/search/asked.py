"""What a query asks for, once it is understood, and what the understanding rests on."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from math import log

from bot.search.cues import Asking
from bot.search.meanings import Meanings
from bot.search.spelling import Spelling

_LEAST_OF_MANY = 200


class Sort(Enum):
    """What a part of a query is: a thing of the field, a word that documents hold, and so on."""

    SUBJECT = auto()
    WORD = auto()
    GENERIC = auto()
    PLAIN = auto()
    UNKNOWN = auto()
    CUE = auto()
    AIM = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A word or name of a query: how much it weighs, and the terms that answer it, each with how well.

    `covers` are its stems, `alike` those of other names of the same; `asking` is what a cue asks for.
    `person` says that it names somebody, `elsewhere` that it is mostly said of other matters.
    """

    said: str
    sort: Sort
    weight: float
    ways: Mapping[str, float]
    covers: frozenset[str] = frozenset()
    alike: frozenset[str] = frozenset()
    asking: Asking | None = None
    person: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A query understood. `names` are its words without spaces: as typed, as respelt, and without cues.

    `row` are the stems of its words, `told` those that do not only ask.
    """

    parts: Sequence[Part]
    names: Mapping[str, float] = field(default_factory=dict)
    row: Sequence[str] = ()
    told: frozenset[str] = frozenset()
    respelt: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the understanding of a query rests on: the documents and all words.

    `counts` says how many of the `size` documents are found by a term, `said` how many hold it themselves;
    `titled` are the words of titles.
    """

    size: int
    counts: Mapping[str, int]
    said: Mapping[str, int]
    spelling: Spelling
    meanings: Meanings
    titled: Container[str]

    def telling(self, count: int) -> float:
        """How telling a term is that so many documents hold, from 0 to 1."""
        size = max(self.size, _LEAST_OF_MANY)
        return log(1 + size / (count + 0.5)) / log(1 + size / 0.5)
