"""What is said of a resource, and the words that may be said."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from bot.search.facets import Cost, Facets, Kind, Level


class Step(StrEnum):
    """The step of the path that a resource serves."""

    LEARN = "learn"
    BUILD = "build"
    SHOW = "show"
    HUNT = "hunt"


OWN = "server"
"""The source of what a server's curators took in themselves."""

SOURCES = frozenset(
    {
        "no-ml-degree-notes",
        "ml-engineer-roadmap",
        "portfolio-equal-to-a-degree",
        "practicing-ml-in-a-non-ml-job",
        "what-substitutes-for-experience",
        "reading-list",
        "ours",
    }
)
"""Where the catalogue's resources come from: guides, by their short names; a longer list; its editors."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource as a catalogue, a file of curators or a suggestion describes it; checked by `reading`.

    `good_for` is one sentence, `minutes` the rough time to get through it, None for what one dips into.
    `also` are other names, `asks` what somebody types who is after this.
    `slug` names an entry of the program's own catalogue for ever. `dead` says what became of it, where it is
    gone, and `replaced_by` is the slug of what to use instead.
    """

    title: str
    address: str
    good_for: str
    kind: Kind
    level: Level
    topics: Sequence[str]
    cost: Cost
    minutes: int | None
    maths: bool
    step: Step
    source: str = OWN
    author: str = ""
    also: Sequence[str] = ()
    asks: Sequence[str] = ()
    recalled: bool = False
    dead: str = ""
    replaced_by: str | None = None
    slug: str | None = None

    @property
    def facets(self) -> Facets:
        """What the search knows of it beside its words."""
        return Facets(self.kind, self.level, self.cost, self.minutes, self.maths)


@cache
def topics() -> Mapping[str, str]:
    """What resources can be about: each topic's short name, and the name people read, in English."""
    text = resources.files("bot.resources").joinpath("topics.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["topics"])
