"""How much of the true best five a shortlist holds, whether its certainty is true, and what it costs."""

import asyncio
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from random import Random
from statistics import fmean
from time import perf_counter

from benchmarks.idea_groups import Group, Kind
from benchmarks.ranking_polls import Final, Listed, adaptive, cards, finals, listed, random_duel
from benchmarks.table import Line, Mark, Section, milliseconds, ours_alone
from bot.ranking.cards import next_card
from bot.ranking.certainty import SETTLED, shortlist_of
from bot.ranking.choices import Choice
from bot.ranking.fit import Tally, fit

SEED = "reported"
"""Not one of those that anything was tuned with."""

TAPS = (10, 20, 30)
STUDIED_IDEAS = 30
STUDIED = {5: (0.70, 0.77, 0.80), 15: (0.81, 0.85, 0.87), 50: (0.89, 0.91, 0.92)}
"""The best row of the study for 30 ideas, by voters, at 10, 20 and 30 taps each."""

STUDIED_DUELS = {5: (0.50, 0.61, 0.67), 15: (0.65, 0.73, 0.77), 50: (0.78, 0.84, 0.86)}
STUDIED_FINALS = {"marks": "0.73 0.81 0.89", "ranked": "0.68 0.80 0.88"}
"""By ballots alone, with 5, 15 and 50 voters."""

BOUNDS = (0.1, 0.3, 0.5, 0.7, 0.9, 1.01)
TRUE = Mark("≤", 0.03)
FIT_TIME, CARD_TIME = Mark("<", 0.020, milliseconds), Mark("<", 0.001, milliseconds)
WAYS = {
    "cards": "the cards alone",
    "marks": "marks alone",
    "pooled": "marks and cards, as by default",
    "ranked": "ranks alone",
}
PICKED = {"pooled": "marks", "ranked": "ranks"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: groups of each number of voters, for each number of ideas."""

    groups: int = 150
    voters: Sequence[int] = (5, 15, 50)
    ideas: Sequence[int] = (30, 20)
    rounds: int = 20


QUICK = Size(groups=4, voters=(5, 15), rounds=2)


@dataclass(frozen=True, slots=True)
class Asked:
    """A group to simulate."""

    voters: int
    ideas: int
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a group: shortlists at some points and at the stop, the baseline's, and finals."""

    asked: Asked
    lists: list[Listed]
    duels: list[Listed]
    stop: Listed | None = None
    finals: list[Final] = field(default_factory=list)


async def measure(size: Size) -> Section:
    asked = [
        Asked(voters, ideas, number)
        for voters in sorted(size.voters, reverse=True)
        for ideas in size.ideas
        for number in range(size.groups)
    ]
    found = await asyncio.get_running_loop().run_in_executor(None, _simulated, asked)
    lines = [*_overlaps(size, found), *_calibration(found), *_finals(size, found), *_times(size)]
    return Section(
        f"Ranking ideas: {size.groups} groups a cell, share of the true five; marks are the study's best row",
        lines,
    )


def _simulated(asked: Sequence[Asked]) -> list[Found]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        return list(pool.map(simulate, asked, chunksize=4))


def simulate(asked: Asked) -> Found:
    """A whole poll of a group, and one by random duels."""
    seed = f"{SEED}/{asked.voters}/{asked.ideas}/{asked.number}"
    found = Found(asked, [], [])
    group = Group(seed, asked.voters, asked.ideas, Kind())
    stop = None
    for taps, known in cards(group, adaptive, range(2, TAPS[-1] + 1, 2)):
        if stop is not None and taps not in TAPS:
            continue
        now = listed(group, taps, known)
        if stop is None and now.said >= SETTLED:
            stop = now
        if taps in TAPS:
            found.lists.append(now)
        if taps == TAPS[0]:
            found.finals.extend(finals(group, known, tuple(WAYS)))
    if asked.ideas == STUDIED_IDEAS:
        duels = cards(Group(seed, asked.voters, asked.ideas, Kind()), random_duel, TAPS)
        found.duels.extend(listed(group, taps, known) for taps, known in duels)
    return replace(found, stop=stop)


def _overlaps(size: Size, found: Sequence[Found]) -> Iterator[Line]:
    for ideas in size.ideas:
        for voters in sorted(size.voters):
            cell = [each for each in found if (each.asked.ideas, each.asked.voters) == (ideas, voters)]
            yield Line(f"{ideas} ideas, {voters} voters")
            if ideas == STUDIED_IDEAS:
                duels = [fmean(each.duels[at].overlap for each in cell) for at in range(len(TAPS))]
                studied = " ".join(map(_share, STUDIED_DUELS[voters]))
                yield Line(f"   random duels (study: {studied})", ratio=" ".join(map(_share, duels)))
            for at, taps in enumerate(TAPS):
                share = fmean(each.lists[at].overlap for each in cell)
                mark = Mark("≥", STUDIED[voters][at], _share)
                yield Line(f"   cards, {taps} taps each", ours=f"{share:.3f}", mark=mark, judged=share)


def _calibration(found: Sequence[Found]) -> Iterator[Line]:
    said_and_true = [pair for each in found for stage in each.lists for pair in stage.sure]
    yield Line("How sure an idea is to be in: said, true")
    yield from _compared(said_and_true, TRUE)
    stops = [each.stop for each in found if each.stop is not None]
    if stops:
        yield Line("What the shortlist holds when it settles")
        said, true = fmean(stop.said for stop in stops), fmean(stop.overlap for stop in stops)
        yield _said(f"   settled, {len(stops) / len(found):.0%} of the polls", said, true, TRUE)
        taps = sorted(stop.taps_each for stop in stops)
        spread = f"{taps[len(taps) // 10]} to {taps[len(taps) * 9 // 10]}"
        yield Line("   taps each until then, 10 to 90 %", ratio=spread)


def _finals(size: Size, found: Sequence[Found]) -> Iterator[Line]:
    voters_words = ", ".join(map(str, sorted(size.voters)))
    yield Line(f"Best of five picked by {voters_words} voters")
    for way, words in WAYS.items():
        ends = {
            voters: [
                end for each in found for end in each.finals if each.asked.voters == voters and end.way == way
            ]
            for voters in sorted(size.voters)
        }
        shares = [fmean(end.is_best for end in cell) for cell in ends.values()]
        studied = f" (study: {STUDIED_FINALS[way]})" if way in STUDIED_FINALS else ""
        yield Line(f"   {words}{studied}", ratio=" ".join(f"{share:.2f}" for share in shares))
    for way in PICKED:
        yield Line(f"How sure the pick is by {PICKED[way]}: said, true")
        yield from _compared(
            (end.sure, end.is_best) for each in found for end in each.finals if end.way == way
        )


def _compared(said_and_true: Iterable[tuple[float, bool]], mark: Mark | None = None) -> Iterator[Line]:
    pairs, low = list(said_and_true), 0.0
    for high in BOUNDS:
        inside = [(said, true) for said, true in pairs if low <= said < high]
        if inside:
            said, true = (fmean(column) for column in zip(*inside, strict=True))
            yield _said(f"   {low:.0%} to {min(high, 1):.0%}, {len(inside):,} times", said, true, mark)
        low = high


def _said(what: str, said: float, true: float, mark: Mark | None) -> Line:
    judged = None if mark is None else round(abs(said - true), 3)
    return Line(what, noop=f"{said:.3f}", ours=f"{true:.3f}", mark=mark, judged=judged)


def _times(size: Size) -> Iterator[Line]:
    yield Line("What it costs, with 5,000 taps")
    for ideas in (30, 60):
        fits, lists, dealt = [], [], []
        for number in range(size.rounds):
            chance = Random(number)
            tally = Tally(ideas)
            for _ in range(5_000):
                shown = tuple(chance.sample(range(ideas), 4))
                tally.add(Choice(shown, max(shown, key=lambda idea: idea / 10 + chance.gauss())))
            began = perf_counter()
            known = fit(tally)
            fitted = perf_counter()
            shortlist_of(known, seed=number)
            listed_at = perf_counter()
            for _ in range(100):
                next_card(known, seen=(), exposure={}, own=(), gone=(), rng=chance)
            dealt.append((perf_counter() - listed_at) / 100)
            fits.append(fitted - began)
            lists.append(listed_at - fitted)
        yield ours_alone(f"   a fit of {ideas} ideas", fits, milliseconds, FIT_TIME if ideas == 30 else None)
        yield ours_alone(f"   a shortlist of {ideas} ideas", lists, milliseconds)
        yield ours_alone(f"   a next card among {ideas} ideas", dealt, milliseconds, CARD_TIME)


def _share(value: float) -> str:
    return f"{value:.2f}"
