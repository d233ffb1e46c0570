"""Members as voters within one transaction: whether they may vote, and their receipts."""

import sqlite3
from datetime import datetime

from bot.polls import store, votes_store
from bot.polls.errors import NotYourPoll, PollGone
from bot.polls.rules import Poll, Scope, may_vote
from bot.polls.votes import new_receipt
from bot.polls.votes_store import Voter


def find_poll(db: sqlite3.Connection, guild_id: int, poll_id: int) -> Poll:
    """A poll of a server; raises PollGone."""
    poll = store.find(db, guild_id, poll_id)
    if poll is None:
        raise PollGone
    return poll


def poll_of_voter(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int) -> Poll:
    """A poll in which a member may vote; raises PollGone and NotYourPoll."""
    poll = find_poll(db, guild_id, poll_id)
    invited = store.invited(db, guild_id, poll_id) if poll.scope is Scope.INVITED else ()
    if not may_vote(poll, user_id, invited):
        raise NotYourPoll
    return poll


def voter_of(db: sqlite3.Connection, poll: Poll, user_id: int, now: datetime) -> Voter:
    """A member as a voter of a poll, with a receipt of their own from now on if they have none yet."""
    voter = votes_store.find_voter(db, poll.id, user_id)
    while voter is None:
        voter = votes_store.add_voter(db, poll.guild_id, poll.id, user_id, new_receipt(), now)
    return voter
