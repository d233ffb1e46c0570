"""Strengths: against choix on the same pairs, and what must hold for whatever people tap."""

import warnings
from collections.abc import Sequence
from math import exp, log, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.choices import Choice
from bot.ranking.fit import EVIDENCE, PRIOR_DEVIATION, Fit, Tally, fit
from tests.unit.ranking.profiles import IDEAS, choices, random_choices

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import choix


def fitted(taps: Sequence[Choice], ideas: int = IDEAS) -> Fit:
    tally = Tally(ideas)
    for tap in taps:
        tally.add(tap)
    return fit(tally)


def pairs(taps: Sequence[Choice]) -> list[tuple[int, int]]:
    return [(tap.best, idea) for tap in taps for idea in tap.shown if idea != tap.best]


@pytest.mark.parametrize(("ideas", "taps"), [(2, 1), (5, 8), (12, 40), (30, 300)])
def test_strengths_are_those_that_choix_finds_from_the_same_pairs(ideas: int, taps: int) -> None:
    tapped = random_choices(ideas, ideas, taps)
    # choix weighs no pairs, so the prior weighs more instead; its penalty is alpha times the sum of squares.
    alpha = 1 / (2 * EVIDENCE * PRIOR_DEVIATION**2)
    expected = choix.opt_pairwise(ideas, pairs(tapped), alpha=alpha, tol=1e-9)
    assert fitted(tapped, ideas).means == pytest.approx(list(expected), abs=1e-5)


def test_cards_of_four_lead_to_nearly_what_the_whole_choice_says() -> None:
    chance = Random(4)
    strengths = [-1.5, -0.5, 0.0, 0.2, 0.6, 1.2]
    taps = []
    for _ in range(500):
        shown = tuple(chance.sample(range(6), 4))
        taps.append(Choice(shown, chance.choices(shown, [exp(strengths[idea]) for idea in shown])[0]))
    expected = choix.opt_top1(6, [(tap.best, tap.beaten) for tap in taps], alpha=0.1)
    assert fitted(taps).means == pytest.approx(list(expected), abs=0.2)


def test_one_tap_on_two_ideas_is_where_the_slope_is_level() -> None:
    known = fitted([Choice((0, 1), 1)], ideas=2)
    strength = known.means[1]
    assert known.means[0] == pytest.approx(-strength)
    # What the tap still pulls is what the prior holds.
    assert EVIDENCE / (1 + exp(2 * strength)) == pytest.approx(strength / PRIOR_DEVIATION**2)


def test_the_covariance_is_the_inverse_of_the_curvature() -> None:
    known = fitted([Choice((0, 1), 1)], ideas=2)
    chance = 1 / (1 + exp(known.means[0] - known.means[1]))
    bend, prior = EVIDENCE * chance * (1 - chance), PRIOR_DEVIATION**-2
    determinant = (prior + bend) ** 2 - bend**2
    assert known.covariance(0, 0) == pytest.approx((prior + bend) / determinant)
    assert known.covariance(0, 1) == pytest.approx(bend / determinant)
    assert known.deviation(1) == pytest.approx(sqrt((prior + bend) / determinant))


def test_before_anybody_taps_all_are_equal_and_nothing_is_known() -> None:
    known = fitted([], ideas=30)
    assert set(known.means) == {0.0}
    assert known.deviation(7) == pytest.approx(PRIOR_DEVIATION)
    assert fitted([], ideas=0).means == ()


def test_an_idea_that_wins_everything_stays_finite_and_far_ahead() -> None:
    known = fitted([Choice((0, idea, idea + 1, idea + 2), 0) for idea in range(1, 27)] * 200, ideas=30)
    assert max(known.means) == known.means[0] < 20
    assert known.means[0] > 3 + max(known.means[1:])


def test_ideas_that_never_met_are_held_together_by_the_prior() -> None:
    known = fitted([Choice((0, 1), 0), Choice((2, 3), 2)], ideas=4)
    assert known.means[0] == pytest.approx(known.means[2])
    assert known.covariance(0, 2) == pytest.approx(0, abs=1e-12)


def test_an_earlier_fit_to_start_from_changes_nothing() -> None:
    taps = random_choices(1, 30, 400)
    tally = Tally(30)
    for tap in taps[:300]:
        tally.add(tap)
    earlier = fit(tally)
    for tap in taps[300:]:
        tally.add(tap)
    assert fit(tally, earlier).means == pytest.approx(fit(tally).means, abs=1e-9)


def test_a_bad_start_is_survived() -> None:
    tally = Tally(3)
    for tap in [Choice((0, 1, 2), 0)] * 1000 + [Choice((0, 1, 2), 1)] * 10:
        tally.add(tap)
    found = fit(tally)
    far_off = Fit((-30.0, 30.0, 5.0), found.root, 0)
    assert fit(tally, far_off).means == pytest.approx(found.means, abs=1e-8)


def test_a_copy_stays_as_it_is() -> None:
    tally = Tally(3)
    tally.add(Choice((0, 1, 2), 2))
    copy = tally.copy()
    tally.add(Choice((0, 1), 1))
    assert (tally.taps, copy.taps, copy.wins(1, 0)) == (2, 1, 0)
    assert copy.wins(2, 0) == 1


@settings(max_examples=40)
@given(choices(), st.randoms(use_true_random=False))
def test_the_order_of_the_taps_changes_nothing_at_all(taps: list[Choice], chance: Random) -> None:
    mixed = [Choice(tuple(chance.sample(tap.shown, len(tap.shown))), tap.best) for tap in taps]
    chance.shuffle(mixed)
    assert fitted(mixed) == fitted(taps)


@settings(max_examples=40)
@given(choices(), st.permutations(range(IDEAS)))
def test_other_numbers_for_the_ideas_rename_the_strengths(taps: list[Choice], names: list[int]) -> None:
    renamed = [Choice(tuple(names[idea] for idea in tap.shown), names[tap.best]) for tap in taps]
    before, after = fitted(taps).means, fitted(renamed).means
    assert [after[name] for name in names] == pytest.approx(before, abs=1e-9)


@settings(max_examples=40)
@given(choices(), choices().filter(bool))
def test_a_tap_for_an_idea_never_makes_it_weaker(taps: list[Choice], more: list[Choice]) -> None:
    tap = more[0]
    before, after = fitted(taps), fitted([*taps, tap])
    assert after.means[tap.best] > before.means[tap.best]
    leads = [
        fitted_.means[tap.best] - fitted_.means[other] for other in tap.beaten for fitted_ in (before, after)
    ]
    assert all(later > earlier for earlier, later in zip(leads[::2], leads[1::2], strict=True))


@settings(max_examples=40)
@given(choices(), choices())
def test_taps_taken_back_leave_no_trace(taps: list[Choice], others: list[Choice]) -> None:
    tally = Tally(IDEAS)
    for tap in [*taps, *others]:
        tally.add(tap)
    for tap in others:
        tally.remove(tap)
    assert fit(tally) == fitted(taps)


@settings(max_examples=40)
@given(choices())
def test_nothing_nearby_is_more_likely_than_the_strengths_found(taps: list[Choice]) -> None:
    def misfit(strengths: Sequence[float]) -> float:
        total = sum(value**2 for value in strengths) / (2 * PRIOR_DEVIATION**2)
        for winner, loser in pairs(taps):
            total += EVIDENCE * log(1 + exp(strengths[loser] - strengths[winner]))
        return total

    found = list(fitted(taps).means)
    least = misfit(found)
    for idea in range(IDEAS):
        for by in (-1e-3, 1e-3):
            assert misfit([*found[:idea], found[idea] + by, *found[idea + 1 :]]) > least


@pytest.mark.parametrize(
    ("shown", "best"), [((1,), 1), ((), 0), ((1, 2, 3, 4, 5), 1), ((1, 1), 1), ((1, 2), 3), ((1, 2, 2), 2)]
)
def test_what_is_no_card_is_refused(shown: tuple[int, ...], best: int) -> None:
    with pytest.raises(ValueError, match="card"):
        Choice(shown, best)
