"""The only SQL of which leads a server was shown."""

import json
import sqlite3
from collections.abc import Collection
from datetime import date


def add(db: sqlite3.Connection, guild_id: int, lead_ids: Collection[int], day: date) -> None:
    """Write down which leads the digest of a local day shows."""
    db.executemany(
        "insert into lead_shown (guild_id, lead_id, local_day) values (?, ?, ?)",
        [(guild_id, lead_id, day.isoformat()) for lead_id in lead_ids],
    )


def shown(db: sqlite3.Connection, guild_id: int, lead_ids: Collection[int]) -> set[int]:
    """Which of some leads a server has been shown."""
    rows = db.execute(
        """
        select lead_id from json_each(?) as wanted
        cross join lead_shown on lead_shown.guild_id = ? and lead_id = wanted.value
        """,
        (json.dumps(list(lead_ids)), guild_id),
    )
    return {lead_id for (lead_id,) in rows}


def take_back(db: sqlite3.Connection, guild_id: int, day: date) -> None:
    """Have the leads of a digest count as not shown."""
    db.execute("delete from lead_shown where guild_id = ? and local_day = ?", (guild_id, day.isoformat()))


def days_since(db: sqlite3.Connection, guild_id: int, since: date) -> list[date]:
    """The local days from one on whose digests show something."""
    rows = db.execute(
        "select distinct local_day from lead_shown where guild_id = ? and local_day >= ?",
        (guild_id, since.isoformat()),
    )
    return [date.fromisoformat(day) for (day,) in rows]


def digests_with(db: sqlite3.Connection, lead_ids: Collection[int], since: date) -> list[tuple[int, date]]:
    """The digests, by server and local day, that show any of some leads."""
    rows = db.execute(
        """
        select distinct guild_id, local_day from json_each(?) as wanted
        cross join lead_shown on lead_id = wanted.value where local_day >= ?
        """,
        (json.dumps(list(lead_ids)), since.isoformat()),
    )
    return [(guild_id, date.fromisoformat(day)) for guild_id, day in rows]
