"""Local days and due instants, in every zone of the database, against a slow search over minutes."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.localtime import (
    ONE_DAY,
    Occurrence,
    Weekdays,
    day_ends,
    exists,
    instant,
    local,
    local_day,
    next_occurrence,
)

MINUTE = timedelta(minutes=1)
ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory", "posixrules"})


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


zones = st.sampled_from(ZONES)
instants = st.integers(int(utc("1975-01-01").timestamp()), int(utc("2037-12-01").timestamp())).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekday_sets = st.integers(1, 127).map(Weekdays)


def wall(moment: datetime, zone: str) -> datetime:
    """What a clock on the wall shows, as a plain date and time."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def offset(moment: datetime, zone: str) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def search_minute_by_minute(after: datetime, zone: str, at: time, days: Weekdays) -> Occurrence:
    """Watch the clock on the wall, minute by minute, from two days before, for its first times at `at`.

    When the clock jumps over the time, it comes as long after the jump as it was to come after its beginning.
    """
    moment = (after - timedelta(days=2)).replace(second=0, microsecond=0)
    before = wall(moment - MINUTE, zone)
    seen: set[date] = set()
    while True:
        now = wall(moment, zone)
        jump_begins = before + MINUTE
        wanted = datetime.combine(now.date(), at)
        for target in (wanted - ONE_DAY, wanted):
            day = target.date()
            if not jump_begins <= target <= now or day in seen:
                continue
            seen.add(day)
            due = moment + (target - jump_begins if target != now else timedelta())
            whole_day_skipped = jump_begins <= datetime.combine(day, time.min) and (
                datetime.combine(day + ONE_DAY, time.min) <= now
            )
            if due > after and not whole_day_skipped and days & (1 << day.weekday()):
                return Occurrence(day, due)
        before, moment = now, moment + MINUTE


@settings(max_examples=200)
@given(after=instants, zone=zones, at=times, days=weekday_sets)
@example(utc("2026-04-23T12:00"), "Africa/Cairo", time(0), Weekdays.EVERY_DAY)
@example(utc("2011-12-29T12:00"), "Pacific/Apia", time(9), Weekdays.EVERY_DAY)
@example(utc("2026-03-29T01:10"), "America/Nuuk", time(23, 30), Weekdays.SATURDAY)
@example(utc("2026-04-04T14:00"), "Australia/Lord_Howe", time(1, 45), Weekdays.SUNDAY)
def test_the_next_occurrence_is_the_first_that_a_watched_clock_shows(
    after: datetime, zone: str, at: time, days: Weekdays
) -> None:
    found = next_occurrence(after, zone, at, days)
    assert found == search_minute_by_minute(after, zone, at, days)
    assert found.at > after
    assert found.at.utcoffset() == timedelta()
    assert found.day.weekday() in [number for number in range(7) if days & (1 << number)]


def year_of(zone: str, at: time, year: int) -> list[Occurrence]:
    found: list[Occurrence] = []
    moment = datetime(year - 1, 12, 29, tzinfo=UTC)
    while (following := next_occurrence(moment, zone, at)) is not None and following.day.year <= year:
        found.append(following)
        moment = following.at
    return [occurrence for occurrence in found if occurrence.day.year == year]


@pytest.mark.parametrize(("year", "at"), [(2026, time(0)), (2011, time(23, 59))])
def test_every_day_of_a_year_comes_once_and_in_order_in_every_zone(year: int, at: time) -> None:
    calendar = [date(year, 1, 1) + number * ONE_DAY for number in range(365)]
    for zone in ZONES:
        found = year_of(zone, at, year)
        skipped = {date(2011, 12, 30)} if zone in DATE_LINE_CHANGERS else set()
        assert [occurrence.day for occurrence in found] == [day for day in calendar if day not in skipped], (
            zone
        )
        assert all(one.at < two.at for one, two in pairwise(found)), zone


# Samoa and Tokelau crossed the date line at the end of 29 December 2011.
DATE_LINE_CHANGERS = {"Pacific/Apia", "Pacific/Fakaofo"}


@given(zone=zones, at=times, day=st.dates(date(1975, 1, 1), date(2037, 12, 1)))
def test_the_day_of_an_occurrence_follows_on_any_other(zone: str, at: time, day: date) -> None:
    found = next_occurrence(instant(day, at, zone) - timedelta(days=5), zone, at, after_day=day)
    assert found is not None
    assert found.day > day
    assert found.day - day <= timedelta(days=2)


def test_a_day_that_was_had_is_left_out_though_its_time_is_still_to_come() -> None:
    morning = utc("2026-03-02T06:00")
    assert next_occurrence(morning, "Etc/UTC", time(9), after_day=date(2026, 3, 2)) == Occurrence(
        date(2026, 3, 3), utc("2026-03-03T09:00")
    )


def test_at_the_very_instant_it_is_the_next_days_turn() -> None:
    due = utc("2026-03-02T09:00")
    just_before = next_occurrence(due - timedelta(microseconds=1), "Etc/UTC", time(9))
    assert just_before == Occurrence(date(2026, 3, 2), due)
    assert next_occurrence(due, "Etc/UTC", time(9)) == Occurrence(date(2026, 3, 3), due + ONE_DAY)


def test_without_a_day_of_the_week_nothing_is_ever_due() -> None:
    assert next_occurrence(utc("2026-03-02T09:00"), "Etc/UTC", time(9), Weekdays(0)) is None


def test_at_the_end_of_all_dates_nothing_more_is_due() -> None:
    assert next_occurrence(utc("9999-12-29T00:00"), "Etc/UTC", time(9)) is None


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        # Berlin leaves out 02:00 to 03:00, and has 02:00 to 03:00 twice.
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30"),
        ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),
        # Cairo and Beirut leave out the first hour of a day, and with it midnight.
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00"),
        ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:30"),
        ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00"),
        # Lord Howe moves by half an hour: 02:00 to 02:30 is left out, 01:30 to 02:00 comes twice.
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:40"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
        # Havana has the hour from midnight twice.
        ("America/Havana", "2026-11-01", "00:30", "2026-11-01T04:30"),
        # Nuuk leaves out the last hour of a day, so that its time comes on the next one.
        ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29T01:30"),
        # Troll moves by two hours.
        ("Antarctica/Troll", "2026-03-29", "01:30", "2026-03-29T01:30"),
    ],
)
def test_a_clock_change_moves_the_time_forward_or_takes_the_first(
    zone: str, day: str, at: str, expected: str
) -> None:
    found = instant(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert found == utc(expected)
    assert next_occurrence(found - MINUTE, zone, time.fromisoformat(at)) == Occurrence(
        date.fromisoformat(day), found
    )
    following = next_occurrence(found, zone, time.fromisoformat(at))
    assert following is not None
    assert following.day == date.fromisoformat(day) + ONE_DAY


def test_samoa_passed_over_a_day() -> None:
    assert not exists(date(2011, 12, 30), "Pacific/Apia")
    assert exists(date(2011, 12, 29), "Pacific/Apia")
    assert exists(date(2011, 12, 31), "Pacific/Apia")
    evening = utc("2011-12-29T22:00")  # noon of the 29th there
    assert next_occurrence(evening, "Pacific/Apia", time(9)) == Occurrence(
        date(2011, 12, 31), utc("2011-12-30T19:00")
    )
    # The 30th was the Friday.
    friday = next_occurrence(evening, "Pacific/Apia", time(9), Weekdays.FRIDAY)
    assert friday is not None
    assert friday.day == date(2012, 1, 6)


@given(moment=instants, zone=zones)
def test_an_instant_lies_within_its_local_day(moment: datetime, zone: str) -> None:
    day = local_day(moment, zone)
    assert local(moment, zone) == moment
    assert local(moment, zone).date() == day
    over = day_ends(day, zone)
    # St. John's used to set its clocks back at a minute past midnight: the evening before came again.
    assert moment < over or offset(moment, zone) < offset(over, zone)
    assert local_day(day_ends(day, zone), zone) > day


def test_a_set_of_weekdays_knows_its_days() -> None:
    week = [date(2026, 3, 2) + number * ONE_DAY for number in range(7)]  # a Monday and the rest
    assert [Weekdays.WORKING_DAYS.has(day) for day in week] == [True] * 5 + [False] * 2
    assert [Weekdays.of([0, 6]).has(day) for day in week] == [True, *[False] * 5, True]
    assert Weekdays.of(range(7)) == Weekdays.EVERY_DAY
    assert Weekdays.of([]) == Weekdays(0)


def test_each_of_a_doubled_hours_times_keeps_its_own_instant() -> None:
    # In Berlin half past two came twice on 25 October 2026: at half past midnight in UTC, and an hour later.
    day, zone = date(2026, 10, 25), "Europe/Berlin"
    for fold, hour in ((0, 0), (1, 1), (0, 0)):
        expected = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        assert instant(day, time(2, 30, fold=fold), zone) == expected
