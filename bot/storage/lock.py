"""Locks between processes. The kernel holds them, and lets go of them however a process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.operator_errors import DatabaseInUse, DatabaseUnusable


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Be the only bot on a database, or the only one who puts another in its place.

    Holds a lock on an empty file beside the database, which stays there: deleting it would let in whoever
    makes it anew. Raises DatabaseInUse at once where another process holds it, and DatabaseUnusable where
    no file can be made. Commands that may run beside a bot do not ask for it.
    """
    # Whoever comes by a symbolic link must meet the others.
    real = database.resolve()
    try:
        file = os.open(real.with_name(f"{real.name}-lock"), os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError as error:
        raise DatabaseUnusable(path=database, reason=error) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseInUse(path=database) from None
        yield
    finally:
        os.close(file)


@contextmanager
def folder_held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raises BlockingIOError at once where another process does."""
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(file)
