"""The questions of the day."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.questions import QUESTIONS, question_of
from bot.localtime import ONE_DAY

EMBED_TITLE_HOLDS = 256

servers = st.integers(1, 2**63 - 1)
days = st.dates(date(2020, 1, 1), date(2100, 1, 1))


def test_there_are_a_few_dozen_and_each_is_there_once() -> None:
    assert len(QUESTIONS) >= 36
    assert len({question.casefold() for question in QUESTIONS}) == len(QUESTIONS)


def test_each_is_a_question_that_fits_a_title_and_needs_no_escaping() -> None:
    for question in QUESTIONS:
        assert "?" in question
        assert question == " ".join(question.split())
        assert len(question) <= EMBED_TITLE_HOLDS
        assert not set(question) & set("*_`~|<>@{}[]\\")


@given(servers, days)
def test_each_comes_before_one_comes_again(server: int, first: date) -> None:
    asked = [question_of(server, first + number * ONE_DAY) for number in range(len(QUESTIONS))]
    assert sorted(asked) == sorted(QUESTIONS)
    assert question_of(server, first + len(QUESTIONS) * ONE_DAY) == asked[0]


def test_two_days_in_a_row_do_not_follow_the_list() -> None:
    places = [QUESTIONS.index(question_of(1, date(2026, 1, 1) + number * ONE_DAY)) for number in range(5)]
    assert all(abs(one - two) > 1 for one, two in pairwise(places))
