"""The interface by which every feature gives out and forgets what it holds about a person."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Protocol

Record = Mapping[str, str | int | float | None]


class PersonalData(Protocol):
    """Implemented by every feature that stores anything about a person; all are listed in bot.services."""

    name: str
    """What the feature is called in an export."""

    tables: frozenset[str]
    """The tables with columns that hold a person which this feature answers for."""

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """All that is stored about a member of a server, by table."""
        ...

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete all that is stored about a member of a server."""
        ...


def rows_of(db: sqlite3.Connection, table: str, guild_id: int, user_id: int) -> list[Record]:
    """The rows of a table that belong to a member; the table's name is never a person's input."""
    rows = db.execute(f"select * from {table} where guild_id = ? and user_id = ?", (guild_id, user_id))
    return [dict(row) for row in rows]


def delete_rows_of(db: sqlite3.Connection, table: str, guild_id: int, user_id: int) -> None:
    """Delete the rows of a table that belong to a member; the name is never a person's input."""
    db.execute(f"delete from {table} where guild_id = ? and user_id = ?", (guild_id, user_id))
