"""How strong each idea is, from all taps: Luce's choice axiom, read pair by pair, with a prior.

Luce (1959), Plackett (1975): of a card S, idea i is tapped with the chance exp(sᵢ) / Σ exp(sⱼ), j in S. It
follows that between any two of a card, given that one of them was tapped, it was i with the chance
1 / (1 + exp(sⱼ - sᵢ)), which is Bradley and Terry's model (1952). So a tap is as many won pairs as it beats
ideas, and all taps together are one table of pairs, however many there are.

The pairs of one tap are not independent, and people differ in taste and care: a pair counts less than a whole
one. The strengths have a normal prior around 0. What is known of them is the normal distribution at the top
of the posterior (Laplace's approximation), found by Newton's method.
"""

from dataclasses import dataclass
from math import exp, log

from bot.ranking.choices import Choice
from bot.ranking.linear import factor, inverse_root, solved
from bot.ranking.normal import Normal

EVIDENCE = 0.8
"""What a won pair counts, so that what is said of the certainty is true (`benchmarks/ranking.py`)."""

PRIOR_DEVIATION = 1.5
"""How far from the middle a strength is expected to be before anybody has tapped."""

_CLOSE_ENOUGH, _ROUNDING = 1e-9, 1e-12
_LONGEST_STEP = 4.0
_STEPS_AT_MOST, _HALVINGS_AT_MOST = 50, 30


class Tally:
    """All taps of a poll, added up: how often each idea beat each other one. So their order cannot matter."""

    def __init__(self, ideas: int):
        self.taps = 0
        self._wins = [[0] * ideas for _ in range(ideas)]

    def __len__(self) -> int:
        """How many ideas there are."""
        return len(self._wins)

    def add(self, choice: Choice) -> None:
        """Count a tap."""
        self._count(choice, 1)

    def remove(self, choice: Choice) -> None:
        """Take a tap back that was counted."""
        self._count(choice, -1)

    def copy(self) -> "Tally":
        """One that stays as it is while taps go on."""
        other = Tally(0)
        other.taps = self.taps
        other._wins = [row.copy() for row in self._wins]
        return other

    def wins(self, idea: int, other: int) -> int:
        """How often an idea was tapped on a card that showed another one too."""
        return self._wins[idea][other]

    def _count(self, choice: Choice, by: int) -> None:
        row = self._wins[choice.best]
        for idea in choice.beaten:
            row[idea] += by
        self.taps += by


@dataclass(frozen=True, slots=True)
class Fit(Normal):
    """The strengths of all ideas as known from so many taps."""

    taps: int


def fit(tally: Tally, start: Fit | None = None) -> Fit:
    """The strengths that a tally speaks for; an earlier fit to start from saves time and changes nothing."""
    size = len(tally)
    pairs = _pairs(tally)
    at = list(start.means) if start else [0.0] * size
    for _ in range(_STEPS_AT_MOST):
        slope, curvature = _slope_and_curvature(pairs, at)
        lower = factor(curvature)
        step = solved(lower, slope)
        if max(map(abs, step), default=0.0) < _CLOSE_ENOUGH:
            break
        at = _stepped(pairs, at, step)
    return Fit(tuple(at), inverse_root(lower), tally.taps)


_Pair = tuple[int, int, float, float]
"""Two ideas, how often the first beat the second, and how often they met."""


def _pairs(tally: Tally) -> list[_Pair]:
    pairs = []
    for i in range(len(tally)):
        for j in range(i):
            won, lost = tally.wins(i, j), tally.wins(j, i)
            if won or lost:
                pairs.append((i, j, EVIDENCE * won, EVIDENCE * (won + lost)))
    return pairs


def _misfit(pairs: list[_Pair], at: list[float]) -> float:
    """The negative logarithm of the posterior, but for a constant."""
    power = [exp(strength) for strength in at]
    total = sum(strength * strength for strength in at) / (2 * PRIOR_DEVIATION**2)
    for i, j, won, met in pairs:
        total += met * log(power[i] + power[j]) - won * at[i] - (met - won) * at[j]
    return total


def _slope_and_curvature(pairs: list[_Pair], at: list[float]) -> tuple[list[float], list[list[float]]]:
    """The gradient of the log posterior, and its negative second derivatives below the diagonal."""
    prior = PRIOR_DEVIATION**-2
    power = [exp(strength) for strength in at]
    slope = [-prior * strength for strength in at]
    curvature = [[0.0] * i + [prior] for i in range(len(at))]
    for i, j, won, met in pairs:
        chance = power[i] / (power[i] + power[j])
        surprise = won - met * chance
        slope[i] += surprise
        slope[j] -= surprise
        bend = met * chance * (1 - chance)
        curvature[i][i] += bend
        curvature[j][j] += bend
        curvature[i][j] -= bend
    return slope, curvature


def _stepped(pairs: list[_Pair], at: list[float], step: list[float]) -> list[float]:
    """A step of Newton's, made shorter until it does not lead uphill by more than rounding does."""
    uphill = _misfit(pairs, at) * (1 + _ROUNDING)
    part = min(1.0, _LONGEST_STEP / max(map(abs, step)))
    for halvings in range(_HALVINGS_AT_MOST):
        there = [strength + by * part / 2**halvings for strength, by in zip(at, step, strict=True)]
        if _misfit(pairs, there) <= uphill:
            return there
    return at
