"""The only SQL of servers' settings."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has been set up: where and when, in its own zone, the day's prompt is posted."""

    guild_id: int
    checkin_channel_id: int
    zone: str
    prompt_time: time


def find(db: sqlite3.Connection, guild_id: int) -> Server | None:
    """The settings of a server, or None before its first set-up."""
    row = db.execute("select * from server where guild_id = ?", (guild_id,)).fetchone()
    if row is None:
        return None
    return Server(guild_id, row["checkin_channel_id"], row["zone"], time.fromisoformat(row["prompt_time"]))


def save(db: sqlite3.Connection, server: Server, now: datetime) -> None:
    """Store the settings of a server in place of the earlier ones."""
    instant = int(now.timestamp())
    db.execute(
        """
        insert into server (guild_id, checkin_channel_id, zone, prompt_time, set_up_at, changed_at)
        values (?, ?, ?, ?, ?, ?)
        on conflict (guild_id) do update set
            checkin_channel_id = excluded.checkin_channel_id, zone = excluded.zone,
            prompt_time = excluded.prompt_time, changed_at = excluded.changed_at
        """,
        (
            server.guild_id,
            server.checkin_channel_id,
            server.zone,
            server.prompt_time.isoformat("minutes"),
            instant,
            instant,
        ),
    )


def count(db: sqlite3.Connection) -> int:
    """How many servers have been set up."""
    (number,) = db.execute("select count(*) from server").fetchone()
    return int(number)
