"""A member's rows among everybody's in the outbox, found by each kind in turn.

The outbox is the largest table there is, and its unique index begins with the kind. An index by member would
cost a tenth of it again; there are a few dozen kinds, so a look for each costs next to nothing.
"""

import sqlite3

from bot.personal_data import Record

THEIRS = """
    with recursive known (kind) as (
        select min(kind) from delivery
        union all
        select (select min(kind) from delivery where kind > known.kind)
        from known where known.kind is not null
    )
    select delivery.* from known
    cross join delivery on delivery.kind = known.kind and guild_id = ? and user_id = ?
"""
"""Every row of a member, by the server's id and the member's."""


def rows_of_member(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Record]:
    """All rows of a member, every column of them."""
    return [dict(row) for row in db.execute(THEIRS, (guild_id, user_id))]


def newest_first(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[int]:
    """The ids of all rows of a member, by when they were sent or due."""
    rows = db.execute(f"{THEIRS} order by coalesce(sent_at, due_at) desc, id desc", (guild_id, user_id))
    return [row["id"] for row in rows]
