"""The only SQL of what was searched and not found."""

import sqlite3
from datetime import date, timedelta

WEEKS_KEPT = 8
WORDS_A_WEEK = 500
"""How many different searches of a week are kept for a server; what comes after that is not."""


def add(db: sqlite3.Connection, guild_id: int, week: date, words: str) -> None:
    """Count a search of the week that begins on a Monday, and let go of what is old."""
    forget_old(db, guild_id, week)
    (kept,) = db.execute(
        "select count(*) from resource_miss where guild_id = ? and week = ? and words <> ?",
        (guild_id, week.isoformat(), words),
    ).fetchone()
    if kept < WORDS_A_WEEK:
        db.execute(
            """
            insert into resource_miss (guild_id, week, words, times) values (?, ?, ?, 1)
            on conflict (guild_id, week, words) do update set times = times + 1
            """,
            (guild_id, week.isoformat(), words),
        )


def of_week(db: sqlite3.Connection, guild_id: int, week: date) -> list[tuple[str, int]]:
    """What was searched and not found in a week, with how often; the most frequent first."""
    rows = db.execute(
        "select words, times from resource_miss where guild_id = ? and week = ? order by times desc, words",
        (guild_id, week.isoformat()),
    )
    return [(words, times) for words, times in rows]


def forget_all_old(db: sqlite3.Connection, week: date) -> None:
    """Delete what is old in all servers, also where nobody searches any more."""
    db.execute(
        "delete from resource_miss where week < ?", ((week - timedelta(weeks=WEEKS_KEPT)).isoformat(),)
    )


def forget_old(db: sqlite3.Connection, guild_id: int, week: date) -> None:
    """Delete what is more than eight weeks older than a week."""
    db.execute(
        "delete from resource_miss where guild_id = ? and week < ?",
        (guild_id, (week - timedelta(weeks=WEEKS_KEPT)).isoformat()),
    )
