"""The only SQL of check-ins and routines."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from bot.checkins.rules import CheckIn, Entry, KindOfWork, Routine
from bot.localtime import Weekdays


def save_checkin(
    db: sqlite3.Connection, guild_id: int, user_id: int, day: date, zone: str, entry: Entry, now: datetime
) -> bool:
    """Store the check-in of a local day in place of an earlier one; True where there was none."""
    instant = int(now.timestamp())
    (changes,) = db.execute(
        """
        insert into checkin (guild_id, user_id, local_day, zone, done, next, blocked, kind, minutes,
                             reported_at, changed_at, changes)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
        on conflict (guild_id, user_id, local_day) do update set
            done = excluded.done, next = excluded.next, blocked = excluded.blocked, kind = excluded.kind,
            minutes = excluded.minutes, changed_at = excluded.changed_at, changes = changes + 1
        returning changes
        """,
        (
            guild_id,
            user_id,
            day.isoformat(),
            zone,
            entry.done,
            entry.next,
            entry.blocked,
            entry.kind.value,
            entry.minutes,
            instant,
            instant,
        ),
    ).fetchone()
    return bool(changes == 0)


def find_checkin(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> CheckIn | None:
    """The check-in of a member for a local day."""
    row = db.execute(
        "select * from checkin where guild_id = ? and user_id = ? and local_day = ?",
        (guild_id, user_id, day.isoformat()),
    ).fetchone()
    return _checkin(row) if row else None


def newest_checkin(db: sqlite3.Connection, guild_id: int, user_id: int) -> CheckIn | None:
    """The check-in of a member for the latest day there is one for."""
    row = db.execute(
        "select * from checkin where guild_id = ? and user_id = ? order by local_day desc limit 1",
        (guild_id, user_id),
    ).fetchone()
    return _checkin(row) if row else None


def first_day(db: sqlite3.Connection, guild_id: int, user_id: int) -> date | None:
    """The first day a member checked in for or planned."""
    (day,) = db.execute(
        """
        select min(day) from (
            select min(local_day) as day from checkin where guild_id = ?1 and user_id = ?2
            union all select min(from_day) from routine where guild_id = ?1 and user_id = ?2
        )
        """,
        (guild_id, user_id),
    ).fetchone()
    return date.fromisoformat(day) if day else None


def days_done(db: sqlite3.Connection, guild_id: int, user_id: int, since: date) -> set[date]:
    """The local days, from one on, that a member checked in for."""
    rows = db.execute(
        "select local_day from checkin where guild_id = ? and user_id = ? and local_day >= ?",
        (guild_id, user_id, since.isoformat()),
    )
    return {date.fromisoformat(day) for (day,) in rows}


def days_done_back(db: sqlite3.Connection, guild_id: int, user_id: int) -> Iterator[date]:
    """The local days that a member checked in for, the newest first, read as they are asked for."""
    rows = db.execute(
        "select local_day from checkin where guild_id = ? and user_id = ? order by local_day desc",
        (guild_id, user_id),
    )
    for (day,) in rows:
        yield date.fromisoformat(day)


def members_done(db: sqlite3.Connection, guild_id: int, day: date, since: datetime) -> list[int]:
    """Who checked in for a local day, in the order in which they did; `since` is a day or two before it."""
    rows = db.execute(
        """
        select user_id from checkin where guild_id = ? and reported_at >= ? and local_day = ?
        order by reported_at, user_id
        """,
        (guild_id, int(since.timestamp()), day.isoformat()),
    )
    return [user_id for (user_id,) in rows]


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


def anybody_has_a_routine(db: sqlite3.Connection, guild_id: int) -> bool:
    """Whether any member of a server has a routine now."""
    row = db.execute(
        """
        select 1 from routine as latest where guild_id = ? and days > 0 and set_at = (
            select max(set_at) from routine where guild_id = latest.guild_id and user_id = latest.user_id
        ) limit 1
        """,
        (guild_id,),
    ).fetchone()
    return row is not None


def _checkin(row: sqlite3.Row) -> CheckIn:
    return CheckIn(
        row["user_id"],
        date.fromisoformat(row["local_day"]),
        Entry(row["done"], row["next"], row["blocked"], KindOfWork(row["kind"]), row["minutes"]),
    )


def _routine(row: sqlite3.Row) -> Routine:
    return Routine(
        datetime.fromtimestamp(row["set_at"], UTC),
        date.fromisoformat(row["from_day"]),
        row["zone"],
        Weekdays(row["days"]),
        time.fromisoformat(row["at"]),
        bool(row["ping"]),
    )
