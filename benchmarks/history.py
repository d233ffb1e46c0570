"""A check-in of a member with ten years behind them beside one of a member on their first day.

Inside the program, without Discord: from the service's method to the report with its streak.
"""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.study_servers import zone_at_midday
from benchmarks.table import Line, Section, milliseconds
from bot.checkins.rules import Entry
from bot.clock import SystemClock
from bot.localtime import local_day
from bot.services import Services
from bot.storage.migrations import migrate

GUILD, DAYS = 1, 3_652
A_DAY = 86_400
NEW, BROKEN, UNBROKEN = FIRST_USERS = (1_000, 2_000, 3_000)

ROUTINE_KEPT = 91
"""For so many days the old members keep a routine before they set a new one."""

MISSED = {BROKEN: 20, UNBROKEN: DAYS + 1}
"""Every how many days, counted back from today, one was missed."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: members of each sort, each checking in once."""

    members: int = 60


QUICK = Size(members=10)


async def measure(size: Size) -> Section:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "autodidact.db")
        _fill(path, size.members)
        services = await Services.open(path, SystemClock())
        try:
            times = await _check_ins(services, size.members)
        finally:
            await services.close()
    new = median(times[NEW])
    return Section(
        f"A check-in and its streak ({size.members} of each sort in turn; ratios to a first check-in)",
        [
            Line("a member's first check-in", ours=milliseconds(new)),
            _beside("ten years, every twentieth day missed", times[BROKEN], new),
            _beside("ten years without a miss", times[UNBROKEN], new),
        ],
    )


def _beside(what: str, times: list[float], new: float) -> Line:
    middle = median(times)
    return Line(what, ours=milliseconds(middle), ratio=f"{middle / new:.2f}")


async def _check_ins(services: Services, members: int) -> dict[int, list[float]]:
    times: dict[int, list[float]] = {first: [] for first in FIRST_USERS}
    for number in range(members):
        for first in FIRST_USERS:
            began = perf_counter()
            report = await services.checkins.report(GUILD, first + number, Entry("Trained the baseline."))
            times[first].append(perf_counter() - began)
            expected = {NEW: 1, BROKEN: 20, UNBROKEN: DAYS + 1}[first]
            if report.streak != expected:
                raise RuntimeError(f"the streak is {report.streak}, not {expected}")
    return times


def _fill(path: Path, members: int) -> None:
    """For each member of the two old sorts a routine and ten years of check-ins, until yesterday."""
    migrate(path)
    zone = zone_at_midday()
    now = datetime.now(UTC)
    today, instant = local_day(now, zone).isoformat(), int(now.timestamp())
    began = date.fromisoformat(today) - timedelta(days=DAYS)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("insert into server values (?, 1, ?, '12:00', ?, ?)", (GUILD, zone, instant, instant))
        db.execute("create temp table member (user_id integer, missed integer)")
        old = [(first + n, missed) for first, missed in MISSED.items() for n in range(members)]
        db.executemany("insert into member values (?, ?)", old)
        for day in range(0, DAYS, ROUTINE_KEPT):
            db.execute(
                "insert into routine select ?, user_id, ?, ?, ?, 127, '12:00', 0 from member",
                (GUILD, instant - (DAYS - day) * A_DAY, (began + timedelta(days=day)).isoformat(), zone),
            )
        db.execute(
            """
            with recursive past (days) as (select 1 union all select days + 1 from past where days < :days)
            insert into checkin
            select :guild, user_id, date(:today, '-' || days || ' days'), :zone, 'Wrote a page.', '', '',
                   'building', 30, :now - days * :a_day, :now - days * :a_day, 0
            from member, past where days % missed <> 0
            """,
            {"days": DAYS, "guild": GUILD, "today": today, "zone": zone, "now": instant, "a_day": A_DAY},
        )
