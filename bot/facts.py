"""Small facts the program keeps about itself between runs."""

import sqlite3

from bot.storage.database import Database


class Facts:
    """Named texts, such as the hash of the commands that Discord was told last."""

    def __init__(self, database: Database):
        self._database = database

    async def get(self, name: str) -> str | None:
        """The fact of that name, or None."""
        return await self._database.read(fact_of, name)

    async def put(self, name: str, value: str) -> None:
        """Keep a fact in place of the earlier one."""
        await self._database.write(keep_fact, name, value)


def fact_of(db: sqlite3.Connection, name: str) -> str | None:
    """The fact of that name, or None, within a transaction."""
    row = db.execute("select value from fact where name = ?", (name,)).fetchone()
    return str(row["value"]) if row else None


def keep_fact(db: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a fact in place of the earlier one, within a transaction."""
    db.execute(
        """
        insert into fact (name, value) values (?, ?)
        on conflict (name) do update set value = excluded.value
        """,
        (name, value),
    )
