"""The only SQL of check-ins."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime

from bot.checkins.rules import CheckIn, Counted, Entry, Evidence, KindOfWork


def save_checkin(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    counted: Counted,
    zone: str,
    entry: Entry,
    now: datetime,
) -> bool:
    """Store the check-in of a local day in place of an earlier one; True where there was none.

    Whether it came late is settled by the first report.
    """
    instant = int(now.timestamp())
    day = counted.day.isoformat()
    (changes,) = db.execute(
        """
        insert into checkin (guild_id, user_id, local_day, zone, done, next, blocked, kind, minutes, late,
                             reported_at, changed_at, changes)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
        on conflict (guild_id, user_id, local_day) do update set
            done = excluded.done, next = excluded.next, blocked = excluded.blocked, kind = excluded.kind,
            minutes = excluded.minutes, changed_at = excluded.changed_at, changes = changes + 1
        returning changes
        """,
        (
            guild_id,
            user_id,
            day,
            zone,
            entry.done,
            entry.next,
            entry.blocked,
            entry.kind.value,
            entry.minutes,
            int(counted.late),
            instant,
            instant,
        ),
    ).fetchone()
    return bool(changes == 0)


def save_links(
    db: sqlite3.Connection, guild_id: int, user_id: int, day: date, links: tuple[str, ...], is_new: bool
) -> None:
    """Store the links of a check-in in place of earlier ones."""
    if not is_new:
        db.execute(
            "delete from evidence where guild_id = ? and user_id = ? and local_day = ?",
            (guild_id, user_id, day.isoformat()),
        )
    db.executemany(
        "insert into evidence (guild_id, user_id, local_day, position, url) values (?, ?, ?, ?, ?)",
        [(guild_id, user_id, day.isoformat(), number, link) for number, link in enumerate(links)],
    )


def delete_checkin(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> bool:
    """Delete the check-in of a local day and its links; False where there was none."""
    key = (guild_id, user_id, day.isoformat())
    db.execute("delete from evidence where guild_id = ? and user_id = ? and local_day = ?", key)
    deleted = db.execute("delete from checkin where guild_id = ? and user_id = ? and local_day = ?", key)
    return bool(deleted.rowcount)


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


def days_reported(db: sqlite3.Connection, guild_id: int, user_id: int) -> dict[date, bool]:
    """The local days that a member checked in for, each with whether it was late, the earliest first."""
    rows = db.execute(
        "select local_day, late from checkin where guild_id = ? and user_id = ? order by local_day",
        (guild_id, user_id),
    )
    return {date.fromisoformat(day): bool(late) for day, late in rows}


def between(
    db: sqlite3.Connection, guild_id: int, user_id: int, first: date, last: date
) -> Iterator[CheckIn]:
    """A member's check-ins for a range of local days, both ends included, the earliest first."""
    rows = db.execute(
        """
        select * from checkin where guild_id = ? and user_id = ? and local_day between ? and ?
        order by local_day
        """,
        (guild_id, user_id, first.isoformat(), last.isoformat()),
    )
    return map(_checkin, rows)


def newest_evidence(db: sqlite3.Connection, guild_id: int, user_id: int, limit: int) -> list[Evidence]:
    """The links of a member's building and showing, each once and for its newest day, the newest first."""
    # Of the position, SQLite takes that of the row that holds the maximum.
    rows = db.execute(
        """
        select url, max(local_day), total(kind = 'showing') > 0
        from evidence join checkin using (guild_id, user_id, local_day)
        where guild_id = ? and user_id = ? and kind in ('building', 'showing')
        group by url order by max(local_day) desc, position limit ?
        """,
        (guild_id, user_id, limit),
    )
    return [Evidence(url, date.fromisoformat(day), bool(showing)) for url, day, showing in rows]


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


def _checkin(row: sqlite3.Row) -> CheckIn:
    return CheckIn(
        row["user_id"],
        date.fromisoformat(row["local_day"]),
        Entry(row["done"], row["next"], row["blocked"], KindOfWork(row["kind"]), row["minutes"]),
        bool(row["late"]),
    )
