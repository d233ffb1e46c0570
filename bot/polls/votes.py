"""What voters do: cards, taps and ballots, and what of them is read and checked. Pure."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.polls.errors import UnknownMark, UnknownPlace
from bot.polls.rules import Entry, Method, Poll
from bot.ranking.criteria import BEST_MARK, Criterion
from bot.ranking.final import RankBallot, ScoreBallot

FEW_VOTERS = 4
"""With fewer than this, others may guess from the record who voted how."""

RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody takes for another of them when reading aloud or copying by hand."""

_RECEIPT_PART = 4

_CRITERIA = {criterion.value: criterion for criterion in Criterion}

Choices = tuple[tuple[tuple[int, ...], int], ...]
"""Taps: of the ideas at these positions, the one at that position is best."""


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

    def __hash__(self) -> int:
        marks = frozenset((position, frozenset(given.items())) for position, given in self.scores.items())
        return hash((marks, frozenset(self.ranks.items())))

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.scores and not self.ranks

    def is_whole(self, method: Method, finalists: Collection[int]) -> bool:
        """Whether it says all that it can say: every mark of every finalist, or any places."""
        if method is Method.RANKING:
            return bool(self.ranks)
        return all(len(self.scores.get(position, {})) == len(Criterion) for position in finalists)

    def is_about(self, finalists: Collection[int]) -> bool:
        """Whether it says anything of some finalists, so that it counts."""
        return any(self.scores.get(position) or position in self.ranks for position in finalists)


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

    `user_id` is None for a voter who has been forgotten since. A ballot that is begun counts as far as it
    goes: `counts_in_final` is whether there is anything of it to count.
    """

    user_id: int | None
    taps: int
    has_ballot: bool
    counts_in_final: bool = False


def new_receipt() -> str:
    """A code that nobody can guess and everybody can copy."""
    parts = ("".join(secrets.choice(RECEIPT_LETTERS) for _ in range(_RECEIPT_PART)) for _ in range(2))
    return "-".join(parts)


def read_receipt(typed: str) -> str:
    """A receipt as somebody types it, with or without the dash, as it was given out."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return f"{letters[:_RECEIPT_PART]}-{letters[_RECEIPT_PART:]}"


def chance(poll: Poll, voter_id: int, cards: int) -> Random:
    """What decides on a voter's next card after so many of theirs.

    It can be foreseen only by whoever knows the seed, which is kept secret until the final is over.
    """
    return Random(f"{poll.seed}:{voter_id}:{cards}")


def check_marks(marks: Mapping[Criterion, int]) -> dict[Criterion, int]:
    """Marks of a finalist in the order of the criteria; raises UnknownMark."""
    for mark in marks.values():
        if isinstance(mark, bool) or not isinstance(mark, int) or not 0 <= mark <= BEST_MARK:
            raise UnknownMark(given=mark, limit=BEST_MARK)
    return {criterion: marks[criterion] for criterion in Criterion if criterion in marks}


def check_places(places: Mapping[int, int], finalists: int) -> dict[int, int]:
    """Places of finalists by their positions in the order of these; raises UnknownPlace."""
    for place in places.values():
        if isinstance(place, bool) or not isinstance(place, int) or not 1 <= place <= finalists:
            raise UnknownPlace(given=place, limit=finalists)
    return dict(sorted(places.items()))


def ballot_as_json(ballot: Ballot) -> dict[str, object]:
    """A ballot as it is stored, and as it stands in a record."""
    if ballot.ranks:
        return {"places": {str(position): place for position, place in sorted(ballot.ranks.items())}}
    scores = {
        str(position): {criterion.value: mark for criterion, mark in check_marks(marks).items()}
        for position, marks in sorted(ballot.scores.items())
    }
    return {"scores": scores}


def read_ballot(stored: Mapping[str, Any]) -> Ballot:
    """A ballot out of what `ballot_as_json` made of it."""
    scores = {
        int(position): {_CRITERIA[name]: mark for name, mark in marks.items()}
        for position, marks in stored.get("scores", {}).items()
    }
    return Ballot(scores, {int(position): place for position, place in stored.get("places", {}).items()})


def only_on(ballot: Ballot, finalists: Collection[int]) -> Ballot:
    """What a ballot says of some ideas."""
    return Ballot(
        {position: marks for position, marks in ballot.scores.items() if position in finalists},
        {position: place for position, place in ballot.ranks.items() if position in finalists},
    )
