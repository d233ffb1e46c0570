"""Turns in which the processes of a bot begin their sessions: Discord takes one in five seconds, of all.

Whoever comes too soon has the session taken away again, and so could hold up the others for ever.
"""

import asyncio
import sqlite3
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.facts import fact_of, keep_fact
from bot.storage.database import Database

EVERY = timedelta(seconds=5.5)
"""Half a second more than Discord asks for: what is sent later may arrive sooner."""


class Turns:
    """Gives turns to all processes on a database."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def take(self, lane: int = 0) -> None:
        """Wait for a turn. Sessions of different lanes do not wait for each other."""
        wait = await self._database.write(take, self._clock.now(), lane)
        while wait:
            await asyncio.sleep(wait)
            wait = await self._database.write(take, self._clock.now(), lane)


def take(db: sqlite3.Connection, now: datetime, lane: int) -> float:
    """Take the turn that is free now, and answer 0; or answer in how many seconds one may be."""
    name = f"session:{lane}"
    last = fact_of(db, name)
    if last is not None:
        wait = datetime.fromisoformat(last) + EVERY - now
        # More than that is a clock that was set back.
        if timedelta() < wait <= EVERY:
            return wait.total_seconds()
    keep_fact(db, name, now.isoformat())
    return 0.0
