"""The daily backups: are they wanted, how old is the newest, and can there be another."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from bot.backups.service import Backup, Backups, code_of
from bot.clock import Clock
from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.wording import size, span

NAME = "backups"

FRESH = timedelta(hours=26)
"""One is made each day in UTC, within an hour of its beginning."""

OLD = timedelta(days=3)
IN_THE_FUTURE = timedelta(minutes=5)


def look(database: Path, folder: Path | None, running: bool, clock: Clock) -> Finding:
    """How the backups in a folder are; nothing is made there."""
    if folder is None:
        return warning(
            NAME,
            "They are turned off by AUTODIDACT_BACKUPS.",
            "Turn them on, or be sure that something else makes some (docs/operating.md).",
        )
    try:
        latest = Backups(database, folder, clock).latest()
    except OSError as error:
        return wrong(
            NAME, f"{folder} cannot be read: {code_of(error)}.", "Give it to the user that the bot runs as."
        )
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        return wrong(
            NAME,
            f"You may not write in {there}.",
            "Give it to the user that the bot runs as, and run this as that user.",
        )
    free = shutil.disk_usage(there).free
    return judge(
        folder, latest, free, database.stat().st_size if database.is_file() else 0, running, clock.now()
    )


def judge(
    folder: Path, latest: Backup | None, free: int, database_size: int, running: bool, now: datetime
) -> Finding:
    """How the newest backup is, if there is one, in a folder with so much room."""
    start = (
        "Look in the bot's log for: no backup was made."
        if running
        else "Start the bot, or make one: autodidact backup."
    )
    if free < database_size:
        return wrong(
            NAME,
            f"{folder} has room for {size(free)} only.",
            "Make room, or name another in AUTODIDACT_BACKUPS.",
        )
    if latest is None:
        return warning(
            NAME,
            f"There is none in {folder} yet.",
            "The bot makes one when it starts, or: autodidact backup.",
        )
    age = now - latest.made_at
    told = f"The newest, {latest.path.name}, is {span(age)} old and has {size(latest.size)}."
    if age < -IN_THE_FUTURE:
        return warning(NAME, f"{latest.path.name} is of the future.", "Look at this machine's clock.")
    if age > OLD and running:
        return wrong(NAME, told, start)
    return warning(NAME, told, start) if age > FRESH else ok(NAME, told)
