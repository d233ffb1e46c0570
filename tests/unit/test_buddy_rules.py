"""When a pair is parted because one is away, and when a nudge is fitting."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.buddies.rules import is_long_away, is_too_late_for_a_nudge, spell_without_work, when_to_nudge
from bot.checkins.ledger import DayState, LedgerDay, Reason
from bot.localtime import ONE_DAY

TODAY = date(2026, 3, 6)
DONE = (DayState.DONE, Reason.REPORTED, True)
LATE = (DayState.LATE, Reason.REPORTED_LATE, True)
EXTRA = (DayState.DONE, Reason.EXTRA, False)
MISSED = (DayState.MISSED, Reason.NO_FREEZE, True)
FROZEN = (DayState.FROZEN, Reason.FREEZE_USED, True)
REST = (DayState.REST, Reason.NOT_PLANNED, False)
OUTAGE = (DayState.OUTAGE, Reason.BOT_DOWN, False)
PAUSED = (DayState.PAUSED, Reason.AWAY, False)
OPEN = (DayState.TODAY, Reason.NOT_OVER, True)
STILL_OPEN = (DayState.TODAY, Reason.STILL_OPEN, True)

Kind = tuple[DayState, Reason, bool]


def days(*kinds: Kind) -> list[LedgerDay]:
    """A ledger whose last day is today."""
    first = TODAY - (len(kinds) - 1) * ONE_DAY
    return [
        LedgerDay(first + number * ONE_DAY, state, reason, due, freezes=0)
        for number, (state, reason, due) in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("kinds", "days_ago"),
    [
        ((DONE, MISSED, MISSED, OPEN), 2),
        ((DONE, FROZEN, MISSED, OPEN), 2),
        ((FROZEN, FROZEN, OPEN), 2),
        ((DONE, MISSED, MISSED, MISSED, MISSED, OPEN), 4),
        ((LATE, MISSED, REST, REST, MISSED, OPEN), 4),
        ((DONE, MISSED, OUTAGE, MISSED, OPEN), 3),
        ((DONE, MISSED, PAUSED, PAUSED, MISSED, OPEN), 4),
        ((DONE, MISSED, MISSED, STILL_OPEN, OPEN), 3),
    ],
)
def test_two_due_days_that_went_by_call_for_a_nudge(kinds: tuple[Kind, ...], days_ago: int) -> None:
    assert spell_without_work(days(*kinds), TODAY) == TODAY - days_ago * ONE_DAY


@pytest.mark.parametrize(
    "kinds",
    [
        (),
        (OPEN,),
        (DONE, DONE, OPEN),
        (DONE, MISSED, OPEN),
        (MISSED, DONE, MISSED, OPEN),
        (MISSED, MISSED, DONE, OPEN),
        (MISSED, MISSED, EXTRA, OPEN),
        (MISSED, MISSED, LATE, OPEN),
        (DONE, MISSED, STILL_OPEN, OPEN),
        (MISSED, MISSED, DONE),
        (MISSED, MISSED, REST),
        (MISSED, MISSED, PAUSED),
        (MISSED, MISSED, EXTRA),
    ],
)
def test_otherwise_nobody_is_nudged(kinds: tuple[Kind, ...]) -> None:
    assert spell_without_work(days(*kinds), TODAY) is None


def test_a_day_reported_before_a_move_to_the_west_ends_a_spell() -> None:
    ledger = days(MISSED, MISSED, OPEN, DONE)
    assert spell_without_work(ledger, TODAY - ONE_DAY) is None


@pytest.mark.parametrize(
    ("first", "last", "long"),
    [
        (0, 3, True),
        (0, 2, False),
        (-1, 2, False),
        (-2, 2, False),
        (-3, 0, True),
        (-3, -1, False),
        (-9, 9, True),
        (1, 9, False),
    ],
)
def test_away_for_long_is_three_days_more_or_three_already(first: int, last: int, long: bool) -> None:
    def away(day: date) -> bool:
        return TODAY + first * ONE_DAY <= day <= TODAY + last * ONE_DAY

    assert is_long_away(away, TODAY) is long


@pytest.mark.parametrize(("hour", "wait"), [(0, 8), (7, 1), (8, 0), (15, 0), (22, 0)])
def test_nobody_is_nudged_before_eight_in_the_morning(hour: int, wait: int) -> None:
    # Tokyo is nine hours ahead of UTC.
    now = datetime(2026, 3, 6, hour, tzinfo=UTC) - timedelta(hours=9)
    assert when_to_nudge(now, "Asia/Tokyo") == now + timedelta(hours=wait)


@pytest.mark.parametrize(("hour", "too_late"), [(0, False), (8, False), (22, False), (23, True)])
def test_nobody_is_nudged_after_eleven_at_night(hour: int, too_late: bool) -> None:
    now = datetime(2026, 3, 6, hour, tzinfo=UTC) - timedelta(hours=9)
    assert is_too_late_for_a_nudge(now, "Asia/Tokyo") is too_late
