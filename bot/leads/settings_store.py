"""The only SQL of what servers want of leads."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, time

from bot.leads.settings import LeadSettings
from bot.leads.signal import SignalName


def find(db: sqlite3.Connection, guild_id: int) -> LeadSettings | None:
    """What a server chose, or None where it never did."""
    row = db.execute("select * from lead_settings where guild_id = ?", (guild_id,)).fetchone()
    if row is None:
        return None
    return LeadSettings(
        row["channel_id"],
        time.fromisoformat(row["hour"]),
        row["mark"],
        tuple(json.loads(row["places"])),
        tuple(json.loads(row["languages"])),
        _weights(db, guild_id),
    )


def save(db: sqlite3.Connection, guild_id: int, settings: LeadSettings, now: datetime) -> None:
    """Store what a server chose in place of what it chose before."""
    db.execute(
        """
        insert or replace into lead_settings (guild_id, channel_id, hour, mark, places, languages, changed_at)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        (
            guild_id,
            settings.channel_id,
            settings.hour.isoformat("minutes"),
            settings.mark,
            json.dumps(settings.places, ensure_ascii=False),
            json.dumps(settings.languages, ensure_ascii=False),
            int(now.timestamp()),
        ),
    )
    db.execute("delete from lead_weight where guild_id = ?", (guild_id,))
    db.executemany(
        "insert into lead_weight (guild_id, signal, weight) values (?, ?, ?)",
        [(guild_id, signal.value, weight) for signal, weight in settings.weights.items()],
    )


def _weights(db: sqlite3.Connection, guild_id: int) -> Mapping[SignalName, int]:
    rows = db.execute("select signal, weight from lead_weight where guild_id = ?", (guild_id,))
    # A signal that a later version no longer knows counts nothing.
    known = {name.value: name for name in SignalName}
    return {known[signal]: weight for signal, weight in rows if signal in known}
