"""What the bot says by itself about polls: the poll's one message, its shortlist, and its result."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage
from bot.delivery.due import Due
from bot.delivery.messenger import Place, Post
from bot.delivery.outbox import Delivery
from bot.polls import store
from bot.polls.counting import record_text_of
from bot.polls.rules import Phase, Poll
from bot.polls.viewing import POLL, PollView, view_of
from bot.polls.votes import FEW_VOTERS
from bot.servers.service import EVERYONE
from bot.texts import mark

SHORTLIST, RESULT = "poll_shortlist", "poll_result"

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

ANNOUNCED_WITHIN = timedelta(days=14)
"""A shortlist or result that could not be posted for so long is to be seen in the poll's message anyway."""

GONE = mark("the poll is gone")
NO_TAPS = mark("there were no cards to make a shortlist of")


@dataclass(frozen=True, slots=True)
class PollContent:
    """A poll as it stands, for all to see."""

    view: PollView


@dataclass(frozen=True, slots=True)
class ShortlistContent:
    """Which five the cards brought into the final."""

    view: PollView


@dataclass(frozen=True, slots=True)
class ResultContent:
    """How the final ended, with the record from which anybody can count again.

    `few_voters`: so few voted that others may guess from the record who voted how.
    """

    view: PollView
    record: str
    few_voters: bool


class _AboutAPoll(OneMessage):
    """A message about one poll, which the row's serial names."""

    name: str

    def message_key(self, due: Due, part: int) -> str:
        return f"{self.name}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        poll = store.find(db, row.guild_id, row.serial)
        if poll is None:
            return Composed(None, {row.id: GONE})
        content = self.content(db, poll)
        if content is None:
            return Composed(None, {row.id: NO_TAPS})
        return Composed(Post(Place(poll.guild_id, poll.channel_id), content))

    def content(self, db: sqlite3.Connection, poll: Poll) -> object | None:
        """What to say of a poll; None where there is nothing."""
        raise NotImplementedError


class Polls(_AboutAPoll):
    """The one message of a poll, in the channel where it was started, kept up to date to its end."""

    name = POLL

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def content(self, db: sqlite3.Connection, poll: Poll) -> object | None:
        return PollContent(view_of(db, poll))


class Shortlists(_AboutAPoll):
    """Which ideas are in the final."""

    name = SHORTLIST

    def too_late_at(self, due: Due) -> datetime:
        return due.at + ANNOUNCED_WITHIN

    def content(self, db: sqlite3.Connection, poll: Poll) -> object | None:
        view = view_of(db, poll, counted=True)
        return None if view.shortlist is None else ShortlistContent(view)


class Results(_AboutAPoll):
    """What the final picked."""

    name = RESULT

    def too_late_at(self, due: Due) -> datetime:
        return due.at + ANNOUNCED_WITHIN

    def content(self, db: sqlite3.Connection, poll: Poll) -> object | None:
        view = view_of(db, poll, counted=True)
        if view.final is None:
            return None
        return ResultContent(view, record_text_of(db, poll), len(view.voters) < FEW_VOTERS)


KINDS: dict[str, Kind] = {POLL: Polls(), SHORTLIST: Shortlists(), RESULT: Results()}


def show_poll(db: sqlite3.Connection, poll: Poll, now: datetime) -> None:
    """Have a new poll posted."""
    _put(db, POLL, poll, now)


def refresh_poll(db: sqlite3.Connection, poll: Poll, now: datetime) -> None:
    """Have a poll's message show how it stands now."""
    day = poll.started_at.date()
    outbox.refresh(db, POLL, poll.guild_id, EVERYONE, day, now, serial=poll.id)


def refresh_all(db: sqlite3.Connection, poll: Poll, now: datetime) -> None:
    """Have all that was posted about a poll show what is true now."""
    for kind in KINDS:
        day = poll.started_at.date()
        outbox.refresh(db, kind, poll.guild_id, EVERYONE, day, now, serial=poll.id)


def announce(db: sqlite3.Connection, poll: Poll, now: datetime) -> None:
    """Have posted what the phase that has just ended brought, and the poll's message changed."""
    if poll.phase is Phase.FINAL:
        _put(db, SHORTLIST, poll, now)
    elif poll.phase is Phase.BASELINE:
        _put(db, RESULT, poll, now)
    refresh_poll(db, poll, now)


def _put(db: sqlite3.Connection, kind: str, poll: Poll, now: datetime) -> None:
    # The day in UTC on which the poll began, by which all its rows are found again.
    due = Due(kind, poll.guild_id, EVERYONE, "UTC", poll.started_at.date(), now, poll.id)
    outbox.put(db, due, KINDS[kind].message_key(due, 0), KINDS[kind].too_late_at(due), now)
