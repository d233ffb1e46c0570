"""The SQL of what is noted about a member's jobs: their steps, their notes and their rounds."""

import sqlite3
from datetime import date, datetime

from bot.tracker.rules import FOLLOWED_UP, Application, Kept, Note, State, Step

_TABLES = {Kept.NOTE: "application_note", Kept.ROUND: "application_round"}


def add_step(
    db: sqlite3.Connection,
    guild_id: int,
    application: Application,
    step: State | str,
    day: date,
    now: datetime,
) -> None:
    """Note what became of a job on a local day."""
    db.execute(
        """
        insert into application_step (application_id, guild_id, user_id, local_day, step, noted_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        (application.id, guild_id, application.user_id, day.isoformat(), str(step), int(now.timestamp())),
    )


def steps(
    db: sqlite3.Connection, guild_id: int, user_id: int, only: int | None = None
) -> dict[int, list[Step]]:
    """What became of the jobs of a member, or of one of them, by job, the earliest first."""
    found: dict[int, list[Step]] = {}
    for row in _rows(db, "application_step", guild_id, user_id, only):
        step = Step(date.fromisoformat(row["local_day"]), row["step"])
        found.setdefault(row["application_id"], []).append(step)
    return found


def days_followed_up(db: sqlite3.Connection, guild_id: int, application: Application) -> list[date]:
    """The local days on which a member followed up on a job."""
    of_job = steps(db, guild_id, application.user_id, application.id).get(application.id, [])
    return [step.day for step in of_job if step.step == FOLLOWED_UP]


def add(
    db: sqlite3.Connection,
    kept: Kept,
    guild_id: int,
    application: Application,
    day: date,
    text: str,
    now: datetime,
) -> None:
    """Keep what a member wrote about a job."""
    db.execute(
        f"""
        insert into {_TABLES[kept]} (application_id, guild_id, user_id, local_day, text, noted_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        (application.id, guild_id, application.user_id, day.isoformat(), text, int(now.timestamp())),
    )


def written(
    db: sqlite3.Connection, kept: Kept, guild_id: int, user_id: int, only: int | None = None
) -> dict[int, list[Note]]:
    """What a member wrote about their jobs, or one of them, by job, the earliest day first."""
    found: dict[int, list[Note]] = {}
    for row in _rows(db, _TABLES[kept], guild_id, user_id, only):
        note = Note(row["id"], date.fromisoformat(row["local_day"]), row["text"])
        found.setdefault(row["application_id"], []).append(note)
    return found


def remove(
    db: sqlite3.Connection, kept: Kept, guild_id: int, user_id: int, application_id: int, note_id: int
) -> None:
    """Delete something that a member wrote about a job; what is gone already stays gone."""
    db.execute(
        f"delete from {_TABLES[kept]} where id = ? and guild_id = ? and user_id = ? and application_id = ?",
        (note_id, guild_id, user_id, application_id),
    )


def remove_all(db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int) -> None:
    """Delete all that was noted about a job of a member."""
    for table in ("application_step", *_TABLES.values()):
        db.execute(
            f"delete from {table} where guild_id = ? and user_id = ? and application_id = ?",
            (guild_id, user_id, application_id),
        )


def _rows(
    db: sqlite3.Connection, table: str, guild_id: int, user_id: int, only: int | None
) -> sqlite3.Cursor:
    of_one, values = ("", ()) if only is None else ("and application_id = ?", (only,))
    return db.execute(
        f"select * from {table} where guild_id = ? and user_id = ? {of_one} order by local_day, id",
        (guild_id, user_id, *values),
    )
