"""The only SQL of buddies."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

NUDGED_WITHIN = timedelta(days=1)
"""A nudge that is written at night is due in the morning."""

Messages = tuple[str, str, str]
"""The kinds of delivery that name somebody besides their own member: a new pair, a nudge, a direct one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A member, their buddy, and since when; the other way round it is stored as well."""

    user_id: int
    buddy_id: int
    since: datetime


def servers(db: sqlite3.Connection) -> list[int]:
    """The servers in which somebody has a buddy or waits for one, but those the bot was taken out of."""
    rows = db.execute(
        """
        select guild_id from buddy union select guild_id from buddy_search
        except select guild_id from departed_server order by guild_id
        """
    )
    return [guild_id for (guild_id,) in rows]


def searches(db: sqlite3.Connection, guild_id: int) -> list[tuple[int, datetime]]:
    """Who waits for a buddy in a server, and since when; those who have waited longest come first."""
    rows = db.execute(
        "select user_id, asked_at from buddy_search where guild_id = ? order by asked_at, user_id",
        (guild_id,),
    )
    return [(user_id, datetime.fromtimestamp(asked_at, UTC)) for user_id, asked_at in rows]


def search_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> datetime | None:
    """Since when a member has waited for a buddy."""
    row = db.execute(
        "select asked_at from buddy_search where guild_id = ? and user_id = ?", (guild_id, user_id)
    ).fetchone()
    return datetime.fromtimestamp(row["asked_at"], UTC) if row else None


def save_search(db: sqlite3.Connection, guild_id: int, user_id: int, asked_at: datetime) -> None:
    """Have a member wait for a buddy; who waits already keeps their place."""
    db.execute(
        """
        insert into buddy_search (guild_id, user_id, asked_at) values (?, ?, ?)
        on conflict (guild_id, user_id) do nothing
        """,
        (guild_id, user_id, int(asked_at.timestamp())),
    )


def delete_search(db: sqlite3.Connection, guild_id: int, user_id: int) -> bool:
    """Have a member wait no more; False where they did not."""
    deleted = db.execute("delete from buddy_search where guild_id = ? and user_id = ?", (guild_id, user_id))
    return bool(deleted.rowcount)


def pair_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> Pair | None:
    """A member's buddy."""
    row = db.execute("select * from buddy where guild_id = ? and user_id = ?", (guild_id, user_id)).fetchone()
    return _pair(row) if row else None


def pairs(db: sqlite3.Connection, guild_id: int) -> list[Pair]:
    """Every pair of a server, once."""
    rows = db.execute(
        "select * from buddy where guild_id = ? and user_id < with_user_id order by since, user_id",
        (guild_id,),
    )
    return [_pair(row) for row in rows]


def save_pair(db: sqlite3.Connection, guild_id: int, one: int, other: int, since: datetime) -> None:
    """Make two members buddies; neither waits any more, and what was between them is forgotten.

    Raises sqlite3.IntegrityError where one of them has a buddy.
    """
    for user_id, buddy_id in ((one, other), (other, one)):
        db.execute(
            "insert into buddy (guild_id, user_id, with_user_id, since) values (?, ?, ?, ?)",
            (guild_id, user_id, buddy_id, int(since.timestamp())),
        )
        db.execute(
            "delete from buddy_before where guild_id = ? and user_id = ? and with_user_id = ?",
            (guild_id, user_id, buddy_id),
        )
        delete_search(db, guild_id, user_id)


def delete_pair(db: sqlite3.Connection, pair: Pair, guild_id: int) -> None:
    """Two members are no buddies any more."""
    db.execute(
        "delete from buddy where guild_id = ? and user_id in (?, ?) and with_user_id in (?, ?)",
        (guild_id, pair.user_id, pair.buddy_id, pair.user_id, pair.buddy_id),
    )


def save_parting(db: sqlite3.Connection, guild_id: int, user_id: int, buddy_id: int, at: datetime) -> None:
    """Remember that a member had a buddy until an instant.

    Where one of the two left, both have such a row; who was only away has none.
    """
    db.execute(
        """
        insert or replace into buddy_before (guild_id, user_id, with_user_id, parted_at)
        values (?, ?, ?, ?)
        """,
        (guild_id, user_id, buddy_id, int(at.timestamp())),
    )


def parted(db: sqlite3.Connection, guild_id: int, since: datetime) -> set[frozenset[int]]:
    """Those of whom one left the other after an instant."""
    rows = db.execute(
        """
        select one.user_id, one.with_user_id from buddy_before as one
        join buddy_before as other on other.guild_id = one.guild_id
             and other.user_id = one.with_user_id and other.with_user_id = one.user_id
        where one.guild_id = ?1 and one.user_id < one.with_user_id
              and one.parted_at > ?2 and other.parted_at > ?2
        """,
        (guild_id, int(since.timestamp())),
    )
    return {frozenset((one, other)) for one, other in rows}


def last_buddy(db: sqlite3.Connection, guild_id: int, user_id: int, since: datetime) -> int | None:
    """The last buddy that a member had, if they parted after an instant."""
    row = db.execute(
        """
        select with_user_id from buddy_before where guild_id = ? and user_id = ? and parted_at > ?
        order by parted_at desc, with_user_id limit 1
        """,
        (guild_id, user_id, int(since.timestamp())),
    ).fetchone()
    return row["with_user_id"] if row else None


def save_nudge(
    db: sqlite3.Connection, guild_id: int, user_id: int, missed_day: date, by_user_id: int, at: datetime
) -> None:
    """Remember that a member was nudged about the days from one on."""
    db.execute(
        "insert into nudge (guild_id, user_id, missed_day, by_user_id, sent_at) values (?, ?, ?, ?, ?)",
        (guild_id, user_id, missed_day.isoformat(), by_user_id, int(at.timestamp())),
    )


def was_nudged_since(db: sqlite3.Connection, guild_id: int, user_id: int, missed_day: date) -> bool:
    """Whether a member was nudged about a day or a later one."""
    row = db.execute(
        "select 1 from nudge where guild_id = ? and user_id = ? and missed_day >= ? limit 1",
        (guild_id, user_id, missed_day.isoformat()),
    ).fetchone()
    return row is not None


def last_nudged_by(db: sqlite3.Connection, guild_id: int, user_id: int) -> int | None:
    """Who nudged a member last."""
    row = db.execute(
        "select by_user_id from nudge where guild_id = ? and user_id = ? order by missed_day desc limit 1",
        (guild_id, user_id),
    ).fetchone()
    return row["by_user_id"] if row else None


def messages_naming(db: sqlite3.Connection, guild_id: int, user_id: int, kinds: Messages) -> list[int]:
    """The rows of the outbox that are others' and whose messages name a member: as a buddy, or as who nudged.

    Of an earlier buddy's announcements it is not known any more which were with whom, so all of them but that
    of the pair they are in now.
    """
    rows = db.execute(
        """
        select delivery.id from delivery
        join (select user_id from buddy where guild_id = ?1 and with_user_id = ?2
              union select user_id from buddy_before where guild_id = ?1 and with_user_id = ?2
              union select with_user_id from buddy_before where guild_id = ?1 and user_id = ?2) as partner
             on partner.user_id = delivery.user_id
        where guild_id = ?1 and kind = ?3 and not exists (
            select 1 from buddy where guild_id = ?1 and buddy.user_id = partner.user_id
                   and with_user_id <> ?2 and since = delivery.serial)
        union
        select delivery.id from delivery join nudge using (guild_id, user_id)
        where guild_id = ?1 and by_user_id = ?2 and kind in (?4, ?5)
              and due_at between nudge.sent_at and nudge.sent_at + ?6
        """,
        (guild_id, user_id, *kinds, int(NUDGED_WITHIN.total_seconds())),
    )
    return [row_id for (row_id,) in rows]


def forget(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    """Delete every row in which a member stands, on either side."""
    where = {
        "buddy_search": "user_id = ?2",
        "buddy": "(user_id = ?2 or with_user_id = ?2)",
        "buddy_before": "(user_id = ?2 or with_user_id = ?2)",
        "nudge": "(user_id = ?2 or by_user_id = ?2)",
    }
    for table, whose in where.items():
        db.execute(f"delete from {table} where guild_id = ?1 and {whose}", (guild_id, user_id))


def _pair(row: sqlite3.Row) -> Pair:
    return Pair(row["user_id"], row["with_user_id"], datetime.fromtimestamp(row["since"], UTC))
