"""The days around a clock change, with the bot up throughout: on the minute, in a gap, in a doubled hour."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.delivery.almanac import ONE_DAY, all_zones, clock_changes
from tests.delivery.timeline import Plan, Timeline
from tests.delivery.verdict import Verdict, judge

TIMES = [
    time.fromisoformat(at) for at in ("00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "12:00", "23:30")
]


async def live_and_judge(
    path: Path, plans: dict[int, Plan], days: list[date], tick: timedelta = timedelta(minutes=15)
) -> Verdict:
    """Live through some days, as the earliest and the latest zones see them, with the bot up throughout."""
    begin = datetime.combine(days[0], time(), UTC) - ONE_DAY
    timeline = Timeline(path, plans, begin)
    await timeline.live(begin + (len(days) + 2) * ONE_DAY, tick=tick)
    return judge(await timeline.said(), plans, days)


DAYS_WITH_CHANGES = [
    (date(2026, 2, 14), date(2026, 2, 16), 0),
    (date(2026, 3, 7), date(2026, 3, 9), 100),
    (date(2026, 3, 21), date(2026, 3, 23), 1),
    (date(2026, 3, 26), date(2026, 3, 30), 100),
    (date(2026, 4, 3), date(2026, 4, 6), 0),
    (date(2026, 4, 22), date(2026, 4, 25), 1),
    (date(2026, 9, 5), date(2026, 9, 7), 1),
    (date(2026, 9, 25), date(2026, 9, 28), 1),
    (date(2026, 10, 2), date(2026, 10, 5), 1),
    (date(2026, 10, 23), date(2026, 10, 26), 0),
    (date(2026, 10, 28), date(2026, 10, 31), 0),
    (date(2026, 11, 1), date(2026, 11, 3), 0),
]
"""Stretches of days, and how many messages a gap moves on them at least."""


@pytest.mark.parametrize(("first", "last", "moved"), DAYS_WITH_CHANGES, ids=str)
async def test_on_the_days_around_every_clock_change_each_zone_is_spoken_to_once_a_day(
    first: date, last: date, moved: int, database_path: Path
) -> None:
    days = [first + step * ONE_DAY for step in range((last - first).days + 1)]
    plans = {
        number: Plan(zone, at, at)
        for number, (zone, at) in enumerate(product(zones_that_change(first, last), TIMES), start=1)
    }
    verdict = await live_and_judge(database_path, plans, days)
    assert verdict.wrong == []
    assert set(verdict.counts) <= {"on time", "moved by a gap"}
    assert verdict.counts.total() == 2 * len(plans) * len(days) > 0
    assert verdict.counts["moved by a gap"] >= moved


def zones_that_change(first: date, last: date) -> list[str]:
    """The zones whose clocks change on the days given; the others show nothing that the year does not."""
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last + ONE_DAY))
    return [zone for zone in all_zones() if clock_changes(zone, begin, end)]


def test_the_days_hold_every_clock_change_of_the_year() -> None:
    begin, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    for zone in all_zones():
        for change in clock_changes(zone, begin, end):
            local_day = change.astimezone(ZoneInfo(zone)).date()
            assert any(first <= local_day <= last for first, last, _ in DAYS_WITH_CHANGES), (zone, change)


OLD_CHANGES = {
    "Samoa skips a day": ("Pacific/Apia", date(2011, 12, 27), 7),
    "Tokelau skips a day": ("Pacific/Fakaofo", date(2011, 12, 27), 7),
    "Kiribati skips a day": ("Pacific/Kiritimati", date(1994, 12, 28), 8),
    "Kwajalein skips a day": ("Pacific/Kwajalein", date(1993, 8, 18), 7),
    "Cairo stops and goes on in one summer": ("Africa/Cairo", date(2010, 8, 8), 60),
    "Cairo again": ("Africa/Cairo", date(2014, 5, 12), 50),
    "Gaza at midnight": ("Asia/Gaza", date(2012, 3, 28), 5),
    "Caracas goes back by half an hour": ("America/Caracas", date(2007, 12, 7), 5),
    "Caracas goes on by half an hour": ("America/Caracas", date(2016, 4, 29), 5),
    "Pyongyang goes back by half an hour": ("Asia/Pyongyang", date(2015, 8, 13), 5),
    "Pyongyang goes on by half an hour": ("Asia/Pyongyang", date(2018, 5, 3), 5),
    "Troll by two hours": ("Antarctica/Troll", date(2016, 3, 25), 5),
    "Moscow gives an hour back": ("Europe/Moscow", date(2014, 10, 24), 5),
    "Casey by three hours": ("Antarctica/Casey", date(2020, 10, 2), 5),
    "Brazil at midnight": ("America/Sao_Paulo", date(2018, 11, 2), 5),
    "Azores around midnight": ("Atlantic/Azores", date(2024, 3, 29), 5),
    "Greenland late in the evening": ("America/Nuuk", date(2024, 3, 29), 5),
}


@pytest.mark.parametrize(("zone", "first", "number"), OLD_CHANGES.values(), ids=OLD_CHANGES)
async def test_rare_clock_changes_neither_lose_a_day_nor_double_one(
    zone: str, first: date, number: int, database_path: Path
) -> None:
    plans = {guild_id: Plan(zone, at, at) for guild_id, at in enumerate(TIMES, start=1)}
    days = [first + step * ONE_DAY for step in range(number)]
    verdict = await live_and_judge(database_path, plans, days, tick=timedelta(minutes=5))
    assert verdict.wrong == []
    skipped = {"Pacific/Apia", "Pacific/Fakaofo", "Pacific/Kiritimati", "Pacific/Kwajalein"}
    assert verdict.counts["no such day"] == (2 * len(TIMES) if zone in skipped else 0)
    assert verdict.counts.total() == 2 * len(TIMES) * number


def test_the_list_of_rare_clock_changes_holds_clock_changes() -> None:
    for name, (zone, first, number) in OLD_CHANGES.items():
        begin = datetime.combine(first, time(), UTC)
        assert clock_changes(zone, begin, begin + number * ONE_DAY), name
        assert ZoneInfo(zone).key == zone
