"""One SQLite file, one thread that writes, one that reads.

A unit of work is a plain function that takes a connection and runs as one job in one of the two threads. So
a transaction is never shared between tasks, never left open by a cancelled one, and costs one trip to a
thread however many statements it holds (docs/decisions.md has the figures).
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Concatenate, Literal, ParamSpec, Self, TypeVar

from bot.health.figures import NO_FIGURES, Figures
from bot.operator_errors import DatabaseUnusable

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000

PATIENCE = 1.5
"""Seconds after which a write that another process holds up is given up: a member is answered within 3."""


class Database:
    """A SQLite database in WAL mode; use `open`, and `close` when done."""

    def __init__(self, path: Path, writer: "_Worker", reader: "_Worker") -> None:
        self.path = path
        self._writer = writer
        self._reader = reader

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open an existing, migrated database; raises DatabaseUnusable."""
        writer = _Worker("database-writer", path, writes=True)
        reader = _Worker("database-reader", path, writes=False)
        database = cls(path, writer, reader)
        try:
            await writer.start()
            await reader.start()
        except sqlite3.Error as error:
            await database.close()
            raise DatabaseUnusable(path=path, reason=error) from error
        return database

    async def write(
        self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a job in one immediate transaction: all of it is stored, or, if it raises, nothing.

        A caller that is cancelled while it waits leaves the job to finish by itself.
        """
        return await self._writer.transact(lambda connection: job(connection, *args, **kwargs))

    async def read(
        self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a job on one consistent state of the database; writing there fails."""
        return await self._reader.transact(lambda connection: job(connection, *args, **kwargs))

    def count_in(self, figures: Figures) -> None:
        """Tell from now on how long each job waits and takes."""
        self._writer.figures = self._reader.figures = figures

    @staticmethod
    def size(db: sqlite3.Connection) -> int:
        """The size of the database in bytes, without its write-ahead log."""
        (pages,) = db.execute("pragma page_count").fetchone()
        (page_size,) = db.execute("pragma page_size").fetchone()
        return int(pages) * int(page_size)

    async def close(self) -> None:
        """Finish what was begun and close both connections; closing twice is harmless."""
        await self._reader.stop()
        await self._writer.stop()


class _Worker:
    """A connection and the one thread that may touch it."""

    def __init__(self, name: str, path: Path, *, writes: bool) -> None:
        self._path = path
        self._writes = writes
        self._begin = "begin immediate" if writes else "begin"
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._connection: sqlite3.Connection | None = None
        self.figures = NO_FIGURES

    async def start(self) -> None:
        self._connection = await asyncio.get_running_loop().run_in_executor(
            self._thread, connect, self._path, self._writes
        )

    async def transact(self, job: Callable[[sqlite3.Connection], T]) -> T:
        # The job speaks the language of its caller, whose context goes with it.
        context = copy_context()
        run = partial(self._run_timed if self.figures.on else self._run, perf_counter())
        running = asyncio.get_running_loop().run_in_executor(self._thread, context.run, run, job)
        # A cancelled caller must not take a job back that still waits for its turn.
        return await asyncio.shield(running)

    def _run_timed(self, asked: float, job: Callable[[sqlite3.Connection], T]) -> T:
        began = perf_counter()
        try:
            return self._run(asked, job)
        finally:
            kind: Literal["read", "write"] = "write" if self._writes else "read"
            self.figures.database_job(kind, began - asked, perf_counter() - began)

    def _run(self, asked: float, job: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        if connection is None:
            raise sqlite3.ProgrammingError("the database is closed")
        if self._writes:
            # All that wait for the same process give up in time, also those at the end of the queue.
            left = max(0.0, PATIENCE - (perf_counter() - asked))
            connection.execute(f"pragma busy_timeout = {int(left * 1000)}")
        connection.execute(self._begin)
        try:
            result = job(connection)
            connection.execute("commit")
        except BaseException:
            # A full disk, among others, ends the transaction by itself.
            if connection.in_transaction:
                connection.execute("rollback")
            raise
        return result

    async def stop(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._stop)

    def _stop(self) -> None:
        # Whatever was handed in before is done first: the thread takes its jobs in order.
        self._thread.shutdown(wait=True)
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def connect(path: Path, writes: bool = True) -> sqlite3.Connection:
    """Open one connection with this program's settings; transactions are begun by hand."""
    mode = "rw" if writes else "ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_TIMEOUT_MS / 1000,
        # The bot has some hundreds; of the usual 128 it would plan many anew again and again.
        cached_statements=512,
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma foreign_keys = on")
        if writes:
            connection.execute("pragma journal_mode = wal")
            # In WAL mode a killed process loses nothing; only a power cut may take the last commits.
            connection.execute("pragma synchronous = normal")
            # The log is copied back every 32 MiB, not every 4: a stop the less for those who wait.
            connection.execute("pragma wal_autocheckpoint = 8000")
            # What is deleted is written over, and is in no copy of the file that is made afterwards.
            connection.execute("pragma secure_delete = on")
            # A file that can only be read is found out now, not at the first check-in.
            connection.execute("begin immediate")
            connection.execute("rollback")
        else:
            connection.execute("pragma query_only = on")
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
