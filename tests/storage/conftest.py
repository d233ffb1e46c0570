"""A real, migrated database file and all services over it, with a clock that is set by hand."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backups.service import Backups
from bot.services import Services
from bot.storage.database import connect
from tests.clocks import ManualClock

MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY_NOON)


@pytest.fixture
def path(database_path: Path) -> Path:
    return database_path


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own, as a unit of work gets one; each statement is stored at once."""
    with closing(connect(path)) as connection:
        yield connection


@pytest.fixture
async def services(path: Path, clock: ManualClock) -> AsyncIterator[Services]:
    services = await Services.open(path, clock)
    yield services
    await services.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
async def backups(path: Path, folder: Path, clock: ManualClock) -> AsyncIterator[Backups]:
    backups = Backups(path, folder, clock)
    yield backups
    await backups.close()
