"""The only SQL of threads."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.leads.threads import Thread, ThreadKind


@dataclass(frozen=True, slots=True)
class ThreadCount:
    """A thread, and how many posts of it are stored and still there."""

    thread: Thread
    posts: int
    hiring: int


def threads(db: sqlite3.Connection) -> list[Thread]:
    """All threads, the newest first."""
    rows = db.execute("select * from hiring_thread order by month desc, began_at desc")
    return [_thread(row) for row in rows]


def find_thread(db: sqlite3.Connection, thread_id: int) -> Thread | None:
    """A thread by its id."""
    row = db.execute("select * from hiring_thread where id = ?", (thread_id,)).fetchone()
    return _thread(row) if row else None


def newest_thread(db: sqlite3.Connection, before: date | None = None) -> Thread | None:
    """The newest hiring thread with posts in it, or the newest of earlier months than one."""
    row = db.execute(
        """
        select * from hiring_thread
        where kind = 'hiring' and newest_at is not null and month < ?
        order by month desc, began_at desc limit 1
        """,
        ("9999" if before is None else before.isoformat(),),
    ).fetchone()
    return _thread(row) if row else None


def add_thread(db: sqlite3.Connection, thread: Thread, now: datetime) -> bool:
    """Store a thread; False where it was known."""
    added = db.execute(
        """
        insert into hiring_thread (id, kind, month, began_at, found_at) values (?, ?, ?, ?, ?)
        on conflict (id) do nothing
        """,
        (
            thread.id,
            thread.kind.value,
            thread.month.isoformat(),
            int(thread.began_at.timestamp()),
            int(now.timestamp()),
        ),
    )
    return bool(added.rowcount)


def note_newest(db: sqlite3.Connection, thread_id: int, posted_at: datetime) -> None:
    """Write down that a thread has a post of an instant."""
    db.execute(
        "update hiring_thread set newest_at = max(coalesce(newest_at, 0), ?) where id = ?",
        (int(posted_at.timestamp()), thread_id),
    )


def mark_read_whole(db: sqlite3.Connection, thread_id: int, now: datetime) -> None:
    """Write down that all of a thread was read."""
    db.execute("update hiring_thread set read_whole_at = ? where id = ?", (int(now.timestamp()), thread_id))


def count_by_thread(db: sqlite3.Connection) -> list[ThreadCount]:
    """The hiring threads with the number of their posts, the newest first."""
    rows = db.execute(
        """
        select hiring_thread.*, count(lead.id) as posts, coalesce(sum(lead.kind = 'hiring'), 0) as hiring
        from hiring_thread left join lead on lead.thread_id = hiring_thread.id and lead.vanished_at is null
        where hiring_thread.kind = 'hiring'
        group by hiring_thread.id order by hiring_thread.month desc, hiring_thread.began_at desc
        """
    )
    return [ThreadCount(_thread(row), row["posts"], row["hiring"]) for row in rows]


def _thread(row: sqlite3.Row) -> Thread:
    return Thread(
        row["id"],
        ThreadKind(row["kind"]),
        date.fromisoformat(row["month"]),
        datetime.fromtimestamp(row["began_at"], UTC),
        _instant(row["newest_at"]),
        _instant(row["read_whole_at"]),
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
