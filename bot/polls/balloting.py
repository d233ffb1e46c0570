"""Ballots of the final within one transaction."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.polls import store, votes_store
from bot.polls.counting import finalists_now
from bot.polls.deliveries import refresh_poll
from bot.polls.errors import (
    EmptyBallot,
    FinalClosed,
    FinalNotOpen,
    NothingToTakeBack,
    NotInFinal,
    OtherBallot,
)
from bot.polls.phases import end_final_if_all_voted
from bot.polls.rules import Method, Phase, Poll
from bot.polls.voters import find_poll, poll_of_voter, voter_of
from bot.polls.votes import Ballot, BallotView, check_marks, check_places
from bot.ranking.criteria import Criterion


@dataclass(frozen=True, slots=True)
class Final:
    """A poll whose final is open, and the positions of its finalists, best by the cards first."""

    poll: Poll
    finalists: tuple[int, ...]


def find_final(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int, now: datetime) -> Final:
    """The final that a member may vote in; raises PollGone, NotYourPoll, FinalNotOpen and FinalClosed."""
    poll = poll_of_voter(db, guild_id, user_id, poll_id)
    if poll.phase in (Phase.COLLECT, Phase.CARDS):
        raise FinalNotOpen
    if poll.phase is not Phase.FINAL or now >= poll.final_until:
        raise FinalClosed
    return Final(poll, finalists_now(db, poll))


def view(db: sqlite3.Connection, final: Final, user_id: int) -> BallotView:
    """A member's ballot as it stands."""
    poll = final.poll
    entries = store.entries_of(db, poll.guild_id, poll.id)
    voter = votes_store.find_voter(db, poll.id, user_id)
    ballot = votes_store.ballot_of(db, voter.id) if voter is not None else Ballot()
    return BallotView(
        poll,
        [entries[position] for position in final.finalists],
        ballot.scores,
        ballot.ranks,
        ballot.is_whole(poll.method, final.finalists),
    )


def score(
    db: sqlite3.Connection,
    final: Final,
    user_id: int,
    position: int,
    marks: Mapping[Criterion, int],
    now: datetime,
) -> BallotView:
    """Give a finalist its marks; raises OtherBallot, NotInFinal or UnknownMark."""
    if final.poll.method is not Method.SCORES:
        raise OtherBallot
    if position not in final.finalists:
        raise NotInFinal
    checked = check_marks(marks)
    before = _ballot_of(db, final.poll, user_id)
    scores = {at: others for at, others in before.scores.items() if at != position}
    return _cast(db, final, user_id, Ballot(scores | {position: checked} if checked else scores), now)


def rank(
    db: sqlite3.Connection, final: Final, user_id: int, places: Mapping[int, int], now: datetime
) -> BallotView:
    """Put finalists in places; raises OtherBallot, NotInFinal, UnknownPlace or EmptyBallot."""
    if final.poll.method is not Method.RANKING:
        raise OtherBallot
    if not set(places) <= set(final.finalists):
        raise NotInFinal
    if not places:
        raise EmptyBallot
    ballot = Ballot(ranks=check_places(places, len(final.finalists)))
    return _cast(db, final, user_id, ballot, now)


def take_back(db: sqlite3.Connection, final: Final, user_id: int, now: datetime) -> BallotView:
    """Delete a voter's ballot; raises NothingToTakeBack."""
    voter = votes_store.find_voter(db, final.poll.id, user_id)
    if voter is None or not votes_store.remove_ballot(db, voter.id):
        raise NothingToTakeBack
    refresh_poll(db, final.poll, now)
    return view(db, final, user_id)


def _ballot_of(db: sqlite3.Connection, poll: Poll, user_id: int) -> Ballot:
    voter = votes_store.find_voter(db, poll.id, user_id)
    return Ballot() if voter is None else votes_store.ballot_of(db, voter.id)


def _cast(db: sqlite3.Connection, final: Final, user_id: int, ballot: Ballot, now: datetime) -> BallotView:
    poll = final.poll
    voter = voter_of(db, poll, user_id, now)
    was_whole = votes_store.ballot_of(db, voter.id).is_whole(poll.method, final.finalists)
    if ballot.is_empty:
        votes_store.remove_ballot(db, voter.id)
    else:
        votes_store.save_ballot(db, voter, ballot, now)
    if ballot.is_whole(poll.method, final.finalists) is not was_whole:
        refresh_poll(db, poll, now)
        end_final_if_all_voted(db, poll, now)
    return view(db, replace(final, poll=find_poll(db, poll.guild_id, poll.id)), user_id)
