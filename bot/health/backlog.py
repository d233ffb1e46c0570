"""How much is planned, how much waits to be sent, and how large the files are."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.delivery import due, waiting
from bot.shards import ALL, Shards
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in the servers of some shards, and in which files.

    `planned` rows have their time to come or, if `overdue`, wait to be claimed. Of what is `outstanding`, the
    oldest that was never sent has been due for `oldest_seconds`. `log_bytes` is the write-ahead log.
    """

    planned: int
    overdue: int
    outstanding: int
    oldest_seconds: float
    database_bytes: int
    log_bytes: int


def backlog(db: sqlite3.Connection, now: datetime, path: Path, shards: Shards = ALL) -> Backlog:
    """What waits now in the database of a file; nothing here looks at what is done with."""
    planned, overdue = due.count(db, now, shards)
    return Backlog(
        planned=planned,
        overdue=overdue,
        outstanding=waiting.outstanding(db, shards),
        oldest_seconds=waiting.lag(db, now, shards),
        database_bytes=Database.size(db),
        log_bytes=_size(path.with_name(f"{path.name}-wal")),
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
