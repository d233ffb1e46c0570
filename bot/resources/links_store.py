"""The only SQL of the health of links. Their rows follow what stands on the shelves."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from bot.resources.links.rules import Link, first_check
from bot.resources.resource import LinkHealth

LONG_AGO = timedelta(hours=1)
FAR_AHEAD = timedelta(days=12)
"""No look is planned so far ahead; if one is, the clock was wrong when it was planned."""

REST_AFTER_A_LOOK = timedelta(hours=1)
LOOKED_THROUGH_AT_MOST = 2_000
TAKE_TURNS = 20
"""So many sound ones take turns in being asked whether this machine's line works."""

_SHELVED = """
    with shelved as (
        select address_key, address, min((guild_id is not null) << 60 | id) from resource
        where gone_at is null and dead = '' group by address_key
    )
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many addresses are looked after, and how they are doing; `next_at` is the next look at any."""

    addresses: int
    unseen: int
    failing: int
    dead: int
    next_at: datetime | None


def state_of_shelves(db: sqlite3.Connection) -> tuple[object, ...]:
    """Something that is another whenever what stands on the shelves has changed."""
    return tuple(
        db.execute(
            """
            select (select value from fact where name = 'catalogue'),
                   (select count(*) from resource_shelf), (select sum(changes) from resource_shelf)
            """
        ).fetchone()
    )


def newcomers(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """The addresses, after their keys, that stand on a shelf and are not looked after as they are written.

    What the catalogue itself calls dead needs no look. Where several resources have the same page, the
    catalogue's way to write its address counts.
    """
    rows = db.execute(
        f"""
        {_SHELVED}
        select address_key, shelved.address from shelved left join resource_link as link using (address_key)
        where link.address is null or link.address <> shelved.address order by address_key
        """
    )
    return [(key, address) for key, address in rows]


def leavers(db: sqlite3.Connection) -> list[str]:
    """The keys of addresses that are looked after and stand on no shelf any more."""
    rows = db.execute(
        f"""
        {_SHELVED}
        select address_key from resource_link
        where address_key not in (select address_key from shelved) order by address_key
        """
    )
    return [key for (key,) in rows]


def take_in(db: sqlite3.Connection, addresses: Sequence[tuple[str, str]], now: datetime, beside: int) -> None:
    """Look after newcomers, or some of so many."""
    db.executemany(
        """
        insert into resource_link values (?, ?, ?, null, '[]', '', null)
        on conflict (address_key) do update set address = excluded.address
        """,
        [(key, address, _seconds(first_check(key, now, beside))) for key, address in addresses],
    )


def let_go(db: sqlite3.Connection, address_keys: Iterable[str]) -> None:
    """Look after some addresses no more."""
    db.executemany("delete from resource_link where address_key = ?", [(key,) for key in address_keys])


def overdue(db: sqlite3.Connection, now: datetime) -> list[str]:
    """What should have been looked at long ago, the longest ago first.

    After it comes what waits for a date that only a wrong clock can have set.
    """
    rows = db.execute(
        """
        select address_key from resource_link where next_check_at < ? or next_check_at > ?
        order by next_check_at, address_key
        """,
        (_seconds(now - LONG_AGO), _seconds(now + FAR_AHEAD)),
    )
    return [key for (key,) in rows]


def plan(db: sqlite3.Connection, looks: Iterable[tuple[str, datetime]]) -> None:
    """Look at addresses, given by their keys, at these instants next."""
    db.executemany(
        "update resource_link set next_check_at = ? where address_key = ?",
        [(_seconds(at), key) for key, at in looks],
    )


def next_due(db: sqlite3.Connection, now: datetime, may: Callable[[Link], bool]) -> Link | None:
    """What should have been looked at for the longest, of those that may be now."""
    rows = db.execute(
        "select * from resource_link where next_check_at <= ? order by next_check_at, address_key limit ?",
        (_seconds(now), LOOKED_THROUGH_AT_MOST),
    )
    return next(filter(may, _links(rows)), None)


def a_sound_one(db: sqlite3.Connection, may: Callable[[Link], bool]) -> Link | None:
    """One of those that worked not long ago, and another one each time."""
    rows = db.execute(
        """
        select * from resource_link where checked_at is not null and failed_on = '[]'
        order by checked_at desc, address_key limit ?
        """,
        (LOOKED_THROUGH_AT_MOST,),
    )
    newest = list(islice(filter(may, _links(rows)), TAKE_TURNS))
    return newest[-1] if newest else None


def save(db: sqlite3.Connection, links: Iterable[Link]) -> None:
    """Store how links are doing; those that have left the shelves meanwhile are left out."""
    db.executemany(
        """
        update resource_link
        set next_check_at = ?, checked_at = ?, failed_on = ?, problem = ?, dead_since = ?
        where address_key = ?
        """,
        [
            (
                _seconds(link.next_check_at),
                _seconds(link.checked_at) if link.checked_at else None,
                json.dumps([day.isoformat() for day in link.failed_on]),
                link.problem,
                _seconds(link.dead_since) if link.dead_since else None,
                link.address_key,
            )
            for link in links
        ],
    )


def due_now(db: sqlite3.Connection, address_key: str, now: datetime) -> None:
    """Look at an address as soon as its turn comes: somebody says that it is dead.

    If it was looked at a moment ago, it is looked at again an hour after that.
    """
    db.execute(
        """
        update resource_link
        set next_check_at = min(next_check_at, max(?, coalesce(checked_at, 0) + ?)) where address_key = ?
        """,
        (_seconds(now), int(REST_AFTER_A_LOOK.total_seconds()), address_key),
    )


def health_of(db: sqlite3.Connection, address_keys: Collection[str]) -> Mapping[str, LinkHealth]:
    """How the links of some addresses are doing; those that are not looked after are left out."""
    rows = db.execute(
        "select * from resource_link where address_key in (select value from json_each(?))",
        (json.dumps(list(address_keys)),),
    )
    return {row["address_key"]: _health(row) for row in rows}


def dead_links(db: sqlite3.Connection) -> Mapping[str, LinkHealth]:
    """The links that are dead, by their addresses' keys."""
    rows = db.execute("select * from resource_link where dead_since is not null")
    return {row["address_key"]: _health(row) for row in rows}


def count(db: sqlite3.Connection) -> Counts:
    """How many addresses are looked after, and how they are doing."""
    row = db.execute(
        """
        select count(*) as addresses, coalesce(sum(checked_at is null), 0) as unseen,
               coalesce(sum(failed_on <> '[]' and dead_since is null), 0) as failing,
               count(dead_since) as dead, min(next_check_at) as next_at
        from resource_link
        """
    ).fetchone()
    return Counts(row["addresses"], row["unseen"], row["failing"], row["dead"], _instant(row["next_at"]))


def _links(rows: Iterable[sqlite3.Row]) -> Iterator[Link]:
    for row in rows:
        yield Link(
            address_key=row["address_key"],
            address=row["address"],
            next_check_at=datetime.fromtimestamp(row["next_check_at"], UTC),
            checked_at=_instant(row["checked_at"]),
            failed_on=tuple(map(date.fromisoformat, json.loads(row["failed_on"]))),
            problem=row["problem"],
            dead_since=_instant(row["dead_since"]),
        )


def _health(row: sqlite3.Row) -> LinkHealth:
    return LinkHealth(_instant(row["checked_at"]), _instant(row["dead_since"]), row["problem"])


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
