"""The only SQL of preferences."""

import sqlite3
from datetime import date

from bot.preferences.rules import Preference, Shown


def find(db: sqlite3.Connection, guild_id: int, user_id: int) -> Preference | None:
    """What a member chose, or None."""
    row = db.execute(
        "select * from preference where guild_id = ? and user_id = ?", (guild_id, user_id)
    ).fetchone()
    if row is None:
        return None
    refused = row["direct_refused_on"]
    return Preference(
        Shown(row["shown"]),
        bool(row["named"]),
        bool(row["second_ping"]),
        bool(row["direct_pings"]),
        bool(row["direct_weeks"]),
        bool(row["direct_leads"]),
        date.fromisoformat(refused) if refused else None,
    )


def save(db: sqlite3.Connection, guild_id: int, user_id: int, preference: Preference) -> None:
    """Store what a member chose in place of what they chose before."""
    refused = preference.direct_refused_on
    db.execute(
        """
        insert or replace into preference
            (guild_id, user_id, shown, named, second_ping, direct_pings, direct_weeks, direct_leads,
             direct_refused_on)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            guild_id,
            user_id,
            preference.shown.value,
            int(preference.named),
            int(preference.second_ping),
            int(preference.direct_pings),
            int(preference.direct_weeks),
            int(preference.direct_leads),
            refused.isoformat() if refused else None,
        ),
    )


def named(db: sqlite3.Connection, guild_id: int) -> set[int]:
    """The members of a server who agreed to be named."""
    rows = db.execute("select user_id from preference where guild_id = ? and named = 1", (guild_id,))
    return {user_id for (user_id,) in rows}
