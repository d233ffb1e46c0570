"""The account of a range: which days, why the streak, and reasons in a row as one."""

from datetime import date, timedelta

import pytest

from bot.checkins.ledger import DayState, LedgerDay, Reason
from bot.errors import DateToCome, NoSuchDate, RangeBackwards, RangeTooLong, UnknownPastDate, UserError
from bot.progress.account import Stretch, account_of, range_asked_for, stretches

FIRST = date(2026, 3, 2)
TODAY = date(2026, 3, 31)

KINDS = {
    "d": (DayState.DONE, Reason.REPORTED, True),
    "l": (DayState.LATE, Reason.REPORTED_LATE, True),
    "p": (DayState.PAUSED, Reason.AWAY, False),
    "r": (DayState.REST, Reason.NOT_PLANNED, False),
    "m": (DayState.MISSED, Reason.NO_FREEZE, True),
    "f": (DayState.FROZEN, Reason.FREEZE_USED, True),
    "w": (DayState.FROZEN, Reason.FIRST_WEEK, True),
}


def days(letters: str) -> list[LedgerDay]:
    """A ledger from 2 March 2026 on, a letter a day."""
    return [
        LedgerDay(FIRST + timedelta(days=number), *KINDS[letter], freezes=0)
        for number, letter in enumerate(letters)
    ]


def march(number: int) -> date:
    return date(2026, 3, number)


def test_days_in_a_row_with_one_reason_are_one_stretch_the_latest_first() -> None:
    assert stretches(days("dppplrm")) == [
        Stretch(march(8), march(8), Reason.NO_FREEZE),
        Stretch(march(6), march(6), Reason.REPORTED_LATE),
        Stretch(march(3), march(5), Reason.AWAY),
    ]


def test_plain_days_are_not_explained() -> None:
    assert stretches(days("ddrrd")) == []


def test_a_plain_day_between_two_missed_ones_keeps_them_apart() -> None:
    assert [stretch.days for stretch in stretches(days("mrm"))] == [1, 1]


def test_two_reasons_of_one_state_are_two_stretches() -> None:
    assert [stretch.reason for stretch in stretches(days("wf"))] == [Reason.FREEZE_USED, Reason.FIRST_WEEK]


def test_the_streak_is_said_to_begin_after_the_last_missed_day() -> None:
    account = account_of(days("ddmrfdd"), march(1), march(31))
    assert (account.streak, account.broken_on, account.streak_began) == (2, march(4), march(7))


def test_a_streak_that_nothing_broke_began_with_the_first_day_done() -> None:
    account = account_of(days("rwdd"), march(1), march(31))
    assert (account.streak, account.broken_on, account.streak_began) == (2, None, march(4))


def test_after_a_missed_day_there_is_no_streak_until_the_next_one_done() -> None:
    account = account_of(days("dmr"), march(1), march(31))
    assert (account.streak, account.streak_began) == (0, None)


def test_a_range_holds_only_its_days_and_the_streak_is_of_today_all_the_same() -> None:
    account = account_of(days("dddddd"), march(3), march(4))
    assert [day.day for day in account.days] == [march(3), march(4)]
    assert account.streak == 6


def test_nobody_who_never_began_has_days() -> None:
    account = account_of([], march(1), march(31))
    assert (account.began, account.days, account.streak) == (None, [], 0)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, (date(2026, 2, 25), TODAY)),
        ("2026-03-05", None, (march(5), TODAY)),
        ("2026-03-05", "2026-03-09", (march(5), march(9))),
        (None, "2026-03-09", (date(2026, 2, 3), march(9))),
        ("last month", None, (date(2026, 2, 1), date(2026, 2, 28))),
        ("2025-04-01", None, (date(2025, 4, 1), TODAY)),
        ("2026-03-31", None, (TODAY, TODAY)),
        (None, "0001-01-05", (date(1, 1, 2), date(1, 1, 5))),
    ],
)
def test_a_range_is_what_the_two_dates_mean(
    first: str | None, last: str | None, expected: tuple[date, date]
) -> None:
    assert range_asked_for(first, last, TODAY) == expected


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        ("2026-03-09", "2026-03-05", RangeBackwards),
        ("2025-03-01", "2026-03-05", RangeTooLong),
        ("2024-01-01", None, RangeTooLong),
        ("2026-02-30", None, NoSuchDate),
        (None, "2026-02-30", NoSuchDate),
        ("2026-03-05", "2026-04-05", DateToCome),
        ("whenever", None, UnknownPastDate),
    ],
)
def test_dates_that_make_no_range_are_refused(
    first: str | None, last: str | None, error: type[UserError]
) -> None:
    with pytest.raises(error):
        range_asked_for(first, last, TODAY)
