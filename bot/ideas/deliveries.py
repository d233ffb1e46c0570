"""What the bot says by itself about ideas: that somebody finds that two of them are one."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.messenger import Place, Post
from bot.delivery.outbox import Delivery
from bot.ideas import store
from bot.ideas.rules import Idea, Merge
from bot.servers.service import EVERYONE
from bot.texts import mark

IDEA_MERGE = "idea_merge"
ASKED_WITHIN = timedelta(days=1)

FORGOTTEN = mark("whoever proposed it is forgotten")
OVER = mark("the question is over")


class Outcome(StrEnum):
    """What came of a proposal to merge two ideas; it is over where one of them is not there any more."""

    ASKED = "asked"
    MERGED = "merged"
    TWO = "two"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class MergeContent:
    """Asks those whose idea it is whether another is the same, or says what came of it.

    `gone` would become one with `kept`; one of them may be deleted by now.
    """

    merge: Merge
    outcome: Outcome
    gone: Idea | None
    kept: Idea | None


class Merges(OneMessage):
    """A proposal, in the channel where it was made.

    Its row belongs to nobody, so that the message can be deleted when whoever proposed it is forgotten.
    """

    def too_late_at(self, due: Due) -> datetime:
        return due.at + ASKED_WITHIN

    def message_key(self, due: Due, part: int) -> str:
        return f"{IDEA_MERGE}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        merge = store.find_merge(db, row.guild_id, row.serial)
        if merge is None:
            return Composed(Withdrawn(FORGOTTEN))
        content = content_of(db, merge)
        if row.message_id is None and content.outcome is not Outcome.ASKED:
            return Composed(None, {row.id: OVER})
        return Composed(Post(Place(row.guild_id, merge.channel_id), content))

    def refused(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> None:
        """Nobody saw the question, so it may be asked again in another channel."""
        for row in rows:
            store.remove_merge(db, row.guild_id, row.serial)


KINDS: dict[str, Kind] = {IDEA_MERGE: Merges()}


def content_of(db: sqlite3.Connection, merge: Merge) -> MergeContent:
    """A proposal as things stand."""
    gone = store.find(db, merge.guild_id, merge.from_idea)
    kept = store.find(db, merge.guild_id, merge.into_idea)
    if merge.accepted is not None:
        outcome = Outcome.MERGED if merge.accepted else Outcome.TWO
    elif gone is None or kept is None or not (gone.is_open and kept.is_open):
        outcome = Outcome.OVER
    else:
        outcome = Outcome.ASKED
    return MergeContent(merge, outcome, gone, kept)


def ask(db: sqlite3.Connection, merge: Merge, now: datetime) -> None:
    """Have a proposal posted."""
    due = Due(IDEA_MERGE, merge.guild_id, EVERYONE, "UTC", _day(merge), now, merge.id)
    kind = KINDS[IDEA_MERGE]
    outbox.put(db, due, kind.message_key(due, 0), kind.too_late_at(due), now)


def refresh(db: sqlite3.Connection, merge: Merge, now: datetime) -> None:
    """Have the message of a proposal show how things stand."""
    outbox.refresh(db, IDEA_MERGE, merge.guild_id, EVERYONE, _day(merge), now, serial=merge.id)


def _day(merge: Merge) -> date:
    return merge.proposed_at.astimezone(UTC).date()
