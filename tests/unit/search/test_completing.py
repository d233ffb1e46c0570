import pytest

from tests.unit.search.shelf import index


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("plotling", [4]),
        ("Plot", [4]),
        ("the tr", [3]),
        ("tr", [3]),
        ("seeing th", [5]),
        ("vision", [5]),
        ("course in", [5, 11]),
        ("netw", [1]),
        ("lindq", [2, 3]),
        ("plotlign", [4]),
        ("workbok", [3]),
        ("atention in", [2]),
        ("", []),
        ("   ", []),
        ("zzz", []),
    ],
)
def test_what_is_typed_is_completed(typed: str, keys: list[int]) -> None:
    assert index().complete(typed) == keys


def test_names_and_their_parts_that_begin_so_come_by_their_length() -> None:
    # "Slowly" is a part of a title, "Sentences" and "seeing things" are before the colon.
    assert index().complete("s")[:4] == [1, 11, 10, 5]


def test_dead_ones_come_last() -> None:
    assert index().complete("o")[-1] == 7
    assert index().complete("old net") == [7]


def test_no_more_are_named_than_were_asked_for() -> None:
    assert len(index().complete("a", limit=2)) == 2
    assert index().complete("a", limit=0) == []
