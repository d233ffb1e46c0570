"""The database's file: is it there, whole, of a version that is known, and is there room for it."""

import os
import shutil
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from bot.backups.checking import Unsound, check, damage, is_damage, reading
from bot.backups.service import code_of
from bot.doctor.finding import Finding, not_looked_at, ok, warning, wrong
from bot.doctor.wording import size
from bot.storage.migrations import applied_to, known_in

DATABASE, VERSION, DISK = "database", "database version", "disk"

CHECKED_WITHIN = 60.0
"""Seconds; a database that takes longer to read is not read to its end."""

MIB = 1024 * 1024
LEAST_FREE = 100 * MIB
COMFORTABLE = 500 * MIB
LARGE_LOG = 256 * MIB
"""The bot copies the log back every 32 MiB."""

RESTORE = "Stop the bot and restore a backup: autodidact restore FILE (docs/operating.md)."


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """A database's file as it was found.

    `trouble` is what SQLite or the system says when it is opened. `lacking` are migrations that it has not
    seen, `unknown` those that only it knows. `unsound` is what is wrong with its content, `read_whole`
    whether that was read to its end.
    """

    path: Path
    there: bool = True
    is_file: bool = True
    folder_there: bool = True
    folder_writable: bool = True
    readable: bool = True
    writable: bool = True
    trouble: str | None = None
    ours: bool = True
    lacking: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unsound: str | None = None
    read_whole: bool = True
    size: int = 0
    log_size: int = 0
    free: int | None = None

    @property
    def usable(self) -> bool:
        """Whether what is in it can be read and understood."""
        opened = self.there and self.is_file and self.readable and self.trouble is None
        return opened and self.ours and not self.unknown and self.unsound is None


def look(path: Path, within: float = CHECKED_WITHIN) -> DatabaseFacts:
    """Look at a database and read all of it; takes a second for each hundred MiB or so."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return DatabaseFacts(path, there=False, folder_there=False, folder_writable=False)
    free, may_write = shutil.disk_usage(folder).free, os.access(folder, os.W_OK | os.X_OK)
    if not path.is_file():
        return DatabaseFacts(path, there=path.exists(), is_file=False, folder_writable=may_write, free=free)
    known = known_in()
    applied: set[str] = set()
    trouble = unsound = None
    read_whole = True
    until = time.monotonic() + within
    try:
        with reading(path) as db:
            applied = applied_to(db)
        if known[0] in applied and not applied - set(known):
            check(path, lambda: time.monotonic() > until)
    except Unsound as problem:
        unsound = str(problem)
    except sqlite3.Error as error:
        read_whole = error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT
        if is_damage(error):
            unsound = damage(error)
        elif read_whole:
            trouble = code_of(error)
    return DatabaseFacts(
        path,
        folder_writable=may_write,
        readable=os.access(path, os.R_OK),
        writable=os.access(path, os.W_OK),
        trouble=trouble,
        ours=known[0] in applied or unsound is not None or trouble is not None,
        lacking=tuple(name for name in known if name not in applied) if known[0] in applied else (),
        unknown=tuple(sorted(applied - set(known))) if known[0] in applied else (),
        unsound=unsound,
        read_whole=read_whole,
        size=path.stat().st_size,
        log_size=_size(path.with_name(f"{path.name}-wal")),
        free=free,
    )


def judge(facts: DatabaseFacts) -> list[Finding]:
    """A finding each for the file, its version and the room on its disk."""
    return [_database(facts), _version(facts), _disk(facts)]


def _database(facts: DatabaseFacts) -> Finding:
    path = facts.path
    if not facts.folder_there:
        return wrong(DATABASE, f"The folder of {path} is not there.", "Make it, or mend AUTODIDACT_DATABASE.")
    if facts.there and not facts.is_file:
        return wrong(DATABASE, f"{path} is no file.", "Name a file in AUTODIDACT_DATABASE.")
    if not facts.folder_writable:
        return wrong(
            DATABASE,
            f"You may not write in the folder of {path}, where SQLite puts files beside it.",
            "Give the folder to the user that the bot runs as, and run this as that user.",
        )
    if not facts.there:
        return warning(
            DATABASE, f"{path} is not there yet.", "The bot makes it when it starts: autodidact run."
        )
    if not (facts.readable and facts.writable):
        return wrong(
            DATABASE,
            f"You may not {'write to' if facts.readable else 'read'} {path}.",
            "Give the file to the user that the bot runs as, and run this as that user.",
        )
    if facts.unsound is not None:
        return wrong(DATABASE, f"{path} cannot be used: {facts.unsound}.", RESTORE)
    if facts.trouble is not None:
        return wrong(DATABASE, f"{path} cannot be opened: {facts.trouble}.", "Look at the file and its disk.")
    if not facts.ours:
        return wrong(
            DATABASE, f"{path} is the database of another program.", "Name another in AUTODIDACT_DATABASE."
        )
    if facts.unknown:
        return not_looked_at(DATABASE, "its version is newer than this program")
    sizes = f"{size(facts.size)}, and {size(facts.log_size)} of its log"
    if not facts.read_whole:
        return warning(
            DATABASE,
            f"{path} ({sizes}) could not be read to its end in {CHECKED_WITHIN:.0f} s; so far it is whole.",
            "Make a backup, which is checked without haste: autodidact backup.",
        )
    if facts.log_size > LARGE_LOG:
        return warning(
            DATABASE,
            f"{path} is whole, but its log is large ({sizes}).",
            "Something reads it without end or keeps the log from being copied back, as Litestream may.",
        )
    return ok(DATABASE, f"{path} is whole and may be written to: {sizes}.")


def _version(facts: DatabaseFacts) -> Finding:
    if facts.unknown:
        return wrong(
            VERSION,
            f"A newer version made it: it knows {facts.unknown[0]}.",
            "Install that version again. This one leaves the database alone.",
        )
    if not facts.usable:
        return not_looked_at(
            VERSION, "the database cannot be used" if facts.there else "there is no database"
        )
    if facts.lacking:
        return warning(
            VERSION,
            f"It is of an older version: it lacks {', '.join(facts.lacking)}.",
            "The bot brings it up to date when it starts. Make a backup before: autodidact backup.",
        )
    return ok(VERSION, f"It is up to date: {known_in()[-1]}.")


def _disk(facts: DatabaseFacts) -> Finding:
    if facts.free is None:
        return not_looked_at(DISK, "the database's folder is not there")
    told = f"{size(facts.free)} are free beside a database of {size(facts.size)}."
    advice = "Make room, or move the backups to another disk: AUTODIDACT_BACKUPS."
    if facts.free < max(LEAST_FREE, facts.size):
        return wrong(DISK, told, advice)
    if facts.free < max(COMFORTABLE, 3 * facts.size):
        return warning(DISK, told, advice)
    return ok(DISK, told)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
