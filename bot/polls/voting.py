"""What voters can do in a poll: cards, ballots, and looking at their own votes."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence

from bot.clock import Clock
from bot.personal_data import Record as Row
from bot.personal_data import rows_of
from bot.polls import balloting, dealing, store, votes_store
from bot.polls.balloting import find_final
from bot.polls.counting import record_of, recorded
from bot.polls.dealing import ANY_CARD, take_seat
from bot.polls.deliveries import refresh_poll
from bot.polls.errors import NoTapsYet, RecordNotYet, StandingSecret
from bot.polls.phases import settle
from bot.polls.purpose import VOTES
from bot.polls.reckoning import favourites
from bot.polls.record import Record, RecordedVoter, record_text
from bot.polls.record_reading import read_record
from bot.polls.rules import Phase
from bot.polls.standings import Standings
from bot.polls.voters import find_poll, poll_of_voter
from bot.polls.votes import Ballot, BallotView, Dealt, OwnVotes
from bot.ranking.certainty import Shortlist
from bot.ranking.criteria import Criterion
from bot.storage.database import Database


class Voting:
    """The votes of the members of servers; every method raises PollGone and NotYourPoll."""

    name = "votes"
    purpose = VOTES
    tables = VOTES.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock
        self._standings = Standings(database, self._settled)

    async def deal(self, guild_id: int, user_id: int, poll_id: int) -> Dealt:
        """The voter's open card, or a new one; raises CardsNotOpen or CardsClosed."""
        dealt = await self._database.write(self._deal, guild_id, user_id, poll_id)
        if not self._standings.knows(poll_id):
            self._standings.changed(guild_id, poll_id)
        return dealt

    async def tap(self, guild_id: int, user_id: int, card_id: int, position: int) -> Dealt:
        """Store which idea of a card is best, and deal the next one.

        Of two taps on one card the first counts; the second is answered with the open card. Raises
        NotYourCard, CardGone, IdeaWithdrawn (then `deal` has another card) or CardsClosed.
        """
        return self._told(await self._database.write(self._tap, guild_id, user_id, card_id, position))

    async def skip(self, guild_id: int, user_id: int, card_id: int) -> Dealt:
        """Put a card away, and deal the next one; raises NotYourCard, CardGone and CardsClosed."""
        return await self._database.write(self._skip, guild_id, user_id, card_id)

    async def undo(
        self, guild_id: int, user_id: int, poll_id: int, from_card: int | None = ANY_CARD
    ) -> Dealt:
        """Take the last tap back, and show its card again; raises NothingToTakeBack or CardsClosed.

        With `from_card`, the one before the voter's eyes or None, nothing is taken back if it is not the
        open one any more: so two presses at once take back one tap.
        """
        return self._told(await self._database.write(self._undo, guild_id, user_id, poll_id, from_card))

    async def take_back(self, guild_id: int, user_id: int, poll_id: int) -> int:
        """Take all taps of a voter back; answers how many there were.

        Raises NothingToTakeBack or TapsAreCounted.
        """
        taken = await self._database.write(
            lambda db: dealing.take_back(db, guild_id, user_id, poll_id, self._clock.now())
        )
        self._standings.changed(guild_id, poll_id)
        return taken

    async def own(self, guild_id: int, user_id: int, poll_id: int) -> OwnVotes:
        """What a voter has said so far."""
        return await self._database.read(_own, guild_id, user_id, poll_id)

    async def standing(self, guild_id: int, user_id: int, poll_id: int) -> Shortlist:
        """How things stand, where a poll shows it or its cards are over.

        Raises StandingSecret and NoTapsYet.
        """
        await self._database.read(_require_standing, guild_id, user_id, poll_id)
        reckoned = await self._standings.now(guild_id, poll_id)
        if reckoned is None or reckoned.shortlist is None:
            raise NoTapsYet
        return reckoned.shortlist

    async def ballot(self, guild_id: int, user_id: int, poll_id: int) -> BallotView:
        """A voter's ballot of the final; raises FinalNotOpen or FinalClosed."""
        now = self._clock.now()
        return await self._database.read(
            lambda db: balloting.view(db, find_final(db, guild_id, user_id, poll_id, now), user_id)
        )

    async def score(
        self, guild_id: int, user_id: int, poll_id: int, position: int, marks: Mapping[Criterion, int]
    ) -> BallotView:
        """Give a finalist its marks, in place of those it had; without any, it has none.

        Raises FinalNotOpen, FinalClosed, OtherBallot, NotInFinal or UnknownMark.
        """
        now = self._clock.now()
        return await self._database.write(
            lambda db: balloting.score(
                db, find_final(db, guild_id, user_id, poll_id, now), user_id, position, marks, now
            )
        )

    async def rank(self, guild_id: int, user_id: int, poll_id: int, places: Mapping[int, int]) -> BallotView:
        """Put finalists in places from 1 on, several in one if they tie; those left out come last.

        Raises FinalNotOpen, FinalClosed, OtherBallot, NotInFinal, UnknownPlace or EmptyBallot.
        """
        now = self._clock.now()
        return await self._database.write(
            lambda db: balloting.rank(
                db, find_final(db, guild_id, user_id, poll_id, now), user_id, places, now
            )
        )

    async def take_back_ballot(self, guild_id: int, user_id: int, poll_id: int) -> BallotView:
        """Take a voter's ballot back; raises FinalNotOpen, FinalClosed or NothingToTakeBack."""
        now = self._clock.now()
        return await self._database.write(
            lambda db: balloting.take_back(db, find_final(db, guild_id, user_id, poll_id, now), user_id, now)
        )

    async def record(self, guild_id: int, poll_id: int) -> str:
        """The record of a poll as JSON text; raises RecordNotYet unless its final has been counted."""
        record = await self._database.read(_record, guild_id, poll_id)
        return await asyncio.to_thread(record_text, record)

    async def receipt_shows(self, guild_id: int, user_id: int, poll_id: int) -> bool:
        """Whether a voter's own votes stand in the record of a poll, just as they are stored."""
        stored = await self._database.read(_stored_votes, guild_id, user_id, poll_id)
        text = await self.record(guild_id, poll_id)
        record, _ = await asyncio.to_thread(read_record, text)
        return stored in record.voters

    async def close(self) -> None:
        """Let go of what is being reckoned; before the database is closed."""
        await self._standings.close()

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Row]]:
        """All votes of a member, with what they saw and when."""
        voters = rows_of(db, "poll_voter", guild_id, user_id)
        return {"poll_voter": voters, **votes_store.cards_and_ballots_of(db, guild_id, user_id)}

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete a member's votes where they are not counted; what was counted stays as nobody's."""
        for voter in votes_store.voters_of_member(db, guild_id, user_id):
            poll = store.find(db, guild_id, voter.poll_id)
            if poll is None or poll.phase in (Phase.CARDS, Phase.DROPPED):
                votes_store.remove_voter(db, voter.id)
            else:
                if poll.phase is Phase.FINAL:
                    votes_store.remove_ballot(db, voter.id)
                votes_store.forget_name(db, voter.id)
            if poll is not None:
                refresh_poll(db, poll, self._clock.now())

    def _deal(self, db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int) -> Dealt:
        seat = take_seat(db, guild_id, user_id, poll_id, self._clock.now())
        return dealing.deal(db, seat, self._standings.last)

    def _tap(self, db: sqlite3.Connection, guild_id: int, user_id: int, card_id: int, position: int) -> Dealt:
        seat = dealing.tap(db, guild_id, user_id, card_id, position, self._clock.now())
        dealt = dealing.deal(db, seat, self._standings.last)
        if dealt.taps == 1:
            refresh_poll(db, dealt.poll, seat.now)
        return dealt

    def _skip(self, db: sqlite3.Connection, guild_id: int, user_id: int, card_id: int) -> Dealt:
        seat = dealing.skip(db, guild_id, user_id, card_id, self._clock.now())
        return dealing.deal(db, seat, self._standings.last)

    def _undo(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int, from_card: int | None
    ) -> Dealt:
        seat = dealing.undo(db, guild_id, user_id, poll_id, from_card, self._clock.now())
        dealt = dealing.deal(db, seat, self._standings.last)
        if dealt.taps == 0:
            refresh_poll(db, dealt.poll, seat.now)
        return dealt

    def _told(self, dealt: Dealt) -> Dealt:
        """Have the poll reckoned anew: some vote in it has come or gone."""
        self._standings.changed(dealt.poll.guild_id, dealt.poll.id)
        return dealt

    async def _settled(self, guild_id: int, poll_id: int) -> None:
        await self._database.write(settle, guild_id, poll_id, self._clock.now())


def _own(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int) -> OwnVotes:
    poll = find_poll(db, guild_id, poll_id)
    voter = votes_store.find_voter(db, poll_id, user_id)
    if voter is None:
        poll_of_voter(db, guild_id, user_id, poll_id)
        return OwnVotes(poll, 0, None, [], Ballot())
    entries = store.entries_of(db, guild_id, poll_id)
    gone = frozenset(entry.position for entry in entries if entry.withdrawn)
    cards = votes_store.cards_of(db, voter.id)
    choices = tuple((card.shown, card.picked) for card in cards if card.picked is not None)
    return OwnVotes(
        poll,
        len(choices),
        voter.receipt,
        [entries[position] for position in favourites(choices, len(entries), gone)],
        votes_store.ballot_of(db, voter.id),
    )


def _require_standing(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int) -> None:
    poll = poll_of_voter(db, guild_id, user_id, poll_id)
    if poll.phase is Phase.COLLECT:
        raise NoTapsYet
    if poll.phase is Phase.CARDS and not poll.standing_open:
        raise StandingSecret


def _record(db: sqlite3.Connection, guild_id: int, poll_id: int) -> Record:
    poll = find_poll(db, guild_id, poll_id)
    if not poll.is_decided:
        raise RecordNotYet
    return record_of(db, poll)


def _stored_votes(db: sqlite3.Connection, guild_id: int, user_id: int, poll_id: int) -> RecordedVoter | None:
    find_poll(db, guild_id, poll_id)
    voter = votes_store.find_voter(db, poll_id, user_id)
    return None if voter is None else recorded(db, voter)
