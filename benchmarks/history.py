"""A check-in of members with ten years behind them beside one of a member on their first day.

Inside the program, without Discord: from the service's method to the report; and beside it the ledger alone,
as long as it keeps the database's thread, which all other members wait for. Once without any downtime of the
bot, and once with one a week.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.study_servers import zone_at_midday
from benchmarks.table import Line, Section, milliseconds
from bot.checkins.ledger import DayState, LedgerDay
from bot.checkins.rules import Entry
from bot.checkins.service import ledger_of
from bot.clock import SystemClock
from bot.localtime import local_day
from bot.services import Services
from bot.storage.migrations import migrate

GUILD, DAYS = 1, 3_652
A_DAY, AN_HOUR = 86_400, 3_600

ROUTINE_KEPT = 91
"""For so many days the old members keep a routine before they set a new one."""

PAUSED_EVERY, PAUSED_FOR = 91, 7
DOWN_EVERY, DOWN_FOR = 7, 2 * AN_HOUR


@dataclass(frozen=True, slots=True)
class Sort:
    """Members with the same past: `reported` says, of how many days ago, whether they checked in."""

    name: str
    first_user: int
    reported: Callable[[int], bool]
    paused: bool = False


def in_a_pause(ago: int) -> bool:
    """Whether a day was paused by those who pause, of how many days ago it is."""
    return ago >= PAUSED_EVERY and ago % PAUSED_EVERY < PAUSED_FOR


FIRST = Sort("a first check-in", 1_000, lambda ago: False)
OLD = (
    Sort("ten years without a miss", 2_000, lambda ago: True),
    Sort("ten years, every twentieth day missed", 3_000, lambda ago: ago % 20 != 0),
    Sort("ten years, paused a week each quarter", 4_000, lambda ago: not in_a_pause(ago), paused=True),
    Sort("ten years, all of them missed", 5_000, lambda ago: False),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: members of each sort, each checking in once without and once with downtimes."""

    members: int = 40


QUICK = Size(members=5)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each check-in, and those that each ledger kept the database's thread."""

    check_ins: list[float]
    ledgers: list[float]


async def measure(size: Size) -> Section:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "autodidact.db")
        today = _fill(path, size.members)
        services = await Services.open(path, SystemClock())
        try:
            plain = await _measured(services, size.members)
            _take_back(path, today)
            _go_down(path)
            down = await _measured(services, size.members)
        finally:
            await services.close()
    return Section(
        f"A check-in and its ledger ({size.members} members of each sort; ratios to a first check-in)",
        [*_lines(plain), Line("with a downtime of two hours each week:"), *_lines(down)],
    )


def _lines(times: Mapping[Sort, Times]) -> list[Line]:
    first = median(times[FIRST].check_ins)
    lines = [Line(FIRST.name, ours=milliseconds(first))]
    for sort in OLD:
        middle, ledger = median(times[sort].check_ins), median(times[sort].ledgers)
        lines += [
            Line(sort.name, ours=milliseconds(middle), ratio=f"{middle / first:.1f}"),
            Line("   its ledger, in the database's thread", ours=milliseconds(ledger)),
        ]
    return lines


async def _measured(services: Services, members: int) -> dict[Sort, Times]:
    times = {sort: Times([], []) for sort in (FIRST, *OLD)}
    for number in range(members):
        for sort in times:
            user = sort.first_user + number
            began = perf_counter()
            report = await services.checkins.report(GUILD, user, Entry("Trained the baseline."))
            times[sort].check_ins.append(perf_counter() - began)
            seconds, days = await services.database.read(_timed_ledger, user, services.clock.now())
            times[sort].ledgers.append(seconds)
            _must_be_right(sort, report.streak, days)
    return times


def _timed_ledger(db: sqlite3.Connection, user_id: int, now: datetime) -> tuple[float, list[LedgerDay]]:
    began = perf_counter()
    days = ledger_of(db, GUILD, user_id, now)
    return perf_counter() - began, days


def _must_be_right(sort: Sort, streak: int, days: list[LedgerDay]) -> None:
    done = sum(map(sort.reported, range(1, DAYS + 1))) + 1 if sort is not FIRST else 1
    states = [day.state for day in days]
    if states.count(DayState.DONE) != done or len(days) != (1 if sort is FIRST else DAYS + 1):
        raise RuntimeError(f"{sort.name}: {states.count(DayState.DONE)} of {len(days)} days are done")
    if (states.count(DayState.PAUSED) > 0) != sort.paused:
        raise RuntimeError(f"{sort.name}: {states.count(DayState.PAUSED)} days are paused")
    # Whoever misses one day in twenty has a freeze for it.
    if streak != done:
        raise RuntimeError(f"{sort.name}: the streak is {streak}, not {done}")


def _fill(path: Path, members: int) -> str:
    """For each member of the old sorts routines over ten years, and their check-ins until yesterday."""
    migrate(path)
    zone = zone_at_midday()
    now = datetime.now(UTC)
    today, instant = local_day(now, zone), int(now.timestamp())
    began = instant - DAYS * A_DAY
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("begin")
        db.execute(
            """
            insert into server (guild_id, checkin_channel_id, zone, prompt_time, set_up_at, changed_at)
            values (?, 1, ?, '12:00', ?, ?)
            """,
            (GUILD, zone, began - A_DAY, began - A_DAY),
        )
        db.execute(
            "insert into server_zone (guild_id, set_at, zone) values (?, ?, ?)", (GUILD, began - A_DAY, zone)
        )
        for sort in OLD:
            for number in range(members):
                _fill_member(db, sort, sort.first_user + number, today, zone, instant)
        db.execute("commit")
    return today.isoformat()


def _fill_member(
    db: sqlite3.Connection, sort: Sort, user_id: int, today: date, zone: str, instant: int
) -> None:
    def day(ago: int) -> str:
        return (today - timedelta(days=ago)).isoformat()

    past = range(DAYS, 0, -1)
    db.executemany(
        """
        insert into routine (guild_id, user_id, set_at, from_day, zone, days, at, ping)
        values (?, ?, ?, ?, ?, 127, '12:00', 0)
        """,
        [(GUILD, user_id, instant - ago * A_DAY, day(ago), zone) for ago in past[::ROUTINE_KEPT]],
    )
    db.executemany(
        """
        insert into checkin (guild_id, user_id, local_day, zone, done, next, blocked, kind, minutes,
                             reported_at, changed_at, changes)
        values (?, ?, ?, ?, 'Wrote a page.', '', '', 'building', 30, ?, ?, 0)
        """,
        [
            (GUILD, user_id, day(ago), zone, instant - ago * A_DAY, instant - ago * A_DAY)
            for ago in filter(sort.reported, past)
        ],
    )
    if sort.paused:
        weeks = range(PAUSED_EVERY, DAYS - PAUSED_FOR, PAUSED_EVERY)
        db.executemany(
            "insert into pause (guild_id, user_id, first_day, last_day, set_at) values (?, ?, ?, ?, ?)",
            [(GUILD, user_id, day(ago + PAUSED_FOR - 1), day(ago), instant - ago * A_DAY) for ago in weeks],
        )


def _take_back(path: Path, today: str) -> None:
    """As if nobody had checked in today."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("delete from checkin where local_day = ?", (today,))
        db.execute("delete from delivery")


def _go_down(path: Path) -> None:
    now = int(datetime.now(UTC).timestamp())
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executemany(
            "insert into downtime (began_at, ended_at) values (?, ?)",
            [
                (now - ago * A_DAY - DOWN_FOR, now - ago * A_DAY)
                for ago in range(DAYS, 0, -1)
                if ago % DOWN_EVERY == 0
            ],
        )
