"""What votes say: how sure the shortlist is, and how the final ends. Pure, and the same everywhere."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from bot.polls.rules import SHORTLIST, Method
from bot.polls.votes import Ballot, Choices, only_on
from bot.ranking.certainty import Shortlist, shortlist_of
from bot.ranking.choices import Choice
from bot.ranking.criteria import Weights
from bot.ranking.final import FinalResult, by_ranking, by_scores
from bot.ranking.fit import Fit, Tally, fit

RECKONINGS_KEPT = 8
"""The same votes are often reckoned again soon: when they end the cards, and whenever that is shown."""


@dataclass(frozen=True, slots=True)
class Votes:
    """All that a shortlist depends on: how many ideas, those withdrawn, the taps, sorted, and the seed."""

    ideas: int
    gone: frozenset[int]
    choices: Choices
    seed: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the taps of a poll say; no shortlist where nobody has tapped."""

    ideas: int
    fit: Fit
    shortlist: Shortlist | None

    @property
    def is_settled(self) -> bool:
        """Whether more taps would hardly change the shortlist."""
        return self.shortlist is not None and self.shortlist.settled


@dataclass(frozen=True, slots=True)
class FinalVotes:
    """All that a final depends on besides the taps: who is in it, the ballots, and how they are counted."""

    finalists: tuple[int, ...]
    ballots: tuple[Ballot, ...]
    method: Method
    weights: Weights = field(hash=False)


@lru_cache(maxsize=RECKONINGS_KEPT)
def reckon(votes: Votes) -> Reckoned:
    """What the taps of a poll say, from the first to the last."""
    tally = Tally(votes.ideas)
    for shown, best in votes.choices:
        tally.add(Choice(shown, best))
    found = fit(tally)
    if not votes.choices:
        return Reckoned(votes.ideas, found, None)
    return Reckoned(votes.ideas, found, shortlist_of(found, seed=votes.seed, size=SHORTLIST, gone=votes.gone))


@lru_cache
def without_votes(ideas: int) -> Reckoned:
    """What is known of so many ideas before anybody has tapped."""
    return reckon(Votes(ideas, frozenset(), (), 0))


def favourites(choices: Choices, ideas: int, gone: Collection[int]) -> list[int]:
    """The ideas that somebody has tapped as the best of a card, the strongest by their taps alone first."""
    tally = Tally(ideas)
    for shown, best in choices:
        tally.add(Choice(shown, best))
    means = fit(tally).means
    tapped = {best for _, best in choices}.difference(gone)
    return sorted(tapped, key=lambda position: (-round(means[position], 9), position))[:SHORTLIST]


def finalists_of(votes: Votes, withdrawn_later: Collection[int]) -> tuple[int, ...]:
    """The ideas of the final: the shortlist, or all ideas where there were no cards, less those withdrawn."""
    shortlist = reckon(votes).shortlist
    if shortlist is None:
        candidates = tuple(position for position in range(votes.ideas) if position not in votes.gone)
    else:
        candidates = tuple(member.idea for member in shortlist.members)
    return tuple(position for position in candidates if position not in withdrawn_later)


@lru_cache(maxsize=RECKONINGS_KEPT)
def decide(votes: Votes, final: FinalVotes) -> FinalResult:
    """How the final of a poll ends; what a ballot says of ideas that are not in it counts for nothing."""
    ballots = [only_on(ballot, final.finalists) for ballot in final.ballots]
    cast = [ballot for ballot in ballots if not ballot.is_empty]
    by_cards = reckon(votes).fit
    if final.method is Method.RANKING:
        return by_ranking(by_cards, final.finalists, [ballot.ranks for ballot in cast], votes.seed)
    return by_scores(by_cards, final.finalists, [ballot.scores for ballot in cast], final.weights, votes.seed)
