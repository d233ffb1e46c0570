"""The bot's own heartbeat: from its gaps is reckoned when nobody could reach it."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.storage.database import Database

BEAT_EVERY = timedelta(seconds=30)
GAP = timedelta(minutes=3)
"""Shorter gaps are a restart, which a member who tries again does not notice."""

LAST_BEAT = "heartbeat"


@dataclass(frozen=True, slots=True)
class Downtime:
    """From when to when nobody could reach the bot."""

    began_at: datetime
    ended_at: datetime


class Heartbeat:
    """Beats as long as the bot can be reached."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def beat(self) -> Downtime | None:
        """Say that the bot can be reached now; answers the downtime that this ends, if there was one."""
        return await self._database.write(_beat, self._clock.now())


def _beat(db: sqlite3.Connection, now: datetime) -> Downtime | None:
    row = db.execute("select value from fact where name = ?", (LAST_BEAT,)).fetchone()
    instant = int(now.timestamp())
    db.execute(
        """
        insert into fact (name, value) values (?, ?)
        on conflict (name) do update set value = excluded.value
        """,
        (LAST_BEAT, str(instant)),
    )
    if row is None or instant - int(row[0]) < GAP.total_seconds():
        return None
    db.execute("insert or ignore into downtime (began_at, ended_at) values (?, ?)", (int(row[0]), instant))
    return Downtime(datetime.fromtimestamp(int(row[0]), UTC), now)


def downtimes(db: sqlite3.Connection, since: datetime) -> list[Downtime]:
    """When the bot could not be reached, as far as it ended after an instant, the earliest first."""
    rows = db.execute(
        "select began_at, ended_at from downtime where ended_at > ? order by began_at",
        (int(since.timestamp()),),
    )
    return [
        Downtime(datetime.fromtimestamp(began, UTC), datetime.fromtimestamp(ended, UTC))
        for began, ended in rows
    ]
