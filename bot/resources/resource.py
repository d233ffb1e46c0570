"""A resource as it is kept, and what it is to a member."""

from dataclasses import dataclass
from datetime import datetime

from bot.resources.entry import Entry


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource that is stored; `guild_id` is None for one of the catalogue that comes with the program."""

    id: int
    entry: Entry
    guild_id: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether the curators of a server took it in themselves."""
        return self.guild_id is not None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a resource is to one member: since when, in UTC, or None where it is not."""

    saved_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    helped_at: datetime | None = None

    @property
    def is_saved(self) -> bool:
        return self.saved_at is not None

    @property
    def is_under_way(self) -> bool:
        """Whether it was begun and is not finished."""
        return self.started_at is not None and self.finished_at is None

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def has_helped(self) -> bool:
        return self.helped_at is not None


@dataclass(frozen=True, slots=True)
class LinkHealth:
    """How the link is doing: when it was tried last, since when it is dead, and what is wrong in a few words.

    A link that failed once has a `problem` and is not dead.
    """

    checked_at: datetime | None = None
    dead_since: datetime | None = None
    problem: str = ""

    @property
    def is_dead(self) -> bool:
        return self.dead_since is not None


NO_MARK, NOT_CHECKED = Mark(), LinkHealth()


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a member sees of a resource.

    `helped` is how many members it helped, `reported` how many say that its link is dead, and
    `reported_by_me` whether this one does. `replacement` is what to use in place of one that is dead. With
    `is_gone` it is not on the shelf any more, and all a member can do is take their marks off it.
    """

    resource: Resource
    mark: Mark = NO_MARK
    helped: int = 0
    link: LinkHealth = NOT_CHECKED
    replacement: Resource | None = None
    reported: int = 0
    reported_by_me: bool = False
    is_gone: bool = False
