"""Copying a database that is in use into a file that is whole, checked and on the disk, or not there."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.backups.checking import check
from bot.backups.naming import BESIDE, UNFINISHED
from bot.storage.database import connect

PAGES_AT_ONCE = 256
"""1 MiB, which takes about a millisecond."""

PRIVATE = 0o600


class Stopped(Exception):
    """The program ends, and what was begun is given up."""


def copy(database: Path, target: Path, stopping: Callable[[], bool] = lambda: False) -> None:
    """Copy a database, whoever writes to it meanwhile, and check the copy; `target` is there at the end only.

    `stopping` is asked after each MiB, and may take its time to answer, so that others get at the disk.
    Raises FileExistsError, OSError, sqlite3.Error, Unsound for a copy that is not as it should be, and
    Stopped; the target is not there then, nor any other file of this.
    """
    unfinished = target.with_name(target.name + UNFINISHED)
    _refuse(target)
    remove(unfinished)
    try:
        create(unfinished)
        with closing(connect(database, writes=False)) as source:
            _copy_from(source, unfinished, stopping)
        check(unfinished, stopping)
        to_disk(unfinished)
        _refuse(target)
        unfinished.rename(target)
        to_disk(target.absolute().parent)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise Stopped from None
        raise
    finally:
        remove(unfinished)


def copy_pages(
    source: sqlite3.Connection, target: sqlite3.Connection, after_each: Callable[[], None] = lambda: None
) -> None:
    """Copy one state of a database over another, in one transaction.

    What is called `after_each` MiB may end it by raising.
    """

    def look(status: int, remaining: int, total: int) -> None:
        # SQLite has waited for its turn by now, and Python would let it wait for ever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")
        after_each()

    # SQLite begins anew whenever another connection has written, unless the source holds on to one state.
    source.execute("begin")
    try:
        source.execute("select count(*) from sqlite_schema").fetchone()
        source.backup(target, pages=PAGES_AT_ONCE, progress=look)
    finally:
        source.execute("rollback")


def create(path: Path) -> None:
    """Make an empty file that nobody else may read: in a copy is what members wrote for themselves alone."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))


def to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, has reached the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def remove(path: Path) -> None:
    """Delete a database with all that SQLite keeps beside it, as far as it is there."""
    for ending in BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _copy_from(source: sqlite3.Connection, unfinished: Path, stopping: Callable[[], bool]) -> None:
    def look() -> None:
        if stopping():
            raise Stopped

    with closing(sqlite3.connect(unfinished, isolation_level=None)) as target:
        # Until it has its name it is worth nothing, and then all of it is brought to the disk at once.
        target.execute("pragma synchronous = off")
        copy_pages(source, target, look)
        # One file, which can be opened where nothing can be written.
        target.execute("pragma journal_mode = delete")


def _refuse(target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError(target)
