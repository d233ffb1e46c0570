"""Searching leads for a server, within a transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.leads import search_store, store, thread_store
from bot.leads.filters import Filters, Months
from bot.leads.judging import criteria_of, judged
from bot.leads.posts import JudgedLead
from bot.leads.ranking import ranked

COUNTED = 1_000
"""More than this are not counted: nobody turns that many pages."""

RANKED = {Months.THIS: 600, Months.EARLIER: 100, Months.ALL: 100}
"""So many of what is found, the newest, are ordered by how well they suit: of this month all."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """How much would be found without one of the filters, named as the field of `Filters` is."""

    name: str
    filters: Filters
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and how much there is in all; with `or_more`, at least that much.

    What suits best comes first, of the newest so many (`RANKED`); after them come the others, the newest
    first. Where nothing was found, `without` tells what would be if one filter were dropped, the most first.
    """

    filters: Filters
    offset: int
    results: Sequence[JudgedLead]
    total: int
    or_more: bool
    without: Sequence[Dropped] = ()


def search(db: sqlite3.Connection, guild_id: int, filters: Filters, offset: int, limit: int) -> Found:
    """Search leads and judge a page of them for a server."""
    newest = thread_store.newest_thread(db)
    month = newest.month if newest else None
    ids = search_store.search(db, filters, month, COUNTED + 1)
    or_more = len(ids) > COUNTED
    ids = ids[:COUNTED]
    if not ids:
        return Found(filters, 0, (), 0, False, _without(db, filters, month))
    # A page that is gone by now is the last one.
    offset = max(0, min(offset, (len(ids) - 1) // limit * limit))
    first = RANKED[filters.months]
    if offset < first:
        ids = ranked(db, ids[:first], criteria_of(db, guild_id)) + ids[first:]
    page = store.find(db, ids[offset : offset + limit])
    return Found(filters, offset, judged(db, guild_id, page), len(ids), or_more)


def ids_found(db: sqlite3.Connection, filters: Filters) -> list[int]:
    """The ids of all leads that meet filters, the newest first, up to `COUNTED` of them."""
    newest = thread_store.newest_thread(db)
    return search_store.search(db, filters, newest.month if newest else None, COUNTED)


def _without(db: sqlite3.Connection, filters: Filters, month: date | None) -> Sequence[Dropped]:
    fewer = {name: filters.without(name) for name in filters.asked}
    if filters.months is not Months.ALL:
        fewer["months"] = replace(filters, months=Months.ALL)
    totals = [
        Dropped(name, one, len(search_store.search(db, one, month, COUNTED))) for name, one in fewer.items()
    ]
    return sorted((one for one in totals if one.total), key=lambda one: -one.total)
