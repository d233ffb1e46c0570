"""Place after place goes to the best by a rule; ties go to the best by the next rule."""

from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random

from bot.ranking.fit import Fit
from bot.ranking.results import DecidedBy

Rule = tuple[DecidedBy, Callable[[Collection[int]], set[int]]]
"""What may decide a place, and which of some ideas it leaves."""

_DECIMALS = 9
"""What differs less is a tie: sums of figures differ so little by their order."""


def highest(worth: Mapping[int, float]) -> Callable[[Collection[int]], set[int]]:
    """Leaves the ideas that are worth most."""

    def leaders(ideas: Collection[int]) -> set[int]:
        most = max(round(worth[idea], _DECIMALS) for idea in ideas)
        return {idea for idea in ideas if round(worth[idea], _DECIMALS) == most}

    return leaders


def last_rules(fit: Fit, finalists: Sequence[int], seed: int) -> list[Rule]:
    """What decides where no ballots do: the cards, and then a lot."""
    lots = Random(seed).sample(sorted(finalists), len(finalists))
    return [
        (DecidedBy.CARDS, highest({idea: fit.means[idea] for idea in finalists})),
        (DecidedBy.LOT, lambda ideas: {min(ideas, key=lots.index)}),
    ]


def in_order(ideas: Collection[int], rules: Sequence[Rule]) -> list[int]:
    """Ideas in their places, by rules of which the last leaves no ties."""
    order, left = list[int](), set(ideas)
    while left:
        _, best, _ = first_of(left, rules)
        order.append(best)
        left.remove(best)
    return order


def first_of(ideas: Collection[int], rules: Sequence[Rule]) -> tuple[set[int], int, DecidedBy]:
    """Who leads some ideas by the first rule, which of these is first in the end, and what decided that."""
    decided_by, rule = rules[0]
    leaders = left = rule(ideas)
    for following, rule in rules[1:]:
        if len(left) == 1:
            break
        decided_by, left = following, rule(left)
    return leaders, min(left), decided_by
