"""How much of the outbox waits, and for how long: for whoever watches the bot."""

import sqlite3
from datetime import datetime

from bot.shards import ALL, Shards


def lag(db: sqlite3.Connection, now: datetime, shards: Shards = ALL) -> float:
    """For how many seconds the oldest unsent row in the servers of some shards has been due."""
    (oldest,) = db.execute(
        f"""
        select min(due_at) from delivery where state = 'pending' and shown < wanted
        and {shards.holding("guild_id")} and guild_id not in (select guild_id from departed_server)
        """
    ).fetchone()
    return 0.0 if oldest is None else max(0.0, now.timestamp() - oldest)


def outstanding(db: sqlite3.Connection, shards: Shards = ALL) -> int:
    """How many rows wait to be sent, changed or deleted in the servers of some shards that the bot is in."""
    (number,) = db.execute(
        f"""
        select count(*) from delivery where shown < wanted
        and {shards.holding("guild_id")} and guild_id not in (select guild_id from departed_server)
        """
    ).fetchone()
    return int(number)
