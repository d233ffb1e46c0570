"""The shortlist: who is in, how sure that is, and how it may be said."""

from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.certainty import RANGES, SureWord, how_sure, shortlist_of
from bot.ranking.choices import Choice
from bot.ranking.fit import PRIOR_DEVIATION, Fit, Tally, fit
from tests.unit.ranking.profiles import choices


def believing(*means: float, deviation: float = 1.0) -> Fit:
    """Strengths that are known this well, each independent of the others."""
    rows = range(len(means))
    root = tuple(tuple(deviation * (row == column) for column in rows) for row in rows)
    return Fit(means, root, taps=0)


def fitted(taps: list[Choice], ideas: int) -> Fit:
    tally = Tally(ideas)
    for tap in taps:
        tally.add(tap)
    return fit(tally)


def test_of_two_ideas_the_better_one_is_in_as_surely_as_the_normal_distribution_says() -> None:
    shortlist = shortlist_of(believing(0.5, 0.0), seed=1, size=1)
    expected = 1 - NormalDist(0.5, 2**0.5).cdf(0)
    assert shortlist.members[0].sure == pytest.approx(expected, abs=0.04)
    assert shortlist.members[0].sure + shortlist.others[0].sure == 1
    assert shortlist.overlap == shortlist.members[0].sure


def test_members_and_others_stand_best_first_with_eighty_percent_around_them() -> None:
    shortlist = shortlist_of(believing(0, 5, 1, 4, 2, 3, deviation=0.5), seed=1, size=3)
    assert [standing.idea for standing in shortlist.members] == [1, 3, 5]
    assert [standing.idea for standing in shortlist.others] == [4, 2, 0]
    reach = 0.5 * 1.2816
    assert shortlist.members[0].low == pytest.approx(5 - reach, abs=1e-4)
    assert shortlist.members[0].high == pytest.approx(5 + reach, abs=1e-4)


def test_what_is_plain_is_settled_and_has_no_near_ties() -> None:
    shortlist = shortlist_of(believing(9, 9, 9, 9, 9, 0, 0), seed=1)
    assert shortlist.overlap == 1
    assert shortlist.settled
    assert shortlist.near_ties == ()


def test_any_five_of_six_hold_much_and_settle_nothing() -> None:
    # The fifth and the sixth are alike, so which of them is out is a toss: 4.5 of five are expected to be in.
    toss = shortlist_of(believing(9, 9, 9, 9, 0, 0), seed=1)
    assert toss.overlap == pytest.approx(0.9, abs=0.02)
    assert not toss.settled
    # Five of six miss a sixth by chance; a settled five miss 0.4 of that at most.
    assert toss.enough == pytest.approx(1 - 0.4 / 6)
    assert [shortlist_of(fitted([], ideas), seed=1).enough for ideas in (8, 20, 30)] == [0.85] * 3


def test_near_ties_are_those_that_are_better_than_the_last_member_with_a_third() -> None:
    # The difference of two deviates by the root of two: 0.6 behind is a third, 0.62 is less.
    third = -NormalDist(0, 2**0.5).inv_cdf(1 / 3)
    shortlist = shortlist_of(believing(9, 9, 9, 9, 0, -third + 0.01, -third - 0.01), seed=1)
    assert shortlist.near_ties == (5,)


def test_nothing_is_settled_before_anybody_taps_and_a_lot_decides_who_is_shown() -> None:
    nothing = fitted([], ideas=30)
    shortlist = shortlist_of(nothing, seed=1)
    assert not shortlist.settled
    assert shortlist.overlap == pytest.approx(1 / 6, abs=0.05)
    assert len(shortlist.near_ties) == 25
    assert shortlist.members[0].low == pytest.approx(-1.2816 * PRIOR_DEVIATION, abs=1e-3)
    lists = {tuple(member.idea for member in shortlist_of(nothing, seed=seed).members) for seed in range(5)}
    assert len(lists) == 5


def test_the_same_seed_gives_the_same_figures() -> None:
    known = fitted([Choice((0, 1, 2, 3), 1), Choice((4, 5, 6, 7), 4)], ideas=9)
    assert shortlist_of(known, seed=7) == shortlist_of(known, seed=7)
    assert shortlist_of(known, seed=7) != shortlist_of(known, seed=8)


def test_ideas_that_are_gone_are_neither_in_nor_out() -> None:
    shortlist = shortlist_of(believing(7, 6, 5, 4, 3, 2, 1), seed=1, gone={0, 6})
    assert [standing.idea for standing in shortlist.members] == [1, 2, 3, 4, 5]
    assert shortlist.others == ()


@pytest.mark.parametrize("ideas", [1, 2, 5])
def test_so_few_ideas_are_all_in_for_certain(ideas: int) -> None:
    shortlist = shortlist_of(fitted([], ideas), seed=1)
    assert len(shortlist.members) == ideas
    assert shortlist.overlap == 1
    assert shortlist.settled


def test_without_an_idea_the_shortlist_is_empty_and_not_settled() -> None:
    shortlist = shortlist_of(believing(1, 2), seed=1, gone={0, 1})
    assert (shortlist.members, shortlist.others, shortlist.settled) == ((), (), False)


@settings(max_examples=10)
@given(choices(), st.integers(0, 9))
def test_what_is_said_of_all_ideas_adds_up_to_the_places_there_are(taps: list[Choice], seed: int) -> None:
    shortlist = shortlist_of(fitted(taps, 6), seed=seed, size=2)
    standings = shortlist.members + shortlist.others
    assert sorted(standing.idea for standing in standings) == list(range(6))
    assert sum(standing.sure for standing in standings) == pytest.approx(2)
    strengths = [standing.strength for standing in standings]
    assert strengths == sorted(strengths, reverse=True)


@pytest.mark.parametrize(
    ("chance", "word", "percent"),
    [
        (1.0, SureWord.ALMOST_SURELY, 99),
        (0.91, SureWord.ALMOST_SURELY, 91),
        (0.66, SureWord.LIKELY, 66),
        (0.5, SureWord.ABOUT_EVEN, 50),
        (0.2, SureWord.UNLIKELY, 20),
        (0.0, SureWord.HARDLY, 1),
    ],
)
def test_a_percent_is_said_only_once_it_is_settled(chance: float, word: SureWord, percent: int) -> None:
    assert how_sure(chance, settled=True).percent == percent
    unsettled = how_sure(chance, settled=False)
    assert (unsettled.word, unsettled.percent) == (word, None)
    low, high = unsettled.range
    assert low <= percent <= high


def test_the_ranges_of_the_words_meet() -> None:
    ranges = sorted(RANGES.values())
    assert ranges[0][0] == 0
    assert ranges[-1][1] == 100
    assert all(one[1] == next_one[0] for one, next_one in pairwise(ranges))
