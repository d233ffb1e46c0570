"""A poll as people see it: all that its messages and cards show, within one transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.builds.rules import Build
from bot.builds.service import builds_of
from bot.delivery import outbox
from bot.polls import store
from bot.polls.counting import count_final, shortlist_now, voters_of
from bot.polls.rules import Entry, Phase, Poll, may_steer, may_vote
from bot.polls.votes import VoterSeen
from bot.ranking.certainty import Shortlist
from bot.ranking.final import FinalResult

POLL = "poll"
"""The kind of delivery of a poll's one message."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A poll in a list, and its message, once that stands in its channel."""

    poll: Poll
    message_id: int | None


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll with what is in it, and who has voted, but never what.

    `may_vote` and `may_steer` are of the member who looks; nobody in particular may. `message_id` is that of
    the poll's message, once it stands in its channel. `shortlist` and `final` are there where votes are
    counted: the one once the cards are over, unless there were none, the other once the final is.
    """

    poll: Poll
    entries: Sequence[Entry]
    voters: Sequence[VoterSeen]
    invited: frozenset[int]
    may_vote: bool
    may_steer: bool
    shortlist: Shortlist | None
    final: FinalResult | None
    builds: Sequence[Build]
    message_id: int | None

    @property
    def standing_entries(self) -> list[Entry]:
        """The ideas that have not been withdrawn."""
        return [entry for entry in self.entries if not entry.withdrawn]

    @property
    def taps(self) -> int:
        """How many cards have been answered by all together."""
        return sum(voter.taps for voter in self.voters)

    @property
    def has_cards(self) -> bool:
        """Whether cards are part of the poll's way; where few ideas came in, all of them go to the final."""
        # No poll comes from the cards into the final without a tap.
        return self.poll.phase in (Phase.COLLECT, Phase.CARDS) or self.taps > 0


def view_of(
    db: sqlite3.Connection, poll: Poll, user_id: int | None = None, *, counted: bool = False
) -> PollView:
    """A poll as it is now, for a member or for all.

    `counted` says what came of its votes as well, which may take a fifth of a second.
    """
    is_over = poll.phase is Phase.FINAL or poll.is_decided
    invited = store.invited(db, poll.guild_id, poll.id)
    return PollView(
        poll=poll,
        entries=store.entries_of(db, poll.guild_id, poll.id),
        voters=voters_of(db, poll.guild_id, poll.id),
        invited=invited,
        may_vote=user_id is not None and may_vote(poll, user_id, invited),
        may_steer=user_id is not None and may_steer(poll, user_id, manages=False),
        shortlist=shortlist_now(db, poll) if counted and is_over else None,
        final=count_final(db, poll) if counted and poll.is_decided else None,
        builds=builds_of(db, poll.guild_id, poll.id),
        message_id=_message_id(db, poll),
    )


def listed(db: sqlite3.Connection, poll: Poll) -> Listed:
    """A poll as it stands in a list."""
    return Listed(poll, _message_id(db, poll))


def _message_id(db: sqlite3.Connection, poll: Poll) -> int | None:
    sent = outbox.find_sent(db, POLL, poll.guild_id, poll.started_at.date(), serial=poll.id)
    return sent.message_id if sent else None
