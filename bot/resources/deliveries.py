"""What the bot says by itself to a server's curators: each suggestion, and once a week what was missed."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.looks import forget_earlier_looks
from bot.delivery.messenger import Place, Post
from bot.delivery.outbox import Delivery
from bot.resources import misses_store, settings_store, suggestions_store
from bot.resources.curators_week import content_of, told_until
from bot.resources.planning import WEEK
from bot.resources.suggestion import Suggestion
from bot.servers.service import EVERYONE
from bot.texts import mark

SUGGESTION = "resource_suggestion"
"""The kind of delivery that shows the curators a suggestion, and what they decided."""

FORGOTTEN = mark("whoever suggested it is forgotten")
DECIDED = mark("it was decided before it could be shown")
NO_CHANNEL = mark("the curators have no channel any more")
NOTHING_TO_TELL = mark("there is nothing to tell")

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

TOLD_WITHIN = timedelta(days=2)
"""A report that could not be posted for so long would only tell what the next one tells better."""


@dataclass(frozen=True, slots=True)
class SuggestionContent:
    """A suggestion as it is now; who made it may be forgotten by then."""

    suggestion: Suggestion


class Suggestions(OneMessage):
    """A suggestion, in the curators' channel.

    Its row belongs to nobody, so that the message can be deleted when whoever made it is forgotten.
    """

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{SUGGESTION}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        suggestion = suggestions_store.find(db, row.guild_id, row.serial)
        if suggestion is None:
            return Composed(Withdrawn(FORGOTTEN))
        if row.channel_id is None and not suggestion.is_waiting:
            return Composed(None, {row.id: DECIDED})
        channel_id = _channel_for(db, row)
        if channel_id is None:
            return Composed(Withdrawn(NO_CHANNEL))
        return Composed(Post(Place(row.guild_id, channel_id), SuggestionContent(suggestion)))


class Weeks(OneMessage):
    """The week's report, in the curators' channel."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + TOLD_WITHIN

    def message_key(self, due: Due, part: int) -> str:
        return f"{WEEK}:{due.guild_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        forget_earlier_looks(db, row)
        misses_store.forget_old(db, row.guild_id, row.local_day)
        channel_id = _channel_for(db, row)
        if channel_id is None:
            return Composed(Withdrawn(NO_CHANNEL))
        content = content_of(db, row.guild_id, row.local_day, told_until(db, row.guild_id))
        if content is None:
            return Composed(None, {row.id: NOTHING_TO_TELL})
        return Composed(Post(Place(row.guild_id, channel_id), content))


KINDS: dict[str, Kind] = {SUGGESTION: Suggestions(), WEEK: Weeks()}


def _channel_for(db: sqlite3.Connection, row: Delivery) -> int | None:
    """Where a message is, may be, or is to be; None where nothing is to be posted any more."""
    chosen = settings_store.channel_of(db, row.guild_id)
    return chosen if row.message_id is None and chosen is None else row.channel_id or chosen


def show(db: sqlite3.Connection, suggestion: Suggestion, now: datetime) -> None:
    """Have a suggestion shown to the curators, if they have a channel; a second time it changes nothing."""
    if settings_store.channel_of(db, suggestion.guild_id) is None:
        return
    kind, day = KINDS[SUGGESTION], _day(suggestion)
    due = Due(SUGGESTION, suggestion.guild_id, EVERYONE, "UTC", day, now, suggestion.id)
    if not outbox.put(db, due, kind.message_key(due, 0), kind.too_late_at(due), now):
        # What another channel refused is tried in this one.
        _refresh(db, suggestion, now, anew=True)


def refresh(db: sqlite3.Connection, suggestion: Suggestion, now: datetime) -> None:
    """Have the message of a suggestion show how things stand, or be deleted with it."""
    _refresh(db, suggestion, now, anew=False)


def _refresh(db: sqlite3.Connection, suggestion: Suggestion, now: datetime, *, anew: bool) -> None:
    outbox.refresh(
        db,
        SUGGESTION,
        suggestion.guild_id,
        EVERYONE,
        _day(suggestion),
        now,
        serial=suggestion.id,
        anew_until=NEVER if anew else None,
    )


def _day(suggestion: Suggestion) -> date:
    return suggestion.suggested_at.astimezone(UTC).date()
