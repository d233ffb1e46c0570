"""Invented resources, and a catalogue made of a few of them in place of the one that comes with the bot."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.facts import keep_fact
from bot.resources import links_store, loading, store
from bot.resources.entry import OWN, Entry, Step
from bot.resources.links.rules import NOT_THERE, Link, after, failed
from bot.resources.resource import Resource
from bot.search.facets import Cost, Kind, Level

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def an_entry(title: str, slug: str | None = None, **given: Any) -> Entry:
    """An entry with a title; whatever is not given is usual. Without a slug it is a server's own."""
    usual: dict[str, Any] = {
        "address": f"https://{title.lower().replace(' ', '-')}.example/",
        "good_for": f"Tells a beginner all there is to know about {title.lower()}.",
        "kind": Kind.COURSE,
        "level": Level.BEGINNER,
        "topics": ("machine-learning",),
        "cost": Cost.FREE,
        "minutes": 60,
        "maths": False,
        "step": Step.LEARN,
        "source": OWN if slug is None else "ours",
    }
    return Entry(title=title, slug=slug, **(usual | given))


def listed(title: str, **given: Any) -> Entry:
    """An entry of the catalogue, whose slug is its title."""
    return an_entry(title, slug=title.lower().replace(" ", "-"), **given)


FORESTS = listed("Random Forests", topics=("machine-learning", "tabular-data"))
BIRDS = listed("Bird Calls", kind=Kind.DATASET, step=Step.BUILD, topics=("audio", "datasets"))
BOATS = listed("Boat Radar", kind=Kind.BOOK, level=Level.ADVANCED, cost=Cost.PAID, topics=("time-series",))
LOST = listed("Lost Atlas", dead="Closed in 2024.", replaced_by="boat-radar")
A_FEW = (FORESTS, BIRDS, BOATS, LOST)


def stock(db: sqlite3.Connection, entries: Sequence[Entry] = A_FEW, edition: str = "a few") -> None:
    """Have the catalogue be these entries, as after a start with another edition."""
    loading.load(db, entries, NOW)
    keep_fact(db, store.CATALOGUE, edition)


def id_of(db: sqlite3.Connection, title: str) -> int:
    """The id of the resource with a title that was stored last, be it gone or not."""
    (number,) = db.execute("select max(id) from resource where title = ?", (title,)).fetchone()
    assert isinstance(number, int)
    return number


def kill_link(db: sqlite3.Connection, resource_id: int, since: datetime) -> None:
    """Have the link of a resource fail on three days, on the last of which it is dead."""
    (key, address) = db.execute(
        "select address_key, address from resource where id = ?", (resource_id,)
    ).fetchone()
    links_store.take_in(db, [(key, address)], since, 1)
    link = Link(key, address, since)
    for days in (2, 1, 0):
        link = after(link, failed(NOT_THERE), since - timedelta(days=days))
    links_store.save(db, [link])


def titles(resources: Sequence[Resource]) -> list[str]:
    return [resource.entry.title for resource in resources]
