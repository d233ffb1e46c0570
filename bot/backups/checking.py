"""Whether a database is this program's, whole, and not newer than the program."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.storage.migrations import applied_to, known_in

LOOKS_UP_EVERY = 100_000
"""After so many of its own steps SQLite asks whether to go on with a check."""

ALL = 2**31 - 1
"""As many complaints as SQLite can be asked for; they come one by one."""

_SAID_TO_BE_NULL = re.compile(r"NULL value in (?P<table>\w+)\.(?P<column>\w+)")

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Unsound(Exception):
    """What is wrong with a database, as the end of a sentence."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, and leaves no file beside a database that has none there."""
    # What changes are not in the file yet, SQLite keeps in one beside it. Without any it must not look for
    # one, which would fail where nothing can be written.
    alone = not any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-journal"))
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)) as db:
        yield db


def check(path: Path, stopping: Callable[[], bool] | None = None) -> None:
    """Open a database and read all of it; raises Unsound, or sqlite3's error where SQLite itself fails.

    Ends early with an OperationalError when `stopping`, asked now and then, says so.
    """
    try:
        with reading(path) as db:
            if stopping is not None:
                db.set_progress_handler(stopping, LOOKS_UP_EVERY)
            _check_whose(db)
            _check_whole(db)
    except sqlite3.Error as error:
        if is_damage(error):
            raise Unsound(damage(error)) from error
        raise


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that a file is broken, rather than the disk full or the file locked."""
    # The extended codes say more in their upper bytes.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGED


def damage(error: sqlite3.Error) -> str:
    """How a file is broken, as the end of a sentence."""
    if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
        return "it is no SQLite database"
    return f"it is damaged or was cut off ({error})"


def _check_whose(db: sqlite3.Connection) -> None:
    if db.execute("select count(*) from sqlite_schema").fetchone() == (0,):
        raise Unsound("it is empty")
    known, applied = known_in(), applied_to(db)
    if known[0] not in applied:
        raise Unsound("it is the database of another program")
    if unknown := sorted(applied - set(known)):
        raise Unsound(
            f"it was made by a newer version (it knows {unknown[0]}), so install that version first"
        )


def _check_whole(db: sqlite3.Connection) -> None:
    said = next(_complaints(db), None)
    if said is not None:
        raise Unsound(f"it is damaged ({said})")
    if lost := db.execute("pragma foreign_key_check").fetchone():
        raise Unsound(f"it is damaged (a row of {lost[0]} belongs to one of {lost[2]} that is not there)")


def _complaints(db: sqlite3.Connection) -> Iterator[str]:
    """What SQLite finds wrong with a database, but for what it is wrong about itself.

    SQLite 3.40 takes a column for null in every row of a table without rowids whose primary key leaves out a
    column that stands before the key's last one.
    """
    cleared: set[str] = set()
    for (said,) in db.execute(f"pragma integrity_check({ALL})"):
        complaint = " ".join(said.split())
        if complaint == "ok" or complaint in cleared:
            continue
        if _is_mistaken(db, complaint):
            cleared.add(complaint)
        else:
            yield complaint


def _is_mistaken(db: sqlite3.Connection, complaint: str) -> bool:
    named = _SAID_TO_BE_NULL.fullmatch(complaint)
    if named is None:
        return False
    # A column that must not be null is never looked into for `is null`.
    found = f"select 1 from {named['table']} where typeof({named['column']}) = 'null' limit 1"
    return db.execute(found).fetchone() is None
