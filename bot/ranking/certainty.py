"""The shortlist, and how sure it is: how often each idea is among the best in draws from what is known."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from bot.ranking.fit import Fit

SHORTLIST = 5

SETTLED = 0.85
"""A shortlist is settled when it holds so much of the true best, as far as is known."""

SETTLED_BEYOND_CHANCE = 0.6
"""Of what any shortlist would miss by chance, a settled one misses less by at least so much.

Any five of six ideas hold five sixths of the best five, so that `SETTLED` alone would say nothing there.
"""

_PAIRS_OF_DRAWS = 500
_NEAR_TIE = 1 / 3
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Standing:
    """How an idea stands: its strength, where that lies with eighty percent, and how sure it is to be in."""

    idea: int
    strength: float
    low: float
    high: float
    sure: float


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The ideas that are in and the others, both best first.

    `overlap` is the share of the true best that is expected to be in; from `enough` on the list is settled.
    `near_ties` are ideas that are out and may as well belong in: the chance that one is better than the last
    that is in is a third or more.
    """

    members: tuple[Standing, ...]
    others: tuple[Standing, ...]
    overlap: float
    near_ties: tuple[int, ...]

    @property
    def enough(self) -> float:
        """The overlap from which on it is settled: more where of few ideas any five would hold much."""
        ideas = len(self.members) + len(self.others)
        by_chance = len(self.members) / ideas if ideas else 0.0
        return max(SETTLED, 1 - (1 - SETTLED_BEYOND_CHANCE) * (1 - by_chance))

    @property
    def settled(self) -> bool:
        """Whether more taps would hardly change it."""
        return self.overlap >= round(self.enough, _DECIMALS)


def shortlist_of(
    fit: Fit, *, seed: int, size: int = SHORTLIST, gone: Collection[int] = frozenset()
) -> Shortlist:
    """The best ideas by a fit, without those that are gone; the same for the same seed.

    Ideas that are equally strong are told apart by lot. It takes some 30 ms for 30 ideas, 90 ms for 60.
    """
    left = [idea for idea in range(len(fit.means)) if idea not in gone]
    sure = _chances(fit, left, size, seed)
    # Drawn for all ideas, so that one which goes later leaves the order of the others as it was.
    lots = Random(seed).sample(range(len(fit.means)), len(fit.means))
    left.sort(key=lambda idea: (-round(fit.means[idea], _DECIMALS), lots[idea]))
    standings = [_standing(fit, idea, sure[idea]) for idea in left]
    members, others = tuple(standings[:size]), tuple(standings[size:])
    near = tuple(other.idea for other in others if fit.better(other.idea, members[-1].idea) >= _NEAR_TIE)
    overlap = sum(member.sure for member in members) / len(members) if members else 0.0
    return Shortlist(members, others, round(overlap, _DECIMALS), near)


class SureWord(StrEnum):
    """How sure something is, in words; each stands for a range of percents."""

    ALMOST_SURELY = "almost_surely"
    LIKELY = "likely"
    ABOUT_EVEN = "about_even"
    UNLIKELY = "unlikely"
    HARDLY = "hardly"


RANGES: dict[SureWord, tuple[int, int]] = {
    SureWord.ALMOST_SURELY: (90, 100),
    SureWord.LIKELY: (65, 90),
    SureWord.ABOUT_EVEN: (35, 65),
    SureWord.UNLIKELY: (10, 35),
    SureWord.HARDLY: (0, 10),
}
"""Between how many percents a word says that something is."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure something is, as exactly as may be said: always a word, a percent only when settled."""

    word: SureWord
    percent: int | None

    @property
    def range(self) -> tuple[int, int]:
        """From and to how many percent the word goes."""
        return RANGES[self.word]


def how_sure(chance: float, *, settled: bool) -> Sureness:
    """How to say a chance; nothing that is a guess is ever said to be 0 or 100 percent."""
    percent = min(max(round(100 * chance), 1), 99)
    word = next(word for word, (low, _) in RANGES.items() if percent >= low)
    return Sureness(word, percent if settled else None)


def _chances(fit: Fit, left: list[int], size: int, seed: int) -> dict[int, float]:
    """How likely each idea is to be among the best `size`."""
    if len(left) <= size:
        return dict.fromkeys(left, 1.0)
    among = dict.fromkeys(left, 0)
    for draw in fit.draws(seed, _PAIRS_OF_DRAWS):
        for idea in sorted(left, key=draw.__getitem__)[-size:]:
            among[idea] += 1
    return {idea: count / (2 * _PAIRS_OF_DRAWS) for idea, count in among.items()}


def _standing(fit: Fit, idea: int, sure: float) -> Standing:
    low, high = fit.interval(idea)
    strength = fit.means[idea]
    return Standing(idea, round(strength, _DECIMALS), round(low, _DECIMALS), round(high, _DECIMALS), sure)
