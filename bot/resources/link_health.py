"""How the links of resources are doing, within a transaction; `bot.resources.links` finds it out."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.resources import links_store, store
from bot.resources.resource import LinkHealth


def health_of(db: sqlite3.Connection, resource_ids: Collection[int]) -> dict[int, LinkHealth]:
    """How the links of some resources are doing, by the resources' ids, as far as it is known."""
    keys = store.address_keys(db, resource_ids)
    health = links_store.health_of(db, set(keys.values()))
    return {number: health[key] for number, key in keys.items() if key in health}


def dead_on_shelf(db: sqlite3.Connection, guild_id: int) -> dict[int, LinkHealth]:
    """The links that are dead of all that a server sees, by the resources' ids."""
    dead = links_store.dead_links(db)
    at = store.seen_at(db, guild_id, dead.keys()) if dead else {}
    return {number: dead[key] for number, key in at.items()}


def doubt(db: sqlite3.Connection, resource_id: int, now: datetime) -> None:
    """Have a link looked at soon, since somebody says that it is dead."""
    for key in store.address_keys(db, [resource_id]).values():
        links_store.due_now(db, key, now)
