"""What can be done with watches."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.clock import Clock
from bot.errors import WatchGone
from bot.leads.filters import Filters
from bot.leads.judging import still_there
from bot.leads.search import ids_found
from bot.localtime import Occurrence
from bot.personal_data import MemberRows
from bot.preferences.service import choose_direct_leads, preference_of
from bot.storage.database import Database
from bot.watches import rules, store
from bot.watches.finding import Match, best_of, look_for, settle_waiting
from bot.watches.planning import next_round, replan
from bot.watches.purpose import PURPOSE
from bot.watches.rules import A_DAY, TOLD_AT_ONCE, How, Watch


@dataclass(frozen=True, slots=True)
class MemberWatches:
    """A member's watches, how they are told of what is new, and when that is looked for next.

    `refused_on` is the local day on which Discord last refused a direct message to them.
    """

    watches: Sequence[Watch]
    how: How
    refused_on: date | None
    next_round: Occurrence | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A watch that was added or changed, and how many leads of this month match it already."""

    watch: Watch
    matching: int
    all: MemberWatches


@dataclass(frozen=True, slots=True)
class OwnMatches:
    """What a member's watches match: what is new since yesterday, and what else there is this month.

    Both best first and at most TOLD_AT_ONCE of each; `more_` says how many there are besides. `watches` are
    all of the member's; those that are paused match nothing.
    """

    new: Sequence[Match]
    more_new: int
    others: Sequence[Match]
    more_others: int
    watches: Sequence[Watch]


class Watches(MemberRows):
    """The watches of the members of servers."""

    name = "watches"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def find(self, guild_id: int, user_id: int) -> MemberWatches:
        """A member's watches, the oldest first."""
        return await self._database.read(_watches_of, guild_id, user_id)

    async def chosen(self, guild_id: int, user_id: int, typed: str) -> Watch:
        """The watch that a member chose from a list by its number, or typed by its name.

        Raises NoSuchWatch.
        """
        return rules.find_chosen((await self.find(guild_id, user_id)).watches, typed)

    async def add(self, guild_id: int, user_id: int, filters: Filters, name: str | None = None) -> Kept:
        """Watch for leads from now on; without a name it is called by its filters.

        Raises NotSetUp, TooManyWatches, WatchAlready, WatchNameTaken and WatchNameTooLong.
        """
        return await self._database.write(
            self._add, guild_id, user_id, rules.of_any_month(filters), rules.clean_name(name)
        )

    async def change(
        self,
        guild_id: int,
        user_id: int,
        watch_id: int,
        *,
        filters: Filters | None = None,
        name: str | None = None,
    ) -> Kept:
        """Change what is given of a watch; an empty name has it called by its filters again.

        Raises WatchGone, WatchAlready, WatchNameTaken and WatchNameTooLong.
        """
        given: dict[str, Any] = {}
        if filters is not None:
            given["filters"] = rules.of_any_month(filters)
        if name is not None:
            given["own_name"] = rules.clean_name(name)
        return await self._database.write(self._change, guild_id, user_id, watch_id, given)

    async def pause(self, guild_id: int, user_id: int, watch_id: int, *, paused: bool) -> MemberWatches:
        """Have a watch find nothing for a while, or have it go on from now; raises WatchGone."""
        return await self._database.write(self._pause, guild_id, user_id, watch_id, paused)

    async def remove(self, guild_id: int, user_id: int, watch_id: int) -> MemberWatches:
        """Let go of a watch; raises WatchGone."""
        return await self._database.write(self._remove, guild_id, user_id, watch_id)

    async def tell(self, guild_id: int, user_id: int, how: How) -> MemberWatches:
        """Choose how a member is told what their watches found.

        Directly or not then holds for all that concerns job leads.
        """
        return await self._database.write(self._tell, guild_id, user_id, how)

    async def matches(self, guild_id: int, user_id: int) -> OwnMatches:
        """What a member's watches match. What it shows, or counts, as new counts as told."""
        return await self._database.write(self._matches, guild_id, user_id)

    def _add(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, filters: Filters, name: str | None
    ) -> Kept:
        now = self._clock.now()
        others = store.of_member(db, guild_id, user_id)
        rules.require_room(others)
        rules.require_its_own(filters, name, others)
        watch = store.add(db, guild_id, user_id, name, filters, now)
        replan(db, guild_id, now)
        return _kept(db, guild_id, watch)

    def _change(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, watch_id: int, given: dict[str, Any]
    ) -> Kept:
        watch = _require(db, guild_id, user_id, watch_id)
        changed = replace(watch, **given)
        others = [other for other in store.of_member(db, guild_id, user_id) if other.id != watch_id]
        rules.require_its_own(changed.filters, changed.own_name, others)
        if changed.filters != watch.filters:
            changed = replace(changed, since=self._clock.now())
        store.save(db, guild_id, changed)
        return _kept(db, guild_id, changed)

    def _pause(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, watch_id: int, paused: bool
    ) -> MemberWatches:
        watch = _require(db, guild_id, user_id, watch_id)
        if watch.paused and not paused:
            watch = replace(watch, since=self._clock.now())
        store.save(db, guild_id, replace(watch, paused=paused))
        return _watches_of(db, guild_id, user_id)

    def _remove(self, db: sqlite3.Connection, guild_id: int, user_id: int, watch_id: int) -> MemberWatches:
        _require(db, guild_id, user_id, watch_id)
        store.remove(db, guild_id, user_id, watch_id)
        replan(db, guild_id, self._clock.now())
        return _watches_of(db, guild_id, user_id)

    def _tell(self, db: sqlite3.Connection, guild_id: int, user_id: int, how: How) -> MemberWatches:
        if how is How.SILENT:
            store.silence(db, guild_id, user_id, self._clock.now())
        else:
            store.break_silence(db, guild_id, user_id)
            choose_direct_leads(db, guild_id, user_id, how is How.DIRECT)
        return _watches_of(db, guild_id, user_id)

    def _matches(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> OwnMatches:
        now = self._clock.now()
        everything = store.of_member(db, guild_id, user_id)
        watches = [watch for watch in everything if not watch.paused]
        look_for(db, guild_id, watches, now)
        waiting = {user_id: store.untold_of(db, guild_id, user_id)}
        untold = settle_waiting(db, guild_id, watches, waiting)[user_id]
        news = {*untold, *still_there(db, store.told_since(db, guild_id, user_id, now - A_DAY))}
        store.mark_told(db, guild_id, user_id, untold, now)
        others = {lead_id for watch in watches for lead_id in ids_found(db, watch.filters)} - news
        new = best_of(db, guild_id, watches, news, TOLD_AT_ONCE)
        besides = best_of(db, guild_id, watches, others, TOLD_AT_ONCE)
        return OwnMatches(new, len(news) - len(new), besides, len(others) - len(besides), everything)


def _require(db: sqlite3.Connection, guild_id: int, user_id: int, watch_id: int) -> Watch:
    for watch in store.of_member(db, guild_id, user_id):
        if watch.id == watch_id:
            return watch
    raise WatchGone


def _kept(db: sqlite3.Connection, guild_id: int, watch: Watch) -> Kept:
    return Kept(watch, len(ids_found(db, watch.filters)), _watches_of(db, guild_id, watch.user_id))


def _watches_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> MemberWatches:
    preference = preference_of(db, guild_id, user_id)
    if store.is_silent(db, guild_id, user_id):
        how = How.SILENT
    else:
        how = How.DIRECT if preference.direct_leads else How.PING
    return MemberWatches(
        store.of_member(db, guild_id, user_id), how, preference.direct_refused_on, next_round(db, guild_id)
    )
