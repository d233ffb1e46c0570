"""The only SQL of summing up a thread: what was offered in it, and there, when it had some age."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from bot.leads.lead import PostKind
from bot.leads.threads import Thread

_AT_AGE = (
    "thread_id = :thread and kind = :kind and posted_at <= :at and (vanished_at is null or vanished_at > :at)"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many posts there were, and how many of them met what is asked for."""

    posts: int
    remote: int
    for_juniors: int
    degree_demanded: int
    ml_roles: int


def counts(db: sqlite3.Connection, thread: Thread, age: timedelta) -> Counts:
    """What was offered in a thread, in numbers."""
    row = db.execute(
        f"""
        select count(*), total(remote), total(for_juniors), total(degree_demanded), total(ml_role)
        from lead where {_AT_AGE}
        """,
        _values(thread, age),
    ).fetchone()
    return Counts(*map(int, row))


def ids(db: sqlite3.Connection, thread: Thread, age: timedelta) -> list[int]:
    """The ids of what was offered in a thread."""
    return [
        lead_id for (lead_id,) in db.execute(f"select id from lead where {_AT_AGE}", _values(thread, age))
    ]


def companies(db: sqlite3.Connection, thread: Thread, age: timedelta) -> tuple[int, int]:
    """How many companies offered something in a thread, and how many of them had in an earlier month."""
    row = db.execute(
        f"""
        select count(*), total(exists (
            select 1 from lead as earlier
            where earlier.company_key = company.company_key and earlier.month < :month
                  and earlier.kind = :kind
        ))
        from (select distinct company_key from lead where {_AT_AGE} and company_key is not null) as company
        """,
        {**_values(thread, age), "month": thread.month.isoformat()},
    ).fetchone()
    return int(row[0]), int(row[1])


def _values(thread: Thread, age: timedelta) -> dict[str, object]:
    return {
        "thread": thread.id,
        "kind": PostKind.HIRING.value,
        "at": int((thread.began_at + age).timestamp()),
    }
