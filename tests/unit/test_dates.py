"""Dates as people type them: in words, in figures, alone and as ranges."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import (
    AmbiguousDate,
    DateIsOver,
    DateToCome,
    DateTooFar,
    NoSuchDate,
    RangeBackwards,
    RangeTooLong,
    UnknownDate,
    UserError,
    WrongWeekday,
)
from bot.inputs import LONGEST_RANGE, read_date, read_range
from bot.localtime import ONE_DAY

FRIDAY = date(2026, 11, 20)

AHEAD = {
    "today": "2026-11-20", "tomorrow": "2026-11-21", "Tomorrow ": "2026-11-21",
    "day after tomorrow": "2026-11-22", "friday": "2026-11-20", "next friday": "2026-11-27",
    "next  FRIDAY": "2026-11-27", "sat": "2026-11-21", "Monday": "2026-11-23", "next monday": "2026-11-23",
    "on sunday": "2026-11-22", "this sunday": "2026-11-22", "in 3 days": "2026-11-23",
    "in three days": "2026-11-23", "in a week": "2026-11-27", "in 2 weeks": "2026-12-04",
    "next week": "2026-11-23", "this week": "2026-11-20", "next month": "2026-12-01",
    "24 Dec": "2026-12-24", "dec 24": "2026-12-24", "24 December 2026": "2026-12-24",
    "24th of december": "2026-12-24", "December 24th": "2026-12-24", "thursday 24 dec": "2026-12-24",
    "20 nov": "2026-11-20", "19 nov": "2027-11-19", "1 jan": "2027-01-01", "2026-12-24": "2026-12-24",
    "2027-1-5": "2027-01-05", "2026/12/24": "2026-12-24", "24.12.": "2026-12-24", "24.12": "2026-12-24",
    "24. 12.": "2026-12-24", "24.12.2026": "2026-12-24", "24.12.26": "2026-12-24", "5.1.": "2027-01-05",
    "1.12.": "2026-12-01", "24/12": "2026-12-24", "12/24": "2026-12-24", "12/24/2026": "2026-12-24",
    "24-12-2026": "2026-12-24", "12/12": "2026-12-12", "december": "2026-12-01", "november": "2026-11-20",
    "may": "2027-05-01", "the 24th": "2026-11-24",
}  # fmt: skip
BACK = {
    "today": "2026-11-20", "friday": "2026-11-20", "monday": "2026-11-16", "yesterday": "2026-11-19",
    "1 oct": "2026-10-01", "24 dec": "2025-12-24", "24.12.": "2025-12-24", "3 weeks ago": "2026-10-30",
    "last month": "2026-10-01", "2024-02-29": "2024-02-29", "29.2.": None, "may": "2026-05-01",
}  # fmt: skip
NO_DATES = [
    "", " ", "soon", "5", "a", "-1", "2027", "20261224", "1780000000", "5pm", "tomorrow 5pm", "tonight",
    "noon", "in 3 hours", "24 dec 2026 10:00 est", "tomorrow utc+5", "next next friday", "32 dec", "dec 32",
    "year", "week", "christmas", "morgen", "@everyone", "2026-12-24T10:00", "٢٠٢٦-١٢-٢٤", "\0", "1e9",
    "24.12.2026 or so",
]  # fmt: skip
NOT_IN_THE_CALENDAR = [
    "31 Feb", "feb 31", "30 february 2027", "2026-02-30", "2026-13-01", "2026-11-31", "31.4.", "30.2.",
    "32.12.", "0.12.", "13.13.2026", "31/11", "31st of november", "2027-02-29", "29.2.", "0000-01-01",
    "99/99/9999",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), AHEAD.items())
def test_dates_ahead_that_people_type(typed: str, expected: str) -> None:
    assert read_date(typed, FRIDAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(("typed", "expected"), BACK.items())
def test_dates_that_look_back(typed: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(NoSuchDate):
            read_date(typed, FRIDAY, ahead=False)
    else:
        assert read_date(typed, FRIDAY, ahead=False) == date.fromisoformat(expected)


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(UnknownDate):
        read_date(typed, FRIDAY)


@pytest.mark.parametrize("typed", NOT_IN_THE_CALENDAR)
@pytest.mark.parametrize("ahead", [True, False])
def test_dates_that_do_not_exist_are_called_that(typed: str, ahead: bool) -> None:
    with pytest.raises(NoSuchDate):
        read_date(typed, FRIDAY, ahead=ahead)


@pytest.mark.parametrize(
    "typed", ["2026-11-19", "yesterday", "last friday", "2 days ago", "24.12.2025", "1 jan 0001"]
)
def test_a_day_that_is_over_cannot_be_planned(typed: str) -> None:
    with pytest.raises(DateIsOver) as raised:
        read_date(typed, FRIDAY)
    assert "is over" in str(raised.value)


@pytest.mark.parametrize("typed", ["2027-11-22", "in 2 years", "29 feb", "24.12.2027", "9999-12-31"])
def test_a_day_more_than_a_year_ahead_is_too_far(typed: str) -> None:
    with pytest.raises(DateTooFar):
        read_date(typed, FRIDAY)


def test_a_year_ahead_is_just_within_reach() -> None:
    assert read_date("2027-11-21", FRIDAY) == FRIDAY + timedelta(days=LONGEST_RANGE)


@pytest.mark.parametrize("typed", ["tomorrow", "2026-12-24", "next week"])
def test_looking_back_goes_no_further_than_today(typed: str) -> None:
    with pytest.raises(DateToCome):
        read_date(typed, FRIDAY, ahead=False)


def test_a_date_that_could_be_two_days_is_asked_back() -> None:
    with pytest.raises(AmbiguousDate) as raised:
        read_date("3/4", FRIDAY)
    assert "3 April or 4 March" in str(raised.value)


def test_a_weekday_that_the_date_is_not_is_pointed_out() -> None:
    with pytest.raises(WrongWeekday) as raised:
        read_date("monday 24 dec", FRIDAY)
    assert "Thursday, 24 December 2026" in str(raised.value)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("tomorrow", None, ("2026-11-21", "2026-11-21")),
        ("tomorrow", "tomorrow", ("2026-11-21", "2026-11-21")),
        ("24 dec", "2 jan", ("2026-12-24", "2027-01-02")),
        ("24.12.", "2027-01-02", ("2026-12-24", "2027-01-02")),
        ("next week", None, ("2026-11-23", "2026-11-29")),
        ("this week", None, ("2026-11-20", "2026-11-22")),
        ("tomorrow", "next week", ("2026-11-21", "2026-11-29")),
        ("december", None, ("2026-12-01", "2026-12-31")),
        ("next monday", "friday", ("2026-11-23", "2026-11-27")),
        ("tomorrow", "next friday", ("2026-11-21", "2026-11-27")),
        ("today", "2027-11-20", ("2026-11-20", "2027-11-20")),
    ],
)
def test_ranges_ahead(first: str, last: str | None, expected: tuple[str, str]) -> None:
    assert tuple(day.isoformat() for day in read_range(first, last, FRIDAY)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("last week", None, ("2026-11-09", "2026-11-15")),
        ("this week", None, ("2026-11-16", "2026-11-20")),
        ("october", None, ("2026-10-01", "2026-10-31")),
        ("october", "november", ("2026-10-01", "2026-11-20")),
        ("1 oct", "yesterday", ("2026-10-01", "2026-11-19")),
    ],
)
def test_ranges_that_look_back(first: str, last: str | None, expected: tuple[str, str]) -> None:
    assert tuple(day.isoformat() for day in read_range(first, last, FRIDAY, ahead=False)) == expected


@pytest.mark.parametrize(
    ("first", "last"), [("2026-12-24", "2026-12-20"), ("24 dec", "20 dec"), ("in a week", "tomorrow")]
)
def test_a_range_that_runs_backwards_is_refused(first: str, last: str) -> None:
    with pytest.raises(RangeBackwards) as raised:
        read_range(first, last, FRIDAY)
    assert "comes after" in str(raised.value)


def test_a_range_of_more_than_a_year_is_refused() -> None:
    assert read_range("2025-11-20", "2026-11-20", FRIDAY, ahead=False)[0] == date(2025, 11, 20)
    with pytest.raises(RangeTooLong):
        read_range("2025-11-18", "2026-11-20", FRIDAY, ahead=False)
    with pytest.raises(RangeTooLong):
        read_range("today", "in a week", FRIDAY, longest=7)


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(today=days, ahead=st.integers(0, 364))
@example(today=date(2028, 2, 28), ahead=1)
@example(today=date(2026, 12, 31), ahead=1)
def test_every_day_of_the_year_ahead_can_be_typed_in_several_ways(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    for typed in (
        f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}", f"{day:%d.%m.}", f"{day:%d %b}", f"{day:%B} {day.day}",
        f"{day:%A %d %B %Y}", f"in {ahead} days" if ahead else "today",
    ):  # fmt: skip
        assert read_date(typed, today) == day, typed
    if ahead < 7:
        assert read_date(f"{day:%A}", today) == day


@given(today=days)
def test_next_week_is_the_whole_week_from_its_monday(today: date) -> None:
    first, last = read_range("next week", None, today)
    assert (first.weekday(), last - first) == (0, timedelta(days=6))
    assert 1 <= (first - today).days <= 7


@given(today=days)
def test_next_followed_by_a_weekday_is_never_today_and_at_most_a_week_ahead(today: date) -> None:
    for number in range(7):
        name = f"{date(2024, 1, 1) + number * ONE_DAY:%A}"
        day = read_date(f"next {name}", today)
        assert day.weekday() == number
        assert 1 <= (day - today).days <= 7


pieces = st.sampled_from(
    [
        "next", "friday", "mon", "in", "3", "days", "week", "24", "31", "dec", "feb", "2026", ".", "-", "/",
        ":", " ", "ago", "month", "year", "9999", "0", "th", "utc", "+5", "pm", "٢", "\0", "\ud800", "İ",
        "today", "a", "{", "%s", "\n",
    ]
)  # fmt: skip


@given(
    text=st.one_of(
        st.text(), st.lists(pieces, max_size=8).map("".join), st.lists(pieces, max_size=8).map(" ".join)
    ),
    ahead=st.booleans(),
)
@example(text="9" * 5000, ahead=True)
@example(text="next " * 1000, ahead=True)
@example(text="in 99999999999999 years", ahead=True)
@example(text="99999999 years ago", ahead=False)
def test_whatever_is_typed_as_a_date_is_read_or_answered_with_a_sentence(text: str, ahead: bool) -> None:
    with suppress(UserError):
        first, last = read_range(text, None, FRIDAY, ahead=ahead)
        assert first <= last
        assert (first >= FRIDAY) if ahead else (last <= FRIDAY)
