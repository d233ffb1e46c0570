"""Hacker News on loopback, a clock that is set by hand, and asking that takes no time."""

from collections.abc import AsyncIterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.web import Web
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.hackernews.standin import StandIn

# Friday, 1 May 2026, a quarter of an hour after the threads were posted.
FIRST_OF_MAY = datetime(2026, 5, 1, 15, 15, tzinfo=UTC)

PATIENT = aiohttp.ClientTimeout(total=20)
IMPATIENT = aiohttp.ClientTimeout(total=0.25)


@dataclass
class Sleep:
    """Sleeps in no time, by moving the clock on; remembers for how long."""

    clock: ManualClock
    slept: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.advance(seconds=seconds)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(FIRST_OF_MAY)


@pytest.fixture
async def standin(clock: ManualClock) -> AsyncIterator[StandIn]:
    async with StandIn(clock) as standin:
        yield standin


@pytest.fixture
def sleep(clock: ManualClock) -> Sleep:
    return Sleep(clock)


@pytest.fixture
async def web(clock: ManualClock, sleep: Sleep) -> AsyncIterator[Web]:
    web = Web(clock, pace=nullcontext(), sleep=sleep, timeout=PATIENT)
    yield web
    await web.close()


@pytest.fixture
async def impatient(clock: ManualClock, sleep: Sleep) -> AsyncIterator[Web]:
    """Waits a quarter of a second for an answer, which one that hangs does not give."""
    web = Web(clock, pace=nullcontext(), sleep=sleep, timeout=IMPATIENT)
    yield web
    await web.close()


@pytest.fixture
def news(web: Web, standin: StandIn) -> HackerNews:
    return HackerNews(web, standin.algolia, standin.firebase)


@pytest.fixture
def path(database_path: Path) -> Path:
    return database_path


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(path)
    yield database
    await database.close()


@pytest.fixture
def rounds(database: Database, clock: ManualClock, news: HackerNews) -> Rounds:
    return Rounds(database, clock, news)
