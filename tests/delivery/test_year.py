"""A year of prompts and pings by the clock of every zone of the zone database: none missed, none twice.

The bot is started anew each month, and is down from an hour before to two hours after every clock change of
any zone. Of zones that show the same all year one is lived through; in the week in which most clocks change,
all are, each by its name.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.delivery.almanac import ONE_DAY, all_zones, clock_changes, outages_around, zones_by_clock
from tests.delivery.timeline import Plan, Timeline
from tests.delivery.verdict import judge

TIMES = [
    time.fromisoformat(at)
    for at in ("00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "09:00", "12:15", "23:30")
]
YEAR = [date(2026, 1, 1) + number * ONE_DAY for number in range(365)]
# Where the year begins first, and some hours after it has ended everywhere.
BEGIN, END = datetime(2025, 12, 31, 9, 0, tzinfo=UTC), datetime(2027, 1, 1, 13, 0, tzinfo=UTC)
MONTHS = {datetime(2026, month, 15, 12, 0, tzinfo=UTC) for month in range(1, 13)}
WEEK = [date(2026, 3, 25) + number * ONE_DAY for number in range(7)]


def plans_of(*, all_names: bool) -> dict[int, Plan]:
    """A server for each clock, its times taken in turn from the list, and no two kinds in the same step.

    With all names of its zone, a member lives by each of them; otherwise there is one member.
    """
    return {
        number: Plan(
            zone,
            prompt=TIMES[number % len(TIMES)],
            ping=TIMES[(number // len(TIMES) + number) % len(TIMES)],
            other_names=others if all_names else (),
        )
        for number, (zone, *others) in enumerate(zones_by_clock(BEGIN, END), start=1)
    }


def subjects_of(plans: Mapping[int, Plan]) -> int:
    return sum(len(list(plan.subjects())) for plan in plans.values())


async def test_every_day_of_a_year_has_one_prompt_and_one_ping_by_every_clock(database_path: Path) -> None:
    changes = [change for zone in all_zones() for change in clock_changes(zone, BEGIN, END)]
    outages = outages_around(changes, before=timedelta(hours=1), after=timedelta(hours=2))
    plans = plans_of(all_names=False)
    assert len(plans) > 60
    timeline = Timeline(database_path, plans, BEGIN)
    await timeline.live(END, tick=timedelta(minutes=15), outages=outages, restarts=MONTHS)
    verdict = judge(await timeline.said(), plans, YEAR, outages)
    assert verdict.wrong == []
    subjects = subjects_of(plans)
    assert verdict.counts.total() == subjects * len(YEAR)
    assert verdict.counts["on time"] > 0.97 * verdict.counts.total()
    assert verdict.counts["after an outage"] > subjects
    assert timeline.starts == 1 + len(MONTHS) + len(outages)


async def test_every_day_of_a_week_has_one_ping_by_every_name_of_a_zone(database_path: Path) -> None:
    begin, end = (datetime.combine(day, time(), UTC) for day in (WEEK[0] - ONE_DAY, WEEK[-1] + 2 * ONE_DAY))
    changes = [change for zone in all_zones() for change in clock_changes(zone, begin, end)]
    outages = outages_around(changes, before=timedelta(hours=1), after=timedelta(hours=2))
    plans = plans_of(all_names=True)
    assert sorted(name for plan in plans.values() for name in (plan.zone, *plan.other_names)) == all_zones()
    timeline = Timeline(database_path, plans, begin)
    await timeline.live(end, tick=timedelta(minutes=15), outages=outages)
    verdict = judge(await timeline.said(), plans, WEEK, outages)
    assert verdict.wrong == []
    assert verdict.counts.total() == subjects_of(plans) * len(WEEK)
    assert verdict.counts["after an outage"] > 0
    assert timeline.starts == 1 + len(outages) > 1
