"""What a ballot of the final says: how much it likes each finalist, and which of two it prefers."""

from collections.abc import Mapping, Sequence
from math import fsum

from bot.ranking.criteria import Criterion, Weights

ScoreBallot = Mapping[int, Mapping[Criterion, int]]
"""Marks from 0 to 5 by idea and criterion; some may be missing."""

RankBallot = Mapping[int, int]
"""Places from 1 on by idea; equal places tie, and ideas without one come after all that have one."""

Opinion = Mapping[int, float]
"""How much a voter likes each idea; the higher, the better. Nothing is said of ideas that are missing."""


def opinion_by_scores(ballot: ScoreBallot, finalists: Sequence[int], weights: Weights) -> Opinion:
    """The weighted mean of the marks of each finalist; where marks are missing, of those there are."""
    opinion = {}
    for idea in finalists:
        marks = ballot.get(idea, {})
        weight = fsum(weights[criterion] for criterion in marks)
        if weight > 0:
            opinion[idea] = fsum(weights[criterion] * mark for criterion, mark in marks.items()) / weight
    return opinion


def opinion_by_places(ballot: RankBallot, finalists: Sequence[int]) -> Opinion:
    """How many of the finalists each beats; one that shares its place counts half (Borda's points)."""
    placed = [idea for idea in finalists if idea in ballot]
    if not placed:
        return {}
    last = max(ballot[idea] for idea in placed) + 1
    places = {idea: ballot.get(idea, last) for idea in finalists}
    return {
        idea: fsum((place < other) + (place == other) / 2 for other in places.values()) - 0.5
        for idea, place in places.items()
    }


def opinions_by_scores(
    ballots: Sequence[ScoreBallot], finalists: Sequence[int], weights: Weights
) -> list[Opinion]:
    """The opinions of all ballots; an empty one for a ballot that says nothing of the finalists."""
    return [opinion_by_scores(ballot, finalists, weights) for ballot in ballots]


def opinions_by_places(ballots: Sequence[RankBallot], finalists: Sequence[int]) -> list[Opinion]:
    """The opinions of all ballots; an empty one for a ballot that says nothing of the finalists."""
    return [opinion_by_places(ballot, finalists) for ballot in ballots]


def preferring(opinions: Sequence[Opinion], first: int, second: int) -> tuple[set[int], set[int]]:
    """Which voters, by their places in the list, prefer the first of two ideas, and which the second.

    Who says something of one of the two only, or likes both as much, is in neither.
    """
    for_first, for_second = set[int](), set[int]()
    for voter, opinion in enumerate(opinions):
        if first not in opinion or second not in opinion or opinion[first] == opinion[second]:
            continue
        (for_first if opinion[first] > opinion[second] else for_second).add(voter)
    return for_first, for_second
