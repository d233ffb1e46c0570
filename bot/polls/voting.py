"""What voters can do in a poll: cards, ballots, and looking at their own votes."""

from collections.abc import Mapping

from bot.clock import Clock
from bot.polls.votes import BallotView, Dealt, OwnVotes
from bot.ranking.certainty import Shortlist
from bot.ranking.criteria import Criterion
from bot.storage.database import Database


class Voting:
    """The votes of the members of servers; every method raises PollGone and NotYourPoll."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def deal(self, guild_id: int, user_id: int, poll_id: int) -> Dealt:
        """The voter's open card, or a new one; raises CardsNotOpen or CardsClosed."""
        raise NotImplementedError

    async def tap(self, guild_id: int, user_id: int, card_id: int, position: int) -> Dealt:
        """Store which idea of a card is best, and deal the next one.

        Of two taps on one card the first counts; the second is answered with the open card. Raises
        NotYourCard, CardGone, IdeaWithdrawn (then `deal` has another card) or CardsClosed.
        """
        raise NotImplementedError

    async def skip(self, guild_id: int, user_id: int, card_id: int) -> Dealt:
        """Leave a card without an answer, and deal the next one; raises NotYourCard, CardGone, CardsClosed."""
        raise NotImplementedError

    async def undo(self, guild_id: int, user_id: int, poll_id: int) -> Dealt:
        """Take the last tap back, and show its card again; raises NothingToTakeBack or TapsAreCounted."""
        raise NotImplementedError

    async def take_back(self, guild_id: int, user_id: int, poll_id: int) -> int:
        """Take all taps of a voter back; answers how many there were.

        Raises NothingToTakeBack or TapsAreCounted.
        """
        raise NotImplementedError

    async def own(self, guild_id: int, user_id: int, poll_id: int) -> OwnVotes:
        """What a voter has said so far."""
        raise NotImplementedError

    async def standing(self, guild_id: int, user_id: int, poll_id: int) -> Shortlist:
        """How things stand, in a poll that shows it or whose cards are over; raises StandingSecret, NoTapsYet."""
        raise NotImplementedError

    async def ballot(self, guild_id: int, user_id: int, poll_id: int) -> BallotView:
        """A voter's ballot of the final; raises FinalNotOpen or FinalClosed."""
        raise NotImplementedError

    async def score(
        self, guild_id: int, user_id: int, poll_id: int, position: int, marks: Mapping[Criterion, int]
    ) -> BallotView:
        """Give a finalist its marks, in place of those it had; without any, it has none.

        Raises FinalNotOpen, FinalClosed, OtherBallot, NotInFinal or UnknownMark.
        """
        raise NotImplementedError

    async def rank(
        self, guild_id: int, user_id: int, poll_id: int, places: Mapping[int, int]
    ) -> BallotView:
        """Put finalists in places from 1 on, several in one if they tie; those left out come last.

        Raises FinalNotOpen, FinalClosed, OtherBallot, NotInFinal, UnknownPlace or EmptyBallot.
        """
        raise NotImplementedError

    async def take_back_ballot(self, guild_id: int, user_id: int, poll_id: int) -> BallotView:
        """Take a voter's ballot back; raises FinalNotOpen, FinalClosed or NothingToTakeBack."""
        raise NotImplementedError

    async def record(self, guild_id: int, poll_id: int) -> str:
        """The record of a poll as JSON text; raises RecordNotYet while it is open."""
        raise NotImplementedError

    async def receipt_shows(self, guild_id: int, user_id: int, poll_id: int) -> bool:
        """Whether a voter's own votes stand in the record of a poll, just as they are stored."""
        raise NotImplementedError

    async def close(self) -> None:
        """Let go of what is being reckoned; before the database is closed."""
        raise NotImplementedError
