"""What a check-in, a routine and a day in the ledger are, and how a streak is counted. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.errors import NothingDone, TextTooLong, UnknownKind
from bot.localtime import ONE_DAY, Weekdays, day_ends, local_day
from bot.texts import gettext, mark

DONE_LIMIT, NEXT_LIMIT, BLOCKED_LIMIT = 1500, 500, 500
"""How many characters each text of a check-in may have."""

FORM_GRACE = timedelta(hours=1)
"""A form opened before midnight still counts for that day when it is sent this long after."""

_JOINERS = "\u200c\u200d"  # Persian and emoji are spelt with them
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # count as letters or symbols, but show nothing


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


@dataclass(frozen=True, slots=True)
class Routine:
    """What a member planned, at an instant, from a local day on. No days: the member stopped."""

    set_at: datetime
    from_day: date
    zone: str
    days: Weekdays
    at: time
    ping: bool


class DayState(StrEnum):
    """What became of a day."""

    DONE = "done"
    REST = "rest"
    MISSED = "missed"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day of the ledger; `due` tells a due day that was done from a rest day that was."""

    day: date
    state: DayState
    due: bool


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
    if not any(_says_something(char) for char in texts[0]):
        raise NothingDone
    try:
        return Entry(texts[0], texts[1], texts[2], KindOfWork(kind), minutes)
    except ValueError:
        raise UnknownKind from None


def clean_text(text: str) -> str:
    """Text with plain spaces and line breaks, and without what is not seen or turns the text around."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text.strip()
    lines = re.sub(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]", "\n", text)
    spaced = re.sub(r"[^\S\n\t]", " ", lines)
    return "".join(char for char in spaced if char in "\n\t" or _is_seen(char)).strip()


def _is_seen(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char)[0] != "C" or _is_new_emoji(char)


def _is_new_emoji(char: str) -> bool:
    # Python may be older than an emoji that a phone can type; their places are set aside by Unicode.
    return "\U0001f000" <= char <= "\U0001faff" and unicodedata.category(char) == "Cn"


def _says_something(char: str) -> bool:
    return char not in _BLANKS and (unicodedata.category(char)[0] in "LNS" or _is_new_emoji(char))


def day_of_report(form_day: date | None, now: datetime, zone: str) -> date:
    """The local day a report counts for: today, or the day its form was opened if that is just over."""
    today = local_day(now, zone)
    if form_day is not None and form_day < today and now < day_ends(form_day, zone) + FORM_GRACE:
        return form_day
    return today


def routine_on(routines: Sequence[Routine], day: date) -> Routine | None:
    """The routine that rules a day; `routines` in the order in which they were set."""
    ruling = None
    for routine in routines:
        if routine.from_day <= day:
            ruling = routine
    return ruling


def is_due(routines: Sequence[Routine], day: date) -> bool:
    """Whether a day is a due day. Until a member plans otherwise, every day is."""
    routine = routine_on(routines, day)
    return routine is None or routine.days.has(day)


def ledger(routines: Sequence[Routine], done: Collection[date], first: date, today: date) -> list[LedgerDay]:
    """What became of every day from the first to today, both included.

    A move to a zone whose date is later ends a day early, and may pass over one: such days are not missed.
    """
    cut_short = set(_cut_short(routines))
    days = []
    day = first
    while day <= today:
        due = is_due(routines, day)
        if day in done:
            state = DayState.DONE
        elif not due or day in cut_short:
            state, due = DayState.REST, False
        elif day == today:
            state = DayState.TODAY
        else:
            state = DayState.MISSED
        days.append(LedgerDay(day, state, due))
        day += ONE_DAY
    return days


def _cut_short(routines: Sequence[Routine]) -> Iterator[date]:
    for earlier, later in pairwise(routines):
        day = local_day(later.set_at, earlier.zone)
        while day < later.from_day:
            yield day
            day += ONE_DAY


def streak(days: Sequence[LedgerDay]) -> int:
    """How many due days in a row were done, up to now; a rest day neither adds to it nor breaks it."""
    count = 0
    for day in reversed(days):
        if day.state is DayState.MISSED:
            break
        if day.state is DayState.DONE and day.due:
            count += 1
    return count


def streak_back(routines: Sequence[Routine], done_newest_first: Iterable[date], today: date) -> int:
    """The streak of the ledger without making the ledger: looks no further back than the streak reaches."""
    cut_short = set(_cut_short(routines))
    count, day = 0, today
    for done in done_newest_first:
        while day > done:
            if day < today and is_due(routines, day) and day not in cut_short:
                return count
            day -= ONE_DAY
        count += is_due(routines, done)
        day = done - ONE_DAY
    return count
