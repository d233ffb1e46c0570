"""The only SQL of watches."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from bot.leads.filters import Filters
from bot.watches.rules import Watch


def add(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    own_name: str | None,
    filters: Filters,
    now: datetime,
) -> Watch:
    """Store a new watch."""
    added = db.execute(
        "insert into watch (guild_id, user_id, name, filters, since) values (?, ?, ?, ?, ?)",
        (guild_id, user_id, own_name, _dumped(filters), _seconds(now)),
    )
    assert added.lastrowid is not None
    return Watch(added.lastrowid, user_id, own_name, filters, paused=False, since=_instant(_seconds(now)))


def save(db: sqlite3.Connection, guild_id: int, watch: Watch) -> None:
    """Store a watch of a member as it has been changed."""
    db.execute(
        """
        update watch set name = ?, filters = ?, paused = ?, since = ?
        where id = ? and guild_id = ? and user_id = ?
        """,
        (
            watch.own_name,
            _dumped(watch.filters),
            int(watch.paused),
            _seconds(watch.since),
            watch.id,
            guild_id,
            watch.user_id,
        ),
    )


def remove(db: sqlite3.Connection, guild_id: int, user_id: int, watch_id: int) -> None:
    """Delete a watch of a member."""
    db.execute(
        "delete from watch where id = ? and guild_id = ? and user_id = ?", (watch_id, guild_id, user_id)
    )


def of_member(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Watch]:
    """A member's watches, the oldest first."""
    rows = db.execute(
        "select * from watch where guild_id = ? and user_id = ? order by id", (guild_id, user_id)
    )
    return [_watch(row) for row in rows]


def at_work(db: sqlite3.Connection, guild_id: int) -> list[Watch]:
    """All watches of a server that are not paused, by member, each member's oldest first."""
    rows = db.execute(
        "select * from watch where guild_id = ? and paused = 0 order by user_id, id", (guild_id,)
    )
    return [_watch(row) for row in rows]


def anybody_watches(db: sqlite3.Connection, guild_id: int) -> bool:
    """Whether there is a watch in a server, paused or not."""
    return db.execute("select 1 from watch where guild_id = ? limit 1", (guild_id,)).fetchone() is not None


def servers(db: sqlite3.Connection) -> list[int]:
    """The servers in which somebody watches."""
    return [guild_id for (guild_id,) in db.execute("select distinct guild_id from watch")]


def silence(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> None:
    """Keep that a member wants no messages about what their watches find."""
    db.execute("insert or ignore into watch_silence values (?, ?, ?)", (guild_id, user_id, _seconds(now)))


def break_silence(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    """Keep that a member wants messages about what their watches find."""
    db.execute("delete from watch_silence where guild_id = ? and user_id = ?", (guild_id, user_id))


def is_silent(db: sqlite3.Connection, guild_id: int, user_id: int) -> bool:
    """Whether a member wants no messages about what their watches find."""
    row = db.execute("select 1 from watch_silence where guild_id = ? and user_id = ?", (guild_id, user_id))
    return row.fetchone() is not None


def silent(db: sqlite3.Connection, guild_id: int) -> set[int]:
    """The members of a server who want no messages about what their watches find."""
    rows = db.execute("select user_id from watch_silence where guild_id = ?", (guild_id,))
    return {user_id for (user_id,) in rows}


def note_finds(
    db: sqlite3.Connection, guild_id: int, finds: Mapping[int, Collection[int]], now: datetime
) -> None:
    """Keep what was found for members; a lead that was found for a member before stays as it was."""
    found_at = _seconds(now)
    db.executemany(
        """
        insert into watch_find (guild_id, user_id, lead_id, found_at)
        select ?, ?, value, ? from json_each(?) where true
        on conflict (guild_id, user_id, lead_id) do nothing
        """,
        [(guild_id, user_id, found_at, _listed(lead_ids)) for user_id, lead_ids in finds.items()],
    )


def untold(db: sqlite3.Connection, guild_id: int) -> dict[int, list[int]]:
    """The leads that were found and not told yet, by member."""
    rows = db.execute(
        """
        select user_id, json_group_array(lead_id) from watch_find indexed by watch_find_untold
        where guild_id = ? and told_at is null group by user_id
        """,
        (guild_id,),
    )
    return {user_id: json.loads(lead_ids) for user_id, lead_ids in rows}


def untold_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[int]:
    """The leads that were found for a member and not told yet."""
    rows = db.execute(
        "select lead_id from watch_find where guild_id = ? and user_id = ? and told_at is null",
        (guild_id, user_id),
    )
    return [lead_id for (lead_id,) in rows]


def told_by(db: sqlite3.Connection, guild_id: int, user_id: int, at: datetime) -> list[int]:
    """The leads that the message named by an instant tells a member of."""
    rows = db.execute(
        "select lead_id from watch_find where guild_id = ? and user_id = ? and told_at = ?",
        (guild_id, user_id, _seconds(at)),
    )
    return [lead_id for (lead_id,) in rows]


def told_since(db: sqlite3.Connection, guild_id: int, user_id: int, since: datetime) -> list[int]:
    """The leads that a member was told of at or after an instant."""
    rows = db.execute(
        "select lead_id from watch_find where guild_id = ? and user_id = ? and told_at >= ?",
        (guild_id, user_id, _seconds(since)),
    )
    return [lead_id for (lead_id,) in rows]


def mark_told(
    db: sqlite3.Connection, guild_id: int, user_id: int, lead_ids: Collection[int], at: datetime
) -> None:
    """Keep that a member is told of leads by the message, or the look, that an instant names."""
    db.execute(
        """
        update watch_find set told_at = ?
        where guild_id = ? and user_id = ? and told_at is null
              and lead_id in (select value from json_each(?))
        """,
        (_seconds(at), guild_id, user_id, _listed(lead_ids)),
    )


def mark_untold(db: sqlite3.Connection, guild_id: int, user_id: int, at: datetime) -> None:
    """Take back that a member was told by the message that an instant names: it never went out."""
    db.execute(
        "update watch_find set told_at = null where guild_id = ? and user_id = ? and told_at = ?",
        (guild_id, user_id, _seconds(at)),
    )


def drop_finds(db: sqlite3.Connection, guild_id: int, user_id: int, lead_ids: Collection[int]) -> None:
    """Forget that leads were found for a member and wait to be told."""
    db.execute(
        """
        delete from watch_find
        where guild_id = ? and user_id = ? and told_at is null
              and lead_id in (select value from json_each(?))
        """,
        (guild_id, user_id, _listed(lead_ids)),
    )


def forget_finds_before(db: sqlite3.Connection, guild_id: int, before: datetime) -> None:
    """Forget what was found in a server before an instant."""
    db.execute("delete from watch_find where guild_id = ? and found_at < ?", (guild_id, _seconds(before)))


def looked_until(db: sqlite3.Connection, guild_id: int) -> datetime | None:
    """Up to which instant a server's watches have looked through the leads; None before the first look."""
    row = db.execute("select looked_until from watch_round where guild_id = ?", (guild_id,)).fetchone()
    return _instant(row["looked_until"]) if row else None


def save_looked_until(db: sqlite3.Connection, guild_id: int, until: datetime) -> None:
    """Keep up to which instant the leads have been looked through for a server's watches."""
    db.execute("insert or replace into watch_round values (?, ?)", (guild_id, _seconds(until)))


def _watch(row: sqlite3.Row) -> Watch:
    return Watch(
        row["id"],
        row["user_id"],
        row["name"],
        Filters.from_json(json.loads(row["filters"])),
        paused=bool(row["paused"]),
        since=_instant(row["since"]),
    )


def _dumped(filters: Filters) -> str:
    return json.dumps(filters.as_json(), ensure_ascii=False, sort_keys=True)


def _listed(lead_ids: Collection[int]) -> str:
    return json.dumps(sorted(lead_ids))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
