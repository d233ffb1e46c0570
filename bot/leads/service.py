"""What can be done with job leads.

What `__all__` names besides is for other features, within their transactions.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from bot.clock import Clock
from bot.errors import LeadGone
from bot.leads import search, settings_store, store, thread_store
from bot.leads.filters import Filters
from bot.leads.judging import (
    best_first,
    criteria_of,
    find_lead,
    find_leads,
    judged,
    settings_of,
)
from bot.leads.places import lead_hour, lead_place
from bot.leads.planning import next_look, replan
from bot.leads.posts import JudgedLead, StoredLead
from bot.leads.ranking import scores
from bot.leads.reading import PARSER_VERSION
from bot.leads.search import Found
from bot.leads.settings import LeadSettings, read_list, read_mark, read_signal, read_weight
from bot.leads.thread_store import ThreadCount
from bot.localtime import Occurrence
from bot.servers.service import require_server
from bot.storage.database import Database

__all__ = [
    "NO_CHANNEL",
    "JudgedLead",
    "Leads",
    "StoredLead",
    "criteria_of",
    "find_lead",
    "find_leads",
    "judged",
    "lead_hour",
    "lead_place",
]

AfterAChange = Callable[[sqlite3.Connection, int, datetime], object]
"""What rooms above this one do when a server's lead channel or hour has changed: server, now."""

NO_CHANNEL: Final = 0
"""Stands in place of a channel where no digest is to be posted any more."""

SHOWN_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class SetUp:
    """What holds for the leads of a server, and when it hears of them next; None without a lead channel."""

    settings: LeadSettings
    next_look: Occurrence | None


@dataclass(frozen=True, slots=True)
class Latest:
    """The best leads of the newest thread, how many it has, and how many of those reach the server's mark.

    `month` is None where nothing was read yet.
    """

    month: date | None
    leads: Sequence[JudgedLead]
    total: int
    reaching: int
    mark: int


@dataclass(frozen=True, slots=True)
class ReadingStatus:
    """What is stored: the hiring threads, the newest first, and how many posts are still to be read anew."""

    threads: Sequence[ThreadCount]
    posts: int
    to_read_anew: int


class Leads:
    """Job leads, and what servers want of them."""

    def __init__(self, database: Database, clock: Clock, *, after_a_change: Sequence[AfterAChange] = ()):
        """`after_a_change` is called within the transaction that changes a server's lead channel or hour."""
        self._database = database
        self._clock = clock
        self._after_a_change = after_a_change

    async def latest(self, guild_id: int, limit: int = SHOWN_AT_ONCE) -> Latest:
        """The leads of the newest thread that suit a server best; no set-up is needed."""
        return await self._database.read(_latest, guild_id, limit)

    async def find(self, guild_id: int, lead_id: int) -> JudgedLead:
        """A lead as it suits a server, whether its post is still there or not; raises LeadGone."""
        return await self._database.read(_find, guild_id, lead_id)

    async def search(
        self, guild_id: int, filters: Filters, offset: int = 0, limit: int = SHOWN_AT_ONCE
    ) -> Found:
        """Search all that is stored; no set-up is needed."""
        return await self._database.read(search.search, guild_id, filters, offset, limit)

    async def settings(self, guild_id: int) -> SetUp:
        """What holds for the leads of a server, which is the usual until somebody chooses."""
        return await self._database.read(_set_up_of, guild_id)

    async def set_up(
        self,
        guild_id: int,
        *,
        channel_id: int | None = None,
        hour: time | None = None,
        mark: int | str | None = None,
        places: str | None = None,
        languages: str | None = None,
        weights: Mapping[str, int | str] | None = None,
    ) -> SetUp:
        """Set what is given and keep the rest; plans the daily look of a server that has a lead channel.

        The channel is `NO_CHANNEL` for none. Weights are by the names of signals; where one is empty, the
        signal is worth the usual again. Raises NotSetUp before the server's first set-up, since the hour is
        of its zone, UnknownLeadMark, UnknownSignal, UnknownWeight, NothingInList, ListTooLong and
        ListEntryTooLong.
        """
        given = {
            "channel_id": channel_id,
            "hour": hour,
            "mark": None if mark is None else read_mark(mark),
            "places": None if places is None else read_list(places),
            "languages": None if languages is None else read_list(languages),
        }
        chosen = {name: value for name, value in given.items() if value is not None}
        weighed = {read_signal(name): read_weight(weight) for name, weight in (weights or {}).items()}
        return await self._database.write(self._set_up, guild_id, chosen, weighed)

    async def status(self) -> ReadingStatus:
        """What is stored, for whoever looks after the bot."""
        return await self._database.read(_status)

    def _set_up(
        self, db: sqlite3.Connection, guild_id: int, chosen: dict[str, Any], weighed: Mapping[Any, int | None]
    ) -> SetUp:
        require_server(db, guild_id)
        now = self._clock.now()
        earlier = settings_of(db, guild_id)
        if chosen.get("channel_id") == NO_CHANNEL:
            chosen = {**chosen, "channel_id": None}
        weights = {
            signal: weight for signal, weight in {**earlier.weights, **weighed}.items() if weight is not None
        }
        settings = replace(earlier, **chosen, weights=weights)
        settings_store.save(db, guild_id, settings, now)
        replan(db, guild_id, now)
        if (settings.channel_id, settings.hour) != (earlier.channel_id, earlier.hour):
            for follow_up in self._after_a_change:
                follow_up(db, guild_id, now)
        return _set_up_of(db, guild_id)


def _set_up_of(db: sqlite3.Connection, guild_id: int) -> SetUp:
    return SetUp(settings_of(db, guild_id), next_look(db, guild_id))


def _latest(db: sqlite3.Connection, guild_id: int, limit: int) -> Latest:
    settings = settings_of(db, guild_id)
    newest = thread_store.newest_thread(db)
    if newest is None:
        return Latest(None, (), 0, 0, settings.mark)
    points = scores(db, store.ids_of_month(db, newest.month), settings.criteria)
    best = sorted(points, key=lambda lead_id: (-points[lead_id], -lead_id))[:limit]
    leads = sorted(judged(db, guild_id, store.find(db, best)), key=best_first)
    reaching = sum(score >= settings.mark for score in points.values())
    return Latest(newest.month, leads, len(points), reaching, settings.mark)


def _find(db: sqlite3.Connection, guild_id: int, lead_id: int) -> JudgedLead:
    stored = find_lead(db, lead_id)
    if stored is None:
        raise LeadGone
    (lead,) = judged(db, guild_id, [stored])
    return lead


def _status(db: sqlite3.Connection) -> ReadingStatus:
    return ReadingStatus(
        thread_store.count_by_thread(db), store.count(db), store.count_read_before(db, PARSER_VERSION)
    )
