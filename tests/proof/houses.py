"""Where a trial takes place: a stand-in, an empty database, and processes of the bot."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.storage.migrations import migrate
from tests.warm_starts import warm_starts
from tests.wire.bots import Bots, passed_limits
from tests.wire.standin import StandIn


@dataclass(frozen=True, slots=True)
class House:
    """A stand-in for Discord, the bots on it, and their database."""

    standin: StandIn
    bots: Bots
    folder: Path

    @property
    def database(self) -> Path:
        return self.bots.database

    def trespasses(self) -> list[str]:
        """Requests that Discord would not have taken, and lines of the log that nobody had thought of."""
        return [*self.standin.violations, *passed_limits(self.standin), *self.bots.outcries()]


@asynccontextmanager
async def house(
    folder: Path, standin: StandIn | None = None, database: Path | None = None
) -> AsyncIterator[House]:
    """Open one in an empty folder; whatever still runs at its end is killed.

    `database` is a migrated one to begin with; without it, an empty one is made.
    """
    path = folder / "autodidact.db"
    if database is None:
        migrate(path)
    else:
        shutil.copy(database, path)
    async with standin or StandIn() as opened:
        bots = Bots(opened, folder, path, warm_starts())
        try:
            yield House(opened, bots, folder)
        finally:
            await bots.end()
