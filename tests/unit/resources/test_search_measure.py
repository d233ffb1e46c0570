"""How answers are measured, against examples reckoned by hand."""

import pytest

from benchmarks.graded_queries import Query, Score, Sort, first_right, ndcg, score

GRADES = {"a": 3, "b": 2, "c": 1}


def test_the_ideal_order_is_one() -> None:
    assert ndcg(["a", "b", "c"], GRADES) == pytest.approx(1)


def test_the_example_reckoned_by_hand() -> None:
    # Gains 7, 3 and 1; discounts 1, 1.58496 and 2: the ideal is 7 + 1.89279 + 0.5 = 9.39279.
    # Found b, x, a: 3 + 0 + 7 / 2 = 6.5.
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx(6.5 / 9.39279, abs=1e-5)


def test_a_well_known_example() -> None:
    # The example of Wikipedia's article (grades 3, 2, 3, 0, 1, 2 in the order found), its gains with
    # exponents: 7 + 3/1.58496 + 7/2 + 0 + 1/2.58496 + 3/2.80735 = 13.84826; the ideal order 3, 3, 2, 2, 1, 0
    # gives 7 + 7/1.58496 + 3/2 + 3/2.32193 + 1/2.58496 = 14.59539.
    grades = {"d1": 3, "d2": 2, "d3": 3, "d5": 1, "d6": 2}
    found = ["d1", "d2", "d3", "d4", "d5", "d6"]
    assert ndcg(found, grades, depth=6) == pytest.approx(13.84826 / 14.59539, abs=1e-5)


def test_only_the_first_five_count() -> None:
    assert ndcg(["x", "x", "x", "x", "x", "a"], GRADES) == 0
    many = dict.fromkeys("abcdefgh", 3)
    assert ndcg(list("hgfed"), many) == pytest.approx(1)


def test_nothing_found_is_nought() -> None:
    assert ndcg([], GRADES) == 0
    assert not first_right([], GRADES)


@pytest.mark.parametrize(
    ("found", "grades", "right"),
    [
        ("a", {"a": 3, "b": 2, "c": 1}, True),
        ("b", {"a": 3, "b": 2, "c": 1}, True),
        ("c", {"a": 3, "b": 2, "c": 1}, False),
        ("x", {"a": 3, "b": 2, "c": 1}, False),
        ("c", {"c": 1, "d": 1}, True),
        ("x", {"c": 1, "d": 1}, False),
    ],
)
def test_whether_the_first_hit_is_right(found: str, grades: dict[str, int], right: bool) -> None:
    assert first_right([found, "a", "b"], grades) is right


def test_all_queries_together() -> None:
    answers = [
        (Query("one", Sort.EXACT, {"a": 3}), ["a"]),
        (Query("two", Sort.TYPO, {"a": 3}), []),
        (Query("three", Sort.TYPO, {"a": 3}), ["b", "a"]),
        (Query("four", Sort.NOTHING), []),
        (Query("five", Sort.NOTHING), ["a"]),
    ]
    reckoned = score(answers)
    # The third finds it at rank 2: 1 / log2(3) = 0.63093.
    assert reckoned.ndcg == pytest.approx((1 + 0 + 0.63093) / 3, abs=1e-5)
    assert reckoned.first == pytest.approx(1 / 3)
    assert reckoned.said_nothing == 1 / 2
    assert reckoned.wrongly_nothing == pytest.approx(1 / 3)


def test_of_what_there_is_nothing_nothing_is_said() -> None:
    assert score([(Query("four", Sort.NOTHING), [])]) == Score(None, None, 1, None)
