"""All that is stored of a server, whatever it is about: found by the schema. The only SQL of departures."""

import sqlite3
from datetime import UTC, datetime

from bot.heartbeat import forget_absences

DEPARTED = "departed_server"

HANGING = {
    "poll_card": "poll_id in (select id from poll where guild_id = ?)",
    "poll_ballot": "poll_id in (select id from poll where guild_id = ?)",
}
"""Tables without a column for the server, and how its rows are found while what they hang on is there."""

AT_ONCE = 2_000
"""Rows that are deleted in one transaction: nobody waits long for it."""


def tables_of_servers(db: sqlite3.Connection) -> list[str]:
    """Every table with a column for the server, but the one that notes who left."""
    rows = db.execute(
        """
        select tables.name from sqlite_schema as tables, pragma_table_info(tables.name) as columns
        where tables.type = 'table' and columns.name = 'guild_id' and tables.name <> ? order by tables.name
        """,
        (DEPARTED,),
    )
    return [name for (name,) in rows]


def servers_in(db: sqlite3.Connection, table: str) -> set[int]:
    """Every server that has rows in a table."""
    if _is_indexed_by_server(db, table):
        # From one server to the next by the index, however many rows each has.
        query = f"""
            with recursive next (guild_id) as (
                select min(guild_id) from {table}
                union all
                select (select min(guild_id) from {table} where guild_id > next.guild_id)
                from next where next.guild_id is not null
            )
            select guild_id from next where guild_id is not null
        """
    else:
        query = f"select distinct guild_id from {table} where guild_id is not null"
    return {guild_id for (guild_id,) in db.execute(query)}


def _is_indexed_by_server(db: sqlite3.Connection, table: str) -> bool:
    row = db.execute(
        """
        select 1 from pragma_index_list(?) as indexes, pragma_index_info(indexes.name) as columns
        where columns.seqno = 0 and columns.name = 'guild_id' and not indexes.partial
        """,
        (table,),
    ).fetchone()
    return row is not None


def delete_some(db: sqlite3.Connection, guild_id: int, limit: int = AT_ONCE) -> int:
    """Delete some rows of a server that has been gone for long; answers how many, 0 when all is done.

    A server that is not noted any more has come back: of that nothing is deleted.
    """
    if left_at(db, guild_id) is None:
        return 0
    conditions = [*HANGING.items(), *((table, "guild_id = ?") for table in tables_of_servers(db))]
    for table, condition in conditions:
        keys = ", ".join(
            name
            for (name,) in db.execute(
                "select name from pragma_table_info(?) where pk > 0 order by pk", (table,)
            )
        )
        deleted = db.execute(
            f"delete from {table} where ({keys}) in (select {keys} from {table} where {condition} limit ?)",
            (guild_id, limit),
        )
        if deleted.rowcount:
            return deleted.rowcount
    forget_absences(db, guild_id)
    come_back(db, guild_id)
    return 0


def left_at(db: sqlite3.Connection, guild_id: int) -> datetime | None:
    """When the bot was taken out of a server; None where it is in it."""
    row = db.execute(f"select left_at from {DEPARTED} where guild_id = ?", (guild_id,)).fetchone()
    return datetime.fromtimestamp(row["left_at"], UTC) if row else None


def departed(db: sqlite3.Connection) -> dict[int, datetime]:
    """The servers that the bot was taken out of, and when."""
    rows = db.execute(f"select guild_id, left_at from {DEPARTED} order by guild_id")
    return {guild_id: datetime.fromtimestamp(left, UTC) for guild_id, left in rows}


def leave(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    """Note that the bot was taken out of a server; who has left already stays noted as they were."""
    db.execute(f"insert or ignore into {DEPARTED} values (?, ?)", (guild_id, int(now.timestamp())))


def come_back(db: sqlite3.Connection, guild_id: int) -> None:
    """Note that the bot is in a server."""
    db.execute(f"delete from {DEPARTED} where guild_id = ?", (guild_id,))
