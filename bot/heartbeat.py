"""The bot's own heartbeat: from its gaps is reckoned when nobody could reach it."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.facts import keep_fact
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


def downtimes(db: sqlite3.Connection, guild_id: int, since: datetime) -> list[Downtime]:
    """When a server could not reach the bot, as far as it ended after an instant: the earliest first.

    That is when nobody could, and when the bot was not in that server. None overlaps another.
    """
    rows = db.execute("select began_at, ended_at from downtime where ended_at > ?", (int(since.timestamp()),))
    spans = [(began, ended) for began, ended in rows]
    spans += [span for span in absences(db, guild_id) if span[1] > since.timestamp()]
    merged: list[tuple[int, int]] = []
    for began, ended in sorted(spans):
        if merged and began < merged[-1][1]:
            began, ended = merged[-1][0], max(ended, merged.pop()[1])
        merged.append((began, ended))
    return [
        Downtime(datetime.fromtimestamp(began, UTC), datetime.fromtimestamp(ended, UTC))
        for began, ended in merged
    ]


def absences(db: sqlite3.Connection, guild_id: int) -> list[tuple[int, int]]:
    """From when to when the bot was not in a server that it came back to, in seconds since 1970."""
    rows = db.execute(
        "select name, value from fact where name >= ? and name < ?", _names_of_absences(guild_id)
    )
    return [(int(name.rsplit(":", 1)[1]), int(value)) for name, value in rows]


def keep_absence(db: sqlite3.Connection, guild_id: int, began_at: int, ended_at: int) -> None:
    """Keep from when to when the bot was not in a server, so that no member misses a day by it."""
    first, _ = _names_of_absences(guild_id)
    keep_fact(db, f"{first}{began_at}", str(ended_at))


def forget_absences(db: sqlite3.Connection, guild_id: int) -> None:
    """Forget when the bot was not in a server."""
    db.execute("delete from fact where name >= ? and name < ?", _names_of_absences(guild_id))


def _names_of_absences(guild_id: int) -> tuple[str, str]:
    """What the names of those facts begin with, and the first name after them: ";" follows ":"."""
    return f"absence:{guild_id}:", f"absence:{guild_id};"
