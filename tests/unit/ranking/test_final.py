"""The final: who is first, by what, how sure, and who is divided about it."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.ballots import opinion_by_places, opinion_by_scores, preferring
from bot.ranking.choices import Choice
from bot.ranking.criteria import WEIGHTS, Criterion, Purpose
from bot.ranking.final import DecidedBy, FinalResult, RankBallot, ScoreBallot, Split, by_ranking, by_scores
from bot.ranking.fit import Fit, Tally, fit
from tests.unit.ranking.profiles import rank_ballots

FIVE = (0, 1, 2, 3, 4)
NAME = WEIGHTS[Purpose.NAME]
NOTHING = fit(Tally(8))

score_ballots = st.lists(
    st.dictionaries(
        st.integers(0, 4),
        st.dictionaries(st.sampled_from(Criterion), st.integers(0, 5), min_size=1),
        min_size=1,
    ),
    min_size=1,
    max_size=6,
)


def marks(*given_: int) -> ScoreBallot:
    """A ballot with one mark for all criteria of each of the first ideas."""
    return {idea: dict.fromkeys(Criterion, mark) for idea, mark in enumerate(given_)}


def carded(*bests: int) -> Fit:
    """What is known when these have been tapped among the first four."""
    tally = Tally(8)
    for best in bests:
        tally.add(Choice((0, 1, 2, 3), best))
    return fit(tally)


def ideas_of(result: FinalResult) -> list[int]:
    return [placed.idea for placed in result.order]


def test_without_ballots_the_cards_decide_by_either_method() -> None:
    known = carded(2, 2, 2, 1, 1, 0)
    for result in (by_scores(known, [0, 1, 2], [], NAME), by_ranking(known, [0, 1, 2], [], seed=1)):
        assert ideas_of(result) == [2, 1, 0]
        assert (result.decided_by, result.tied, result.split) == (DecidedBy.CARDS, (), None)


def test_with_neither_taps_nor_ballots_a_lot_decides_and_all_are_tied() -> None:
    for result in (by_scores(NOTHING, FIVE, [], NAME, seed=3), by_ranking(NOTHING, FIVE, [], seed=3)):
        assert (result.decided_by, result.tied) == (DecidedBy.LOT, FIVE)
        assert result.order[0].sure == pytest.approx(0.2, abs=0.05)
    firsts = {by_ranking(NOTHING, FIVE, [], seed=seed).order[0].idea for seed in range(40)}
    assert firsts == set(FIVE)


def test_marks_and_cards_are_pooled() -> None:
    known = carded(1, 1, 1, 0)
    assert ideas_of(by_scores(known, [0, 1], [], NAME)) == [1, 0]
    # One ballot that hardly minds does not turn it; many that do mind turn it.
    assert ideas_of(by_scores(known, [0, 1], [marks(4, 3)], NAME)) == [1, 0]
    result = by_scores(known, [0, 1], [marks(5, 1)] * 6, NAME)
    assert ideas_of(result) == [0, 1]
    assert (result.decided_by, result.tied) == (DecidedBy.COUNT, ())


def test_what_both_say_in_two_variables_is_bayes_rule() -> None:
    # Two ideas without taps: their difference d has variance 2 * 1.5**2. A ballot by which it is 2 marks sees
    # d = 2 / 0.5 with the noise of two opinions, 2 / 0.8; levels fall out of the difference, and one ballot
    # disagrees with nobody.
    result = by_scores(NOTHING, [0, 1], [marks(4, 2)], NAME)
    prior, noise = 2 * 1.5**2, 2 / 0.8
    difference = 4 * prior / (prior + noise)
    first, second = result.order
    assert first.points - second.points == pytest.approx(0.5 * difference, abs=1e-6)
    assert first.points + second.points == pytest.approx(6, abs=1e-6)


def test_the_purpose_decides_which_criterion_counts() -> None:
    quick = {**dict.fromkeys(Criterion, 2), Criterion.QUICK_TO_RUN: 5}
    exciting = {**dict.fromkeys(Criterion, 2), Criterion.EXCITES: 5}
    ballots: list[ScoreBallot] = [{0: quick, 1: exciting}]
    assert ideas_of(by_scores(NOTHING, [0, 1], ballots, WEIGHTS[Purpose.DEVREL])) == [0, 1]
    assert ideas_of(by_scores(NOTHING, [0, 1], ballots, WEIGHTS[Purpose.LEARNING])) == [1, 0]


def test_missing_marks_leave_the_weight_to_those_there_are() -> None:
    ballot: ScoreBallot = {0: {Criterion.IMPRESSES: 4, Criterion.ANGLE: 1}, 1: {}, 7: {Criterion.ANGLE: 5}}
    assert opinion_by_scores(ballot, [0, 1, 2], NAME) == {0: pytest.approx((0.25 * 4 + 0.25 * 1) / 0.5)}


def test_a_ballot_with_marks_for_one_idea_only_still_speaks_for_it() -> None:
    others = [marks(3, 3, 3)] * 2
    best: ScoreBallot = {2: dict.fromkeys(Criterion, 5)}
    assert by_scores(NOTHING, [0, 1, 2], [*others, best], NAME).order[0].idea == 2


def test_a_single_mark_speaks_for_its_idea_if_it_is_high_and_against_it_if_it_is_low() -> None:
    known = carded(2, 1, 1, 0, 0, 0)
    # By the cards idea 2 is just behind idea 1.
    before = ideas_of(by_scores(known, [0, 1, 2], [], NAME))
    for idea in range(3):
        best, worst = ([{idea: dict.fromkeys(Criterion, mark)}] for mark in (5, 0))
        assert ideas_of(by_scores(known, [0, 1, 2], best, NAME)).index(idea) <= before.index(idea)
        assert ideas_of(by_scores(known, [0, 1, 2], worst, NAME)).index(idea) >= before.index(idea)


def test_points_by_marks_stay_on_the_scale() -> None:
    result = by_scores(NOTHING, FIVE, [marks(5, 5, 5, 5, 0)] * 3, NAME)
    assert all(0 <= placed.low <= placed.points <= placed.high <= 5 for placed in result.order)


def test_places_become_the_number_of_ideas_beaten() -> None:
    assert opinion_by_places({0: 1, 1: 2, 2: 2, 4: 9}, FIVE) == {0: 4, 1: 2.5, 2: 2.5, 4: 1, 3: 0}
    assert opinion_by_places({}, FIVE) == {}
    assert opinion_by_places({7: 1}, FIVE) == {}
    assert opinion_by_places({3: 5}, FIVE) == {3: 4, 0: 1.5, 1: 1.5, 2: 1.5, 4: 1.5}


def test_a_tie_by_schulze_goes_to_borda_and_is_called_a_tie() -> None:
    # 0 and 1 are first once each, but 2 comes between on one ballot only.
    ballots: list[RankBallot] = [{0: 1, 1: 2, 2: 3}, {1: 1, 2: 2, 0: 3}]
    result = by_ranking(NOTHING, [0, 1, 2], ballots, seed=1)
    assert (ideas_of(result)[0], result.tied, result.decided_by) == (1, (0, 1), DecidedBy.BORDA)
    assert {placed.idea: placed.points for placed in result.order} == {1: 1.5, 0: 1.0, 2: 0.5}


def test_a_tie_by_borda_too_goes_to_the_cards_and_then_to_a_lot() -> None:
    ballots: list[RankBallot] = [{0: 1, 1: 2}, {1: 1, 0: 2}]
    by_cards = by_ranking(carded(1), [0, 1], ballots, seed=1)
    assert (ideas_of(by_cards), by_cards.tied, by_cards.decided_by) == ([1, 0], (0, 1), DecidedBy.CARDS)
    by_lot = by_ranking(NOTHING, [0, 1], ballots, seed=1)
    assert (by_lot.tied, by_lot.decided_by) == ((0, 1), DecidedBy.LOT)


def test_equal_marks_are_a_tie_that_a_lot_decides() -> None:
    result = by_scores(NOTHING, [0, 1, 2], [marks(4, 4, 1), marks(3, 3, 2)], NAME, seed=5)
    assert (result.tied, result.decided_by) == ((0, 1), DecidedBy.LOT)
    assert ideas_of(result)[2] == 2


@pytest.mark.parametrize("finalists", [[], [3], [3, 5]])
def test_there_may_be_fewer_than_five_finalists(finalists: list[int]) -> None:
    for result in (by_scores(NOTHING, finalists, [], NAME), by_ranking(NOTHING, finalists, [{3: 1}], seed=1)):
        assert sorted(ideas_of(result)) == finalists
        assert sum(placed.sure for placed in result.order) == pytest.approx(1 if finalists else 0)


def test_two_ideas_that_a_third_each_prefer_are_a_split() -> None:
    ballots = [{0: 1, 1: 2}] * 3 + [{1: 1, 0: 2}] * 2
    result = by_ranking(NOTHING, [0, 1], ballots, seed=1)
    assert result.split == Split(0, 1, for_first=3, for_second=2)
    assert by_scores(NOTHING, [0, 1], [marks(4, 2)] * 3 + [marks(2, 4)] * 2, NAME).split == result.split


@pytest.mark.parametrize(("for_first", "for_second"), [(3, 1), (7, 3), (2, 0), (1, 1)])
def test_too_few_are_no_second_team(for_first: int, for_second: int) -> None:
    ballots = [{0: 1, 1: 2}] * for_first + [{1: 1, 0: 2}] * for_second
    assert by_ranking(NOTHING, [0, 1], ballots, seed=1).split is None


def test_voters_are_told_apart_by_what_they_prefer() -> None:
    opinions = [{0: 3.0, 1: 1.0}, {0: 1.0, 1: 3.0}, {0: 2.0, 1: 2.0}, {0: 5.0}, {}]
    assert preferring(opinions, 0, 1) == ({0}, {1})
    assert preferring(opinions, 1, 0) == ({1}, {0})


def reversed_names(ballots: Sequence[RankBallot]) -> list[RankBallot]:
    return [{4 - idea: place for idea, place in ballot.items()} for ballot in ballots]


@settings(max_examples=25)
@given(rank_ballots, st.randoms(use_true_random=False))
def test_the_order_of_the_voters_changes_no_ranking(ballots: list[RankBallot], chance: Random) -> None:
    mixed = chance.sample(ballots, len(ballots))
    one, other = (by_ranking(NOTHING, FIVE, each, seed=1) for each in (ballots, mixed))
    assert ideas_of(one) == ideas_of(other)
    assert (one.tied, one.decided_by, one.split) == (other.tied, other.decided_by, other.split)


@settings(max_examples=25)
@given(rank_ballots)
def test_other_numbers_for_the_ideas_rename_who_is_tied_and_who_wins(ballots: list[RankBallot]) -> None:
    one = by_ranking(NOTHING, FIVE, ballots, seed=1)
    other = by_ranking(NOTHING, FIVE, reversed_names(ballots), seed=1)
    assert sorted(4 - idea for idea in other.tied) == list(one.tied)
    if one.decided_by in (DecidedBy.COUNT, DecidedBy.BORDA):
        assert other.order[0].idea == 4 - one.order[0].idea


@settings(max_examples=25)
@given(score_ballots, st.randoms(use_true_random=False))
def test_the_order_of_the_voters_changes_no_marks(ballots: list[ScoreBallot], chance: Random) -> None:
    one = by_scores(NOTHING, FIVE, ballots, NAME)
    other = by_scores(NOTHING, FIVE, chance.sample(ballots, len(ballots)), NAME)
    assert ideas_of(one) == ideas_of(other)
    assert [placed.points for placed in one.order] == pytest.approx([placed.points for placed in other.order])


@settings(max_examples=25)
@given(score_ballots)
def test_what_everybody_marks_best_is_first(ballots: list[ScoreBallot]) -> None:
    best: list[ScoreBallot] = [
        {**{idea: dict.fromkeys(Criterion, 4) for idea in FIVE}, 3: dict.fromkeys(Criterion, 5)}
        for _ in ballots
    ]
    result = by_scores(NOTHING, FIVE, best, NAME)
    assert (result.order[0].idea, result.tied) == (3, ())


@settings(max_examples=25)
@given(rank_ballots)
def test_whatever_is_ranked_the_result_is_whole(ballots: list[RankBallot]) -> None:
    result = by_ranking(NOTHING, FIVE, ballots, seed=1)
    assert sorted(ideas_of(result)) == list(FIVE)
    assert sum(placed.points for placed in result.order) == pytest.approx(10)
    assert all(0 <= placed.low <= placed.points <= placed.high <= 4 for placed in result.order)
    assert sum(placed.sure for placed in result.order) == pytest.approx(1)
    assert not result.tied or result.order[0].idea in result.tied
    assert (result.decided_by is DecidedBy.COUNT) == (not result.tied)


def test_the_weights_of_each_purpose_add_up_to_the_whole() -> None:
    for weights in WEIGHTS.values():
        assert set(weights) == set(Criterion)
        assert sum(weights.values()) == pytest.approx(1)
