"""What a check-in is, which day it counts for, and what it shows. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from bot.checkins.ledger import LATE_UNTIL, DayState, LedgerDay, open_since
from bot.errors import NothingDone, TextTooLong, TooLateToReport, UnknownKind
from bot.inputs import clean_text, says_something
from bot.localtime import day_before, day_ends, instant, local_day
from bot.texts import gettext, mark

DONE_LIMIT, NEXT_LIMIT, BLOCKED_LIMIT = 1500, 500, 500
"""How many characters each text of a check-in may have."""

FORM_GRACE = timedelta(hours=1)
"""A form opened in time still counts when it is sent this long after."""

CHANGEABLE_FOR = timedelta(days=7)
"""A check-in of an earlier day can be changed or deleted for this long."""

LINKS_AT_MOST, LINK_LIMIT = 10, 500

BREAK_FROM = 5
"""A break is at least so many days without a check-in; days off in the routine alone are none."""

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?'*_~|`"
_BREAKING = frozenset({DayState.MISSED, DayState.FROZEN, DayState.PAUSED, DayState.OUTAGE})


class KindOfWork(StrEnum):
    """What the work was for; the guides ask for 70 % building to 30 % learning."""

    LEARNING = "learning"
    BUILDING = "building"
    SHOWING = "showing"
    JOB_HUNT = "job_hunt"


KIND_NAMES = {
    KindOfWork.LEARNING: mark("Learning"),
    KindOfWork.BUILDING: mark("Building"),
    KindOfWork.SHOWING: mark("Showing"),
    KindOfWork.JOB_HUNT: mark("Job hunt"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a member writes into the form."""

    done: str
    next: str = ""
    blocked: str = ""
    kind: KindOfWork = KindOfWork.BUILDING
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A stored check-in for one local day."""

    user_id: int
    day: date
    entry: Entry
    late: bool = False

    @property
    def links(self) -> tuple[str, ...]:
        """What there is to show of it: the links in what was done."""
        return links_in(self.entry.done)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link that a member showed and the newest day on which they did; `showing`: once shown as such."""

    url: str
    day: date
    showing: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """The local day that a report counts for, and whether it came late for it."""

    day: date
    late: bool = False


def clean_entry(done: str, next_step: str, blocked: str, kind: str, minutes: int | None) -> Entry:
    """An entry fit to be stored; raises NothingDone, TextTooLong or UnknownKind."""
    texts = []
    for field, text, limit in (
        (gettext("What did you get done?"), done, DONE_LIMIT),
        (gettext("What is next?"), next_step, NEXT_LIMIT),
        (gettext("What blocks you?"), blocked, BLOCKED_LIMIT),
    ):
        cleaned = clean_text(text)
        if len(cleaned) > limit:
            raise TextTooLong(field=field, length=len(cleaned), limit=limit)
        texts.append(cleaned)
    if not says_something(texts[0]):
        raise NothingDone
    try:
        return Entry(texts[0], texts[1], texts[2], KindOfWork(kind), minutes)
    except ValueError:
        raise UnknownKind from None


def each_once(shown: Iterable[Evidence]) -> list[Evidence]:
    """Each link once, for its newest day, the newest first; what was shown as such once stays so."""
    found: dict[str, Evidence] = {}
    for one in sorted(shown, key=lambda one: one.day, reverse=True):
        newest = found.setdefault(one.url, one)
        found[one.url] = replace(newest, showing=newest.showing or one.showing)
    return list(found.values())


def links_in(text: str) -> tuple[str, ...]:
    """The web addresses in a text, each once, in their order; ten at most, none of over 500 characters."""
    found = dict.fromkeys(_trimmed(link) for link in _LINK.findall(text))
    return tuple(link for link in found if len(link) <= LINK_LIMIT and _has_host(link))[:LINKS_AT_MOST]


def _trimmed(link: str) -> str:
    trimmed = link.rstrip(_AFTER_A_LINK)
    for opening, closing in ("()", "[]"):
        while trimmed.endswith(closing) and trimmed.count(closing) > trimmed.count(opening):
            trimmed = trimmed[:-1].rstrip(_AFTER_A_LINK)
    return trimmed


def _has_host(link: str) -> bool:
    try:
        return bool(urlsplit(link).hostname)
    except ValueError:
        return False


def counted_for(form_day: date | None, now: datetime, zone: str) -> Counted:
    """Which day a new report counts for, given the local day that its form was for.

    The day of the form if it is today or just over; late until noon of the next day; today for a form that
    was left open for longer.
    """
    today = local_day(now, zone)
    if form_day is None or form_day >= today:
        return Counted(today)
    if now < day_ends(form_day, zone) + FORM_GRACE:
        return Counted(form_day)
    if form_day == day_before(today, zone) and now < instant(today, LATE_UNTIL, zone) + FORM_GRACE:
        return Counted(form_day, late=True)
    return Counted(today)


def day_for_form(wanted: date | None, now: datetime, zone: str) -> Counted:
    """Which day a form that is opened now is for; raises TooLateToReport for one that is closed."""
    today = local_day(now, zone)
    if wanted is None or wanted >= today:
        return Counted(today)
    if wanted == open_since(now, zone):
        return Counted(wanted, late=True)
    raise TooLateToReport


def days_away(days: Sequence[LedgerDay], day: date) -> int:
    """For how many days a member who now reported a day had not checked in; 0 where that was no break.

    Nor was it one where a later day had been reported before: the member has been greeted then.
    """
    before: list[DayState] = []
    for earlier in reversed(days):
        reported = earlier.state in (DayState.DONE, DayState.LATE)
        if earlier.day > day and reported:
            return 0
        if earlier.day >= day:
            continue
        if reported:
            is_break = len(before) >= BREAK_FROM and not _BREAKING.isdisjoint(before)
            return len(before) if is_break else 0
        before.append(earlier.state)
    return 0
