"""What the cards and the ballots say together of the finalists: Bayes' rule for normal distributions.

A voter's opinion of an idea is taken to be `slope` times its strength, plus the voter's own level, plus noise
at each idea. How much noise there is shows in how far voters disagree; among few, what is usual counts more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from bot.ranking.ballots import Opinion
from bot.ranking.linear import factor, inner, inverse_root, solved
from bot.ranking.normal import Normal

_USUAL = 8
"""What is usual counts as much as so many degrees of freedom of what is seen."""

_NOISE_IN_DISAGREEMENT = 0.6
"""The rest is taste, which is no error: those who vote decide for themselves."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How opinions of one kind go with strengths.

    `weight` is what one opinion usually tells of a strength: one over the variance of its noise. `steady` is
    how many times greater the variance of the noise is than that of the voters' levels: the greater, the more
    a ballot tells that names a single idea.
    """

    slope: float
    weight: float
    steady: float


def among(known: Normal, ideas: Sequence[int]) -> Normal:
    """What is known of some of the ideas, in their order."""
    root = factor([[known.covariance(one, other) for other in ideas] for one in ideas])
    square = tuple((*row, *[0.0] * (len(ideas) - len(row))) for row in root)
    return Normal(tuple(known.means[idea] for idea in ideas), square)


def pooled(
    known: Normal, ideas: Sequence[int], opinions: Sequence[Opinion], scale: Scale, level: float
) -> Normal:
    """What is known of some of the ideas, in their order, with the ballots added to what the cards said.

    `level` is what voters say of an idea that is as strong as these are on average.
    """
    prior = among(known, ideas)
    if not opinions:
        return prior
    middle = fsum(prior.means) / len(ideas)
    weight = _weight(opinions, scale)
    precision = _inverse(prior)
    information = [inner(row, prior.means) for row in precision]
    for opinion in opinions:
        inside = [place for place, idea in enumerate(ideas) if idea in opinion]
        seen = [middle + (opinion[ideas[place]] - level) / scale.slope for place in inside]
        # The inverse of the covariance of noise and level together, by Sherman and Morrison's formula.
        shared = 1 / (len(inside) + scale.steady)
        for place, strength in zip(inside, seen, strict=True):
            information[place] += weight * (strength - shared * fsum(seen))
            for other in inside:
                precision[place][other] += weight * ((place == other) - shared)
    lower = factor(precision)
    return Normal(tuple(solved(lower, information)), inverse_root(lower))


def mean_opinion(opinions: Sequence[Opinion], middle: float, middles: int = 0) -> float:
    """The mean of all that all say, `middle`, that of the whole scale, counted in so many times."""
    values = [value for opinion in opinions for value in opinion.values()]
    return fsum([*values, middles * middle]) / (len(values) + middles)


def _weight(opinions: Sequence[Opinion], scale: Scale) -> float:
    """What one opinion tells here: one over the usual variance and the one seen, each with its own weight."""
    apart: dict[int, list[float]] = {}
    for opinion in opinions:
        own = fsum(opinion.values()) / len(opinion)
        for idea, value in opinion.items():
            apart.setdefault(idea, []).append((value - own) / scale.slope)
    squares = fsum(_squares(values) for values in apart.values())
    freedom = sum(len(opinion) - 1 for opinion in opinions) - (len(apart) - 1)
    return (_USUAL + max(freedom, 0)) / (_USUAL / scale.weight + _NOISE_IN_DISAGREEMENT * squares)


def _squares(values: Sequence[float]) -> float:
    """The sum of squares around the mean."""
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values)


def _inverse(known: Normal) -> list[list[float]]:
    """The inverse of the covariance."""
    places = range(len(known.means))
    root = inverse_root(factor([[known.covariance(i, j) for j in places] for i in places]))
    return [[inner(row, other) for other in root] for row in root]
