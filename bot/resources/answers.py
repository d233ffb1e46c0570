"""What members are answered when they search, browse, or look at what is theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.resources.entry import Step
from bot.resources.resource import NO_MARK, NOT_CHECKED, LinkHealth, Mark, Resource
from bot.resources.suggestion import Suggestion
from bot.search.document import Reason
from bot.search.facets import Kind


@dataclass(frozen=True, slots=True)
class FoundResource:
    """A resource that fits, why it does, the strongest reason first, and what it is to who asked.

    `helped` is how many members it helped. `replacement` is what to use in place of one that is dead. Where a
    reason is a topic, it has the topic's short name.
    """

    resource: Resource
    reasons: Sequence[Reason] = ()
    helped: int = 0
    mark: Mark = NO_MARK
    link: LinkHealth = NOT_CHECKED
    replacement: Resource | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a query, the best first.

    `respelt` is the query as it was understood, where it was not typed like that, else empty. Where nothing
    fits, `nearest` has the short names of the topics that come closest, and `fit_without_filters` tells
    whether something would fit if nothing but the words were asked.
    """

    query: str
    found: Sequence[FoundResource]
    respelt: str = ""
    nearest: Sequence[str] = ()
    fit_without_filters: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many resources each choice would leave, with all else chosen as it is; none that leaves nothing."""

    steps: Mapping[Step, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[Kind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what there is, counted from 0; of `pages` there is at least one.

    `helped` and `links` have, by their ids, how many members the resources helped and how their links are.
    """

    resources: Sequence[Resource]
    page: int
    pages: int
    total: int
    counts: Counts
    helped: Mapping[int, int] = field(default_factory=dict)
    links: Mapping[int, LinkHealth] = field(default_factory=dict)

    @property
    def found(self) -> list[FoundResource]:
        """The resources of the page, with what members made of them and how their links are."""
        return [
            FoundResource(one, helped=self.helped.get(one.id, 0), link=self.links.get(one.id, NOT_CHECKED))
            for one in self.resources
        ]


@dataclass(frozen=True, slots=True)
class Marked:
    """A resource that is something to a member; `is_gone`: it is not on the shelf any more."""

    resource: Resource
    mark: Mark
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """What is a member's, each resource in one list, the newest first.

    `started` is what is under way, `saved` what is neither under way nor finished, `helped` what is nothing
    else to them.
    """

    saved: Sequence[Marked] = ()
    started: Sequence[Marked] = ()
    finished: Sequence[Marked] = ()
    helped: Sequence[Marked] = ()
    suggestions: Sequence[Suggestion] = ()
