"""The only SQL of routines, pauses and days off."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from bot.localtime import Weekdays
from bot.routines.rules import Pause, Routine


def save_routine(db: sqlite3.Connection, guild_id: int, user_id: int, routine: Routine) -> None:
    """Add a routine to the member's history; a second one set within a second takes the first one's place."""
    db.execute(
        """
        insert or replace into routine (guild_id, user_id, set_at, from_day, zone, days, at, ping)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            guild_id,
            user_id,
            int(routine.set_at.timestamp()),
            routine.from_day.isoformat(),
            routine.zone,
            int(routine.days),
            routine.at.isoformat("minutes"),
            int(routine.ping),
        ),
    )


def routines(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Routine]:
    """All that a member has planned, in the order in which it was set."""
    rows = db.execute(
        "select * from routine where guild_id = ? and user_id = ? order by set_at", (guild_id, user_id)
    )
    return [_routine(row) for row in rows]


def newest_routine(db: sqlite3.Connection, guild_id: int, user_id: int) -> Routine | None:
    """What a member has planned last; without any day where the member stopped."""
    row = db.execute(
        "select * from routine where guild_id = ? and user_id = ? order by set_at desc limit 1",
        (guild_id, user_id),
    ).fetchone()
    return _routine(row) if row else None


def anybody_plans(db: sqlite3.Connection, guild_id: int, day: date) -> bool:
    """Whether any member of a server has a routine now and is not away on a day."""
    row = db.execute(
        """
        select 1 from routine as latest where guild_id = ?1 and days > 0 and set_at = (
            select max(set_at) from routine where guild_id = latest.guild_id and user_id = latest.user_id
        ) and not exists (
            select 1 from pause where guild_id = latest.guild_id and user_id = latest.user_id
            and ?2 between first_day and last_day
        ) limit 1
        """,
        (guild_id, day.isoformat()),
    ).fetchone()
    return row is not None


def pauses(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Pause]:
    """A member's pauses, past and planned, the earliest first."""
    rows = db.execute(
        "select first_day, last_day from pause where guild_id = ? and user_id = ? order by first_day",
        (guild_id, user_id),
    )
    return [Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in rows]


def replace_pauses(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    gone: Iterable[Pause],
    instead: Pause | None,
    now: datetime,
) -> None:
    """Take some of a member's pauses away and put one, or none, in their place."""
    for pause in gone:
        db.execute(
            "delete from pause where guild_id = ? and user_id = ? and first_day = ?",
            (guild_id, user_id, pause.first.isoformat()),
        )
    if instead is not None:
        db.execute(
            "insert into pause (guild_id, user_id, first_day, last_day, set_at) values (?, ?, ?, ?, ?)",
            (
                guild_id,
                user_id,
                instead.first.isoformat(),
                instead.last.isoformat(),
                int(now.timestamp()),
            ),
        )


def save_rest_day(db: sqlite3.Connection, guild_id: int, user_id: int, day: date, now: datetime) -> None:
    """Keep a day that a member took off."""
    db.execute(
        "insert or ignore into rest_day (guild_id, user_id, local_day, taken_at) values (?, ?, ?, ?)",
        (guild_id, user_id, day.isoformat(), int(now.timestamp())),
    )


def rest_days(db: sqlite3.Connection, guild_id: int, user_id: int) -> set[date]:
    """The due days that a member took off."""
    rows = db.execute(
        "select local_day from rest_day where guild_id = ? and user_id = ?", (guild_id, user_id)
    )
    return {date.fromisoformat(day) for (day,) in rows}


def _routine(row: sqlite3.Row) -> Routine:
    return Routine(
        datetime.fromtimestamp(row["set_at"], UTC),
        date.fromisoformat(row["from_day"]),
        row["zone"],
        Weekdays(row["days"]),
        time.fromisoformat(row["at"]),
        bool(row["ping"]),
    )
