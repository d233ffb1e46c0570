"""What a watch is, what it is called, and which leads are news to it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import NoSuchWatch, TooManyWatches, WatchAlready, WatchNameTaken, WatchNameTooLong
from bot.inputs import clean_text, quoted, says_something
from bot.leads.filters import Filters, describe
from bot.texts import gettext

WATCHES_EACH = 5
"""How many watches a member may have in a server."""

NAME_LIMIT = 60

TOLD_AT_ONCE = 10
"""How many leads a message shows; of the others it says how many there are."""

A_DAY = timedelta(days=1)

KEPT_FOR = timedelta(days=60)
"""How long it is remembered what a watch found. A post as old as this is news to nobody."""


class How(StrEnum):
    """How a member is told what their watches found."""

    SILENT = "silent"
    PING = "ping"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Watch:
    """A member's own filters; `own_name` is what they called it.

    `since` is when it was made, changed, or taken up again.
    """

    id: int
    user_id: int
    own_name: str | None
    filters: Filters
    paused: bool
    since: datetime

    @property
    def name(self) -> str:
        """What it is called: by its member, or else by what it looks for."""
        return self.own_name or name_made_of(self.filters)


def clean_name(text: str | None) -> str | None:
    """A name fit to be stored, on one line, or None where nothing is said; raises WatchNameTooLong."""
    cleaned = " ".join(clean_text(text or "").split())
    if not says_something(cleaned):
        return None
    if len(cleaned) > NAME_LIMIT:
        raise WatchNameTooLong(length=len(cleaned), limit=NAME_LIMIT)
    return cleaned


def name_made_of(filters: Filters) -> str:
    """A name for filters whose member gave none."""
    name = ", ".join(describe(filters)) or gettext("Everything")
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1].rstrip(" ,") + "…"


def of_any_month(filters: Filters) -> Filters:
    """Filters as a watch has them: it looks at what comes, whatever month somebody searched in before."""
    return filters.without("months")


def require_room(watches: Sequence[Watch]) -> None:
    """Raise TooManyWatches where a member has as many watches as they may."""
    if len(watches) >= WATCHES_EACH:
        raise TooManyWatches(limit=WATCHES_EACH)


def require_its_own(filters: Filters, own_name: str | None, others: Iterable[Watch]) -> None:
    """Raise WatchAlready or WatchNameTaken where another watch looks for the same or has the same name."""
    for other in others:
        if other.filters == filters:
            raise WatchAlready(name=quoted(other.name))
        if own_name is not None and other.name.casefold() == own_name.casefold():
            raise WatchNameTaken(name=quoted(own_name))


def find_chosen(watches: Sequence[Watch], chosen: str) -> Watch:
    """The watch that a member chose from a list, by its number, or typed, by its name; raises NoSuchWatch."""
    typed = " ".join(clean_text(chosen).split())
    by_number = (watch for watch in watches if str(watch.id) == typed)
    by_name = (watch for watch in watches if watch.name.casefold() == typed.casefold())
    found = next(by_number, None) or next(by_name, None)
    if found is None:
        raise NoSuchWatch(given=quoted(chosen))
    return found


def news_since(watch: Watch, now: datetime) -> datetime:
    """From when on a post has to be to be news: from a day before the watch was made."""
    return max(watch.since - A_DAY, now - KEPT_FOR)
