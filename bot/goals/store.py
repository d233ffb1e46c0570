"""The only SQL of goals."""

import sqlite3
from datetime import date, datetime

from bot.goals.rules import Goal, GoalState


def add(db: sqlite3.Connection, guild_id: int, user_id: int, week: date, text: str, now: datetime) -> None:
    """Store a new, open goal."""
    instant = int(now.timestamp())
    db.execute(
        """
        insert into goal (guild_id, user_id, week, text, state, set_at, changed_at)
        values (?, ?, ?, ?, 'open', ?, ?)
        """,
        (guild_id, user_id, week.isoformat(), text, instant, instant),
    )


def set_state(
    db: sqlite3.Connection, guild_id: int, user_id: int, goal_id: int, state: GoalState, now: datetime
) -> None:
    """Note what became of a member's goal."""
    db.execute(
        "update goal set state = ?, changed_at = ? where id = ? and guild_id = ? and user_id = ?",
        (state.value, int(now.timestamp()), goal_id, guild_id, user_id),
    )


def find(db: sqlite3.Connection, guild_id: int, user_id: int, goal_id: int) -> Goal | None:
    """A member's own goal; None where the number belongs to somebody else or to another server."""
    row = db.execute(
        "select * from goal where id = ? and guild_id = ? and user_id = ?", (goal_id, guild_id, user_id)
    ).fetchone()
    return _goal(row) if row else None


def between(
    db: sqlite3.Connection, guild_id: int, user_id: int, first_week: date, last_week: date
) -> list[Goal]:
    """A member's goals of a range of weeks, both ends included, in whatever state, the earliest first."""
    rows = db.execute(
        """
        select * from goal where guild_id = ? and user_id = ? and week between ? and ? order by week, id
        """,
        (guild_id, user_id, first_week.isoformat(), last_week.isoformat()),
    )
    return [_goal(row) for row in rows]


def count_taken(db: sqlite3.Connection, guild_id: int, user_id: int, week: date) -> int:
    """How many of a member's places in a week are taken by goals that are open or kept."""
    (count,) = db.execute(
        """
        select count(*) from goal
        where guild_id = ? and user_id = ? and week = ? and state in ('open', 'kept')
        """,
        (guild_id, user_id, week.isoformat()),
    ).fetchone()
    return int(count)


def undecided(
    db: sqlite3.Connection, guild_id: int, user_id: int, week: date, decided_since: datetime
) -> list[Goal]:
    """The goals of a week that are open, or that were kept or carried over since an instant."""
    rows = db.execute(
        """
        select * from goal where guild_id = ? and user_id = ? and week = ?
        and (state = 'open' or state in ('kept', 'carried') and changed_at >= ?) order by id
        """,
        (guild_id, user_id, week.isoformat(), int(decided_since.timestamp())),
    )
    return [_goal(row) for row in rows]


def _goal(row: sqlite3.Row) -> Goal:
    return Goal(
        row["id"], row["user_id"], date.fromisoformat(row["week"]), row["text"], GoalState(row["state"])
    )
