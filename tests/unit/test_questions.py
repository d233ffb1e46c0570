"""The questions of the day: the sets, their order, and how own ones are read."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.question_sets import DOING, JOB_HUNT, SHOWING
from bot.checkins.questions import OWN, SETS, USUAL, question_of
from bot.errors import QuestionTooLong, TextTooLong, TooManyQuestions
from bot.localtime import ONE_DAY
from bot.servers.rules import QUESTION_LIMIT, QUESTIONS_KEPT, QUESTIONS_TEXT_LIMIT, read_questions
from bot.servers.service import OWN_QUESTIONS, USUAL_QUESTIONS

EMBED_TITLE_HOLDS = 256

servers = st.integers(1, 2**63 - 1)
days = st.dates(date(2020, 1, 1), date(2100, 1, 1))
own_questions = st.lists(st.text(min_size=1), min_size=1, max_size=60, unique=True)


def asked(server: int, first: date, count: int, chosen: str, own: list[str]) -> list[str]:
    return [question_of(server, first + number * ONE_DAY, chosen, own) for number in range(count)]


@pytest.mark.parametrize("questions", [DOING, SHOWING, JOB_HUNT])
def test_each_set_has_a_few_dozen(questions: tuple[str, ...]) -> None:
    assert len(questions) >= 36


def test_each_question_is_in_one_set_once_and_in_the_mixed_one() -> None:
    every = [*DOING, *SHOWING, *JOB_HUNT]
    assert len({question.casefold() for question in every}) == len(every)
    assert sorted(SETS["mixed"]) == sorted(every)


def test_each_is_a_question_that_fits_a_title_and_needs_no_escaping() -> None:
    for question in SETS["mixed"]:
        assert "?" in question
        assert question == " ".join(question.split())
        assert len(question) <= EMBED_TITLE_HOLDS
        assert not set(question) & set("*_`~|<>@{}[]\\")


@given(servers, days, st.sampled_from(sorted(SETS)))
def test_each_of_a_set_comes_before_one_comes_again(server: int, first: date, chosen: str) -> None:
    questions = SETS[chosen]
    round_ = asked(server, first, len(questions), chosen, [])
    assert sorted(round_) == sorted(questions)
    assert question_of(server, first + len(questions) * ONE_DAY, chosen, []) == round_[0]


@given(servers, days, own_questions)
def test_each_of_the_own_ones_comes_before_one_comes_again(server: int, first: date, own: list[str]) -> None:
    round_ = asked(server, first, len(own), OWN, own)
    assert sorted(round_) == sorted(own)
    assert question_of(server, first + len(own) * ONE_DAY, OWN, own) == round_[0]


@pytest.mark.parametrize("chosen", sorted(SETS))
def test_two_days_in_a_row_do_not_follow_the_list(chosen: str) -> None:
    questions = SETS[chosen]
    week = asked(1, date(2026, 1, 1), 7, chosen, [])
    assert all(abs(questions.index(one) - questions.index(two)) > 1 for one, two in pairwise(week))


def test_a_week_of_the_mixed_set_has_questions_of_all() -> None:
    week = set(asked(1, date(2026, 1, 1), 7, "mixed", []))
    assert all(week & set(questions) for questions in (DOING, SHOWING, JOB_HUNT))


def test_own_questions_are_asked_only_where_they_were_chosen() -> None:
    assert question_of(1, date(2026, 1, 1), OWN, ["Mine?"]) == "Mine?"
    assert question_of(1, date(2026, 1, 1), "showing", ["Mine?"]) in SHOWING


@pytest.mark.parametrize("chosen", [OWN, "a set of a later version"])
def test_the_usual_set_stands_in_for_questions_that_are_not_there(chosen: str) -> None:
    assert question_of(1, date(2026, 1, 1), chosen, []) == question_of(1, date(2026, 1, 1), USUAL, [])


def test_servers_know_the_sets_by_the_same_names() -> None:
    assert (USUAL_QUESTIONS, OWN_QUESTIONS) == (USUAL, OWN)


# --- own questions as they are typed


def test_own_questions_are_read_one_a_line_without_empty_lines_and_repetitions() -> None:
    text = "What now?\r\n\n   \nWhat  next?\nwhat NOW?\n\u200bWhy? \u202e\n"
    assert read_questions(text) == ["What now?", "What next?", "Why?"]


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "\u3164\n\u2800", "\u200b"])
def test_a_text_in_which_nothing_can_be_read_has_no_questions(text: str) -> None:
    assert read_questions(text) == []


def test_markup_in_a_question_stays_as_it_was_typed() -> None:
    assert read_questions("**Who** is @everyone, <@1> or `rm -rf`?") == [
        "**Who** is @everyone, <@1> or `rm -rf`?"
    ]


def test_as_many_questions_as_are_kept_are_read_and_one_more_is_refused_with_both_numbers() -> None:
    fitting = [f"Question {number}?" for number in range(QUESTIONS_KEPT)]
    assert read_questions("\n".join(fitting)) == fitting
    with pytest.raises(TooManyQuestions, match=r"61 questions.*keep 60"):
        read_questions("\n".join([*fitting, "One more?"]))


def test_a_question_may_be_as_long_as_the_limit_and_a_longer_one_is_named() -> None:
    fitting = "x" * QUESTION_LIMIT
    assert read_questions(fitting) == [fitting]
    with pytest.raises(QuestionTooLong, match=r"“Tell me xxx.*209 characters.*200"):
        read_questions(f"Short?\nTell me {fitting}?")


def test_a_longer_text_than_a_form_holds_is_refused() -> None:
    with pytest.raises(TextTooLong, match="4001 characters"):
        read_questions("x\n" * (QUESTIONS_TEXT_LIMIT // 2) + "x")


@given(st.text(max_size=400))
def test_whatever_is_typed_is_read_into_lines_that_read_the_same_again(text: str) -> None:
    try:
        questions = read_questions(text)
    except QuestionTooLong:
        return
    assert all(0 < len(question) <= QUESTION_LIMIT and "\n" not in question for question in questions)
    assert read_questions("\n".join(questions)) == questions
