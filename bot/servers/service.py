"""What can be done with a server's settings."""

import sqlite3
from dataclasses import dataclass
from datetime import time

from bot.clock import Clock
from bot.delivery import due
from bot.errors import NotSetUp, SettingMissing
from bot.inputs import read_zone
from bot.localtime import Occurrence, Weekdays
from bot.servers import store
from bot.servers.store import Server
from bot.storage.database import Database
from bot.texts import gettext

PROMPT = "prompt"
"""The kind of delivery that a server's settings plan: the day's prompt in the check-in channel."""

EVERYONE = 0
"""Stands in place of a member for what concerns the whole server."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """A server's settings and when its next prompt is due."""

    server: Server
    next_prompt: Occurrence | None


class Servers:
    """Servers' settings."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def find(self, guild_id: int) -> SetUp | None:
        """What is set for a server, or None before its first set-up."""
        return await self._database.read(self._find, guild_id)

    async def set_up(
        self,
        guild_id: int,
        *,
        checkin_channel_id: int | None = None,
        zone: str | None = None,
        prompt_time: time | None = None,
    ) -> SetUp:
        """Set what is given and keep the rest; plans the daily prompt.

        Raises UnknownZone, and SettingMissing when a first set-up lacks something.
        """
        chosen = None if zone is None else read_zone(zone)
        return await self._database.write(self._set_up, guild_id, checkin_channel_id, chosen, prompt_time)

    def _find(self, db: sqlite3.Connection, guild_id: int) -> SetUp | None:
        server = store.find(db, guild_id)
        return SetUp(server, due.planned(db, PROMPT, guild_id, EVERYONE)) if server else None

    def _set_up(
        self,
        db: sqlite3.Connection,
        guild_id: int,
        channel_id: int | None,
        zone: str | None,
        prompt_time: time | None,
    ) -> SetUp:
        earlier = store.find(db, guild_id)
        if earlier is not None:
            channel_id = channel_id or earlier.checkin_channel_id
            zone = zone or earlier.zone
            prompt_time = prompt_time or earlier.prompt_time
        if channel_id is None or zone is None or prompt_time is None:
            missing = [
                name
                for name, value in (
                    (gettext("channel"), channel_id),
                    (gettext("zone"), zone),
                    (gettext("hour"), prompt_time),
                )
                if value is None
            ]
            raise SettingMissing(missing=", ".join(missing))
        now = self._clock.now()
        server = Server(guild_id, channel_id, zone, prompt_time)
        store.save(db, server, now)
        planned = due.schedule(
            db, PROMPT, guild_id, EVERYONE, zone=zone, at=prompt_time, days=Weekdays.EVERY_DAY, now=now
        )
        return SetUp(server, planned)


def require_server(db: sqlite3.Connection, guild_id: int) -> Server:
    """The settings of a server, within another feature's transaction; raises NotSetUp."""
    server = store.find(db, guild_id)
    if server is None:
        raise NotSetUp
    return server
