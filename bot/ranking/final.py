"""The final among the shortlist: by marks pooled with the cards, or by ranked ballots and Schulze."""

from collections.abc import Mapping, Sequence
from math import ceil, fsum

from bot.ranking.ballots import Opinion, opinions_by_places, opinions_by_scores, preferring
from bot.ranking.ballots import RankBallot as RankBallot
from bot.ranking.ballots import ScoreBallot as ScoreBallot
from bot.ranking.certainty import SETTLED
from bot.ranking.criteria import BEST_MARK, Weights
from bot.ranking.fit import Fit
from bot.ranking.normal import Normal
from bot.ranking.placing import Rule, first_of, highest, in_order, last_rules
from bot.ranking.pooling import Scale, mean_opinion, pooled
from bot.ranking.results import DecidedBy as DecidedBy
from bot.ranking.results import FinalResult as FinalResult
from bot.ranking.results import Placed as Placed
from bot.ranking.results import Split as Split
from bot.ranking.schulze import duels, strongest_paths, unbeaten

MARKS = Scale(slope=0.5, weight=0.8, steady=1.0)
"""How marks from 0 to 5 go with strengths; by simulation, so that the certainty of the pick is true."""

PLACES = Scale(slope=1.0, weight=1.0, steady=1.0)
"""The same for how many finalists a ranked ballot puts behind an idea."""

_MIDDLES = 5
"""The middle of the scale counts for the level of marks like a ballot of its own, so that a single mark for a
single idea speaks for it if it is high, and against it if it is low."""

_PAIRS_OF_DRAWS = 1000
_DECIMALS = 9
_LEAST_TEAM = 2
_LEAST_SHARE = 3


def by_scores(
    fit: Fit, finalists: Sequence[int], ballots: Sequence[ScoreBallot], weights: Weights, seed: int = 0
) -> FinalResult:
    """The result by marks from 0 to 5, pooled with what the cards said; without any, the cards decide."""
    opinions = [opinion for opinion in opinions_by_scores(ballots, finalists, weights) if opinion]
    middle = BEST_MARK / 2
    known = pooled(fit, finalists, opinions, MARKS, mean_opinion(opinions, middle, _MIDDLES))
    pooled_strengths = dict(zip(finalists, known.means, strict=True))
    rules: list[Rule] = [(DecidedBy.COUNT, highest(pooled_strengths))] if opinions else []
    level = mean_opinion(opinions, middle) if opinions else middle
    points = _believed(known, finalists, MARKS.slope, level, BEST_MARK)
    return _result(known, points, opinions, [*rules, *last_rules(fit, finalists, seed)])


def by_ranking(fit: Fit, finalists: Sequence[int], ballots: Sequence[RankBallot], seed: int) -> FinalResult:
    """The result by Schulze's method; of those nobody beats, the one with most of Borda's points is first.

    If that leaves a tie, the cards decide, and then a lot. Without any ballots the cards decide alone.
    """
    opinions = [opinion for opinion in opinions_by_places(ballots, finalists) if opinion]
    most = len(finalists) - 1
    known = pooled(fit, finalists, opinions, PLACES, most / 2)
    points = _believed(known, finalists, PLACES.slope, most / 2, most)
    rules: list[Rule] = []
    if opinions:
        paths = strongest_paths(duels(opinions, finalists), finalists)
        borda = {idea: fsum(opinion[idea] for opinion in opinions) / len(opinions) for idea in finalists}
        points = {
            idea: (borda[idea], min(low, borda[idea]), max(high, borda[idea]))
            for idea, (_, low, high) in points.items()
        }
        rules = [
            (DecidedBy.COUNT, lambda ideas: unbeaten(paths, ideas)),
            (DecidedBy.BORDA, highest(borda)),
        ]
    return _result(known, points, opinions, [*rules, *last_rules(fit, finalists, seed)])


_Points = Mapping[int, tuple[float, float, float]]
"""By finalist: points, and between which they lie with eighty percent."""


def _believed(known: Normal, finalists: Sequence[int], slope: float, level: float, most: float) -> _Points:
    """The points that go with the strengths, where those of all finalists are `level` on average."""
    points: dict[int, tuple[float, float, float]] = {}
    if not finalists:
        return points
    among_them = known.centred()
    for place, idea in enumerate(finalists):
        low, high = among_them.interval(place)
        mark, lowest, highest_ = (
            round(min(max(level + slope * strength, 0.0), most), _DECIMALS)
            for strength in (among_them.means[place], low, high)
        )
        points[idea] = mark, lowest, highest_
    return points


def _result(
    known: Normal, points: _Points, opinions: Sequence[Opinion], rules: Sequence[Rule]
) -> FinalResult:
    if not points:
        return FinalResult((), (), rules[0][0], None)
    sure = dict(zip(points, _chances_to_be_best(known), strict=True))
    order = tuple(Placed(idea, *points[idea], sure[idea]) for idea in in_order(points, rules))
    leaders, _, decided_by = first_of(points, rules)
    tied = tuple(sorted(leaders)) if len(leaders) > 1 else ()
    return FinalResult(order, tied, decided_by, _split(order, opinions))


def _chances_to_be_best(known: Normal) -> list[float]:
    """How likely each is the best, in the order in which they are known."""
    best = [0] * len(known.means)
    for draw in known.draws(0, _PAIRS_OF_DRAWS):
        best[draw.index(max(draw))] += 1
    return [count / (2 * _PAIRS_OF_DRAWS) for count in best]


def _split(order: Sequence[Placed], opinions: Sequence[Opinion]) -> Split | None:
    """The best idea that divides the voters from the pick, where the pick is not sure to be the best."""
    pick, *others = order
    if pick.sure >= SETTLED:
        return None
    enough = max(_LEAST_TEAM, ceil(len(opinions) / _LEAST_SHARE))
    for other in others:
        for_first, for_second = preferring(opinions, pick.idea, other.idea)
        if min(len(for_first), len(for_second)) >= enough:
            return Split(pick.idea, other.idea, len(for_first), len(for_second))
    return None
