"""What members suggest, and what the curators of a server make of it and of the shelf."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.inputs import says_something
from bot.localtime import Occurrence
from bot.personal_data import MemberRows
from bot.resources import deliveries, filling_in, settings_store, shelving, store, suggestions_store
from bot.resources.addresses import address_key, clean_address
from bot.resources.curators_week import CuratorsWeekContent, upcoming
from bot.resources.entry import Entry
from bot.resources.errors import (
    DeclineReasonMissing,
    SuggestedAlready,
    SuggestionDecided,
    SuggestionGone,
    TooManySuggestions,
)
from bot.resources.guesses import guessed_entry
from bot.resources.planning import next_report, replan
from bot.resources.purpose import SUGGESTIONS
from bot.resources.resource import Resource
from bot.resources.shelving import TakenIn
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.servers.service import require_server
from bot.storage.database import Database

SUGGESTIONS_EACH = 10
"""How many suggestions of a member may wait for a server's curators."""


@dataclass(frozen=True, slots=True)
class CurationSettings:
    """Where a server's curators are told things, and when they hear of the week; None without a channel."""

    channel_id: int | None
    next_report: Occurrence | None


class Curation(MemberRows):
    """Suggestions of members of servers, and their curators' work."""

    name = "suggestions"
    purpose = SUGGESTIONS
    tables = SUGGESTIONS.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def suggest(
        self, guild_id: int, user_id: int, *, address: str, title: str, good_for: str = ""
    ) -> Suggestion:
        """Suggest a resource to the curators; all that was not asked for is guessed, for them to put right.

        Raises what `clean_address` raises, ResourceTitleMissing, TextTooLong, ResourceThere, SuggestedAlready
        and TooManySuggestions.
        """
        entry = guessed_entry(
            clean_address(address), filling_in.clean_title(title), filling_in.clean_good_for(good_for)
        )
        return await self._database.write(self._suggest, guild_id, user_id, entry)

    async def queue(self, guild_id: int) -> list[Suggestion]:
        """What waits for the curators, the oldest first."""
        return await self._database.read(suggestions_store.waiting, guild_id)

    async def suggestion(self, guild_id: int, suggestion_id: int) -> Suggestion:
        """A suggestion, decided or not; raises SuggestionGone."""
        return await self._database.read(_require, guild_id, suggestion_id)

    async def change(self, guild_id: int, suggestion_id: int, **fields: Any) -> Suggestion:
        """Fill in what a suggestion will be taken in as: see `bot.resources.filling_in.changed`.

        Raises SuggestionGone, SuggestionDecided, ResourceThere or SuggestedAlready for another address, and
        what is wrong with a field.
        """
        return await self._database.write(self._change, guild_id, suggestion_id, fields)

    async def accept(self, guild_id: int, suggestion_id: int) -> Resource:
        """Take a suggestion in as it is filled in by now.

        Raises SuggestionGone, SuggestionDecided, ResourceThere, GoodForMissing, TopicMissing and
        TooManyOwnResources.
        """
        return await self._database.write(self._accept, guild_id, suggestion_id)

    async def decline(self, guild_id: int, suggestion_id: int, reason: str) -> Suggestion:
        """Decline a suggestion, for a reason that whoever made it reads.

        Raises DeclineReasonMissing, TextTooLong, SuggestionGone and SuggestionDecided.
        """
        line = filling_in.clean_line(reason, filling_in.REASON, filling_in.REASON_LENGTH)
        if not says_something(line):
            raise DeclineReasonMissing
        return await self._database.write(self._decline, guild_id, suggestion_id, line)

    async def own(self, guild_id: int) -> list[Resource]:
        """What the curators took in, by title."""
        return await self._database.read(store.own, guild_id)

    async def taken_off(self, guild_id: int) -> list[Resource]:
        """What they took off the shelf and can bring back, by title."""
        return await self._database.read(store.taken_off, guild_id)

    async def change_own(self, guild_id: int, resource_id: int, **fields: Any) -> Resource:
        """Change what is said of a resource of the server's own: see `bot.resources.filling_in.changed`.

        Raises ResourceGone, NotOwnResource, ResourceThere for another address, and what is wrong with a
        field.
        """
        return await self._database.write(
            shelving.change_own, guild_id, resource_id, fields, self._clock.now()
        )

    async def remove(self, guild_id: int, resource_id: int) -> Resource:
        """Take a resource off the shelf: one of the server's own, or one of the catalogue for this server.

        Raises ResourceGone.
        """
        return await self._database.write(shelving.take_off, guild_id, resource_id, self._clock.now())

    async def bring_back(self, guild_id: int, resource_id: int) -> Resource:
        """Put back what was taken off; what is there already stays.

        Raises ResourceGone, ResourceThere where something else is at its address by now, and
        TooManyOwnResources.
        """
        return await self._database.write(shelving.bring_back, guild_id, resource_id, self._clock.now())

    async def link_works(self, guild_id: int, resource_id: int) -> Resource:
        """Let go of what members of the server reported of a link; raises ResourceGone."""
        return await self._database.write(shelving.clear_reports, guild_id, resource_id)

    async def take_in(self, guild_id: int, entries: Sequence[Entry]) -> TakenIn:
        """Have all of these among the server's own, those with known addresses in place of what was there.

        All or nothing. Raises AddressTwice and TooManyOwnResources.
        """
        return await self._database.write(shelving.take_in, guild_id, entries, self._clock.now())

    async def settings(self, guild_id: int) -> CurationSettings:
        """Where the curators are told things, and when next."""
        return await self._database.read(_settings_of, guild_id)

    async def set_up(self, guild_id: int, channel_id: int | None) -> CurationSettings:
        """Tell the curators things in a channel, or, at None, nowhere; what waits is shown there.

        Raises NotSetUp before the server's first set-up, since the report comes by its zone.
        """
        return await self._database.write(self._set_up, guild_id, channel_id)

    async def week(self, guild_id: int) -> CuratorsWeekContent | None:
        """What the next weekly report would say by now, with or without a channel; None for nothing yet."""
        return await self._database.read(upcoming, guild_id, self._clock.now())

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete what the member suggested, with its messages; what was taken in stays on the shelf."""
        now = self._clock.now()
        suggestions = suggestions_store.of_member(db, guild_id, user_id)
        suggestions_store.forget_member(db, guild_id, user_id)
        for suggestion in suggestions:
            deliveries.refresh(db, suggestion, now)

    def _suggest(self, db: sqlite3.Connection, guild_id: int, user_id: int, entry: Entry) -> Suggestion:
        now = self._clock.now()
        _require_free(db, guild_id, entry)
        if suggestions_store.count_waiting(db, guild_id, user_id) >= SUGGESTIONS_EACH:
            raise TooManySuggestions(limit=SUGGESTIONS_EACH)
        suggestion = suggestions_store.add(db, guild_id, user_id, entry, now)
        deliveries.show(db, suggestion, now)
        return suggestion

    def _change(
        self, db: sqlite3.Connection, guild_id: int, suggestion_id: int, fields: dict[str, Any]
    ) -> Suggestion:
        suggestion = _require_waiting(db, guild_id, suggestion_id)
        entry = filling_in.changed(suggestion.entry, fields)
        if entry != suggestion.entry:
            _require_free(db, guild_id, entry, but=suggestion_id)
            suggestions_store.save(db, suggestion, entry)
            deliveries.refresh(db, suggestion, self._clock.now())
        return _require(db, guild_id, suggestion_id)

    def _accept(self, db: sqlite3.Connection, guild_id: int, suggestion_id: int) -> Resource:
        now = self._clock.now()
        suggestion = _require_waiting(db, guild_id, suggestion_id)
        filling_in.require_whole(suggestion.entry)
        resource = shelving.add(db, guild_id, suggestion.entry, now)
        suggestions_store.decide(db, suggestion, SuggestionState.ACCEPTED, now, resource_id=resource.id)
        deliveries.refresh(db, suggestion, now)
        return resource

    def _decline(self, db: sqlite3.Connection, guild_id: int, suggestion_id: int, reason: str) -> Suggestion:
        now = self._clock.now()
        suggestion = _require_waiting(db, guild_id, suggestion_id)
        suggestions_store.decide(db, suggestion, SuggestionState.DECLINED, now, reason=reason)
        deliveries.refresh(db, suggestion, now)
        return _require(db, guild_id, suggestion_id)

    def _set_up(self, db: sqlite3.Connection, guild_id: int, channel_id: int | None) -> CurationSettings:
        require_server(db, guild_id)
        now = self._clock.now()
        if channel_id != settings_store.channel_of(db, guild_id):
            settings_store.save_channel(db, guild_id, channel_id, now)
            for suggestion in suggestions_store.waiting(db, guild_id):
                deliveries.show(db, suggestion, now)
        replan(db, guild_id, now)
        return _settings_of(db, guild_id)


def _require(db: sqlite3.Connection, guild_id: int, suggestion_id: int) -> Suggestion:
    suggestion = suggestions_store.find(db, guild_id, suggestion_id)
    if suggestion is None:
        raise SuggestionGone
    return suggestion


def _require_waiting(db: sqlite3.Connection, guild_id: int, suggestion_id: int) -> Suggestion:
    suggestion = _require(db, guild_id, suggestion_id)
    if not suggestion.is_waiting:
        raise SuggestionDecided
    return suggestion


def _require_free(db: sqlite3.Connection, guild_id: int, entry: Entry, but: int | None = None) -> None:
    """Raises ResourceThere or SuggestedAlready where an address is on the shelf or waits already."""
    key = address_key(entry.address)
    shelving.require_free(db, guild_id, key)
    if suggestions_store.waits_at(db, guild_id, key, but):
        raise SuggestedAlready


def _settings_of(db: sqlite3.Connection, guild_id: int) -> CurationSettings:
    return CurationSettings(settings_store.channel_of(db, guild_id), next_report(db, guild_id))
