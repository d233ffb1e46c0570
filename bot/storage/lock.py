"""Locks between processes. The kernel holds them, and lets go of them however a process ends.

They are held on empty files beside the database, which stay there: deleting one would let in whoever makes it
anew.
"""

import fcntl
import glob
import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import OperatorError
from bot.operator_errors import (
    DatabaseInUse,
    DatabaseUnusable,
    OlderVersionRuns,
    OtherShardsRun,
    ShardInUse,
)
from bot.shards import Shards
from bot.storage.migrations import is_up_to_date, migrate

PATIENCE = 1.0
"""Seconds; others who only ask who is there, or have just come in as well, are gone by then."""

LOOKS_EVERY = 0.05

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holders:
    """Who is on a database: `held` if anybody is, with the process ids as far as the kernel tells them.

    `shards` are those that several processes have divided among themselves; None for one that is alone.
    """

    held: bool
    pids: tuple[int, ...] = ()
    shards: Shards | None = None


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Be the only bot on a database, or the only one who puts another in its place.

    Raises DatabaseInUse at once where another process is on it, and DatabaseUnusable where no file can be
    made. Commands that may run beside a bot do not ask for it.
    """
    with _opened(_beside(database), database) as file:
        if not _locks(file, fcntl.LOCK_EX):
            raise DatabaseInUse(path=database)
        yield


@contextmanager
def among_others(database: Path, shards: Shards) -> Iterator[None]:
    """Be the only one who runs some shards on a database, which is up to date then.

    Raises ShardInUse, OtherShardsRun, OlderVersionRuns where processes run that this one does not go with,
    DatabaseInUse beside one that is alone, and what `migrate` raises. Waits while another migrates.
    """
    with ExitStack() as held:
        for shard in shards.ids:
            file = held.enter_context(_opened(_of(database, shard, shards.count), database))
            if not _locks(file, fcntl.LOCK_EX):
                raise ShardInUse(path=database, shard=shard, shards=shards.count)
        # Two that come at once see each other, for each holds its own by now; at worst, both give up.
        for other in _divisions(database):
            if other.count != shards.count:
                raise OtherShardsRun(path=database, running=other, own=shards)
        _come_in(held.enter_context(_opened(_beside(database), database)), database)
        yield


def _come_in(file: int, database: Path) -> None:
    """Share the lock of the whole database with others, who are of a version that goes with this one."""
    folder = _beside(database).parent
    until, told = time.monotonic() + PATIENCE, False
    while True:
        refusal: OperatorError = DatabaseInUse(path=database)
        if _locks(file, fcntl.LOCK_EX):
            # Nobody is there whom it could disturb.
            migrate(database)
            if _locks(file, fcntl.LOCK_SH):
                return
        elif _locks(file, fcntl.LOCK_SH):
            if is_up_to_date(database):
                return
            refusal = OlderVersionRuns(path=database)
            fcntl.flock(file, fcntl.LOCK_UN)
        if _is_locked(folder):
            until = time.monotonic() + PATIENCE
            if not told:
                log.info("another process is bringing the database up to date")
            told = True
        elif time.monotonic() > until:
            raise refusal
        time.sleep(LOOKS_EVERY)


def holders(database: Path) -> Holders:
    """Who is on a database, or is just restoring one; no file is made for that.

    Asking holds the locks for an instant, together with others who ask. Raises OSError where they cannot be
    looked at.
    """
    main = _beside(database)
    divided = _divisions(database)
    if not divided and not _is_locked(main):
        return Holders(False)
    return Holders(True, _pids(main), divided[0] if divided else None)


def _pids(file: Path) -> tuple[int, ...]:
    """The processes that hold a lock on a file, where the kernel tells (Linux, the same container)."""
    try:
        inode = file.stat().st_ino
        locks = Path("/proc/locks").read_text("ascii").splitlines()
    except (OSError, ValueError):
        return ()
    # 1: FLOCK  ADVISORY  WRITE 4242 08:01:131072 0 EOF
    found = [line.split() for line in locks if " FLOCK " in line and "->" not in line]
    held = {int(parts[4]) for parts in found if parts[5].rpartition(":")[2] == str(inode)}
    return tuple(sorted(pid for pid in held if pid > 0))


def _divisions(database: Path) -> list[Shards]:
    """The shards that are run now: one element for each number of shards that somebody divides them into."""
    main = _beside(database)
    running: dict[int, list[int]] = {}
    for file in main.parent.glob(f"{glob.escape(main.name)}-*-of-*"):
        match = re.fullmatch(r"-(\d+)-of-(\d+)", file.name.removeprefix(main.name), re.ASCII)
        if match and _is_locked(file):
            running.setdefault(int(match[2]), []).append(int(match[1]))
    return [Shards.of(ids, count) for count, ids in sorted(running.items())]


def _locks(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_locked(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _locks(file, fcntl.LOCK_SH)
    finally:
        os.close(file)


@contextmanager
def _opened(path: Path, database: Path) -> Iterator[int]:
    try:
        file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    except FileNotFoundError as error:
        raise DatabaseUnusable(path=database, reason="there is no such folder") from error
    except OSError as error:
        raise DatabaseUnusable(path=database, reason=(error.strerror or str(error)).lower()) from error
    try:
        yield file
    finally:
        os.close(file)


def _beside(database: Path) -> Path:
    # Whoever comes by a symbolic link must meet the others.
    real = database.resolve()
    return real.with_name(f"{real.name}-lock")


def _of(database: Path, shard: int, count: int) -> Path:
    main = _beside(database)
    return main.with_name(f"{main.name}-{shard}-of-{count}")


@contextmanager
def folder_held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raises BlockingIOError at once where another process does."""
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(file)
