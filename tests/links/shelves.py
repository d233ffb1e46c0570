"""Shelves with addresses on them, and a checker that knows what it will see."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.resources import store
from bot.resources.links.rules import ALIVE, Looked, Verdict, site_of
from tests.shelved_resources import NOW, an_entry, listed


def put(db: sqlite3.Connection, address: str, guild_id: int | None = None, dead: str = "") -> None:
    """Put a resource at an address on a server's shelf, or into the catalogue."""
    if guild_id is None:
        store.add_listed(db, listed(address, address=address, dead=dead), NOW)
    else:
        store.add_own(db, guild_id, an_entry(address, address=address, dead=dead), NOW)


def take_off(db: sqlite3.Connection, address: str) -> None:
    """Have the resources at an address be gone."""
    db.execute("update resource set gone_at = 1 where address = ?", (address,))


@dataclass
class Foreseen:
    """Finds every link alive, but for what it is told of an address; remembers what it looked at."""

    clock: Clock
    told: dict[str, Verdict | Exception] = field(default_factory=dict)
    everywhere: Verdict | None = None
    asks_as_well: frozenset[str] = frozenset()
    looks: list[tuple[datetime, str]] = field(default_factory=list)
    meanwhile: Callable[[], object] = field(default=lambda: None)

    async def look(self, address: str) -> Looked:
        self.looks.append((self.clock.now(), address))
        self.meanwhile()
        host = urlsplit(address).hostname or ""
        verdict = self.everywhere or self.told.get(address) or ALIVE
        if isinstance(verdict, Exception):
            raise verdict
        return Looked(verdict, frozenset({site_of(host)}) | self.asks_as_well)

    def times(self, address: str) -> list[datetime]:
        """When an address was looked at."""
        return [at for at, one in self.looks if one == address]
