"""A year of prompts and pings in every zone of the zone database: none missed, none twice.

The bot is started anew each month, and is down from an hour before to two hours after every clock change of
any zone. Zones that show the same share a server, in which each of them has a member.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.delivery.almanac import ONE_DAY, all_zones, clock_changes, outages_around, zones_by_clock
from tests.delivery.timeline import Plan, Timeline
from tests.delivery.verdict import judge

PARTS = 2
TIMES = [
    time.fromisoformat(at)
    for at in ("00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "09:00", "12:15", "23:30")
]
YEAR = [date(2026, 1, 1) + number * ONE_DAY for number in range(365)]
# Where the year begins first, and some hours after it has ended everywhere.
BEGIN, END = datetime(2025, 12, 31, 9, 0, tzinfo=UTC), datetime(2027, 1, 1, 13, 0, tzinfo=UTC)
MONTHS = {datetime(2026, month, 15, 12, 0, tzinfo=UTC) for month in range(1, 13)}


def plans_of(part: int) -> dict[int, Plan]:
    """Each zone once, its times taken in turn from the list, and no two kinds in the same step."""
    return {
        number: Plan(
            zone,
            prompt=TIMES[number % len(TIMES)],
            ping=TIMES[(number // len(TIMES) + number) % len(TIMES)],
            other_names=others,
        )
        for number, (zone, *others) in enumerate(zones_by_clock(BEGIN, END), start=1)
        if number % PARTS == part
    }


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_day_of_a_year_has_one_prompt_and_one_ping_in_every_zone(
    part: int, database_path: Path
) -> None:
    changes = [change for zone in all_zones() for change in clock_changes(zone, BEGIN, END)]
    outages = outages_around(changes, before=timedelta(hours=1), after=timedelta(hours=2))
    plans = plans_of(part)
    timeline = Timeline(database_path, plans, BEGIN)
    await timeline.live(END, tick=timedelta(minutes=15), outages=outages, restarts=MONTHS)
    verdict = judge(await timeline.said(), plans, YEAR, outages)
    assert verdict.wrong == []
    subjects = sum(len(list(plan.subjects())) for plan in plans.values())
    assert verdict.counts.total() == subjects * len(YEAR)
    assert verdict.counts["on time"] > 0.97 * verdict.counts.total()
    assert verdict.counts["after an outage"] > subjects
    assert timeline.starts == 1 + len(MONTHS) + len(outages)


def test_the_parts_hold_every_zone_once() -> None:
    plans = [plan for part in range(PARTS) for plan in plans_of(part).values()]
    assert sorted(name for plan in plans for name in (plan.zone, *plan.other_names)) == all_zones()
    assert len(plans) > 100
