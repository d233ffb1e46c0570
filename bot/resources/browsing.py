"""Looking round on a shelf by step, topic and kind. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.resources.answers import Counts, Page
from bot.resources.entry import Entry, Step
from bot.resources.resource import Resource
from bot.search.facets import Kind, Level

PAGE = 5
"""How many resources a page has."""

_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen so far; None where nothing was."""

    step: Step | None = None
    topic: str | None = None
    kind: Kind | None = None

    def admit(self, entry: Entry) -> bool:
        """Whether a resource is among it."""
        return (
            (self.step is None or entry.step is self.step)
            and (self.topic is None or self.topic in entry.topics)
            and (self.kind is None or entry.kind is self.kind)
        )


def page_of(
    shelf: Iterable[Resource], wanted: Wanted, page: int, helped: Mapping[int, int], size: int = PAGE
) -> Page:
    """A page of what is wanted, or the last one there is; what is dead is not shown.

    What helped most members comes first, then what is about the topic above all, then what is for everybody
    and for beginners.
    """
    alive = [one for one in shelf if not one.entry.dead]
    found = [one for one in alive if wanted.admit(one.entry)]
    found.sort(
        key=lambda one: (
            -helped.get(one.id, 0),
            wanted.topic is not None and one.entry.topics[0] != wanted.topic,
            _LEVELS.index(one.entry.level),
            one.entry.title.casefold(),
            one.id,
        )
    )
    pages = max(1, -(-len(found) // size))
    page = min(max(page, 0), pages - 1)
    return Page(found[page * size : (page + 1) * size], page, pages, len(found), _counts(alive, wanted))


def _counts(alive: list[Resource], wanted: Wanted) -> Counts:
    any_step, any_topic, any_kind = (
        replace(wanted, step=None),
        replace(wanted, topic=None),
        replace(wanted, kind=None),
    )
    return Counts(
        Counter(one.entry.step for one in alive if any_step.admit(one.entry)),
        Counter(topic for one in alive if any_topic.admit(one.entry) for topic in one.entry.topics),
        Counter(one.entry.kind for one in alive if any_kind.admit(one.entry)),
    )
