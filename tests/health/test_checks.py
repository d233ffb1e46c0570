"""What the checks find wrong: with the gateway, with jobs that are late or hang, with a database."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.health import checks
from bot.health.checks import Checks, wrong_with_jobs, wrong_with_line
from bot.health.gateway import Line
from bot.scheduling import JobStatus, Schedule
from bot.storage.database import Database
from tests.clocks import ManualClock

NOW = 100_000.0
MINUTE = 60.0
OPEN = Line(ready=True, shards=2, open=2, latency=0.04, servers=3)


def job(interval: timedelta, *, began: float | None, ended: float | None, name: str = "due") -> JobStatus:
    return JobStatus(name, interval=interval, began=began, ended=ended)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (OPEN, None),
        (Line(ready=False, shards=2, open=2, latency=None, servers=0), "not ready yet"),
        (Line(ready=True, shards=2, open=1, latency=0.04, servers=3), "1 of 2 shards not connected"),
        (Line(ready=True, shards=2, open=0, latency=None, servers=3), "2 of 2 shards not connected"),
    ],
)
def test_the_gateway_is_well_when_every_shard_is_connected(line: Line, problem: str | None) -> None:
    assert wrong_with_line(line) == problem
    assert line.is_open == (problem is None)


def test_an_open_gateway_is_not_well_while_the_api_does_not_answer() -> None:
    assert wrong_with_line(replace(OPEN, answers=False)) == "Discord's API does not answer"


SECONDS, DAY = timedelta(seconds=5), timedelta(days=1)


@pytest.mark.parametrize(
    ("interval", "began", "ended", "problem"),
    [
        (SECONDS, NOW - 1, NOW - 1, None),
        # Two minutes beyond its interval it is late, whatever the interval is.
        (SECONDS, NOW - 125, NOW - 124, None),
        (SECONDS, NOW - 127, NOW - 126, "due ended 126 s ago"),
        (DAY, NOW - 86_519, NOW - 86_519, None),
        (DAY, NOW - 86_530, NOW - 86_521, "due ended 86521 s ago"),
        # A long run is no late one: what counts is when it ended.
        (SECONDS, NOW - 14 * MINUTE, NOW - 1, None),
        (SECONDS, NOW - 14 * MINUTE, None, None),
        (SECONDS, NOW - 16 * MINUTE, None, "due began 960 s ago and goes on"),
    ],
)
def test_a_job_is_on_time_within_its_interval_and_some_slack(
    interval: timedelta, began: float, ended: float | None, problem: str | None
) -> None:
    assert wrong_with_jobs([job(interval, began=began, ended=ended)], NOW) == problem


def test_every_job_that_is_wrong_is_named() -> None:
    late = job(SECONDS, began=NOW - 500, ended=NOW - 500, name="outbox")
    fine = job(SECONDS, began=NOW, ended=NOW, name="due")
    never = job(SECONDS, began=None, ended=None, name="links")
    assert wrong_with_jobs([late, fine, never], NOW) == "outbox ended 500 s ago; links has not run yet"
    assert wrong_with_jobs([never], NOW) == "not started yet"
    assert wrong_with_jobs([], NOW) == "not started yet"


@pytest.fixture
async def database(database_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(database_path)
    yield database
    await database.close()


def all_checks(database: Database) -> Checks:
    return Checks(database, ManualClock(datetime(2026, 1, 1, tzinfo=UTC)), Schedule(), lambda: OPEN)


async def wrong_with(found: Checks, name: str = "database") -> str | None:
    (problem,) = [finding.problem for finding in await found.look() if finding.name == name]
    return problem


async def written(database: Database) -> int:
    """How many writes there were, by SQLite's own count of the writer's changes."""
    return await database.write(lambda db: db.total_changes)


async def test_the_database_is_written_to_but_not_each_time_somebody_asks(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = all_checks(database)
    before = await written(database)
    assert await wrong_with(found) is None
    once = await written(database)
    assert once > before
    assert {await wrong_with(found) for _ in range(5)} == {None}
    assert await written(database) == once
    monkeypatch.setattr(checks, "WRITES_EVERY", 0.0)
    assert await wrong_with(found) is None
    assert await written(database) > once


async def test_a_database_that_cannot_be_written_is_said_so_with_its_code(database: Database) -> None:
    await database.write(lambda db: db.execute("drop table fact"))
    assert await wrong_with(all_checks(database)) == "cannot be written (SQLITE_ERROR)"


async def test_a_database_that_is_held_by_another_is_not_waited_for_for_long_nor_written_to_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "WRITES_WITHIN", 0.01)
    monkeypatch.setattr(checks, "WRITES_EVERY", 0.0)
    found = all_checks(database)
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("begin immediate")
    before = len(asyncio.all_tasks())
    for _ in range(3):
        assert (await wrong_with(found) or "").startswith("a write has waited for ")
    assert len(asyncio.all_tasks()) == before + 1
    other.execute("rollback")
    other.close()
    monkeypatch.setattr(checks, "WRITES_WITHIN", 5.0)
    assert await wrong_with(found) is None


async def test_the_schedule_says_when_a_job_began_and_ended() -> None:
    schedule, began, may_end = Schedule(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        await may_end.wait()

    schedule.every("slow", SECONDS, work)
    (slow,) = schedule.status()
    assert (slow.began, slow.interval) == (None, SECONDS)
    before = time.monotonic()
    schedule.start()
    async with asyncio.timeout(5):
        await began.wait()
    assert slow.began is not None
    assert before <= slow.began <= time.monotonic()
    assert slow.ended is None
    may_end.set()
    for _ in range(10):
        await asyncio.sleep(0)
    schedule.stop()
    (done,) = schedule.status()
    assert done.began is not None
    assert done.ended is not None
    assert done.began <= done.ended
    assert done.seconds == done.ended - done.began
