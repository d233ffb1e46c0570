"""Bringing a database's schema up to date with the plain SQL files in `migrations/`, by yoyo."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import DatabaseNewer, DatabaseUnusable, MigrationFailed

FOLDER = Path(__file__).parents[2] / "migrations"


def migrate(path: Path, folder: Path = FOLDER) -> list[str]:
    """Create the database if it is missing and apply what it lacks; says which migrations it applied.

    Raises DatabaseUnusable, DatabaseNewer when the file holds a migration that this program does not know,
    and MigrationFailed, after which the file is as it was before the failing migration.
    """
    known = [file.stem for file in sorted(folder.glob("*.sql")) if not file.stem.endswith(".rollback")]
    try:
        with closing(sqlite3.connect(path)) as connection:
            applied = _applied(connection)
            if not applied:
                connection.execute("pragma journal_mode = wal")
    except sqlite3.Error as error:
        raise DatabaseUnusable(path=path, reason=error) from error
    unknown = sorted(applied - set(known))
    if unknown:
        raise DatabaseNewer(path=path, migration=unknown[0])
    lacking = [name for name in known if name not in applied]
    if lacking:
        _apply(path, folder, lacking)
    return lacking


def _applied(connection: sqlite3.Connection) -> set[str]:
    exists = connection.execute("select 1 from sqlite_schema where name = '_yoyo_migration'").fetchone()
    if not exists:
        return set()
    return {name for (name,) in connection.execute("select migration_id from _yoyo_migration")}


def _apply(path: Path, folder: Path, lacking: list[str]) -> None:
    # yoyo is loaded only when there is work for it: it costs a tenth of the time to start.
    from yoyo import get_backend, read_migrations

    backend = get_backend(f"sqlite:///{path.absolute()}")
    try:
        current = lacking[0]
        try:
            with backend.lock():
                for migration in backend.to_apply(read_migrations(str(folder))):
                    current = migration.id
                    backend.apply_one(migration)
        except Exception as error:
            raise MigrationFailed(path=path, migration=current, reason=error) from error
    finally:
        backend.connection.close()


def newest(db: sqlite3.Connection) -> str:
    """The latest migration that a database has seen."""
    (name,) = db.execute("select max(migration_id) from _yoyo_migration").fetchone()
    return str(name)
