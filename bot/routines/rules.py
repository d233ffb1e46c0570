"""What a routine and a pause are, and which of a member's plans rules a day. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.localtime import Weekdays, local_day

USUAL_TIME = time(9, 0)


@dataclass(frozen=True, slots=True)
class Routine:
    """What a member planned, at an instant, from a local day on. No days: the member stopped."""

    set_at: datetime
    from_day: date
    zone: str
    days: Weekdays
    at: time
    ping: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """A range of local days, both ends included, on which nothing is due and nothing is sent."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Plans:
    """All that a member planned: routines in the order in which they were set, pauses, and days off.

    Days before the first routine are those of the server, whose zones stand here as routines of every day.
    """

    routines: Sequence[Routine]
    pauses: Sequence[Pause] = ()
    rest_days: Collection[date] = frozenset()


def from_which_day(now: datetime, zone: str, earlier: Routine | None) -> date:
    """The first local day that a routine set now rules: a day that is over stays as it was planned.

    After a move to the west a day that is over comes again.
    """
    today = local_day(now, zone)
    return today if earlier is None else max(today, local_day(now, earlier.zone), earlier.from_day)


def in_force(routines: Iterable[Routine]) -> list[Routine]:
    """The routines that rule any day at all, by the day from which they do; of two the later one counts."""
    ruling: list[Routine] = []
    for routine in routines:
        while ruling and ruling[-1].from_day >= routine.from_day:
            ruling.pop()
        ruling.append(routine)
    return ruling


def routine_on(routines: Sequence[Routine], day: date) -> Routine | None:
    """The routine that rules a day; `routines` in the order in which they were set."""
    ruling = None
    for routine in routines:
        if routine.from_day <= day:
            ruling = routine
    return ruling


def is_planned(routines: Sequence[Routine], day: date) -> bool:
    """Whether a routine names a day. Until a member plans otherwise, every day is."""
    routine = routine_on(routines, day)
    return routine is None or routine.days.has(day)
