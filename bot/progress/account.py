"""The account of a range of days: what became of each, and why the streak is what it is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.checkins.ledger import Consistency, DayState, LedgerDay, Reason, consistency, is_plain, streak
from bot.inputs import read_range
from bot.localtime import ONE_DAY
from bot.progress.figures import days_to_next_freeze

USUAL_RANGE = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both ends included, that are what they are for one reason."""

    first: date
    last: date
    reason: Reason

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Account:
    """What became of each day of a range, and how the member stands today.

    `days` holds those of the range that the ledger knows. `streak_began` is the first day that counts for
    the streak, and `broken_on` the missed day before it, if there ever was one. No `began`: there is no
    ledger yet.
    """

    began: date | None
    first: date
    last: date
    days: Sequence[LedgerDay]
    streak: int
    streak_began: date | None
    broken_on: date | None
    consistency: Consistency
    freezes: int
    to_next_freeze: int | None


def account_of(days: Sequence[LedgerDay], first: date, last: date) -> Account:
    """The account of a range from a member's whole ledger."""
    broken_on = next((day.day for day in reversed(days) if day.state is DayState.MISSED), None)
    since = broken_on or date.min
    return Account(
        began=days[0].day if days else None,
        first=first,
        last=last,
        days=[day for day in days if first <= day.day <= last],
        streak=streak(days),
        streak_began=next((day.day for day in days if day.day > since and day.is_done), None),
        broken_on=broken_on,
        consistency=consistency(days),
        freezes=days[-1].freezes if days else 0,
        to_next_freeze=days_to_next_freeze(days),
    )


def stretches(days: Sequence[LedgerDay]) -> list[Stretch]:
    """The days that are not plain, those in a row with one reason as one, the latest first."""
    found: list[Stretch] = []
    for day in days:
        if is_plain(day):
            continue
        before = found[-1] if found else None
        if before and before.reason is day.reason and before.last + ONE_DAY == day.day:
            found[-1] = Stretch(before.first, day.day, day.reason)
        else:
            found.append(Stretch(day.day, day.day, day.reason))
    return found[::-1]


def range_asked_for(first: str | None, last: str | None, today: date) -> tuple[date, date]:
    """The range that two dates name: the last five weeks where none is given, until today without an end.

    One that names a week or a month stands for it. Raises what bot.inputs.read_range raises.
    """
    if first is None and last is None:
        return _five_weeks_until(today), today
    if last is None:
        named = read_range(first or "", None, today, ahead=False)
        return (
            named if named[0] < named[1] else read_range(first or "", today.isoformat(), today, ahead=False)
        )
    if first is None:
        ends = read_range(last, None, today, ahead=False)[1]
        return _five_weeks_until(ends), ends
    return read_range(first, last, today, ahead=False)


def _five_weeks_until(day: date) -> date:
    # Somebody may ask for the first days there are, of the year 1.
    return max(day, date.min + USUAL_RANGE) - USUAL_RANGE + ONE_DAY
