"""Beats by shard: what is out of reach in one shard is so for its servers, and for no others."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.heartbeat import GAP, Downtime, downtimes, keep_beat, last_beats
from bot.services import Services
from bot.shards import ALL, Shards
from bot.storage.database import connect
from tests.clocks import ManualClock

EVER = datetime(2000, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TWO, FOUR, SIX = ([Shards((number,), count) for number in range(count)] for count in (2, 4, 6))


@pytest.fixture(scope="module")
def schema(migrated: Path) -> Iterator[sqlite3.Connection]:
    """A database in memory, for a thousand small histories."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        with closing(connect(migrated, writes=False)) as file:
            file.backup(db)
        yield db


def server_in(place: int) -> int:
    """A server that is in shard `place` of any number of shards that is larger."""
    return (place << 22) + 5


async def beat(services: Services, *shards: Shards) -> None:
    for each in shards:
        await services.heartbeat.beat(each)


async def gone(services: Services, place: int) -> list[tuple[float, float]]:
    """From when to when the bot was out of reach in a server, in hours since noon."""
    found = await services.database.read(downtimes, server_in(place), EVER)
    hour = timedelta(hours=1)
    return [((down.began_at - NOON) / hour, (down.ended_at - NOON) / hour) for down in found]


async def test_a_process_that_is_away_is_missed_in_its_own_servers_only(
    services: Services, clock: ManualClock
) -> None:
    first, second = Shards((0, 1), 4), Shards((2, 3), 4)
    await beat(services, first, second)
    for _minute in range(120):
        clock.advance(minutes=1)
        await beat(services, first)
    assert await services.heartbeat.beat(second) == Downtime(NOON, NOON + timedelta(hours=2))
    assert [await gone(services, place) for place in range(5)] == [[], [], [(0, 2)], [(0, 2)], []]


async def test_a_shard_that_is_not_connected_is_missed_by_itself(
    services: Services, clock: ManualClock
) -> None:
    await beat(services, Shards((0, 1, 2), 3))
    for _minute in range(60):
        clock.advance(minutes=1)
        await beat(services, Shards((0, 2), 3))
    await beat(services, Shards((0, 1, 2), 3))
    assert [await gone(services, place) for place in range(3)] == [[], [(0, 1)], []]


async def test_where_all_were_away_it_is_noted_once(services: Services, clock: ManualClock) -> None:
    every = Shards((0, 1, 2, 3), 4)
    await beat(services, every)
    clock.advance(hours=3)
    await beat(services, every)
    rows = await services.database.read(lambda db: db.execute("select * from downtime").fetchall())
    assert [(row["shard"], row["shards"]) for row in rows] == [(0, 1)]
    assert await gone(services, 2) == [(0, 3)]


async def test_from_one_process_to_several_and_back_nothing_is_forgotten_and_nobody_is_missed(
    services: Services, clock: ManualClock
) -> None:
    for shards in ([ALL], TWO, FOUR, [ALL]):
        clock.advance(minutes=2)
        await beat(services, *shards)
    assert [await gone(services, place) for place in range(4)] == [[], [], [], []]
    assert set(await services.database.read(last_beats)) == {(0, 1)}


async def test_with_another_number_each_server_goes_on_from_the_shard_that_it_was_in(
    services: Services, clock: ManualClock
) -> None:
    await beat(services, *FOUR)
    clock.advance(hours=1)
    await beat(services, *FOUR[:2])
    clock.advance(hours=1)
    await beat(services, *SIX[:5])
    # Servers 0, 1, 4, 5 and so on were in shards that beat until one; those in the last of six still wait.
    assert [await gone(services, place) for place in range(12)] == [
        [(0, 1), (1, 2)],
        [(0, 1), (1, 2)],
        [(0, 2)],
        [(0, 2)],
        [(0, 1), (1, 2)],
        [(0, 1)],
        [(0, 2)],
        [(0, 2)],
        [(0, 1), (1, 2)],
        [(0, 1), (1, 2)],
        [(0, 2)],
        [],
    ]
    clock.advance(hours=1)
    await beat(services, SIX[5])
    assert await gone(services, 5) == [(0, 1), (1, 3)]
    assert await gone(services, 11) == [(0, 3)]
    assert set(await services.database.read(last_beats)) == {(number, 6) for number in range(6)}


DIVISIONS = st.sampled_from([1, 2, 3, 4, 6])


steps = st.tuples(st.integers(1, 400), DIVISIONS, st.sets(st.integers(0, 5), min_size=1))


@given(st.lists(steps, min_size=2, max_size=12))
def test_a_server_missed_the_bot_between_two_beats_of_its_own_shard_that_are_far_apart(
    schema: sqlite3.Connection, steps: list[tuple[int, int, set[int]]]
) -> None:
    schema.executescript("delete from fact; delete from downtime;")
    instant, heard = NOON, {place: list[datetime]() for place in range(12)}
    for seconds, count, ids in steps:
        instant += timedelta(seconds=seconds)
        shards = Shards.of((number % count for number in ids), count)
        keep_beat(schema, instant, shards)
        for place, instants in heard.items():
            if shards.holds(server_in(place)):
                instants.append(instant)
    for place, instants in heard.items():
        assert downtimes(schema, server_in(place), EVER) == [
            Downtime(before, after) for before, after in pairwise(instants) if after - before >= GAP
        ]
