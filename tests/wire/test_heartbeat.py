"""The heartbeat of the real process: it beats while members can reach it, and a long gap is a downtime.

Nobody waits for minutes here: the last beat, as it is stored, is put into the past.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import time
from typing import TYPE_CHECKING

import pytest

from tests.wire.database_file import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn

QUICK = "tests.wire.quick_heart"
LONG, SHORT = timedelta(minutes=4), timedelta(minutes=2, seconds=30)
SOME_BEATS = 0.5
NOW = timedelta(seconds=10)


def last_beat(database: Path) -> int | None:
    rows = query(database, "select value from fact where name = 'heartbeat'")
    return int(rows[0][0]) if rows else None


def put_last_beat_back(database: Path, ago: timedelta) -> int:
    moment = int(time() - ago.total_seconds())
    query(database, "update fact set value = ? where name = 'heartbeat'", str(moment))
    return moment


def downtimes(database: Path) -> list[tuple[int, int]]:
    return [
        (began, ended)
        for began, ended in query(database, "select began_at, ended_at from downtime order by began_at")
    ]


async def until(look: Callable[[], bool]) -> None:
    """Nothing tells that a beat was written, so the file is looked into again and again."""
    async with asyncio.timeout(5):
        while not look():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def until_it_beats(database: Path) -> None:
    await until(lambda: (last_beat(database) or 0) > time() - NOW.total_seconds())


@pytest.mark.parametrize("end", ["stopped", "killed"])
async def test_the_time_away_is_a_downtime_when_it_was_long(bots: Bots, end: str) -> None:
    bot = await bots.start()
    await until_it_beats(bots.database)
    assert downtimes(bots.database) == []
    await (bot.stop() if end == "stopped" else bot.kill())
    began = put_last_beat_back(bots.database, LONG)

    await bots.start()
    await until_it_beats(bots.database)
    ((began_at, ended_at),) = downtimes(bots.database)
    assert began_at == began
    assert time() - NOW.total_seconds() < ended_at <= time()


async def test_a_short_restart_is_no_downtime(bots: Bots) -> None:
    bot = await bots.start()
    await until_it_beats(bots.database)
    await bot.kill()
    put_last_beat_back(bots.database, SHORT)

    await bots.start()
    await until_it_beats(bots.database)
    assert downtimes(bots.database) == []


async def test_it_beats_as_long_as_it_runs(bots: Bots) -> None:
    await bots.start(QUICK)
    for _ in range(3):
        await until_it_beats(bots.database)
        put_last_beat_back(bots.database, SHORT)
    await until_it_beats(bots.database)
    assert downtimes(bots.database) == []


async def test_it_does_not_beat_while_discord_cannot_be_reached(bots: Bots, standin: StandIn) -> None:
    await bots.start(QUICK)
    await until_it_beats(bots.database)
    away = standin.faults.hold("GET", "/gateway")
    await standin.drop_gateway()
    await away.reached()
    began = put_last_beat_back(bots.database, LONG)
    await asyncio.sleep(SOME_BEATS)
    assert last_beat(bots.database) == began

    away.release()
    await until_it_beats(bots.database)
    ((began_at, _),) = downtimes(bots.database)
    assert began_at == began
