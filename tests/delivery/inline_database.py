"""A database whose jobs run in the calling thread: for simulations, in which threads cost half the time."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from bot.storage.database import Database, connect

P = ParamSpec("P")
T = TypeVar("T")

PRAGMAS = (
    "locking_mode = exclusive",
    "journal_mode = memory",
    "synchronous = off",
    "secure_delete = off",
    "cache_size = -65536",
)


class InlineDatabase(Database):
    """The same file and transactions as the real one, without its threads and without waiting for the disk.

    What is undone at a failed transaction is kept in memory instead of in a log, and so is what was read. It
    has the file for itself while it is open. What is committed is there for whoever opens it next.
    """

    def __init__(self, path: Path):
        self.path = path
        self._connection = connect(path)
        for pragma in PRAGMAS:
            self._connection.execute(f"pragma {pragma}").close()

    @classmethod
    async def open(cls, path: Path) -> Self:
        return cls(path)

    async def write(
        self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._connection.execute("begin immediate")
        try:
            result = job(self._connection, *args, **kwargs)
            self._connection.execute("commit")
        except BaseException:
            self._connection.execute("rollback")
            raise
        return result

    async def read(
        self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._connection.execute("pragma query_only = on")
        try:
            return job(self._connection, *args, **kwargs)
        finally:
            self._connection.execute("pragma query_only = off")

    async def close(self) -> None:
        self._connection.close()
