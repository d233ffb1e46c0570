"""Bringing a database's schema up to date with the plain SQL files in `migrations/`, by yoyo.

yoyo applies a migration in one transaction and notes that it did in another, and a process that is killed
leaves yoyo's lock behind. So it works on a copy, and SQLite's backup brings the finished copy back in one
transaction: whatever happens, the database is either as it was or up to date.
"""

import fcntl
import io
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stdout
from pathlib import Path
from urllib.parse import quote

from bot.operator_errors import DatabaseNewer, DatabaseUnusable, MigrationFailed

FOLDER = Path(__file__).parents[2] / "migrations"


def migrate(path: Path, folder: Path = FOLDER) -> list[str]:
    """Create the database if it is missing and apply what it lacks; says which migrations it applied.

    No other version of the program may be running on it meanwhile. Raises DatabaseUnusable, DatabaseNewer
    when the file holds a migration that this program does not know, and MigrationFailed, after which the
    file is as it was.
    """
    try:
        known = known_in(folder)
        if not _lacking(path, known):
            return []
        with _alone(path) as copy, closing(sqlite3.connect(path)) as database:
            # Another process may have done it while this one waited for its turn.
            lacking = _lacking(path, known)
            if lacking:
                with closing(sqlite3.connect(copy)) as unfinished:
                    database.backup(unfinished)
                _apply(copy, folder, path)
                with closing(sqlite3.connect(copy)) as finished:
                    finished.backup(database)
                database.execute("pragma journal_mode = wal")
            return lacking
    except (sqlite3.Error, OSError) as error:
        raise DatabaseUnusable(path=path, reason=error) from error


def is_up_to_date(path: Path, folder: Path = FOLDER) -> bool:
    """Whether a database has seen all migrations that this program knows.

    Raises DatabaseUnusable, and DatabaseNewer for one that has seen others.
    """
    try:
        return not _lacking(path, known_in(folder))
    except sqlite3.Error as error:
        raise DatabaseUnusable(path=path, reason=error) from error


def known_in(folder: Path = FOLDER) -> list[str]:
    """The migrations that this program knows, in order."""
    return [file.stem for file in sorted(folder.glob("*.sql")) if not file.stem.endswith(".rollback")]


def applied_to(db: sqlite3.Connection) -> set[str]:
    """The migrations that a database has seen; none, if it is another program's, or empty."""
    exists = db.execute("select 1 from sqlite_schema where name = '_yoyo_migration'").fetchone()
    return (
        {str(name) for (name,) in db.execute("select migration_id from _yoyo_migration")} if exists else set()
    )


def newest(db: sqlite3.Connection) -> str:
    """The latest migration that a database has seen."""
    (name,) = db.execute("select max(migration_id) from _yoyo_migration").fetchone()
    return str(name)


def _lacking(path: Path, known: list[str]) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        applied = applied_to(database)
    unknown = sorted(applied - set(known))
    if unknown:
        raise DatabaseNewer(path=path, migration=unknown[0])
    return [name for name in known if name not in applied]


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """Wait until no other process migrates the database; answers where the copy may be made."""
    copy = path.with_name(f"{path.name}.migrating")
    # The folder is locked: a lock file would stay behind, and SQLite keeps locks of its own on its file.
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        copy.unlink(missing_ok=True)
        yield copy
    finally:
        copy.unlink(missing_ok=True)
        os.close(folder)


def _apply(copy: Path, folder: Path, path: Path) -> None:
    # yoyo is loaded only when there is work for it: it costs a tenth of the time to start.
    from yoyo import get_backend, read_migrations

    # yoyo hands the path to SQLite as an address, in which some letters mean something else.
    backend = get_backend(f"sqlite:///{quote(str(copy.absolute()))}")
    current = "the first migration"
    try:
        backend.break_lock()
        for migration in backend.to_apply(read_migrations(str(folder))):
            current = migration.id
            # SQLite answers some changes of a table with an empty result, and yoyo prints every result.
            with redirect_stdout(io.StringIO()):
                backend.apply_one(migration)
    except Exception as error:
        raise MigrationFailed(path=path, migration=current, reason=error) from error
    finally:
        backend.connection.close()
