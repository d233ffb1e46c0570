"""When something ought to be said, reckoned without the bot: by reading a zone's clock instant by instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

NOT_ZONES = {"localtime", "Factory", "posixrules"}
"""Names that stand for whatever the machine is set to, or for nothing."""

ONE_DAY = timedelta(days=1)


def all_zones() -> list[str]:
    """Every zone of the zone database."""
    return sorted(available_timezones() - NOT_ZONES)


def instants(begin: datetime, end: datetime, step: timedelta) -> list[datetime]:
    """Every so often from one instant to before another."""
    return [begin + number * step for number in range((end - begin) // step)]


@cache
def clock_changes(zone: str, begin: datetime, end: datetime) -> Sequence[datetime]:
    """The instants, to the quarter of an hour, at which a zone's clock is set to another offset."""
    key = ZoneInfo(zone)
    changes = []
    days = instants(begin, end, ONE_DAY)
    offsets = [day.astimezone(key).utcoffset() for day in (*days, begin + len(days) * ONE_DAY)]
    # Days first, quarters only where the days differ: no zone changes its clock back within a day.
    for day, (offset, next_offset) in zip(days, pairwise(offsets), strict=True):
        if offset != next_offset:
            quarters = instants(day, day + ONE_DAY, timedelta(minutes=15))
            changes.append(
                next(
                    later
                    for later in (quarter + timedelta(minutes=15) for quarter in quarters)
                    if later.astimezone(key).utcoffset() != day.astimezone(key).utcoffset()
                )
            )
    return changes


def zones_by_clock(begin: datetime, end: datetime) -> list[list[str]]:
    """Every zone of the zone database, with those that show the same from one instant to another together."""
    alike: dict[object, list[str]] = {}
    for zone in all_zones():
        key = ZoneInfo(zone)
        offsets = tuple(moment.astimezone(key).utcoffset() for moment in (begin, end))
        changes = clock_changes(zone, begin, end)
        after = tuple((change, change.astimezone(key).utcoffset()) for change in changes)
        alike.setdefault((offsets, after), []).append(zone)
    return list(alike.values())


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which the bot is down; at its end the bot is back."""

    begin: datetime
    end: datetime


def outages_around(changes: Sequence[datetime], before: timedelta, after: timedelta) -> list[Outage]:
    """Down from before each clock change until after it; what overlaps is one outage."""
    outages: list[Outage] = []
    for change in sorted(set(changes)):
        begin, end = change - before, change + after
        if outages and begin <= outages[-1].end:
            outages[-1] = Outage(outages[-1].begin, end)
        else:
            outages.append(Outage(begin, end))
    return outages


@cache
def shown(zone: str, day: date) -> list[tuple[datetime, datetime]]:
    """Every five minutes of a local day and some hours more: the instant, and what the wall shows then."""
    key = ZoneInfo(zone)
    noon = datetime.combine(day, time(12), UTC)
    # A day begins 26 hours before this noon where it begins first, and ends 24 after where it ends last.
    moments = instants(noon - timedelta(hours=28), noon + timedelta(hours=28), timedelta(minutes=5))
    return [(moment, moment.astimezone(key).replace(tzinfo=None)) for moment in moments]


def has_day(zone: str, day: date) -> bool:
    """Whether the wall of a zone ever shows a date."""
    return any(wall.date() == day for _, wall in shown(zone, day))


def due_at(zone: str, day: date, at: time) -> datetime:
    """The first instant at which the wall shows a time of a day; where a gap skips it, as much later."""
    wanted = datetime.combine(day, at)
    earlier = None
    for moment, wall in shown(zone, day):
        if wall == wanted:
            return moment
        if wall > wanted:
            assert earlier is not None
            # As if the clock had not been set yet: from the last time shown before the gap.
            before, last_wall = earlier
            return before + (wanted - last_wall)
        earlier = moment, wall
    raise AssertionError(f"{zone} never shows {wanted}")


def day_over_at(zone: str, day: date) -> datetime:
    """The first instant at which the wall shows a later date."""
    return next(moment for moment, wall in shown(zone, day) if wall.date() > day)
