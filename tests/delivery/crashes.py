"""A process that dies at a chosen point, as by kill -9: from there on it writes and sends nothing."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bot.services import Services
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger

P = ParamSpec("P")
T = TypeVar("T")


class Crash(BaseException):
    """The end of the process; nothing in the bot may catch it."""


class Life:
    """One run of the process. It notes every point it passes, and dies at the one whose number is given."""

    def __init__(self, dies_at: int | None = None):
        self.dies_at = dies_at
        self.passed: list[str] = []
        self.dead = False

    def passing(self, point: str) -> None:
        if self.dead:
            raise Crash(point)
        self.passed.append(point)
        if len(self.passed) - 1 == self.dies_at:
            self.dead = True
            raise Crash(point)


class MortalDatabase(Database):
    """A real database that may die with the process just before or after any commit."""

    passing: Callable[[str], None]

    async def write(
        self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        name = getattr(job, "__name__", "a job")

        def dying(db: sqlite3.Connection) -> T:
            result = job(db, *args, **kwargs)
            self.passing(f"{name} before its commit")
            return result

        result = await super().write(dying)
        self.passing(f"{name} after its commit")
        return result


async def live(
    life: Life,
    path: Path,
    clock: ManualClock,
    messenger: FakeMessenger,
    work: Callable[[Services], Awaitable[object]],
) -> None:
    """Start the bot over a database file, take up what is left, do some work, and end or die."""
    asyncio.get_running_loop().set_exception_handler(_say_nothing_of_crashes)
    database = await MortalDatabase.open(path)
    database.passing = messenger.passing = life.passing
    services = Services(database, clock, openings_every=None)
    try:
        await services.delivery.resume()
        await work(services)
    except Crash:
        assert life.dead
    finally:
        await database.close()
        messenger.passing = lambda point: None


def _say_nothing_of_crashes(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    if not isinstance(context.get("exception"), Crash):
        loop.default_exception_handler(context)
