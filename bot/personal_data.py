"""The interface by which every feature says, gives out and forgets what it holds about a person."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Record = Mapping[str, str | int | float | None]

Counted = Callable[[int], str]
"""What so many rows are, in the reader's language, with {count} where the number belongs."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a feature says to members of what it stores about them.

    All texts are marked for the catalogues and not translated yet. `stays` is what is left, and as what, once
    somebody is forgotten; nothing, where it is None.
    """

    title: str
    what: str
    """What is stored, and what for."""

    kept: str
    """For how long."""

    seen: str
    """Who sees it."""

    rows: Mapping[str, Counted]
    """How rows are counted, by table, in the order in which they are told of."""

    hanging: frozenset[str] = frozenset()
    """Those of the tables that have no column for a person: their rows hang on rows of other tables."""

    stays: str | None = None

    @property
    def tables(self) -> frozenset[str]:
        """The tables with columns that hold a person."""
        return frozenset(self.rows) - self.hanging


class PersonalData(Protocol):
    """Implemented by every feature that stores anything about a person; all are listed in bot.services."""

    name: str
    """What the feature is called in an export."""

    purpose: Purpose
    """What the feature says of itself; without it, no member would know what is stored."""

    tables: frozenset[str]
    """The tables with columns that hold a person which this feature answers for: those of its purpose."""

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """All that is stored about a member of a server, by table: for each of the purpose's, if empty."""
        ...

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete all that is stored about a member of a server, and have the bot's messages follow."""
        ...


class MemberRows:
    """Implements PersonalData for a feature whose tables all have guild_id and user_id columns."""

    name: str
    purpose: Purpose
    tables: frozenset[str]

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """All rows that belong to the member, by table."""
        return {table: rows_of(db, table, guild_id, user_id) for table in sorted(self.tables)}

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete all rows that belong to the member."""
        for table in self.tables:
            db.execute(f"delete from {table} where guild_id = ? and user_id = ?", (guild_id, user_id))


def rows_of(db: sqlite3.Connection, table: str, guild_id: int, user_id: int) -> list[Record]:
    """A member's rows of a table that has guild_id and user_id columns, every column of them."""
    rows = db.execute(f"select * from {table} where guild_id = ? and user_id = ?", (guild_id, user_id))
    return [dict(row) for row in rows]
