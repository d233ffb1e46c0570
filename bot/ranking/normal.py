"""What is believed of several ideas at once: a normal distribution, and draws from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum, sqrt
from operator import add, mul, sub
from random import Random
from statistics import NormalDist

from bot.ranking.linear import inner

STANDARD = NormalDist()

EIGHTY_PERCENT = STANDARD.inv_cdf(0.9)
"""So many deviations to either side of the mean hold eighty percent."""


@dataclass(frozen=True, slots=True)
class Normal:
    """Means of all ideas, and a root of their covariance: root·rootᵀ."""

    means: tuple[float, ...]
    root: tuple[tuple[float, ...], ...]

    def covariance(self, idea: int, other: int) -> float:
        """How two ideas vary together."""
        return inner(self.root[idea], self.root[other])

    def deviation(self, idea: int) -> float:
        """The standard deviation of an idea."""
        return sqrt(self.covariance(idea, idea))

    def interval(self, idea: int) -> tuple[float, float]:
        """Where an idea lies with eighty percent."""
        reach = EIGHTY_PERCENT * self.deviation(idea)
        return self.means[idea] - reach, self.means[idea] + reach

    def better(self, idea: int, other: int) -> float:
        """The chance that an idea is better than another one."""
        apart = list(map(sub, self.root[idea], self.root[other]))
        deviation = sqrt(inner(apart, apart))
        lead = self.means[idea] - self.means[other]
        return STANDARD.cdf(lead / deviation) if deviation else 0.5

    def centred(self) -> "Normal":
        """How far each idea is from the mean of all."""
        size = len(self.means)
        middle = fsum(self.means) / size
        middle_root = [fsum(column) / size for column in zip(*self.root, strict=True)]
        return Normal(
            tuple(mean - middle for mean in self.means),
            tuple(tuple(map(sub, row, middle_root)) for row in self.root),
        )

    def draws(self, seed: int, pairs: int) -> Iterator[list[float]]:
        """Twice as many draws as `pairs`, always the same ones for a seed; each with its mirror image.

        Made from `Random.random` alone, the one generator that Python promises not to change.
        """
        chance, normal = Random(seed).random, STANDARD.inv_cdf
        for _ in range(pairs):
            spread = [normal(chance() or 0.5) for _ in self.means]
            apart = [sum(map(mul, row, spread)) for row in self.root]
            yield list(map(add, self.means, apart))
            yield list(map(sub, self.means, apart))
