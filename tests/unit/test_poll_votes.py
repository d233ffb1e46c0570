"""Receipts, chance, and ballots as voters give them."""

import string

import pytest

from bot.polls.errors import UnknownMark, UnknownPlace
from bot.polls.rules import Method
from bot.polls.votes import (
    Ballot,
    ballot_as_json,
    check_marks,
    check_places,
    new_receipt,
    only_on,
    read_ballot,
    read_receipt,
)
from bot.ranking.criteria import Criterion

ALL_FIVE: dict[Criterion, int] = dict.fromkeys(Criterion, 3)


def test_a_receipt_has_no_letter_that_looks_like_another() -> None:
    receipts = [new_receipt() for _ in range(200)]
    assert all(len(receipt) == 9 and receipt[4] == "-" for receipt in receipts)
    used = set("".join(receipts)) - {"-"}
    assert used <= set(string.ascii_uppercase + string.digits) - set("01IOLU")
    assert len(set(receipts)) == len(receipts)


@pytest.mark.parametrize("typed", ["ABCD-2345", "abcd-2345", " abcd 2345 ", "ABCD2345", "a b c d 2 3 4 5"])
def test_a_receipt_is_read_however_it_is_typed(typed: str) -> None:
    assert read_receipt(typed) == "ABCD-2345"


@pytest.mark.parametrize("mark", [-1, 6, True, 2.5, "3", None])
def test_a_mark_is_a_whole_number_from_0_to_5(mark: object) -> None:
    with pytest.raises(UnknownMark):
        check_marks({Criterion.ANGLE: mark})  # type: ignore[dict-item]
    assert check_marks({Criterion.ANGLE: 0, Criterion.IMPRESSES: 5}) == {
        Criterion.IMPRESSES: 5,
        Criterion.ANGLE: 0,
    }


@pytest.mark.parametrize("place", [0, 6, True, 1.5, "1"])
def test_a_place_is_a_whole_number_no_greater_than_the_number_of_finalists(place: object) -> None:
    with pytest.raises(UnknownPlace):
        check_places({2: place}, finalists=5)  # type: ignore[dict-item]
    assert check_places({4: 1, 2: 5, 3: 1}, finalists=5) == {2: 5, 3: 1, 4: 1}


@pytest.mark.parametrize(
    "ballot",
    [Ballot(), Ballot(scores={3: ALL_FIVE, 0: {Criterion.ANGLE: 0}}), Ballot(ranks={12: 1, 3: 1, 5: 4})],
)
def test_a_ballot_is_read_as_it_was_stored(ballot: Ballot) -> None:
    assert read_ballot(ballot_as_json(ballot)) == ballot


def test_a_ballot_of_marks_is_whole_when_no_mark_is_missing() -> None:
    whole = Ballot(scores={4: ALL_FIVE, 7: ALL_FIVE})
    assert whole.is_whole(Method.SCORES, (4, 7))
    assert whole.is_whole(Method.SCORES, (7,))
    assert not whole.is_whole(Method.SCORES, (4, 7, 8))
    all_but_one = dict(list(ALL_FIVE.items())[:-1])
    assert not Ballot(scores={4: ALL_FIVE, 7: all_but_one}).is_whole(Method.SCORES, (4, 7))


def test_a_ranked_ballot_may_leave_ideas_out() -> None:
    assert Ballot(ranks={4: 1}).is_whole(Method.RANKING, (4, 7, 8))
    assert not Ballot().is_whole(Method.RANKING, (4, 7, 8))


def test_what_a_ballot_says_of_others_counts_for_nothing() -> None:
    assert only_on(Ballot(ranks={4: 1, 5: 2}), (5, 6)) == Ballot(ranks={5: 2})
    assert only_on(Ballot(scores={4: ALL_FIVE}), (5,)).is_empty
