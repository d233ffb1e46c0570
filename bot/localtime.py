"""Local days and due instants, reckoned with the zone database. Pure.

Two rules settle every clock change: a time that a change skips moves forward by the gap, and a time that
comes twice is taken the first time (``fold=0`` does both, see PEP 495). So each local day has exactly one
instant for each time of day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntFlag
from functools import lru_cache
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9999, 12, 28)


class Weekdays(IntFlag):
    """A set of days of the week; Monday is the lowest bit."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 4
    THURSDAY = 8
    FRIDAY = 16
    SATURDAY = 32
    SUNDAY = 64
    WORKING_DAYS = 31
    EVERY_DAY = 127

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Weekdays":
        """The set of the given days, 0 for Monday to 6 for Sunday."""
        days = cls(0)
        for number in numbers:
            days |= cls(1 << number)
        return days

    def has(self, day: date) -> bool:
        # On plain numbers, which is eight times faster than on flags.
        return bool(int(self) >> day.weekday() & 1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that something is due: its local day and its instant in UTC."""

    day: date
    at: datetime


@lru_cache(maxsize=1024)
def _zone(key: str) -> ZoneInfo:
    return ZoneInfo(key)


def forget_rules() -> None:
    """Have the rules of every zone read anew when they are needed next."""
    for held in (_zone, _instant, exists):
        held.cache_clear()


def local(moment: datetime, zone: str) -> datetime:
    """An aware instant as the clock on the wall of a zone shows it."""
    return moment.astimezone(_zone(zone))


def local_day(moment: datetime, zone: str) -> date:
    """The date on the wall of a zone at an aware instant."""
    return moment.astimezone(_zone(zone)).date()


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, of a time on a local day."""
    return _instant(day, at, at.fold, zone)


@lru_cache(maxsize=4096)
def _instant(day: date, at: time, fold: int, zone: str) -> datetime:
    # Times are equal whichever of a doubled hour they mean, so that has to be in the key by itself.
    return datetime.combine(day, at.replace(fold=fold), tzinfo=_zone(zone)).astimezone(UTC)


def day_ends(day: date, zone: str) -> datetime:
    """The instant, in UTC, at which a local day is over."""
    return instant(day + ONE_DAY, time.min, zone)


def day_before(day: date, zone: str) -> date:
    """The last day that a zone had before this one."""
    before = day - ONE_DAY
    return before if exists(before, zone) else before - ONE_DAY


def week_of(day: date) -> date:
    """The Monday of a day's week, by which weeks are named."""
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=4096)
def exists(day: date, zone: str) -> bool:
    """Whether a zone had this day at all: Samoa had no 30 December 2011."""
    return instant(day, time.min, zone) < day_ends(day, zone)


def next_occurrence(
    after: datetime, zone: str, at: time, days: Weekdays = Weekdays.EVERY_DAY, after_day: date | None = None
) -> Occurrence | None:
    """The first time after an instant, and after a local day if one is given, that is due.

    None where no day of the week is chosen. A day that its zone skips is passed over.
    """
    if not days & Weekdays.EVERY_DAY:
        return None
    # A day earlier than today: a gap may have moved yesterday's time to after midnight.
    day = max(local_day(after, zone) - ONE_DAY, FIRST_DAY)
    if after_day is not None:
        day = max(day, after_day + ONE_DAY)
    while day <= LAST_DAY:
        if days.has(day) and exists(day, zone):
            moment = instant(day, at, zone)
            if moment > after:
                return Occurrence(day, moment)
        day += ONE_DAY
    return None
