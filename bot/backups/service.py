"""What can be done with backups."""

import asyncio
import errno
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.backups import naming
from bot.backups.checking import Unsound
from bot.backups.copying import Stopped, copy, remove
from bot.backups.naming import Kind
from bot.clock import Clock
from bot.storage.lock import folder_held

MADE_IF_MISSING_EVERY = timedelta(hours=1)
PAUSE_SECONDS = 0.005
"""After each MiB, so that members who check in meanwhile get at the disk: 100 MB take a second or two."""

PRIVATE = 0o700

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is there: its file, when it was begun, in UTC, and its size in bytes."""

    path: Path
    made_at: datetime
    size: int


class Backups:
    """The backups of one database in one folder; without a folder none are made by themselves.

    `trouble` is the code of what went wrong in the last call of `tick`, if anything did.
    """

    def __init__(self, database: Path, folder: Path | None, clock: Clock):
        self._database = database.resolve()
        self._folder = folder
        self._clock = clock
        self.trouble: str | None = None
        self._stopping = threading.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backups")

    async def tick(self) -> Backup | None:
        """Make today's backup if there is none yet, and then delete those that are no longer kept.

        A failure is logged with its code, and nothing is deleted then; the next call tries again.
        """
        if self._folder is None:
            return None
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._tend, self._folder)

    def make(self, target: Path | None = None) -> Backup:
        """Make a backup now, in the caller's thread: in the folder, or as a file or in a folder of one's own.

        Raises OSError (a FileExistsError where such a file is, a BlockingIOError while another process makes
        one there), sqlite3.Error, or Unsound where the database is damaged or newer than this program.
        """
        now = self._clock.now()
        name = naming.name_of(self._database.name, now)
        if target is None:
            assert self._folder is not None
            self._folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            target = self._folder / name
        elif target.is_dir():
            target /= name
        with folder_held(target.absolute().parent):
            self._clear(target.parent)
            copy(self._database, target, self._rest)
        return Backup(target, now.replace(microsecond=0), target.stat().st_size)

    def latest(self) -> Backup | None:
        """The newest backup in the folder; raises OSError where the folder is there but cannot be read."""
        if self._folder is None:
            return None
        made = self._made(self._folder, Kind.BACKUP)
        if not made:
            return None
        newest = max(made)
        return Backup(made[newest], newest, made[newest].stat().st_size)

    def gone_by(self, day: date) -> date | None:
        """The day on which nothing is left in any backup of what is deleted on a day; None without backups.

        Both are days in UTC. It holds as long as the bot runs and backups succeed: else older ones stay.
        """
        return None if self._folder is None else naming.gone_by(day)

    async def close(self) -> None:
        """Give up what was begun; closing twice is harmless."""
        self._stopping.set()
        if self._folder is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._thread.shutdown)

    def _tend(self, folder: Path) -> Backup | None:
        made = None
        self.trouble = None
        try:
            today = self._clock.now().date()
            if today not in {moment.date() for moment in self._made(folder, Kind.BACKUP)}:
                made = self.make()
                log.info("made the backup %s of %d bytes", made.path.name, made.size)
            # With today's backup in hand, and only then, older ones may go.
            _delete(self._made(folder, Kind.BACKUP), naming.superfluous, today)
            _delete(self._made(self._database.parent, Kind.REPLACED), naming.outlived, today)
        except Stopped:
            log.info("gave up a backup, for the program ends")
        except BlockingIOError:
            log.info("another process makes a backup now")
        except (OSError, sqlite3.Error, Unsound) as error:
            self.trouble = code_of(error)
            log.error("no backup was made, or an old one not deleted: %s", self.trouble)
        return made

    def _rest(self) -> bool:
        return self._stopping.wait(PAUSE_SECONDS)

    def _made(self, folder: Path, kind: Kind) -> dict[datetime, Path]:
        """The copies of the database in a folder, by when they were made."""
        if not folder.exists():
            return {}
        files = {naming.made_at(self._database.name, file.name, kind): file for file in folder.iterdir()}
        return {moment: file for moment, file in files.items() if moment is not None}

    def _clear(self, folder: Path) -> None:
        """Delete what a process left that was killed over a copy; for whoever holds the folder."""
        for file in list(folder.iterdir()):
            if naming.is_unfinished(self._database.name, file.name):
                file.unlink(missing_ok=True)


def code_of(error: Exception) -> str:
    """What went wrong, in a word of the system's or of SQLite's where there is one, for a line of the log."""
    if isinstance(error, OSError) and error.errno is not None:
        return f"{errno.errorcode.get(error.errno, error.errno)} ({os.strerror(error.errno)})"
    if isinstance(error, sqlite3.Error):
        return f"{getattr(error, 'sqlite_errorname', type(error).__name__)} ({error})"
    return str(error)


def _delete(
    made: dict[datetime, Path], which: Callable[[Collection[datetime], date], set[datetime]], today: date
) -> None:
    for moment in sorted(which(made, today)):
        remove(made[moment])
        log.info("deleted %s, which is no longer kept", made[moment].name)
