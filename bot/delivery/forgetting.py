"""Taking back what was said about somebody who is forgotten: the rows go, the messages in Discord follow.

A row whose message stands in Discord, or may by now, becomes a row of nobody that has the message deleted. It
keeps its id, so that a sending that is under way is written down in it, and deleted after all.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.delivery import members, rules

TAKEN_BACK = "taken_back"

EVERY = timedelta(seconds=2)
"""Between two messages that are deleted or changed: a year of them must not hold up what others wait for."""

TRIED_FOR = timedelta(days=2)
"""For so long a message is looked for of which nobody knows whether it arrived."""


def forget_member(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> None:
    """Delete all that is planned for a member and was said to or about them, the newest first."""
    db.execute("delete from due where guild_id = ? and user_id = ?", (guild_id, user_id))
    take_back(db, members.newest_first(db, guild_id, user_id), now)


def take_back(db: sqlite3.Connection, row_ids: Sequence[int], now: datetime) -> None:
    """Have the messages of some rows deleted in Discord, in this order; nothing else is left of the rows."""
    rows = db.execute(
        """
        select delivery.id, message_key,
               message_id is not null or (state = 'pending' and attempts > 0) as may_be_seen
        from json_each(?) as wanted join delivery on delivery.id = wanted.value order by wanted.key
        """,
        (json.dumps(list(row_ids)),),
    ).fetchall()
    at = now
    for row in rows:
        if not row["may_be_seen"]:
            db.execute("delete from delivery where id = ?", (row["id"],))
            continue
        db.execute(
            """
            update delivery set kind = ?, user_id = 0, local_day = '1970-01-01', serial = id, message_key = ?,
                   due_at = ?, too_late_at = ?, reason = null, kept = null, wanted = wanted + 1,
                   next_try_at = case when shown < wanted then next_try_at else ? end
            where id = ?
            """,
            (
                TAKEN_BACK,
                rules.nonce_alone(row["message_key"]),
                int(now.timestamp()),
                int((at + TRIED_FOR).timestamp()),
                int(at.timestamp()),
                row["id"],
            ),
        )
        at += EVERY


def forget_done(db: sqlite3.Connection, guild_id: int) -> None:
    """Delete the rows of a server whose messages have been taken back, or can not be."""
    db.execute(
        "delete from delivery where kind = ? and guild_id = ? and shown >= wanted", (TAKEN_BACK, guild_id)
    )
