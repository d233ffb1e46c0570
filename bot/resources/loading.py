"""Bringing the catalogue that comes with the program into the database, once for each edition."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.facts import fact_of, keep_fact
from bot.localtime import week_of
from bot.resources import catalogue, misses_store, store
from bot.resources.addresses import address_key
from bot.resources.entry import Entry

STORED_AS = "1"
"""How entries are stored; another one here has every database read the catalogue anew."""


def prepare(db: sqlite3.Connection, now: datetime) -> None:
    """What is to be done at each start: the catalogue is brought up to date, old misses are forgotten."""
    load_shipped(db, now)
    misses_store.forget_all_old(db, week_of(now.date()))


def load_shipped(db: sqlite3.Connection, now: datetime) -> bool:
    """Bring the catalogue up to date; answers whether there was anything to do.

    Where the file is the one that was read last, it is not even parsed.
    """
    file = catalogue.shipped()
    edition = f"{STORED_AS}:{catalogue.hash_of(file)}"
    if fact_of(db, store.CATALOGUE) == edition:
        return False
    load(db, catalogue.read_catalogue(file.decode()), now)
    keep_fact(db, store.CATALOGUE, edition)
    return True


def load(db: sqlite3.Connection, entries: Sequence[Entry], now: datetime) -> None:
    """Have the catalogue be these entries.

    An entry keeps its id for as long as it keeps its slug, even if it is gone for a while; nothing that is a
    server's own is touched.
    """
    stored = store.catalogue(db)
    for entry in entries:
        assert entry.slug is not None
        listed = stored.pop(entry.slug, None)
        if listed is None:
            store.add_listed(db, entry, now)
        elif (
            listed.is_gone
            or listed.resource.entry != entry
            or listed.address_key != address_key(entry.address)
        ):
            store.save_listed(db, listed.resource.id, entry, now)
    for listed in stored.values():
        if not listed.is_gone:
            store.drop_listed(db, listed.resource.id, now)
