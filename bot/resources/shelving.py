"""Putting resources on a server's shelf and taking them off, within a transaction.

Where a server has a resource of its own at an address of the catalogue, the catalogue's stands back, and what
it was to members is said of the one that stands in its place.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.inputs import quoted
from bot.resources import filling_in, marks_store, store
from bot.resources.addresses import address_key
from bot.resources.entry import Entry
from bot.resources.errors import (
    AddressTwice,
    NotOwnResource,
    ResourceGone,
    ResourceThere,
    TooManyOwnResources,
)
from bot.resources.resource import Resource

OWN_AT_MOST = 2_000
"""How many resources of its own a server may have."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many resources of a file were new to a server, how many it changed, and how many are the same."""

    new: int
    changed: int
    same: int


def require_free(db: sqlite3.Connection, guild_id: int, key: str) -> None:
    """Raises ResourceThere where something on the shelf has an address; its id is in the error's values."""
    there = store.find_by_address(db, guild_id, key)
    if there is not None:
        raise ResourceThere(title=quoted(there.entry.title), resource_id=there.id)


def add(db: sqlite3.Connection, guild_id: int, entry: Entry, now: datetime) -> Resource:
    """Take a resource in; raises ResourceThere and TooManyOwnResources."""
    key = address_key(entry.address)
    require_free(db, guild_id, key)
    earlier = store.own_at(db, guild_id, key)
    resource = _put(db, guild_id, filling_in.as_own(entry), now, earlier, None)
    _require_room(db, guild_id)
    store.shelf_changed(db, guild_id)
    return resource


def change_own(
    db: sqlite3.Connection, guild_id: int, resource_id: int, fields: Mapping[str, Any], now: datetime
) -> Resource:
    """Change what is said of a server's own resource.

    Raises ResourceGone, NotOwnResource, ResourceThere, and what is wrong with a field.
    """
    resource = _on_shelf(db, guild_id, resource_id)
    if not resource.is_own:
        raise NotOwnResource(title=quoted(resource.entry.title))
    entry = filling_in.as_own(filling_in.changed(resource.entry, fields))
    if entry == resource.entry:
        return resource
    key, earlier = address_key(entry.address), address_key(resource.entry.address)
    if key != earlier:
        require_free(db, guild_id, key)
        marks_store.forget_reports(db, guild_id, resource_id)
    store.save_own(db, guild_id, resource_id, entry, now)
    store.shelf_changed(db, guild_id)
    return replace(resource, entry=entry)


def take_off(db: sqlite3.Connection, guild_id: int, resource_id: int, now: datetime) -> Resource:
    """Take a resource off a server's shelf; raises ResourceGone."""
    resource = _on_shelf(db, guild_id, resource_id)
    if resource.is_own:
        store.take_off(db, guild_id, resource_id, now)
        behind = store.find_by_address(db, guild_id, address_key(resource.entry.address))
        if behind is not None:
            marks_store.move(db, guild_id, resource_id, behind.id)
    else:
        store.hide(db, guild_id, resource_id)
    marks_store.forget_reports(db, guild_id, resource_id)
    store.shelf_changed(db, guild_id)
    return resource


def clear_reports(db: sqlite3.Connection, guild_id: int, resource_id: int) -> Resource:
    """Let go of what members reported of a link; raises ResourceGone."""
    resource = _on_shelf(db, guild_id, resource_id)
    marks_store.forget_reports(db, guild_id, resource_id)
    return resource


def bring_back(db: sqlite3.Connection, guild_id: int, resource_id: int, now: datetime) -> Resource:
    """Put back what was taken off; raises ResourceGone, ResourceThere and TooManyOwnResources."""
    there = store.find_on_shelf(db, guild_id, resource_id)
    if there is not None:
        return there
    for resource in store.taken_off(db, guild_id):
        if resource.id == resource_id:
            break
    else:
        raise ResourceGone
    key = address_key(resource.entry.address)
    stands = store.find_by_address(db, guild_id, key)
    if stands is not None and (stands.is_own or not resource.is_own):
        require_free(db, guild_id, key)
    if resource.is_own:
        _put(db, guild_id, resource.entry, now, resource, stands)
        _require_room(db, guild_id)
    else:
        store.unhide(db, guild_id, resource_id)
    store.shelf_changed(db, guild_id)
    return resource


def take_in(db: sqlite3.Connection, guild_id: int, entries: Sequence[Entry], now: datetime) -> TakenIn:
    """Have all of these among a server's own; raises AddressTwice and TooManyOwnResources."""
    standing = store.on_shelf_by_address(db, guild_id)
    earlier = store.own_by_address(db, guild_id)
    new = changed = same = 0
    keys: set[str] = set()
    for entry in map(filling_in.as_own, entries):
        key = address_key(entry.address)
        if key in keys:
            raise AddressTwice(given=quoted(entry.address))
        keys.add(key)
        stands = standing.get(key)
        if stands is not None and filling_in.as_own(stands.entry) == entry:
            same += 1
            continue
        _put(db, guild_id, entry, now, earlier.get(key), stands)
        changed += stands is not None
        new += stands is None
    if new or changed:
        _require_room(db, guild_id)
        store.shelf_changed(db, guild_id)
    return TakenIn(new, changed, same)


def _put(
    db: sqlite3.Connection,
    guild_id: int,
    entry: Entry,
    now: datetime,
    earlier: Resource | None,
    stands: Resource | None,
) -> Resource:
    """Store a resource, in place of what is or was of the server's own at its address.

    Members' marks on what stands there now are said of it.
    """
    if earlier is None:
        resource = store.add_own(db, guild_id, entry, now)
    else:
        store.save_own(db, guild_id, earlier.id, entry, now)
        resource = replace(earlier, entry=entry)
    if stands is not None and stands.id != resource.id:
        marks_store.move(db, guild_id, stands.id, resource.id)
    return resource


def _on_shelf(db: sqlite3.Connection, guild_id: int, resource_id: int) -> Resource:
    resource = store.find_on_shelf(db, guild_id, resource_id)
    if resource is None:
        raise ResourceGone
    return resource


def _require_room(db: sqlite3.Connection, guild_id: int) -> None:
    """Raises TooManyOwnResources once there are too many; the transaction takes them back."""
    if store.count_own(db, guild_id) > OWN_AT_MOST:
        raise TooManyOwnResources(limit=OWN_AT_MOST)
