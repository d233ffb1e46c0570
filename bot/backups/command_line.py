"""The commands `autodidact backup` and `autodidact restore`."""

import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.operator_errors import BackupsTurnedOff, NoBackupMade
from bot.settings import load


def backup(
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where to put it, instead of among the daily ones: a file or a folder."
        ),
    ] = None,
) -> None:
    """Make a backup now, and check it; the bot may run meanwhile."""
    from bot.backups.checking import Unsound
    from bot.backups.service import Backups

    settings = load()
    folder = settings.backup_folder
    where = to or folder
    if where is None:
        raise BackupsTurnedOff
    try:
        made = Backups(settings.database, folder, SystemClock()).make(to)
    except FileExistsError as error:
        reason = "there is such a file already" if to else "one was made in this very second"
        raise NoBackupMade(name=where, reason=reason) from error
    except BlockingIOError as error:
        raise NoBackupMade(name=where, reason="another one is just being made there") from error
    except OSError as error:
        raise NoBackupMade(name=where, reason=error.strerror or type(error).__name__) from error
    except Unsound as problem:
        raise NoBackupMade(
            name=where, reason=f"the copy of {settings.database} was no good: {problem}"
        ) from None
    except sqlite3.Error as error:
        raise NoBackupMade(name=where, reason=f"{settings.database} could not be copied ({error})") from error
    typer.echo(f"{made.path}: {made.size:,} bytes")
    typer.echo(
        "Checked by opening it: it is whole (integrity_check, foreign_key_check), and I know its version."
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, or any database of this program.")],
) -> None:
    """Put a backup in the place of the database; what it replaces is kept beside it. The bot must not run."""
    from bot.backups.restoring import restore

    path = load().database
    done = restore(file, path, SystemClock().now())
    typer.echo(f"{path} now holds what {file} holds.")
    if done.migrations:
        typer.echo(f"It was made by an older version, and is up to date now: {', '.join(done.migrations)}.")
    if done.kept is not None:
        typer.echo(f"What was there before is kept in {done.kept}.")
