"""Servers that the bot is taken out of: kept for thirty days, in case it comes back, and then forgotten.

Meanwhile nothing is sent for them; bot.delivery leaves what is due there alone. A server that comes back
finds everything as it was, and the days of its absence count against nobody.
"""

import logging
import sqlite3
from collections.abc import Container
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.heartbeat import GAP, keep_absence
from bot.privacy import server_data
from bot.shards import ALL, Shards
from bot.storage.database import Database

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)
LOOK_EVERY = timedelta(days=1)


class Departures:
    """Which servers the bot was taken out of, of those in some shards; all others are others' business."""

    def __init__(self, database: Database, clock: Clock, shards: Shards = ALL):
        self._database = database
        self._clock = clock
        self._shards = shards

    async def left(self, guild_id: int) -> None:
        """The bot was taken out of a server."""
        await self._database.write(server_data.leave, guild_id, self._clock.now())
        log.info("taken out of server %d: what is stored of it is kept for %d days", guild_id, KEPT_FOR.days)

    async def came_back(self, guild_id: int) -> None:
        """The bot is in a server, be it new or one that it was taken out of."""
        left_at = await self._database.read(server_data.left_at, guild_id)
        if left_at is None:
            return
        if self._is_over(left_at):
            # The job of the day has not come by yet; they begin anew all the same.
            await self._delete(guild_id)
            return
        await self._database.write(self._take_up, guild_id)
        log.info("back in server %d, with all that is stored of it", guild_id)

    async def compare(self, present: Container[int]) -> None:
        """Note what happened while the bot was not running: `present` are all servers that it is in.

        It is asked last of all, so it shall answer for that moment: a server may come, and be set up, while
        it is looked up of which servers something is stored.
        """
        stored = set(filter(self._shards.holds, await self.stored()))
        for guild_id in sorted(stored.difference(await self._noted())):
            if guild_id not in present:
                await self.left(guild_id)
        for guild_id in sorted(await self._noted()):
            if guild_id in present:
                await self.came_back(guild_id)

    async def stored(self) -> set[int]:
        """Every server of which anything is stored; asked table by table, so that others get their turn."""
        found: set[int] = set()
        for table in await self._database.read(server_data.tables_of_servers):
            found |= await self._database.read(server_data.servers_in, table)
        return found

    async def tidy(self, present: Container[int]) -> list[int]:
        """Compare, and delete what is stored of those that have been gone for long; answers which."""
        await self.compare(present)
        over = [guild for guild, left_at in (await self._noted()).items() if self._is_over(left_at)]
        for guild_id in over:
            await self._delete(guild_id)
        return over

    async def _noted(self) -> dict[int, datetime]:
        noted = await self._database.read(server_data.departed)
        return {guild: left_at for guild, left_at in noted.items() if self._shards.holds(guild)}

    def _is_over(self, left_at: datetime) -> bool:
        return self._clock.now() - left_at >= KEPT_FOR

    async def _delete(self, guild_id: int) -> None:
        rows = 0
        while deleted := await self._database.write(server_data.delete_some, guild_id):
            rows += deleted
        log.info("server %d is forgotten: %d rows", guild_id, rows)

    def _take_up(self, db: sqlite3.Connection, guild_id: int) -> None:
        now, left_at = self._clock.now(), server_data.left_at(db, guild_id)
        if left_at is not None and now - left_at >= GAP:
            keep_absence(db, guild_id, int(left_at.timestamp()), int(now.timestamp()))
        server_data.come_back(db, guild_id)
