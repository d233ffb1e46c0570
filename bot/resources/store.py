"""The only SQL of resources themselves: the catalogue, what servers have of their own, what they hide."""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.resources.columns import COLUMNS, entry_of, values_of
from bot.resources.entry import Entry
from bot.resources.resource import Resource

CATALOGUE = "catalogue"
"""The fact that tells which edition of the catalogue is stored."""

_FIELDS = f"slug, {COLUMNS}, source, author, also, asks, recalled, dead, replaced_by"
_SEEN = """
    gone_at is null and (
        guild_id = :guild
        or guild_id is null
           and id not in (select resource_id from resource_hidden where guild_id = :guild)
           and address_key not in (
               select address_key from resource where guild_id = :guild and gone_at is null
           )
    )
"""
"""What a server sees; where it has an address of its own, the catalogue's stands back."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a server's shelf looks like, as far as it tells one state of it from another.

    `guild_id` is None where it is the catalogue as it is.
    """

    guild_id: int | None
    catalogue: str
    changes: int = 0


def edition_of(db: sqlite3.Connection, guild_id: int) -> Edition:
    """Which edition of its shelf a server has now."""
    row = db.execute("select value from fact where name = ?", (CATALOGUE,)).fetchone()
    catalogue = row["value"] if row else ""
    (own,) = db.execute(
        """
        select exists (select 1 from resource where guild_id = :guild and gone_at is null)
               or exists (select 1 from resource_hidden where guild_id = :guild)
        """,
        {"guild": guild_id},
    ).fetchone()
    if not own:
        return Edition(None, catalogue)
    changed = db.execute("select changes from resource_shelf where guild_id = ?", (guild_id,)).fetchone()
    return Edition(guild_id, catalogue, changed["changes"] if changed else 0)


def on_shelf(db: sqlite3.Connection, guild_id: int) -> list[Resource]:
    """All that a server sees, by id."""
    rows = db.execute(f"select * from resource where {_SEEN} order by id", {"guild": guild_id})
    return [_resource(row) for row in rows]


def on_shelf_by_address(db: sqlite3.Connection, guild_id: int) -> dict[str, Resource]:
    """All that a server sees, by the keys of the addresses."""
    rows = db.execute(f"select * from resource where {_SEEN}", {"guild": guild_id})
    return {row["address_key"]: _resource(row) for row in rows}


def find_on_shelf(db: sqlite3.Connection, guild_id: int, resource_id: int) -> Resource | None:
    """A resource that a server sees."""
    row = db.execute(
        f"select * from resource where id = :id and {_SEEN}", {"guild": guild_id, "id": resource_id}
    ).fetchone()
    return _resource(row) if row else None


def find_by_address(db: sqlite3.Connection, guild_id: int, key: str) -> Resource | None:
    """The resource at an address that a server sees."""
    row = db.execute(
        f"select * from resource where address_key = :key and {_SEEN} order by id limit 1",
        {"guild": guild_id, "key": key},
    ).fetchone()
    return _resource(row) if row else None


def find_by_slug(db: sqlite3.Connection, guild_id: int, slug: str) -> Resource | None:
    """The resource of the catalogue with a name that a server sees, or its own at the same address."""
    row = db.execute("select * from resource where guild_id is null and slug = ?", (slug,)).fetchone()
    return find_by_address(db, guild_id, row["address_key"]) if row else None


def find_all(db: sqlite3.Connection, guild_id: int, resource_ids: Collection[int]) -> dict[int, Resource]:
    """Those of some resources that are the catalogue's or the server's own, be they gone or not, by id."""
    rows = db.execute(
        """
        select * from resource not indexed
        where (guild_id is null or guild_id = ?) and id in (select value from json_each(?))
        """,
        (guild_id, json.dumps(list(resource_ids))),
    )
    return {row["id"]: _resource(row) for row in rows}


def seen_of(db: sqlite3.Connection, guild_id: int, resource_ids: Collection[int]) -> set[int]:
    """Which of some resources a server sees."""
    rows = db.execute(
        f"""
        select id from resource not indexed
        where id in (select value from json_each(:ids)) and {_SEEN}
        """,
        {"guild": guild_id, "ids": json.dumps(list(resource_ids))},
    )
    return {resource_id for (resource_id,) in rows}


def stand_ins(db: sqlite3.Connection, guild_id: int) -> dict[str, int]:
    """The ids of what a server has of its own in place of the catalogue's, by the names of the latter."""
    rows = db.execute(
        """
        select listed.slug, own.id from resource as own join resource as listed using (address_key)
        where own.guild_id = ? and own.gone_at is null and listed.guild_id is null
        """,
        (guild_id,),
    )
    return {row["slug"]: row["id"] for row in rows}


def seen_at(db: sqlite3.Connection, guild_id: int, address_keys: Collection[str]) -> dict[int, str]:
    """The ids of what a server sees at some addresses, each with the key of its address."""
    rows = db.execute(
        f"""
        select id, address_key from resource
        where address_key in (select value from json_each(:keys)) and {_SEEN}
        """,
        {"guild": guild_id, "keys": json.dumps(list(address_keys))},
    )
    return {row["id"]: row["address_key"] for row in rows}


def address_keys(db: sqlite3.Connection, resource_ids: Collection[int]) -> dict[int, str]:
    """The keys of the addresses of some resources, by id."""
    rows = db.execute(
        "select id, address_key from resource where id in (select value from json_each(?))",
        (json.dumps(list(resource_ids)),),
    )
    return {row["id"]: row["address_key"] for row in rows}


# What a server has of its own, and hides.


def own(db: sqlite3.Connection, guild_id: int) -> list[Resource]:
    """What a server's curators took in, by title."""
    rows = db.execute(
        "select * from resource where guild_id = ? and gone_at is null order by title collate nocase, id",
        (guild_id,),
    )
    return [_resource(row) for row in rows]


def count_own(db: sqlite3.Connection, guild_id: int) -> int:
    """How many resources of its own a server has."""
    (number,) = db.execute(
        "select count(*) from resource where guild_id = ? and gone_at is null", (guild_id,)
    ).fetchone()
    return int(number)


def own_at(db: sqlite3.Connection, guild_id: int, key: str) -> Resource | None:
    """A server's own resource at an address; where it is gone, what was there last."""
    row = db.execute(
        """
        select * from resource where guild_id = ? and address_key = ?
        order by gone_at is null desc, gone_at desc, id desc limit 1
        """,
        (guild_id, key),
    ).fetchone()
    return _resource(row) if row else None


def own_by_address(db: sqlite3.Connection, guild_id: int) -> dict[str, Resource]:
    """A server's own resources by the keys of their addresses; at one that is gone, what was there last."""
    rows = db.execute(
        """
        select * from resource where guild_id = ?
        order by gone_at is null, gone_at, id
        """,
        (guild_id,),
    )
    return {row["address_key"]: _resource(row) for row in rows}


def add_own(db: sqlite3.Connection, guild_id: int, entry: Entry, now: datetime) -> Resource:
    """Store a new resource of a server's own."""
    return Resource(_insert(db, guild_id, entry, now), entry, guild_id)


def save_own(db: sqlite3.Connection, guild_id: int, resource_id: int, entry: Entry, now: datetime) -> None:
    """Store what is said of a server's own resource now; if it was gone, it is there again."""
    _update(db, resource_id, entry, now, guild_id)


def take_off(db: sqlite3.Connection, guild_id: int, resource_id: int, now: datetime) -> None:
    """Have a server's own resource be gone."""
    db.execute(
        "update resource set gone_at = ? where id = ? and guild_id = ? and gone_at is null",
        (_seconds(now), resource_id, guild_id),
    )


def hide(db: sqlite3.Connection, guild_id: int, resource_id: int) -> None:
    """Have a server not see a resource of the catalogue."""
    db.execute("insert or ignore into resource_hidden values (?, ?)", (guild_id, resource_id))


def unhide(db: sqlite3.Connection, guild_id: int, resource_id: int) -> None:
    """Have a server see a resource of the catalogue again."""
    db.execute("delete from resource_hidden where guild_id = ? and resource_id = ?", (guild_id, resource_id))


def taken_off(db: sqlite3.Connection, guild_id: int) -> list[Resource]:
    """What a server took off its shelf and can have back, by title."""
    rows = db.execute(
        """
        select * from resource where guild_id = :guild and gone_at is not null
            or guild_id is null and gone_at is null
               and id in (select resource_id from resource_hidden where guild_id = :guild)
        order by title collate nocase, id
        """,
        {"guild": guild_id},
    )
    return [_resource(row) for row in rows]


def shelf_changed(db: sqlite3.Connection, guild_id: int) -> None:
    """Note that a server's shelf is another one now."""
    db.execute(
        """
        insert into resource_shelf values (?, 1)
        on conflict (guild_id) do update set changes = changes + 1
        """,
        (guild_id,),
    )


# The catalogue that comes with the program.


@dataclass(frozen=True, slots=True)
class Listed:
    """A resource of the catalogue as it is stored, and whether it is gone from it."""

    resource: Resource
    address_key: str
    is_gone: bool


def catalogue(db: sqlite3.Connection) -> dict[str, Listed]:
    """All that ever was in the catalogue, by the name that each has for ever."""
    rows = db.execute("select * from resource where guild_id is null")
    return {
        row["slug"]: Listed(_resource(row), row["address_key"], row["gone_at"] is not None) for row in rows
    }


def add_listed(db: sqlite3.Connection, entry: Entry, now: datetime) -> int:
    """Store a new resource of the catalogue; answers its id."""
    return _insert(db, None, entry, now)


def save_listed(db: sqlite3.Connection, resource_id: int, entry: Entry, now: datetime) -> None:
    """Store what the catalogue says of a resource now; if it was gone, it is there again."""
    _update(db, resource_id, entry, now, None)


def drop_listed(db: sqlite3.Connection, resource_id: int, now: datetime) -> None:
    """Have a resource of the catalogue be gone."""
    db.execute(
        "update resource set gone_at = ? where id = ? and guild_id is null", (_seconds(now), resource_id)
    )


def _insert(db: sqlite3.Connection, guild_id: int | None, entry: Entry, now: datetime) -> int:
    values = _values(entry)
    added = db.execute(
        f"""
        insert into resource (guild_id, {_FIELDS}, added_at, changed_at)
        values ({", ".join("?" * (len(values) + 3))})
        """,
        (guild_id, *values, _seconds(now), _seconds(now)),
    )
    assert added.lastrowid is not None
    return added.lastrowid


def _update(
    db: sqlite3.Connection, resource_id: int, entry: Entry, now: datetime, guild_id: int | None
) -> None:
    values = _values(entry)
    db.execute(
        f"""
        update resource set ({_FIELDS}, changed_at, gone_at) = ({", ".join("?" * (len(values) + 1))}, null)
        where id = ? and guild_id is ?
        """,
        (*values, _seconds(now), resource_id, guild_id),
    )


def _values(entry: Entry) -> tuple[object, ...]:
    return (
        entry.slug,
        *values_of(entry),
        entry.source,
        entry.author,
        json.dumps(list(entry.also), ensure_ascii=False),
        json.dumps(list(entry.asks), ensure_ascii=False),
        int(entry.recalled),
        entry.dead,
        entry.replaced_by,
    )


def _resource(row: sqlite3.Row) -> Resource:
    entry = entry_of(
        row,
        source=row["source"],
        author=row["author"],
        also=tuple(json.loads(row["also"])),
        asks=tuple(json.loads(row["asks"])),
        recalled=bool(row["recalled"]),
        dead=row["dead"],
        replaced_by=row["replaced_by"],
        slug=row["slug"],
    )
    return Resource(row["id"], entry, row["guild_id"])


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
