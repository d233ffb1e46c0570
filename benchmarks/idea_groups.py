"""Invented groups of people who judge ideas, to see how well a way of voting finds what they like best.

An idea has a quality that all see, and each person has their own taste for it; both are normal. Whoever
judges is off by some noise, anew each time. One in ten is careless and taps anywhere. The truth is what the
others like best on average. Taste and noise are such that random duels find about as much of it as they did
in the study that the marks come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import fmean

CARELESS = 0.1


@dataclass(frozen=True, slots=True)
class Kind:
    """How much people of a group differ, and how far off their judgements are, beside a quality of 1."""

    taste: float = 0.5
    noise: float = 0.5


Person = Sequence[float] | None
"""How much a person likes each idea; None for a careless one."""


class Group:
    """People and ideas, always the same ones for a seed."""

    def __init__(self, seed: str, people: int, ideas: int, kind: Kind):
        self.chance = Random(seed)
        self.ideas = ideas
        self._kind = kind
        quality = [self.chance.gauss() for _ in range(ideas)]
        self.people: list[Person] = [
            None
            if self.chance.random() < CARELESS
            else [value + kind.taste * self.chance.gauss() for value in quality]
            for _ in range(people)
        ]
        careful = [person for person in self.people if person is not None]
        self.liking = [fmean(each) for each in zip(*careful, strict=True)] if careful else quality

    def best(self, size: int) -> set[int]:
        """The ideas that the group likes best."""
        return set(sorted(range(self.ideas), key=self.liking.__getitem__)[-size:])

    def seen_by(self, person: Person, ideas: Sequence[int], noise: float = 1.0) -> Mapping[int, float]:
        """How good some ideas look to a person right now, with so many times the usual noise."""
        if person is None:
            return {idea: self.chance.gauss(0, sqrt(1 + self._kind.taste**2)) for idea in ideas}
        spread = noise * self._kind.noise
        return {idea: person[idea] + spread * self.chance.gauss() for idea in ideas}

    def pick(self, person: Person, ideas: Sequence[int]) -> int:
        """The idea that looks best to a person."""
        seen = self.seen_by(person, ideas)
        return max(ideas, key=seen.__getitem__)
