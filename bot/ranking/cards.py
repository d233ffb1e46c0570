"""Which ideas a voter compares next: those of which it is least certain whether they are among the best."""

from collections.abc import Collection, Mapping
from itertools import combinations
from math import exp
from random import Random

from bot.ranking.certainty import SHORTLIST
from bot.ranking.fit import Fit

CARD_SIZE = 4

# What each time that a voter saw an idea takes from its worth, and how far chance may go. By simulation; half
# or twice as much does hardly worse.
_SEEN, _CHANCE = 0.15, 0.5


def next_card(
    fit: Fit,
    *,
    seen: Collection[frozenset[int]],
    exposure: Mapping[int, int],
    own: Collection[int],
    gone: Collection[int],
    rng: Random,
    size: int = CARD_SIZE,
) -> tuple[int, ...] | None:
    """The ideas of a voter's next card in the order to show, or None when they have seen every card there is.

    `exposure` is how often the voter has seen each idea. Their own ideas never come first. Where fewer ideas
    are left than a card holds, it shows those; it takes two at least.
    """
    left = [idea for idea in range(len(fit.means)) if idea not in gone]
    if len(left) < 2:
        return None
    worth = _worth(fit, left, exposure, rng)
    left.sort(key=worth.__getitem__, reverse=True)
    # In order of worth, so that at most as many are passed over as the voter has seen.
    for ideas in combinations(left, min(size, len(left))):
        if frozenset(ideas) not in seen:
            return _in_order(list(ideas), own, rng)
    return None


def _worth(fit: Fit, left: list[int], exposure: Mapping[int, int], rng: Random) -> dict[int, float]:
    """What it is worth to ask about each idea.

    That is how uncertain it is whether it is in or out: from 1 at the border down to 0 where it is plain.
    Less for each time that the voter has seen it, and with some chance in it, so that many voters who ask at
    the same time do not all get the same card.
    """
    strengths = sorted((fit.means[idea] for idea in left), reverse=True)
    inside = min(SHORTLIST, len(left) - 1)
    border = (strengths[inside - 1] + strengths[inside]) / 2
    worth = {}
    for idea in left:
        apart = (fit.means[idea] - border) / fit.deviation(idea)
        worth[idea] = exp(-apart * apart / 2) - _SEEN * exposure.get(idea, 0) + _CHANCE * rng.random()
    return worth


def _in_order(ideas: list[int], own: Collection[int], rng: Random) -> tuple[int, ...]:
    rng.shuffle(ideas)
    others = [place for place, idea in enumerate(ideas) if idea not in own]
    if ideas[0] in own and others:
        place = rng.choice(others)
        ideas[0], ideas[place] = ideas[place], ideas[0]
    return tuple(ideas)
