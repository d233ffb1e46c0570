"""Files of backups and databases: what is there, what they hold, and how one is damaged."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from bot.storage.database import connect

NOON = "autodidact.db-2026-03-02-120000.backup"


def names(folder: Path) -> list[str]:
    """The files of a folder, without what SQLite keeps beside a database that is open."""
    files = [file.name for file in folder.iterdir()] if folder.exists() else []
    return sorted(name for name in files if name not in ("autodidact.db-wal", "autodidact.db-shm"))


def put(folder: Path, *names: str) -> None:
    """Make a folder with empty files."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def dump(path: Path) -> list[str]:
    """All that a database holds, read without leaving anything beside it."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return list(db.iterdump())


def facts(path: Path) -> set[str]:
    with closing(connect(path, writes=False)) as db:
        return {str(value) for (value,) in db.execute("select value from fact")}


def spoil_a_page(path: Path) -> None:
    """Write nonsense over the table of resources, as a failing disk does."""
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("select rootpage from sqlite_schema where name = 'resource'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
