"""Putting a backup in the place of the database, at once or not at all, and keeping what was there."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.backups import naming
from bot.backups.checking import Unsound, check, is_damage, reading
from bot.backups.copying import copy_pages, create, remove, to_disk
from bot.backups.naming import Kind
from bot.operator_errors import NotReplaced, NotRestorable
from bot.storage.database import connect
from bot.storage.lock import alone
from bot.storage.migrations import migrate

WAITS_SECONDS = 5.0
"""For another program that has the database open and is writing to it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: which migrations the backup lacked, and where that is which it replaced, if anything."""

    migrations: list[str]
    kept: Path | None


def restore(backup: Path, database: Path, now: datetime) -> Restored:
    """Put a backup in the place of the database, brought up to date.

    Raises DatabaseInUse while a bot runs, NotRestorable for a file that is no good backup, and NotReplaced;
    the database is as it was then.
    """
    real = database.resolve()
    _check_file(backup, real)
    with alone(database):
        working = real.with_name(f"{real.name}-restoring")
        try:
            remove(working)
            _take(backup, working)
            migrations = migrate(working)
            kept = _put_in_place(working, real, _free_name(real, now))
        except (sqlite3.Error, OSError, Unsound) as error:
            raise NotReplaced(name=backup, path=database, reason=error) from error
        finally:
            remove(working)
    return Restored(migrations, kept)


def _check_file(backup: Path, database: Path) -> None:
    try:
        if database.exists() and backup.samefile(database):
            raise Unsound("it is the database itself")
        if backup.exists() and not backup.is_file():
            raise Unsound("it is no file")
        # Of a file that may not be read SQLite says no more than of one that is not there.
        with backup.open("rb") as file:
            file.read(1)
        check(backup)
    except Unsound as problem:
        raise NotRestorable(name=backup, reason=problem) from None
    except OSError as error:
        raise NotRestorable(name=backup, reason=_in_words(error)) from None
    except sqlite3.Error as error:
        raise NotRestorable(name=backup, reason=error) from error


def _in_words(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "it may not be read"
    return error.strerror or type(error).__name__


def _free_name(database: Path, now: datetime) -> Path:
    while True:
        name = database.with_name(naming.name_of(database.name, now, Kind.REPLACED))
        if not name.exists():
            return name
        now += timedelta(seconds=1)


def _take(backup: Path, working: Path) -> None:
    create(working)
    with reading(backup) as source, _opened(working) as target:
        copy_pages(source, target)
        target.execute("pragma journal_mode = delete")
    # The file may have changed since it was looked at.
    check(working)


def _put_in_place(working: Path, database: Path, kept: Path) -> Path | None:
    if not _holds_something(database):
        return _exchange(working, database, kept)
    try:
        _keep(database, kept)
        _write_over(working, database)
    except sqlite3.Error as error:
        remove(kept)
        if not is_damage(error):
            raise
        # What SQLite cannot read, it can neither copy nor write over.
        return _exchange(working, database, kept)
    return kept


def _keep(database: Path, kept: Path) -> None:
    """Copy the database with what is only in its log so far; unchecked, for it may be the broken one."""
    unfinished = kept.with_name(kept.name + naming.UNFINISHED)
    for left in list(kept.parent.iterdir()):
        if naming.is_unfinished(database.name, left.name, Kind.REPLACED):
            left.unlink(missing_ok=True)
    try:
        create(unfinished)
        # A connection that may write would throw away the log of a database that it cannot read.
        with closing(connect(database, writes=False)) as source, _opened(unfinished) as target:
            copy_pages(source, target)
            target.execute("pragma journal_mode = delete")
        to_disk(unfinished)
        unfinished.rename(kept)
        to_disk(kept.parent)
    finally:
        remove(unfinished)


def _write_over(working: Path, database: Path) -> None:
    """Write all of the new database over the old one, in one transaction.

    So the file remains the same one for whoever has it open, and SQLite sees to it that a crash leaves the
    old database or the new.
    """
    with _opened(working) as source, _opened(database) as target:
        target.execute("pragma synchronous = full")
        copy_pages(source, target)
        target.execute("pragma journal_mode = wal")


def _exchange(working: Path, database: Path, kept: Path) -> Path | None:
    """Put the new file in the place of one that SQLite cannot read, or of none; answers what is kept."""
    there = [ending for ending in naming.BESIDE if _beside(database, ending).exists()]
    for ending in there:
        # A shared memory file is made anew from the log.
        if ending != "-shm" and _holds_something(_beside(database, ending)):
            create(_beside(kept, ending))
            shutil.copyfile(_beside(database, ending), _beside(kept, ending))
            to_disk(_beside(kept, ending))
    to_disk(working)
    to_disk(database.parent)
    for ending in there:
        # An old log would be taken for the new database's.
        if ending:
            _beside(database, ending).unlink()
        else:
            shutil.copymode(database, working)
    to_disk(database.parent)
    working.replace(database)
    to_disk(database.parent)
    return next((file for ending in naming.BESIDE if (file := _beside(kept, ending)).exists()), None)


def _holds_something(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0


def _beside(database: Path, ending: str) -> Path:
    return database.with_name(database.name + ending)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=WAITS_SECONDS)) as db:
        yield db
