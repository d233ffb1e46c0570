"""What is known of several ideas at once: against numpy, and against what it must be."""

import warnings
from random import Random
from statistics import fmean

import pytest

from bot.ranking.linear import factor, inverse_root, solved
from bot.ranking.normal import Normal
from bot.ranking.pooling import Scale, among, pooled

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import numpy as np


def any_matrix(size: int, seed: int) -> list[list[float]]:
    """A positive definite one."""
    chance = Random(seed)
    rows = [[chance.gauss() for _ in range(size)] for _ in range(size)]
    return [[sum(map(float.__mul__, one, other)) + (one is other) for other in rows] for one in rows]


def any_normal(size: int, seed: int) -> Normal:
    chance = Random(seed)
    return Normal(tuple(chance.gauss() for _ in range(size)), inverse_root(factor(any_matrix(size, seed))))


@pytest.mark.parametrize("size", [1, 2, 7, 30])
def test_equations_are_solved_and_matrices_inverted_as_by_numpy(size: int) -> None:
    matrix, vector = any_matrix(size, seed=size), [Random(size).gauss() for _ in range(size)]
    lower = factor(matrix)
    assert solved(lower, vector) == pytest.approx(list(np.linalg.solve(matrix, vector)))
    root = np.array(inverse_root(lower))
    assert (root @ root.T).ravel() == pytest.approx(np.linalg.inv(matrix).ravel())


def test_draws_have_the_means_and_the_covariance_and_come_with_their_mirror_images() -> None:
    known = any_normal(4, seed=1)
    draws = list(known.draws(seed=5, pairs=4000))
    assert len(draws) == 8000
    assert [fmean(column) for column in zip(*draws, strict=True)] == pytest.approx(known.means, abs=1e-9)
    expected = [known.covariance(i, j) for i in range(4) for j in range(4)]
    assert np.cov(np.array(draws).T).ravel() == pytest.approx(expected, abs=0.06)
    assert draws == list(known.draws(seed=5, pairs=4000))


def test_draws_for_a_seed_are_these_on_every_machine() -> None:
    standard = Normal((0.0,), ((1.0,),))
    # Random(1) begins with 0.13436424411240122, of which the normal distribution's table says -1.106.
    assert next(standard.draws(seed=1, pairs=1)) == [pytest.approx(-1.106, abs=1e-3)]


def test_one_is_better_than_another_as_often_as_in_draws() -> None:
    known = any_normal(3, seed=2)
    draws = list(known.draws(seed=1, pairs=4000))
    assert known.better(0, 2) == pytest.approx(fmean(draw[0] > draw[2] for draw in draws), abs=0.02)
    assert known.better(1, 1) == 0.5


def test_centred_strengths_are_apart_from_their_mean() -> None:
    known = any_normal(5, seed=3)
    centred = known.centred()
    apart = np.identity(5) - 1 / 5
    covariance = np.array([[known.covariance(i, j) for j in range(5)] for i in range(5)])
    assert centred.means == pytest.approx(list(apart @ np.array(known.means)))
    found = [centred.covariance(i, j) for i in range(5) for j in range(5)]
    assert found == pytest.approx(list((apart @ covariance @ apart).ravel()))


def test_some_of_the_ideas_are_known_as_they_were_among_all() -> None:
    known = any_normal(6, seed=4)
    some = among(known, [5, 0, 3])
    assert some.means == (known.means[5], known.means[0], known.means[3])
    assert some.covariance(0, 2) == pytest.approx(known.covariance(5, 3))


def test_ballots_are_added_as_by_the_formula_for_normal_distributions() -> None:
    known, scale = any_normal(3, seed=6), Scale(slope=0.5, weight=0.8, steady=2.0)
    # One ballot disagrees with nobody, so its noise is the usual one.
    ballot = {0: 4.0, 2: 3.0}
    observed = np.array([[1.0, 0, 0], [0, 0, 1.0]])
    noise = (np.identity(2) + np.ones((2, 2)) / 2.0) / 0.8
    prior = np.array([[known.covariance(i, j) for j in range(3)] for i in range(3)])
    seen = fmean(known.means) + (np.array([4.0, 3.0]) - 3.5) / 0.5
    gain = prior @ observed.T @ np.linalg.inv(observed @ prior @ observed.T + noise)
    means = np.array(known.means) + gain @ (seen - observed @ np.array(known.means))
    covariance = prior - gain @ observed @ prior
    found = pooled(known, [0, 1, 2], [ballot], scale, level=3.5)
    assert found.means == pytest.approx(list(means))
    assert [found.covariance(i, j) for i in range(3) for j in range(3)] == pytest.approx(
        list(covariance.ravel())
    )
