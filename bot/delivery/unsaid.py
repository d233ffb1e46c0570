"""Rows of messages that come again each day and were not sent: the reason is of interest for a while only.

Whoever checks in before their ping leaves one each day, and so does a server in which nobody has a routine.
For a million members that would be more than all they ever write.
"""

import asyncio
import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.storage.database import Database

KEPT_FOR = timedelta(days=60)
LOOK_EVERY = timedelta(days=1)

AT_ONCE = 500
"""Rows that are deleted in one transaction: nobody waits long for it."""

PAUSE_SECONDS = 0.05
"""Between two transactions, so that those who wait come first."""


async def forget_all_unsaid(database: Database, clock: Clock, kinds: Collection[str]) -> int:
    """Delete what was not sent of these kinds and is long over, a little at a time; answers how many rows."""
    total = 0
    while deleted := await database.write(forget_unsaid, kinds, clock.now()):
        total += deleted
        await asyncio.sleep(PAUSE_SECONDS)
    return total


def forget_unsaid(db: sqlite3.Connection, kinds: Collection[str], now: datetime) -> int:
    """Delete some rows that are long over; answers how many, 0 when all is done.

    The latest have to stay, since by them no local day is planned twice.
    """
    # The plus keeps SQLite from looking through all that was ever sent of these kinds.
    deleted = db.execute(
        f"""
        delete from delivery where id in (
            select id from delivery
            where reason is not null and due_at < ? and state = 'skipped' and message_id is null
                  and shown >= wanted and +kind in ({", ".join("?" * len(kinds))})
            limit ?
        )
        """,
        (int((now - KEPT_FOR).timestamp()), *kinds, AT_ONCE),
    )
    return deleted.rowcount
