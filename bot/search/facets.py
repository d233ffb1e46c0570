"""What is known of a resource beside its words, and what one may ask of it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a resource is, seen from what a member does with it."""

    COURSE = "course"
    BOOK = "book"
    VIDEO = "video"
    ARTICLE = "article"
    PAPER = "paper"
    TUTORIAL = "tutorial"
    GUIDE = "guide"
    TOOL = "tool"
    PROJECT = "project"
    DATASET = "dataset"
    PRACTICE = "practice"
    IDEAS = "ideas"
    HOSTING = "hosting"
    COMMUNITY = "community"
    NEWSLETTER = "newsletter"
    SCHOOL = "school"
    JOBS = "jobs"


class Level(StrEnum):
    """For whom it is; ANYONE fits every level."""

    ANYONE = "anyone"
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Cost(StrEnum):
    """What it costs; FREEMIUM has a useful part that is free."""

    FREE = "free"
    FREEMIUM = "freemium"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Facets:
    """What is known of a resource; None where it is not known.

    `minutes` is the rough time to get through it, None as well for what one only dips into.
    """

    kind: Kind | None = None
    level: Level | None = None
    cost: Cost | None = None
    minutes: int | None = None
    maths: bool | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a resource must be to be found at all; None asks nothing.

    `cost` FREE asks for what costs nothing, FREEMIUM for what is free at least in part.
    """

    kind: Kind | None = None
    level: Level | None = None
    cost: Cost | None = None
    minutes_at_most: int | None = None

    def admit(self, facets: Facets) -> bool:
        """Whether a resource is what was asked for; what is not known of it is taken not to be."""
        return (
            (self.kind is None or facets.kind is self.kind)
            and (self.level is None or facets.level in (self.level, Level.ANYONE))
            and (self.cost is None or facets.cost in _COSTS_WITHIN[self.cost])
            and (
                self.minutes_at_most is None
                or (facets.minutes is not None and facets.minutes <= self.minutes_at_most)
            )
        )


_COSTS_WITHIN = {
    Cost.FREE: (Cost.FREE,),
    Cost.FREEMIUM: (Cost.FREE, Cost.FREEMIUM),
    Cost.PAID: (Cost.PAID,),
}
