"""What voters do: cards, taps and ballots, and what of them is read and checked. Pure."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from bot.polls.errors import UnknownMark, UnknownPlace
from bot.polls.rules import Entry, Method, Poll
from bot.ranking.criteria import Criterion
from bot.ranking.final import RankBallot, ScoreBallot

BEST_MARK = 5

FEW_VOTERS = 4
"""With fewer than this, others may guess from the record who voted how."""

RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody takes for another of them when reading aloud or copying by hand."""

_RECEIPT_PART = 4


@dataclass(frozen=True, slots=True)
class Card:
    """Ideas of which a voter taps the best, in the order to show."""

    id: int
    ideas: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Dealt:
    """A voter's open card, or None when they have seen every card there is, and how far they are.

    `seen` of `of` ideas have been on a card of theirs. `settled`: by the votes of all, the five would hardly
    change any more. By `receipt` the voter finds their own votes in the record of the poll.
    """

    poll: Poll
    card: Card | None
    taps: int
    seen: int
    of: int
    settled: bool
    receipt: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """A voter's ballot of the final by positions: marks or places, whichever the poll asks for."""

    scores: ScoreBallot = field(default_factory=dict)
    ranks: RankBallot = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.scores and not self.ranks

    def is_whole(self, method: Method, finalists: Collection[int]) -> bool:
        """Whether it says all that it can say: every mark of every finalist, or any places."""
        if method is Method.RANKING:
            return bool(self.ranks)
        return all(len(self.scores.get(position, {})) == len(Criterion) for position in finalists)


@dataclass(frozen=True, slots=True)
class BallotView:
    """A voter's ballot as it stands, and what it is about: the finalists, best by the cards first."""

    poll: Poll
    finalists: Sequence[Entry]
    scores: ScoreBallot
    ranks: RankBallot
    is_whole: bool


@dataclass(frozen=True, slots=True)
class OwnVotes:
    """What a voter alone may see: their taps, the ideas they like best by these alone, and their ballot.

    The receipt is None for somebody who has not voted.
    """

    poll: Poll
    taps: int
    receipt: str | None
    favourites: Sequence[Entry]
    ballot: Ballot


@dataclass(frozen=True, slots=True)
class VoterSeen:
    """That somebody voted, which all may see: how many taps, and whether they cast a whole ballot.

    `user_id` is None for a voter who has been forgotten since.
    """

    user_id: int | None
    taps: int
    has_ballot: bool
