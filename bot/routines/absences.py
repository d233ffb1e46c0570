"""Pauses and days off: how a new pause joins others, how one ends, and how many days off a week has. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import NoDayOffLeft, NotPaused, PauseGone
from bot.localtime import ONE_DAY, week_of
from bot.routines.rules import Pause

DAYS_OFF_A_WEEK = 2


@dataclass(frozen=True, slots=True)
class Away:
    """A pause that was set today; `joined` tells whether it took in others that it met."""

    pause: Pause
    today: date
    joined: bool


@dataclass(frozen=True, slots=True)
class Back:
    """A pause that was ended today, as it was before."""

    pause: Pause
    today: date


def touching(pauses: Sequence[Pause], pause: Pause) -> list[Pause]:
    """Those pauses that overlap a new one or end where it begins, so that all are one absence."""
    return [
        other
        for other in pauses
        if other.first <= pause.last + ONE_DAY and pause.first <= other.last + ONE_DAY
    ]


def joined(pauses: Sequence[Pause], pause: Pause) -> Pause:
    """One pause over all the days of those given."""
    together = [pause, *pauses]
    return Pause(min(each.first for each in together), max(each.last for each in together))


def not_over(pauses: Sequence[Pause], today: date) -> list[Pause]:
    """The pauses that are running or to come, the earliest first."""
    return sorted((pause for pause in pauses if pause.last >= today), key=lambda pause: pause.first)


def to_end(pauses: Sequence[Pause], today: date, meant: date | None) -> Pause:
    """The pause that a member ends: the one that holds the day that is meant, or else the next.

    Raises NotPaused, and PauseGone where the one that was meant has ended.
    """
    current = not_over(pauses, today)
    if meant is None:
        if not current:
            raise NotPaused
        return current[0]
    for pause in current:
        if meant in pause:
            return pause
    raise PauseGone


def what_stays(pause: Pause, today: date) -> Pause | None:
    """What is left of a pause that ends today: the days before today, which do not change."""
    return Pause(pause.first, today - ONE_DAY) if pause.first < today else None


def require_day_off(rest_days: Collection[date], day: date) -> None:
    """Raise NoDayOffLeft if the day's week, Monday to Sunday, has no day off left."""
    week = week_of(day)
    taken = [other for other in rest_days if week_of(other) == week and other != day]
    if len(taken) >= DAYS_OFF_A_WEEK:
        raise NoDayOffLeft(limit=DAYS_OFF_A_WEEK)
