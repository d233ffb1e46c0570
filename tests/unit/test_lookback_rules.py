"""Which days a look back covers, and what a week comes to."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.ledger import Consistency, DayState
from bot.checkins.rules import KindOfWork
from bot.goals.rules import Goal, GoalState
from bot.localtime import ONE_DAY
from bot.lookback.rules import (
    Days,
    Focus,
    MembersWeek,
    Work,
    begin_in_turn,
    building_share,
    check_ins,
    closing_words,
    days_before,
    days_of_week,
    minutes,
    week_ended_in,
)

MONDAY = date(2026, 3, 2)
ONE_WEEK = timedelta(days=7)
LEARNING, BUILDING, SHOWING = KindOfWork.LEARNING, KindOfWork.BUILDING, KindOfWork.SHOWING

any_day = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def goals_of(count: int, state: GoalState = GoalState.KEPT) -> list[Goal]:
    return [Goal(number, 100 + number, MONDAY, f"Goal {number}", state) for number in range(count)]


def week_of_member(
    states: Sequence[DayState | None] = (None,) * 7,
    *,
    work: Mapping[KindOfWork, Work] | None = None,
    links: Sequence[str] = (),
    goals: Sequence[Goal] = (),
    focus: Focus = Focus(),  # noqa: B008 - it cannot be changed
) -> MembersWeek:
    days = days_of_week(MONDAY)
    return MembersWeek(days, states, work or {}, links, goals, focus, 0, Consistency(0, 0))


def test_a_look_back_on_monday_covers_monday_to_sunday() -> None:
    assert days_before(MONDAY + ONE_WEEK) == Days(MONDAY, date(2026, 3, 8)) == days_of_week(MONDAY)


@given(any_day)
def test_every_day_is_covered_by_exactly_one_of_the_weekly_look_backs(posting_day: date) -> None:
    this, following = days_before(posting_day), days_before(posting_day + ONE_WEEK)
    assert this.last - this.first == timedelta(days=6)
    assert following.first == this.last + ONE_DAY


@given(any_day)
def test_the_goals_of_every_week_come_up_once_and_when_it_is_over(posting_day: date) -> None:
    days = days_before(posting_day)
    week = week_ended_in(days)
    assert week.weekday() == 0
    assert days.first <= week + timedelta(days=6) <= days.last
    assert week_ended_in(days_before(posting_day + ONE_WEEK)) == week + ONE_WEEK


@pytest.mark.parametrize(
    ("work", "share"),
    [
        ({}, None),
        ({SHOWING: Work(3, 100)}, None),
        ({BUILDING: Work(1, 70), LEARNING: Work(9, 30)}, 70),
        ({BUILDING: Work(1, 699), LEARNING: Work(1, 301)}, 69),
        ({BUILDING: Work(3, 0), LEARNING: Work(1, 0)}, 75),
        ({BUILDING: Work(5, 0), LEARNING: Work(1, 20)}, 0),
        ({BUILDING: Work(1, 1)}, 100),
    ],
    ids=[
        "nothing",
        "only showing",
        "by minutes",
        "rounded down",
        "by check-ins",
        "some counted",
        "all building",
    ],
)
def test_the_share_of_building(work: Mapping[KindOfWork, Work], share: int | None) -> None:
    assert building_share(work) == share


def test_sums_go_over_all_kinds_of_work() -> None:
    work = {BUILDING: Work(2, 50), SHOWING: Work(1, 0), LEARNING: Work(4, 25)}
    assert (check_ins(work), minutes(work)) == (7, 75)
    assert (check_ins({}), minutes({})) == (0, 0)


def test_a_list_that_fits_begins_at_its_first_place() -> None:
    assert [begin_in_turn(total, MONDAY, 3) for total in (0, 1, 3)] == [0, 0, 0]


@given(st.integers(1, 60), st.integers(1, 12), any_day)
def test_of_a_list_that_does_not_fit_all_places_come_up_in_turn(total: int, limit: int, week: date) -> None:
    seen = set()
    for number in range(-(-total // limit)):
        start = begin_in_turn(total, week + number * ONE_WEEK, limit)
        assert 0 <= start < total
        seen |= {place % total for place in range(start, start + limit)}
    assert seen == set(range(total))


def test_a_week_is_empty_without_a_check_in_a_block_or_a_kept_goal() -> None:
    assert week_of_member().is_empty
    assert week_of_member([DayState.MISSED] * 7, goals=goals_of(2, GoalState.OPEN)).is_empty
    assert not week_of_member(work={LEARNING: Work(1, 0)}).is_empty
    assert not week_of_member(focus=Focus(1, 25)).is_empty
    assert not week_of_member(goals=goals_of(1)).is_empty


STEADY = [DayState.DONE, DayState.LATE, DayState.DONE, DayState.DONE, DayState.DONE, DayState.REST, None]


@pytest.mark.parametrize(
    ("week", "words"),
    [
        (
            week_of_member(links=["https://example.org"], work={BUILDING: Work(1, 0)}),
            "a week ago|others see it",
        ),
        (week_of_member(work={SHOWING: Work(1, 0)}), "a week ago|others see it"),
        (week_of_member(goals=goals_of(1), work={BUILDING: Work(1, 0)}), "you did it|kept"),
        (week_of_member(STEADY, work={BUILDING: Work(5, 0)}), "adds up|progress is made of"),
        (week_of_member(work={BUILDING: Work(1, 0)}), "stays done|moved something forward"),
        (week_of_member([DayState.PAUSED] * 7), "part of the plan"),
        (week_of_member([DayState.MISSED] * 7), "ten minutes of work count"),
    ],
    ids=["shown", "showing", "goal kept", "steady", "some", "away", "nothing"],
)
def test_the_closing_words_speak_of_the_best_of_the_week(week: MembersWeek, words: str) -> None:
    assert any(each in closing_words(week) for each in words.split("|"))


def test_the_closing_words_change_from_week_to_week() -> None:
    week = week_of_member(work={BUILDING: Work(1, 0)})
    following = MembersWeek(
        days_of_week(MONDAY + ONE_WEEK), week.states, week.work, (), (), Focus(), 0, Consistency(0, 0)
    )
    assert closing_words(week) == closing_words(week)
    assert closing_words(week) != closing_words(following)
