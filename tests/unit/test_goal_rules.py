"""What may be stored of a goal, and what may be done with it on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import EmptyGoal, GoalTooLong
from bot.goals.rules import (
    OUTCOMES,
    TEXT_LIMIT,
    Goal,
    GoalState,
    Step,
    clean_goal,
    find_chosen,
    is_settled,
    steps,
)

MONDAY = date(2026, 3, 2)


def goal(state: GoalState = GoalState.OPEN, number: int = 1, text: str = "Ship it") -> Goal:
    return Goal(number, 10, MONDAY, text, state)


def test_a_goal_is_kept_on_one_line_in_the_members_own_words() -> None:
    assert clean_goal("  Train *one*\n\n model,\u00a0end to end\u202e ") == "Train *one* model, end to end"


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u2060", "\u2800", "\u3164", "...", "—", "\u202e"])
def test_a_text_without_a_word_is_no_goal(text: str) -> None:
    with pytest.raises(EmptyGoal, match="word or two"):
        clean_goal(text)


def test_the_limit_counts_what_is_kept_and_not_what_was_typed() -> None:
    assert clean_goal(" " * 300 + "x" * TEXT_LIMIT + "\u200b" * 300) == "x" * TEXT_LIMIT
    with pytest.raises(GoalTooLong, match="201 characters"):
        clean_goal("x" * (TEXT_LIMIT + 1))


@given(st.text(max_size=600))
def test_whatever_is_accepted_is_visible_short_and_stays_as_it_is_when_cleaned_again(text: str) -> None:
    try:
        cleaned = clean_goal(text)
    except (EmptyGoal, GoalTooLong):
        return
    assert 1 <= len(cleaned) <= TEXT_LIMIT
    assert "\n" not in cleaned
    assert clean_goal(cleaned) == cleaned


@pytest.mark.parametrize(
    ("day", "of_an_open_goal", "of_a_kept_goal"),
    [
        (-1, (), ()),
        (0, (Step.KEEP,), (Step.REOPEN,)),
        (5, (Step.KEEP,), (Step.REOPEN,)),
        (6, (Step.KEEP, Step.CARRY), (Step.REOPEN,)),
        (7, (Step.KEEP, Step.CARRY), (Step.REOPEN,)),
        (13, (Step.KEEP, Step.CARRY), (Step.REOPEN,)),
        (14, (), ()),
    ],
)
def test_a_goal_can_be_ticked_for_two_weeks_and_carried_from_its_sunday_on(
    day: int, of_an_open_goal: tuple[Step, ...], of_a_kept_goal: tuple[Step, ...]
) -> None:
    today = MONDAY + timedelta(days=day)
    assert steps(goal(), today) == of_an_open_goal
    assert steps(goal(GoalState.KEPT), today) == of_a_kept_goal
    assert is_settled(goal(), today) == (day == 14)


@given(st.integers(-10, 30), st.sampled_from([GoalState.CARRIED, GoalState.DROPPED]))
def test_what_was_carried_over_or_dropped_stays_so(day: int, state: GoalState) -> None:
    assert steps(goal(state), MONDAY + timedelta(days=day)) == ()


@given(st.integers(-10, 30), st.sampled_from(GoalState))
def test_no_step_is_offered_that_would_change_nothing(day: int, state: GoalState) -> None:
    assert all(OUTCOMES[step] is not state for step in steps(goal(state), MONDAY + timedelta(days=day)))


def test_a_goal_is_chosen_by_its_number_or_typed_by_its_words() -> None:
    ship, number = goal(number=7, text="Ship it"), goal(number=8, text="7")
    assert find_chosen([ship, number], "7") is ship
    assert find_chosen([ship, number], "  ship   IT ") is ship
    assert find_chosen([number], "7") is number
    assert find_chosen([ship, number], "Ship") is None
    assert find_chosen([], "") is None
