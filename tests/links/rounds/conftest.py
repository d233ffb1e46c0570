"""Rounds over what stands on empty shelves, by a checker that knows what it will see."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.resources.links.rounds import LinkRounds
from bot.storage.database import Database, connect
from tests.clocks import ManualClock
from tests.links.rounds.ticking import MONDAY
from tests.links.shelves import Foreseen


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
def db(database_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own; nothing stands on any shelf."""
    with closing(connect(database_path)) as connection:
        connection.execute("delete from resource")
        yield connection


@pytest.fixture
async def database(database_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(database_path)
    yield database
    await database.close()


@pytest.fixture
def checker(clock: ManualClock) -> Foreseen:
    return Foreseen(clock)


@pytest.fixture
def rounds(database: Database, clock: ManualClock, checker: Foreseen) -> LinkRounds:
    return LinkRounds(database, clock, checker)
