"""The only SQL of where a server's curators are told things."""

import sqlite3
from datetime import datetime


def channel_of(db: sqlite3.Connection, guild_id: int) -> int | None:
    """The channel of a server's curators, if they have one."""
    row = db.execute(
        "select curators_channel_id from resource_settings where guild_id = ?", (guild_id,)
    ).fetchone()
    return row["curators_channel_id"] if row else None


def save_channel(db: sqlite3.Connection, guild_id: int, channel_id: int | None, now: datetime) -> None:
    """Store the channel of a server's curators in place of an earlier one."""
    db.execute(
        """
        insert or replace into resource_settings (guild_id, curators_channel_id, changed_at)
        values (?, ?, ?)
        """,
        (guild_id, channel_id, int(now.timestamp())),
    )
