"""Polls of invented groups with the shipped code: from cards to the shortlist, and a final among the five."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from benchmarks.idea_groups import Group, Person
from bot.ranking.cards import next_card
from bot.ranking.certainty import SHORTLIST, Shortlist, shortlist_of
from bot.ranking.choices import Choice
from bot.ranking.criteria import BEST_MARK, WEIGHTS, Criterion, Purpose
from bot.ranking.final import FinalResult, RankBallot, ScoreBallot, by_ranking, by_scores
from bot.ranking.fit import Fit, Tally, fit

REFITTED_EVERY = 10
"""So many taps go by the same fit: in the bot it is made beside everything else, and lags behind."""

Deal = Callable[[Fit, "Voter", Random], tuple[int, ...] | None]


class Voter:
    """Somebody who taps cards, and what they have seen."""

    def __init__(self, person: Person):
        self.person = person
        self.seen: set[frozenset[int]] = set()
        self.exposure: Counter[int] = Counter()

    def sees(self, card: Sequence[int]) -> None:
        """Remember a card."""
        self.seen.add(frozenset(card))
        self.exposure.update(card)


def adaptive(known: Fit, voter: Voter, chance: Random) -> tuple[int, ...] | None:
    """The shipped choice of the next card."""
    return next_card(known, seen=voter.seen, exposure=voter.exposure, own=(), gone=(), rng=chance)


def random_duel(known: Fit, voter: Voter, chance: Random) -> tuple[int, ...] | None:
    """The baseline of the study: any two ideas."""
    return tuple(chance.sample(range(len(known.means)), 2))


def cards(group: Group, deal: Deal, taps_each: Sequence[int]) -> Iterator[tuple[int, Fit]]:
    """All members tap cards in turns, in any order; what is known when each has tapped so many."""
    voters = [Voter(person) for person in group.people]
    tally, chance, since = Tally(group.ideas), group.chance, 0
    known = fit(tally)
    for turn in range(1, max(taps_each) + 1):
        for voter in chance.sample(voters, len(voters)):
            card = deal(known, voter, chance)
            if card is None:
                continue
            voter.sees(card)
            tally.add(Choice(card, group.pick(voter.person, card)))
            since += 1
            if since >= REFITTED_EVERY and deal is adaptive:
                known, since = fit(tally, known), 0
        if turn in taps_each:
            yield turn, fit(tally, known)


@dataclass(frozen=True, slots=True)
class Listed:
    """A shortlist and the truth: the share of the true best that is in it, and each idea's certainty."""

    taps_each: int
    overlap: float
    said: float
    sure: tuple[tuple[float, bool], ...]


def listed(group: Group, taps_each: int, known: Fit) -> Listed:
    """What a poll says at some point, beside the truth."""
    shortlist = shortlist_of(known, seed=0)
    best = group.best(SHORTLIST)
    standings = shortlist.members + shortlist.others
    return Listed(
        taps_each,
        len(best & _members(shortlist)) / SHORTLIST,
        shortlist.overlap,
        tuple((standing.sure, standing.idea in best) for standing in standings),
    )


def _members(shortlist: Shortlist) -> set[int]:
    return {member.idea for member in shortlist.members}


@dataclass(frozen=True, slots=True)
class Final:
    """A way to end a poll: whether it found the best of the five, and how sure it said to be."""

    way: str
    is_best: bool
    sure: float


MARKED_NOISE = 2.0
"""Somebody who gives marks for a criterion is so many times as far off as who taps a card."""


def finals(group: Group, known: Fit, ways: Sequence[str]) -> Iterator[Final]:
    """How the final of a group ends in several ways, among five that the cards chose, on the same ballots."""
    five = [member.idea for member in shortlist_of(known, seed=0).members]
    truth = max(five, key=group.liking.__getitem__)
    weights = WEIGHTS[Purpose.NAME]
    scores = [_marked(group, person, five) for person in group.people]
    ranks = [_ranked(group, person, five) for person in group.people]
    nothing = fit(Tally(group.ideas))
    results: dict[str, Callable[[], FinalResult]] = {
        "cards": lambda: by_scores(known, five, [], weights),
        "marks": lambda: by_scores(nothing, five, scores, weights),
        "pooled": lambda: by_scores(known, five, scores, weights),
        "ranked": lambda: by_ranking(known, five, ranks, seed=0),
    }
    for way in ways:
        pick = results[way]().order[0]
        yield Final(way, pick.idea == truth, pick.sure)


def _marked(group: Group, person: Person, five: Sequence[int]) -> ScoreBallot:
    """Marks as people give them: each with their own level, and some hardly use the ends of the scale."""
    chance = group.chance
    level, stretch = chance.gauss(3, 0.6), chance.uniform(0.6, 1.4)
    seen = {criterion: group.seen_by(person, five, MARKED_NOISE) for criterion in Criterion}
    middle = sum(map(sum, (each.values() for each in seen.values()))) / (len(five) * len(seen))
    return {
        idea: {
            criterion: min(max(round(level + stretch * (seen[criterion][idea] - middle)), 0), BEST_MARK)
            for criterion in Criterion
        }
        for idea in five
    }


def _ranked(group: Group, person: Person, five: Sequence[int]) -> RankBallot:
    """Places as people give them: what looks about the same gets the same one, and some name three only."""
    seen = group.seen_by(person, five)
    order = sorted(five, key=seen.__getitem__, reverse=True)
    places, place = {order[0]: 1}, 1
    for better, idea in pairwise(order):
        place += seen[better] - seen[idea] > 0.1
        places[idea] = place
    if group.chance.random() < 0.3:
        return {idea: places[idea] for idea in order[:3]}
    return places
