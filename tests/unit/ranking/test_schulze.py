"""Schulze's method: against votelib, a recorded table, all paths one by one, and what it has to fulfil."""

import warnings
from collections.abc import Sequence
from itertools import pairwise, permutations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.ballots import opinions_by_places
from bot.ranking.final import RankBallot
from bot.ranking.schulze import duels, strongest_paths, unbeaten
from tests.unit.ranking.profiles import random_profiles, rank_ballots

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pyrankvote
    from votelib.convert import RankedToCondorcetVotes
    from votelib.evaluate.condorcet import Schulze

FIVE = range(5)

# Made once with pref_voting 1.18.2, which is too large to install for tests: random ballots with ties and
# gaps (a digit is the place that a ballot gives the idea of that column, "-" none), then beat_path with
# strength_function=support and extended strict preferences: the unbeaten ideas.
WINNERS = Path(__file__).with_name("schulze_winners.txt").read_text("utf-8").splitlines()


def winners(ideas: Sequence[int], ballots: Sequence[RankBallot]) -> set[int]:
    return unbeaten(strongest_paths(duels(opinions_by_places(ballots, ideas), ideas), ideas), ideas)


def layers(ballot: RankBallot, ideas: Sequence[int]) -> list[frozenset[int]]:
    """A ballot as the ideas of each place, best first, those without a place last."""
    places = sorted(set(ballot.values()))
    named = [frozenset(idea for idea in ballot if ballot[idea] == place) for place in places]
    unnamed = frozenset(ideas) - frozenset(ballot)
    return [*named, unnamed] if unnamed else named


def prefer(ballots: Sequence[RankBallot], one: int, other: int) -> int:
    return sum(ballot.get(one, 99) < ballot.get(other, 99) for ballot in ballots)


def by_all_paths(ideas: Sequence[int], ballots: Sequence[RankBallot]) -> set[int]:
    """The unbeaten ideas by writing out every path between every two."""

    def strongest(start: int, end: int) -> int:
        between = [idea for idea in ideas if idea not in (start, end)]
        strengths = [0]
        for steps in range(len(between) + 1):
            for middle in permutations(between, steps):
                path = (start, *middle, end)
                links = [(prefer(ballots, *link), prefer(ballots, *link[::-1])) for link in pairwise(path)]
                if all(won > lost for won, lost in links):
                    strengths.append(min(won for won, _ in links))
        return max(strengths)

    return {
        idea
        for idea in ideas
        if all(strongest(idea, other) >= strongest(other, idea) for other in ideas if other != idea)
    }


def test_two_thousand_profiles_have_the_duels_and_the_winner_that_votelib_finds() -> None:
    alone = 0
    for ideas, ballots in random_profiles(seed=1, count=2000):
        votes: dict[tuple[frozenset[int], ...], int] = {}
        for ballot in ballots:
            key = tuple(layers(ballot, ideas))
            votes[key] = votes.get(key, 0) + 1
        counted = RankedToCondorcetVotes().convert(votes)
        ours = duels(opinions_by_places(ballots, ideas), ideas)
        assert {pair: won for pair, won in ours.items() if won} == {
            pair: won for pair, won in counted.items() if won
        }
        found = winners(ideas, ballots)
        if len(found) == 1 and counted:
            # votelib hides ties, so only winners without one can be compared.
            alone += 1
            assert Schulze().evaluate(counted) == list(found)
    assert alone > 1000


def test_recorded_winners_are_found() -> None:
    assert len(WINNERS) == 250
    for line in WINNERS:
        profile, expected = line.split(" > ")
        rows = profile.split()
        ballots = [{idea: int(place) for idea, place in enumerate(row) if place != "-"} for row in rows]
        assert winners(range(len(rows[0])), ballots) == set(map(int, expected)), line


def test_all_paths_written_out_lead_to_the_same() -> None:
    for ideas, ballots in random_profiles(seed=2, count=300):
        assert winners(ideas, ballots) == by_all_paths(ideas, ballots)


def test_who_has_more_than_half_of_the_first_places_wins_as_in_pyrankvote() -> None:
    compared = 0
    for ideas, ballots in random_profiles(seed=3, count=800):
        candidates = {idea: pyrankvote.Candidate(str(idea)) for idea in ideas}
        strict: list[RankBallot] = [
            {idea: place for place, idea in enumerate(sorted(ballot, key=lambda idea: (ballot[idea], idea)))}
            for ballot in ballots
        ]
        votes = [pyrankvote.Ballot([candidates[idea] for idea in ballot]) for ballot in strict]
        first = pyrankvote.instant_runoff_voting(list(candidates.values()), votes).rounds[0]
        leader = first.candidate_results[0]
        if 2 * leader.number_of_votes > len(ballots):
            compared += 1
            assert winners(ideas, strict) == {int(leader.candidate.name)}
    assert compared > 200


def test_a_circle_of_three_is_broken_at_its_weakest_duel() -> None:
    ballots = [{0: 1, 1: 2, 2: 3}] * 4 + [{1: 1, 2: 2, 0: 3}] * 3 + [{2: 1, 0: 2, 1: 3}] * 2
    # 0 beats 1 by 6 to 3, 1 beats 2 by 7 to 2, 2 beats 0 by 5 to 4.
    assert winners(range(3), ballots) == {0}


def test_nobody_beats_anybody_where_all_ballots_tie_all() -> None:
    assert winners(FIVE, [dict.fromkeys(FIVE, 1)] * 3) == set(FIVE)
    assert winners(FIVE, []) == set(FIVE)
    assert winners([3], []) == {3}


@settings(max_examples=60)
@given(rank_ballots, st.randoms(use_true_random=False), st.permutations(FIVE))
def test_neither_the_order_of_voters_nor_the_numbers_of_ideas_matter(
    ballots: list[RankBallot], chance: object, names: list[int]
) -> None:
    found = winners(FIVE, ballots)
    renamed = [{names[idea]: place for idea, place in ballot.items()} for ballot in reversed(ballots)]
    assert winners(FIVE, renamed) == {names[idea] for idea in found}


@settings(max_examples=60)
@given(rank_ballots, st.integers(0, 8))
def test_a_sole_winner_that_a_voter_puts_higher_still_wins(ballots: list[RankBallot], voter: int) -> None:
    found = winners(FIVE, ballots)
    if len(found) > 1:
        return
    (winner,) = found
    raised = list(ballots)
    raised[voter % len(ballots)] = {**ballots[voter % len(ballots)], winner: 0}
    assert winners(FIVE, raised) == {winner}


@settings(max_examples=60)
@given(rank_ballots)
def test_a_twin_of_an_idea_helps_and_harms_no_other(ballots: list[RankBallot]) -> None:
    # Idea 5 is a twin of 4: everybody puts it straight after 4.
    spread: list[RankBallot] = [{idea: 2 * place for idea, place in ballot.items()} for ballot in ballots]
    twins = [{**ballot, 5: ballot[4] + 1} if 4 in ballot else ballot for ballot in spread]
    before, after = winners(FIVE, ballots), winners(range(6), twins)
    assert before - {4} == after - {4, 5}
    assert (4 in before) == bool(after & {4, 5})


@settings(max_examples=60)
@given(rank_ballots)
def test_what_all_voters_prefer_beats_what_they_prefer_it_to(ballots: list[RankBallot]) -> None:
    found = winners(FIVE, ballots)
    for better in FIVE:
        for worse in FIVE:
            if prefer(ballots, better, worse) == len(ballots):
                assert worse not in found
