"""What polls ask of votes within their own transactions: who voted, the shortlist, the final, the record."""

import sqlite3
from operator import attrgetter

from bot.polls import store, votes_store
from bot.polls.reckoning import FinalVotes, Votes, decide, reckon
from bot.polls.record import Record, RecordedIdea, RecordedVoter, Withdrawn, record_text
from bot.polls.rules import Poll
from bot.polls.votes import Ballot, VoterSeen
from bot.polls.votes_store import Voter
from bot.ranking.certainty import Shortlist
from bot.ranking.criteria import WEIGHTS
from bot.ranking.final import FinalResult


def voters_of(db: sqlite3.Connection, guild_id: int, poll_id: int) -> list[VoterSeen]:
    """Who has voted in a poll, the first first, and never what; who only looked at a card has not."""
    poll = store.find(db, guild_id, poll_id)
    if poll is None:
        return []
    finalists = finalists_now(db, poll)
    taps, ballots = votes_store.tap_counts(db, poll_id), votes_store.ballots_of(db, poll_id)
    return [
        VoterSeen(
            voter.user_id,
            taps.get(voter.id, 0),
            voter.id in ballots and ballots[voter.id].is_whole(poll.method, finalists),
            voter.id in ballots and ballots[voter.id].is_about(finalists),
        )
        for voter in votes_store.voters_of(db, poll_id)
        if voter.id in taps or voter.id in ballots
    ]


def votes_of(db: sqlite3.Connection, guild_id: int, poll_id: int) -> Votes | None:
    """All that the shortlist of a poll depends on; None where the poll is gone."""
    poll = store.find(db, guild_id, poll_id)
    return None if poll is None else _votes(db, poll)


def shortlist_now(db: sqlite3.Connection, poll: Poll) -> Shortlist | None:
    """What the cards say by now; None where nobody has tapped one."""
    return reckon(_votes(db, poll)).shortlist


def finalists_now(db: sqlite3.Connection, poll: Poll) -> tuple[int, ...]:
    """The ideas in the final of a poll that are still there, best by the cards first; none before it."""
    ideas = store.outline_of(db, poll.guild_id, poll.id)
    return tuple(position for position in poll.shortlist if not ideas[position].withdrawn)


def count_final(db: sqlite3.Connection, poll: Poll) -> FinalResult:
    """How the final of a poll ends by what is stored now."""
    ballots = votes_store.ballots_of(db, poll.id)
    voters = sorted(votes_store.voters_of(db, poll.id), key=attrgetter("receipt"))
    cast = tuple(ballots[voter.id] for voter in voters if voter.id in ballots)
    final = FinalVotes(finalists_now(db, poll), cast, poll.method, WEIGHTS[poll.purpose])
    return decide(_votes(db, poll), final)


def record_of(db: sqlite3.Connection, poll: Poll) -> Record:
    """All votes of a poll without whose they are, as they are stored now."""
    taps, ballots = votes_store.choices_by_voter(db, poll.id), votes_store.ballots_of(db, poll.id)
    voters = [
        RecordedVoter(voter.receipt, taps.get(voter.id, ()), ballots.get(voter.id, Ballot()))
        for voter in votes_store.voters_of(db, poll.id)
        if voter.id in taps or voter.id in ballots
    ]
    return Record(
        poll.name,
        poll.purpose,
        poll.method,
        WEIGHTS[poll.purpose],
        poll.seed,
        [
            RecordedIdea(entry.text.title, _withdrawn_in(poll, entry.position) if entry.withdrawn else None)
            for entry in store.entries_of(db, poll.guild_id, poll.id)
        ],
        sorted(voters, key=attrgetter("receipt")),
    )


def recorded(db: sqlite3.Connection, voter: Voter) -> RecordedVoter:
    """A voter's votes as they have to stand in the record."""
    cards = votes_store.cards_of(db, voter.id)
    taps = tuple((card.shown, card.picked) for card in cards if card.picked is not None)
    return RecordedVoter(voter.receipt, taps, votes_store.ballot_of(db, voter.id))


def record_text_of(db: sqlite3.Connection, poll: Poll) -> str:
    """The record of a poll with its result, to be given out when the final is over."""
    return record_text(record_of(db, poll))


def _votes(db: sqlite3.Connection, poll: Poll) -> Votes:
    ideas = store.outline_of(db, poll.guild_id, poll.id)
    gone = frozenset(
        position
        for position, idea in enumerate(ideas)
        if idea.withdrawn and _withdrawn_in(poll, position) is Withdrawn.CARDS
    )
    return Votes(len(ideas), gone, votes_store.choices_of(db, poll.id), poll.seed)


def _withdrawn_in(poll: Poll, position: int) -> Withdrawn:
    """In which phase an idea was withdrawn. One that made it onto the shortlist was there until the final.

    Of the others it does not matter when: those that are on it are the same with them and without.
    """
    return Withdrawn.FINAL if position in poll.shortlist else Withdrawn.CARDS
