"""The final among the shortlist: by marks pooled with the cards, or by ranked ballots and Schulze."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, fsum
from random import Random

from bot.ranking.ballots import Opinion, opinions_by_places, opinions_by_scores, preferring
from bot.ranking.ballots import RankBallot as RankBallot
from bot.ranking.ballots import ScoreBallot as ScoreBallot
from bot.ranking.certainty import SETTLED
from bot.ranking.criteria import BEST_MARK, Weights
from bot.ranking.fit import Fit
from bot.ranking.normal import Normal
from bot.ranking.pooling import Scale, mean_opinion, pooled
from bot.ranking.schulze import duels, strongest_paths, unbeaten

MARKS = Scale(slope=0.5, weight=0.8, steady=1.0)
"""How marks from 0 to 5 go with strengths; by simulation, so that the certainty of the pick is true."""

PLACES = Scale(slope=1.0, weight=1.0, steady=1.0)
"""The same for how many finalists a ranked ballot puts behind an idea."""

_PAIRS_OF_DRAWS = 1000
_DECIMALS = 9
_LEAST_TEAM = 2
_LEAST_SHARE = 3


class DecidedBy(StrEnum):
    """What decided the first place: the count itself, or what broke its tie."""

    COUNT = "count"
    BORDA = "borda"
    CARDS = "cards"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Placed:
    """A finalist in its place.

    By marks, `points` are what its mark (0 to 5) would be by cards and ballots together. By ranked ballots
    they are how many finalists it beats on average. `low` and `high` are where these lie with eighty percent,
    `sure` how likely it is that it is the best of the finalists.
    """

    idea: int
    points: float
    low: float
    high: float
    sure: float


@dataclass(frozen=True, slots=True)
class Split:
    """Two ideas that divide the voters, the one in the first place first, and how many prefer each."""

    first: int
    second: int
    for_first: int
    for_second: int


@dataclass(frozen=True, slots=True)
class FinalResult:
    """The finalists, best first. `tied` are all that share the first place; empty where one leads alone."""

    order: tuple[Placed, ...]
    tied: tuple[int, ...]
    decided_by: DecidedBy
    split: Split | None


def by_scores(
    fit: Fit, finalists: Sequence[int], ballots: Sequence[ScoreBallot], weights: Weights, seed: int = 0
) -> FinalResult:
    """The result by marks from 0 to 5, pooled with what the cards said; without any, the cards decide."""
    opinions = opinions_by_scores(ballots, finalists, weights)
    known = pooled(fit, finalists, opinions, MARKS)
    count = (DecidedBy.COUNT, _highest(dict(zip(finalists, known.means, strict=True))))
    rules = [count] if any(opinions) else []
    return _result(known, finalists, opinions, [*rules, *_last_rules(fit, finalists, seed)], _marks)


def by_ranking(fit: Fit, finalists: Sequence[int], ballots: Sequence[RankBallot], seed: int) -> FinalResult:
    """The result by Schulze's method; of those nobody beats, the one with most of Borda's points is first.

    If that leaves a tie, the cards decide, and then a lot. Without any ballots the cards decide alone.
    """
    opinions = opinions_by_places(ballots, finalists)
    known = pooled(fit, finalists, opinions, PLACES)
    paths = strongest_paths(duels(opinions, finalists), finalists)
    borda = {idea: fsum(opinion.get(idea, 0) for opinion in opinions) for idea in finalists}
    rules = [
        (DecidedBy.COUNT, lambda ideas: unbeaten(paths, ideas)),
        (DecidedBy.BORDA, _highest(borda)),
    ]
    rules = rules if any(opinions) else []
    return _result(known, finalists, opinions, [*rules, *_last_rules(fit, finalists, seed)], _beaten)


_Rule = tuple[DecidedBy, Callable[[Collection[int]], set[int]]]
"""By what the first place is decided, and which of some ideas it leaves."""

_Points = tuple[float, float, float]
"""Points, and between which they lie with eighty percent."""


def _highest(worth: Mapping[int, float]) -> Callable[[Collection[int]], set[int]]:
    def leaders(ideas: Collection[int]) -> set[int]:
        most = max(round(worth[idea], _DECIMALS) for idea in ideas)
        return {idea for idea in ideas if round(worth[idea], _DECIMALS) == most}

    return leaders


def _last_rules(fit: Fit, finalists: Sequence[int], seed: int) -> list[_Rule]:
    lots = Random(seed).sample(sorted(finalists), len(finalists))
    return [
        (DecidedBy.CARDS, _highest({idea: fit.means[idea] for idea in finalists})),
        (DecidedBy.LOT, lambda ideas: {min(ideas, key=lots.index)}),
    ]


def _result(
    known: Normal,
    finalists: Sequence[int],
    opinions: Sequence[Opinion],
    rules: Sequence[_Rule],
    points: Callable[[Normal, int, Sequence[Opinion], int], _Points],
) -> FinalResult:
    sure = _chances_to_be_best(known)
    placed = {
        idea: Placed(idea, *points(known, place, opinions, idea), sure[place])
        for place, idea in enumerate(finalists)
    }
    leaders, _, decided_by = _first_of(finalists, rules)
    order, left = list[Placed](), set(finalists)
    while left:
        _, best, _ = _first_of(left, rules)
        order.append(placed[best])
        left.remove(best)
    tied = tuple(sorted(leaders)) if len(leaders) > 1 else ()
    split = _split(order, [told for told in opinions if told])
    return FinalResult(tuple(order), tied, decided_by, split)


def _first_of(ideas: Collection[int], rules: Sequence[_Rule]) -> tuple[set[int], int, DecidedBy]:
    """Who leads some ideas by the first rule, which of these is first in the end, and what decided that."""
    decided_by, rule = rules[0]
    leaders = left = rule(ideas)
    for following, rule in rules[1:]:
        if len(left) == 1:
            break
        decided_by, left = following, rule(left)
    return leaders, min(left), decided_by


def _chances_to_be_best(known: Normal) -> list[float]:
    """How likely each is the best, in the order in which they are known."""
    best = [0] * len(known.means)
    for draw in known.draws(0, _PAIRS_OF_DRAWS):
        best[draw.index(max(draw))] += 1
    return [count / (2 * _PAIRS_OF_DRAWS) for count in best]


def _marks(known: Normal, place: int, opinions: Sequence[Opinion], idea: int) -> _Points:
    """What the mark of an idea would be, going by all that is known."""
    level = mean_opinion(opinions) if any(opinions) else BEST_MARK / 2
    middle = fsum(known.means) / len(known.means)
    low, high = known.interval(place)
    marks = [level + MARKS.slope * (strength - middle) for strength in (known.means[place], low, high)]
    mark, lowest, highest = (round(min(max(mark, 0.0), BEST_MARK), _DECIMALS) for mark in marks)
    return mark, lowest, highest


def _beaten(known: Normal, place: int, opinions: Sequence[Opinion], idea: int) -> _Points:
    """How many finalists an idea beats on average, and what that would be going by all that is known."""
    most = len(known.means) - 1
    middle = fsum(known.means) / len(known.means)
    low, high = known.interval(place)
    given = [opinion[idea] for opinion in opinions if opinion]
    believed = [most / 2 + PLACES.slope * (strength - middle) for strength in (known.means[place], low, high)]
    points = fsum(given) / len(given) if given else believed[0]
    lowest, highest = min(believed[1], points), max(believed[2], points)
    mark, lowest, highest = (
        round(min(max(value, 0.0), most), _DECIMALS) for value in (points, lowest, highest)
    )
    return mark, lowest, highest


def _split(order: Sequence[Placed], opinions: Sequence[Opinion]) -> Split | None:
    """The best idea that divides the voters from the pick, where the pick is not sure to be the best."""
    if not order or order[0].sure >= SETTLED:
        return None
    enough = max(_LEAST_TEAM, ceil(len(opinions) / _LEAST_SHARE))
    for other in order[1:]:
        for_first, for_second = preferring(opinions, order[0].idea, other.idea)
        if min(len(for_first), len(for_second)) >= enough:
            return Split(order[0].idea, other.idea, len(for_first), len(for_second))
    return None
