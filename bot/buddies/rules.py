"""Who fits whom, when a pair is parted because one is away, and when a nudge is fitting. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from operator import itemgetter

from bot.checkins.ledger import DayState, LedgerDay
from bot.localtime import ONE_DAY, instant, local

DAY_BEGINS, DAY_ENDS, DAY_LENGTH = time(8), time(23), timedelta(hours=15)
"""From eight to eleven at night, people may be awake and reached."""

SHARED_AT_LEAST = timedelta(hours=6)

NOT_AGAIN_FOR = timedelta(days=60)
"""Two of whom one left the other are not paired again for this long."""

LONG_AWAY_DAYS = 3
DUE_DAYS_FOR_A_NUDGE = 2

_SECONDS_A_DAY = int(ONE_DAY.total_seconds())
_SECONDS_AWAKE = int(DAY_LENGTH.total_seconds())
_GONE_BY = frozenset({DayState.MISSED, DayState.FROZEN})
_REPORTED = frozenset({DayState.DONE, DayState.LATE})


@dataclass(frozen=True, slots=True)
class Seeker:
    """A member who waits for a buddy, in which zone they live now, and since when they wait."""

    user_id: int
    zone: str
    asked_at: datetime


def shared_hours(zone: str, other: str, at: datetime) -> timedelta:
    """The longest stretch of hours in which it is between 08:00 and 23:00 in both zones, by their clocks at
    an instant. Which dates they write does not matter: Auckland and Honolulu are one hour apart.
    """
    return timedelta(seconds=_shared(_offset(zone, at), _offset(other, at)))


def pairs_among(
    seekers: Iterable[Seeker], parted: Collection[frozenset[int]], at: datetime
) -> list[tuple[int, int]]:
    """Whom to pair with whom: the greatest overlap first, then who has waited longest.

    Nobody stands in two pairs. Those in `parted` are not paired with each other.
    """
    in_order = sorted(seekers, key=lambda seeker: (seeker.asked_at, seeker.user_id))
    waiting = [(seeker.user_id, _offset(seeker.zone, at)) for seeker in in_order]
    enough = int(SHARED_AT_LEAST.total_seconds())
    # Combinations keep this order, and so does sorting: of the same overlap, the longest wait comes first.
    fitting = [
        (shared, one, other)
        for (one, ones_offset), (other, others_offset) in combinations(waiting, 2)
        if (shared := _shared(ones_offset, others_offset)) >= enough
        and not (parted and frozenset((one, other)) in parted)
    ]
    fitting.sort(key=itemgetter(0), reverse=True)
    paired: set[int] = set()
    pairs = []
    for _, one, other in fitting:
        if paired.isdisjoint((one, other)):
            paired.update((one, other))
            pairs.append((one, other))
    return pairs


def is_long_away(is_away: Callable[[date], bool], today: date) -> bool:
    """Whether a member is away today and either stays so for three more days or has been for three."""
    if not is_away(today):
        return False
    steps = range(1, LONG_AWAY_DAYS + 1)
    return all(is_away(today + step * ONE_DAY) for step in steps) or all(
        is_away(today - step * ONE_DAY) for step in steps
    )


def spell_without_work(days: Sequence[LedgerDay], today: date) -> date | None:
    """Since which due day a member has let every due day go by, if a nudge is fitting today.

    That takes two such days, nothing reported since, and a piece of work that is due today and still open:
    nobody is nudged on a day off.
    """
    if not any(day.day == today and day.due for day in days[-3:]):
        return None
    first, gone_by = None, 0
    for day in reversed(days):
        if day.state in _REPORTED:
            break
        if day.due and day.state in _GONE_BY:
            first, gone_by = day.day, gone_by + 1
    return first if gone_by >= DUE_DAYS_FOR_A_NUDGE else None


def is_too_late_for_a_nudge(now: datetime, zone: str) -> bool:
    """Whether it is after eleven at night in a zone: tomorrow may be a day off, and today people sleep."""
    return local(now, zone).time() >= DAY_ENDS


def when_to_nudge(now: datetime, zone: str) -> datetime:
    """Now, or at eight in the morning of the nudged member if it is earlier there."""
    there = local(now, zone)
    return max(now, instant(there.date(), DAY_BEGINS, zone)) if there.time() < DAY_BEGINS else now


def _offset(zone: str, at: datetime) -> int:
    """How many seconds a zone is ahead of UTC at an instant."""
    offset = local(at, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _shared(offset: int, other: int) -> int:
    apart = abs(offset - other) % _SECONDS_A_DAY
    return _SECONDS_AWAKE - min(apart, _SECONDS_A_DAY - apart)
