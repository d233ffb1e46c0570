"""What is searched, and what is found: the same for the bot's own catalogue and for any other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.search.facets import Facets


@dataclass(frozen=True, slots=True)
class Document:
    """A resource as the search sees it.

    `names` are other names that people type, `asks` what else they type who are after this. `stands` is False
    for what is dead: it is found by its name only, to say so, and stands below all others.
    """

    key: int
    title: str
    url: str
    description: str = ""
    tags: Sequence[str] = ()
    author: str = ""
    names: Sequence[str] = ()
    asks: Sequence[str] = ()
    facets: Facets = field(default_factory=Facets)
    stands: bool = True


class Why(StrEnum):
    """A reason for which a document fits; NAME to WORDS come from what was typed, as does what follows."""

    NAME = "name"
    AUTHOR = "author"
    TOPIC = "topic"
    WORDS = "words"
    KIND = "kind"
    LEVEL = "level"
    COST = "cost"
    TIME = "time"
    MATHS = "maths"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document fits; `what` is the author, tag, word or facet value as the document has it."""

    why: Why
    what: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that fits, from 0 to 1 how well, and why, the strongest reason first."""

    key: int
    score: float
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, the best first; none where nothing fits.

    `respelt` is the query as it was understood, where a word was not typed as it is written, else empty.
    `nearest` are tags of what comes closest where nothing fits.
    """

    hits: Sequence[Hit]
    respelt: str = ""
    nearest: Sequence[str] = ()
