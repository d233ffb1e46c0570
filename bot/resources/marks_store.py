"""The only SQL of what resources are to members: their marks, and their reports of dead links."""

import json
import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime

from bot.resources.resource import NO_MARK, Mark


def find(db: sqlite3.Connection, guild_id: int, user_id: int, resource_id: int) -> Mark:
    """What a resource is to a member."""
    return find_all(db, guild_id, user_id, [resource_id]).get(resource_id, NO_MARK)


def find_all(
    db: sqlite3.Connection, guild_id: int, user_id: int, resource_ids: Collection[int]
) -> dict[int, Mark]:
    """What some resources are to a member, by id, as far as they are anything."""
    rows = db.execute(
        """
        select * from resource_mark
        where guild_id = ? and user_id = ? and resource_id in (select value from json_each(?))
        """,
        (guild_id, user_id, json.dumps(list(resource_ids))),
    )
    return {row["resource_id"]: _mark(row) for row in rows}


def of_member(db: sqlite3.Connection, guild_id: int, user_id: int) -> dict[int, Mark]:
    """What resources are to a member, by id."""
    rows = db.execute("select * from resource_mark where guild_id = ? and user_id = ?", (guild_id, user_id))
    return {row["resource_id"]: _mark(row) for row in rows}


def save(db: sqlite3.Connection, guild_id: int, user_id: int, resource_id: int, mark: Mark) -> None:
    """Store what a resource is to a member; where it is nothing any more, nothing stays."""
    if mark == NO_MARK:
        db.execute(
            "delete from resource_mark where guild_id = ? and user_id = ? and resource_id = ?",
            (guild_id, user_id, resource_id),
        )
        return
    instants = (mark.saved_at, mark.started_at, mark.finished_at, mark.helped_at)
    db.execute(
        "insert or replace into resource_mark values (?, ?, ?, ?, ?, ?, ?)",
        (guild_id, user_id, resource_id, *map(_seconds, instants)),
    )


def move(db: sqlite3.Connection, guild_id: int, from_id: int, to_id: int) -> None:
    """Have what one resource was to a server's members be said of another, which stands in its place."""
    db.execute(
        """
        insert into resource_mark
        select guild_id, user_id, :to, saved_at, started_at, finished_at, helped_at from resource_mark
        where guild_id = :guild and resource_id = :from
        on conflict do update set
            saved_at = coalesce(saved_at, excluded.saved_at),
            started_at = coalesce(started_at, excluded.started_at),
            finished_at = coalesce(finished_at, excluded.finished_at),
            helped_at = coalesce(helped_at, excluded.helped_at)
        """,
        {"guild": guild_id, "from": from_id, "to": to_id},
    )
    db.execute("delete from resource_mark where guild_id = ? and resource_id = ?", (guild_id, from_id))
    forget_reports(db, guild_id, from_id)


def helped(db: sqlite3.Connection, guild_id: int) -> dict[int, int]:
    """How many members of a server each resource helped, by id, as far as it helped anybody."""
    rows = db.execute(
        """
        select resource_id, count(*) from resource_mark
        where guild_id = ? and helped_at is not null group by resource_id
        """,
        (guild_id,),
    )
    return dict(map(tuple, rows))


def count_helped(db: sqlite3.Connection, guild_id: int, resource_id: int) -> int:
    """How many members of a server a resource helped."""
    (number,) = db.execute(
        "select count(*) from resource_mark where guild_id = ? and resource_id = ? and helped_at is not null",
        (guild_id, resource_id),
    ).fetchone()
    return int(number)


# Reports of dead links.


def report(db: sqlite3.Connection, guild_id: int, user_id: int, resource_id: int, now: datetime) -> bool:
    """Store that a member says that a link is dead; False where they had said so already."""
    reported = db.execute(
        """
        insert or ignore into resource_report (guild_id, user_id, resource_id, reported_at)
        values (?, ?, ?, ?)
        """,
        (guild_id, user_id, resource_id, _seconds(now)),
    )
    return bool(reported.rowcount)


def reporters(db: sqlite3.Connection, guild_id: int, resource_id: int) -> set[int]:
    """Who says that the link of a resource is dead."""
    rows = db.execute(
        "select user_id from resource_report where guild_id = ? and resource_id = ?", (guild_id, resource_id)
    )
    return {user_id for (user_id,) in rows}


def reported_since(db: sqlite3.Connection, guild_id: int, since: datetime) -> list[tuple[int, int]]:
    """The resources whose links were reported since an instant, each with how many say so in all.

    Those that most say so of come first.
    """
    rows = db.execute(
        """
        select resource_id, count(*) as reports from resource_report where guild_id = ?
        group by resource_id having max(reported_at) >= ? order by reports desc, resource_id
        """,
        (guild_id, _seconds(since)),
    )
    return [(resource_id, reports) for resource_id, reports in rows]


def forget_reports(db: sqlite3.Connection, guild_id: int, resource_id: int) -> None:
    """Let go of what was reported of a resource: it has got another address, is gone, or works after all."""
    db.execute("delete from resource_report where guild_id = ? and resource_id = ?", (guild_id, resource_id))


def _mark(row: sqlite3.Row) -> Mark:
    return Mark(
        _instant(row["saved_at"]),
        _instant(row["started_at"]),
        _instant(row["finished_at"]),
        _instant(row["helped_at"]),
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
