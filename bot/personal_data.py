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


class MemberRows:
    """Implements PersonalData for a feature whose tables all have guild_id and user_id columns."""

    name: str
    tables: frozenset[str]

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """All rows that belong to the member, by table."""
        export = {}
        for table in sorted(self.tables):
            rows = db.execute(
                f"select * from {table} where guild_id = ? and user_id = ?", (guild_id, user_id)
            )
            export[table] = [dict(row) for row in rows]
        return export

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete all rows that belong to the member."""
        for table in self.tables:
            db.execute(f"delete from {table} where guild_id = ? and user_id = ?", (guild_id, user_id))
