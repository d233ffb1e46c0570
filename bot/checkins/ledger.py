"""The ledger: what became of each of a member's days, and why. One pure function of what is stored.

On each day the first of these that holds is what became of it: reported (done or late); away (paused); not
planned, cut short by a move, taken off, or skipped by the zone (rest); not over yet (today, and yesterday
until noon); the bot was down for an hour of it (outage); covered by a free day of the first week or by a
freeze (frozen); missed. A due day is one that the routine names, and that was reported or is none of paused,
rest and outage.

A day closes once, when the noon after it passes in the zone that the member lives in then. If it comes again
after a move to the west, it stays what it became until it is reported.

Freezes are earned and used as the days go by: one for every seven due days done, three at most; while three
are held, nothing counts towards the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.heartbeat import Downtime
from bot.localtime import ONE_DAY, day_before, day_ends, exists, instant, local_day
from bot.routines.rules import Plans, Routine, in_force
from bot.texts import mark

DAYS_FOR_A_FREEZE, FREEZES_AT_MOST = 7, 3
FREE_DAYS, FREE_WEEK = 2, timedelta(days=7)
OUTAGE_FROM = timedelta(hours=1)
LATE_UNTIL = time(12, 0)
CONSISTENCY_DAYS = 21


class DayState(StrEnum):
    """What became of a day."""

    DONE = "done"
    LATE = "late"
    FROZEN = "frozen"
    REST = "rest"
    PAUSED = "paused"
    OUTAGE = "outage"
    MISSED = "missed"
    TODAY = "today"


class Reason(StrEnum):
    """Why a day is what it is; each is a sentence for the catalogues."""

    REPORTED = mark("you checked in")
    EXTRA = mark("you checked in, although nothing was due")
    REPORTED_LATE = mark("you reported it the next morning")
    AWAY = mark("you paused")
    NOT_PLANNED = mark("no day of your routine")
    STOPPED = mark("you had ended your routine")
    NO_SUCH_DAY = mark("your time zone skipped this day")
    CUT_SHORT = mark("your move to another time zone cut it short")
    NOT_TODAY = mark("you said “not today”")
    NOT_OVER = mark("it isn't over yet")
    STILL_OPEN = mark("you can report it until noon")
    BOT_DOWN = mark("I could not be reached for an hour or more, so it costs nothing")
    FIRST_WEEK = mark("one of two free days in your first week")
    FREEZE_USED = mark("a freeze covered it")
    NO_FREEZE = mark("due, not reported, and no freeze was left")


class LedgerDay(NamedTuple):
    """One day: what became of it and why, whether it was due, and how many freezes were left after it."""

    day: date
    state: DayState
    reason: Reason
    due: bool
    freezes: int

    @property
    def is_done(self) -> bool:
        """Whether it was due and reported, be it late."""
        return self.due and self.state in _REPORTED


@dataclass(frozen=True, slots=True)
class History:
    """All that is stored about a member on which their days depend.

    `reported` holds whether each reported day was late. `began` is the first day of the ledger.
    """

    began: date
    plans: Plans
    reported: Mapping[date, bool]
    downtimes: Sequence[Downtime] = ()


@dataclass(frozen=True, slots=True)
class Consistency:
    """How many of the last due days that are over were done."""

    done: int
    of: int


_EVER = datetime(1970, 1, 2, tzinfo=UTC)
_REPORTED = frozenset({DayState.DONE, DayState.LATE})
_AS_REPORTED = {
    (True, True): (DayState.LATE, Reason.REPORTED_LATE),
    (True, False): (DayState.LATE, Reason.REPORTED_LATE),
    (False, True): (DayState.DONE, Reason.REPORTED),
    (False, False): (DayState.DONE, Reason.EXTRA),
}
"""What became of a reported day, by whether it was late and whether it was planned."""

_A_WEEK = [date(1970, 1, 5) + n * ONE_DAY for n in range(7)]
_NOT_DUE = frozenset({DayState.PAUSED, DayState.REST, DayState.OUTAGE})
_PLAIN = frozenset({Reason.REPORTED, Reason.NOT_PLANNED, Reason.NOT_OVER})


def ledger(history: History, now: datetime) -> list[LedgerDay]:
    """Every day from the first to today, or to a later one that was reported before a move to the west."""
    return _Reckoning(history, now).days()


class _Cover:
    """What covers a missed day: the free days of the first week, and freezes, earned and used one by one."""

    def __init__(self, began: date) -> None:
        self.freezes = 0
        self._towards = 0
        self._free_days = FREE_DAYS
        self._free_until = began + FREE_WEEK

    def earn(self) -> None:
        """A due day was done; it counts towards the next freeze unless there is no room for one."""
        if self.freezes < FREEZES_AT_MOST:
            self._towards += 1
            if self._towards == DAYS_FOR_A_FREEZE:
                self._towards, self.freezes = 0, self.freezes + 1

    def of(self, day: date) -> tuple[DayState, Reason]:
        """What becomes of a day that was not done, which may take a free day or a freeze."""
        if day < self._free_until and self._free_days:
            self._free_days -= 1
            return DayState.FROZEN, Reason.FIRST_WEEK
        if self.freezes:
            self.freezes -= 1
            return DayState.FROZEN, Reason.FREEZE_USED
        return DayState.MISSED, Reason.NO_FREEZE


class _Reckoning:
    def __init__(self, history: History, now: datetime):
        self._history = history
        routines = in_force(history.plans.routines)
        self._routines = routines
        self._today = local_day(now, history.plans.routines[-1].zone)
        self._lived = _lived(history.plans.routines, now)
        *stays, (_, _, zone) = self._lived
        self._open_since = max([open_since(now, zone), *(_closed(*stay) for stay in stays)])
        self._cut_short = _cut_short(self._lived)

    @cached_property
    def _down(self) -> Mapping[date, timedelta]:
        """For how long the bot could not be reached on each day; many ledgers never ask."""
        return _down_on(self._history.downtimes, self._lived)

    def days(self) -> list[LedgerDay]:
        reported = self._history.reported
        last = max(self._today, max(reported, default=self._today))
        cover = _Cover(self._history.began)
        days: list[LedgerDay] = []
        for routine, number, until in self._rules(last):
            planned_on = [routine.days.has(weekday) for weekday in _A_WEEK]
            while number <= until:
                day, planned = date.fromordinal(number), planned_on[(number - 1) % 7]
                number += 1
                late = reported.get(day)
                if late is None:
                    state, reason = self._not_reported(day, routine, planned)
                    if state is DayState.MISSED:
                        state, reason = cover.of(day)
                    due = planned and state not in _NOT_DUE
                else:
                    state, reason = _AS_REPORTED[late, planned]
                    due = planned
                    if due:
                        cover.earn()
                days.append(LedgerDay(day, state, reason, due, cover.freezes))
        return days

    def _rules(self, last: date) -> Iterator[tuple[Routine, int, int]]:
        """Each routine with the first and the last day that it rules, as ordinals; some rule none."""
        first = self._history.began.toordinal()
        begins = [later.from_day.toordinal() for later in self._routines[1:]]
        for routine, next_begins in zip(self._routines, [*begins, last.toordinal() + 1], strict=True):
            until = min(next_begins - 1, last.toordinal())
            yield routine, first, until
            first = max(first, until + 1)

    def _not_reported(self, day: date, routine: Routine, planned: bool) -> tuple[DayState, Reason]:
        """What became of a day that was not reported, but for what may cover it."""
        pauses = self._history.plans.pauses
        if pauses and any(day in pause for pause in pauses):
            return DayState.PAUSED, Reason.AWAY
        if not planned:
            return DayState.REST, Reason.NOT_PLANNED if routine.days else Reason.STOPPED
        return self._undone(day, routine.zone)

    def _undone(self, day: date, zone: str) -> tuple[DayState, Reason]:
        """What became of a planned day that was not reported, but for what may cover it."""
        if day in self._cut_short:
            return DayState.REST, Reason.CUT_SHORT
        if day in self._history.plans.rest_days:
            return DayState.REST, Reason.NOT_TODAY
        if not exists(day, zone):
            return DayState.REST, Reason.NO_SUCH_DAY
        if day >= self._open_since:
            over = day < self._today
            return DayState.TODAY, Reason.STILL_OPEN if over else Reason.NOT_OVER
        if self._down.get(day, timedelta(0)) >= OUTAGE_FROM:
            return DayState.OUTAGE, Reason.BOT_DOWN
        return DayState.MISSED, Reason.NO_FREEZE


def open_since(moment: datetime, zone: str) -> date:
    """The first local day that can be reported at an instant: yesterday until noon, else today."""
    today = local_day(moment, zone)
    return day_before(today, zone) if moment < instant(today, LATE_UNTIL, zone) else today


def _closed(arrived: datetime, left: datetime, zone: str) -> date:
    """The day before which all were closed by a noon that passed while a member lived in a zone."""
    day = local_day(left, zone)
    noon = instant(day, LATE_UNTIL, zone)
    if left < noon:
        day = day_before(day, zone)
        noon = instant(day, LATE_UNTIL, zone)
    return day if noon > arrived else date.min


def _cut_short(lived: Sequence[tuple[datetime, datetime, str]]) -> set[date]:
    """The local days that a move to a later date ended early or passed over.

    One that comes again in time to be reported is not among them, nor is one that ended at midnight once.
    """
    days: set[date] = set()
    closed_before = ended_before = date.min
    for (arrived, left, zone), (_, _, next_zone) in pairwise(lived):
        day, arrival = local_day(left, zone), local_day(left, next_zone)
        closed_before = max(closed_before, _closed(arrived, left, zone))
        if day > local_day(arrived, zone):
            ended_before = max(ended_before, day)
        days = {known for known in days if known < max(arrival, closed_before)}
        day = max(day, closed_before, ended_before)
        while day < arrival:
            days.add(day)
            day += ONE_DAY
    return days


def _lived(routines: Sequence[Routine], now: datetime) -> list[tuple[datetime, datetime, str]]:
    """From when to when a member lived in which zone."""
    moves = [routines[0], *(later for earlier, later in pairwise(routines) if later.zone != earlier.zone)]
    moments = [_EVER, *(routine.set_at for routine in moves[1:]), now]
    return [
        (arrived, left, routine.zone)
        for (arrived, left), routine in zip(pairwise(moments), moves, strict=True)
    ]


def _down_on(
    downtimes: Sequence[Downtime], lived: Sequence[tuple[datetime, datetime, str]]
) -> dict[date, timedelta]:
    """For how long the bot could not be reached on each local day, in the zones that a member lived in."""
    down: dict[date, timedelta] = {}
    for downtime in downtimes:
        for arrived, left, zone in lived:
            moment, until = max(downtime.began_at, arrived), min(downtime.ended_at, left)
            while moment < until:
                day = local_day(moment, zone)
                over = min(until, day_ends(day, zone))
                down[day] = down.get(day, timedelta(0)) + (over - moment)
                moment = over
    return down


def streak(days: Sequence[LedgerDay]) -> int:
    """How many due days in a row were done, up to now: only a missed day ends it."""
    count = 0
    for day in reversed(days):
        if day.state is DayState.MISSED:
            break
        count += day.is_done
    return count


def longest_streak(days: Sequence[LedgerDay]) -> int:
    """The longest streak there ever was."""
    longest = count = 0
    for day in days:
        count = 0 if day.state is DayState.MISSED else count + day.is_done
        longest = max(longest, count)
    return longest


def consistency(days: Sequence[LedgerDay]) -> Consistency:
    """Done out of the last 21 due days, frozen ones among them; a day that is not over counts once done."""
    counted = [day for day in reversed(days) if day.due and day.state is not DayState.TODAY]
    last = counted[:CONSISTENCY_DAYS]
    return Consistency(sum(day.is_done for day in last), len(last))


def is_plain(day: LedgerDay) -> bool:
    """Whether a day needs no explanation: done, no day of the routine, or not over."""
    return day.reason in _PLAIN
