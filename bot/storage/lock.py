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
    try:
        file = os.open(_beside(database), os.O_RDONLY | os.O_CREAT, 0o644)
    except FileNotFoundError as error:
        raise DatabaseUnusable(path=database, reason="there is no such folder") from error
    except OSError as error:
        raise DatabaseUnusable(path=database, reason=(error.strerror or str(error)).lower()) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseInUse(path=database) from None
        yield
    finally:
        os.close(file)


def is_held(database: Path) -> bool:
    """Whether a bot runs on a database, or one is just being restored; no file is made for that.

    Asking holds the lock for an instant, together with others who ask. Raises OSError where the lock cannot
    be looked at.
    """
    try:
        file = os.open(_beside(database), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def holder(database: Path) -> int | None:
    """The process that holds the lock of a database, where the kernel tells (Linux, the same container)."""
    try:
        inode = _beside(database).stat().st_ino
        locks = Path("/proc/locks").read_text("ascii").splitlines()
    except (OSError, ValueError):
        return None
    # 1: FLOCK  ADVISORY  WRITE 4242 08:01:131072 0 EOF
    found = [line.split() for line in locks if " FLOCK " in line and " WRITE " in line]
    held = [int(parts[4]) for parts in found if parts[5].rpartition(":")[2] == str(inode)]
    return held[0] if len(held) == 1 and held[0] > 0 else None


def _beside(database: Path) -> Path:
    # Whoever comes by a symbolic link must meet the others.
    real = database.resolve()
    return real.with_name(f"{real.name}-lock")


@contextmanager
def folder_held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raises BlockingIOError at once where another process does."""
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(file)
