"""The board: which column a job is in, how old it is, and what is to be done about it."""

from datetime import date

from bot.tracker.board import Card, board_of, card_of
from bot.tracker.follow_ups import FIRST, FollowUp
from bot.tracker.rules import Application, Job, State

TODAY = date(2026, 5, 20)


def job(
    number: int,
    state: State,
    since: date,
    *,
    follow_up: FollowUp | None = None,
    follow_ups: bool = True,
) -> Application:
    applied_on = since if state is State.APPLIED else None
    return Application(number, 10, Job("Acme"), None, None, state, since, applied_on, follow_ups, follow_up)


def test_the_columns_come_in_the_order_of_the_states_and_empty_ones_not_at_all() -> None:
    jobs = [
        job(1, State.REJECTED, date(2026, 5, 1)),
        job(2, State.SAVED, date(2026, 5, 19)),
        job(3, State.INTERVIEWING, date(2026, 5, 20)),
        job(4, State.SAVED, date(2026, 5, 20)),
    ]
    board = board_of(jobs, TODAY)
    assert [
        (column.state.value, [card.application.id for card in column.cards]) for column in board.columns
    ] == [
        ("saved", [4, 2]),
        ("interviewing", [3]),
        ("rejected", [1]),
    ]
    assert [card.age for card in board.cards] == [0, 1, 0, 19]
    assert board_of([], TODAY).columns == []


def test_a_card_says_in_how_many_days_it_is_time_to_follow_up() -> None:
    waits = job(1, State.APPLIED, date(2026, 5, 11), follow_up=FollowUp(FIRST, date(2026, 5, 22)))
    assert card_of(waits, TODAY) == Card(waits, 9, follow_up_in=2)
    due = job(2, State.APPLIED, date(2026, 5, 11), follow_up=FollowUp(FIRST, date(2026, 5, 18)))
    assert card_of(due, TODAY).follow_up_in == -2
    silent = job(3, State.APPLIED, date(2026, 5, 11), follow_up=due.follow_up, follow_ups=False)
    assert card_of(silent, TODAY).follow_up_in is None


def test_a_week_after_it_was_told_it_is_time_for_the_second_which_is_due_since_then() -> None:
    told = FollowUp(FIRST, date(2026, 5, 11), told_on=date(2026, 5, 11))
    waits = job(1, State.APPLIED, date(2026, 5, 4), follow_up=told)
    assert card_of(waits, date(2026, 5, 17)) == Card(waits, 13, follow_up_in=-6)
    assert card_of(waits, TODAY) == Card(waits, 16, follow_up_in=-2, may_be_ghosted=True)


def test_what_is_due_comes_first_in_its_column_and_the_longest_due_first_of_all() -> None:
    new = job(1, State.APPLIED, TODAY, follow_up=FollowUp(FIRST, date(2026, 5, 27)))
    due = job(2, State.APPLIED, date(2026, 5, 12), follow_up=FollowUp(FIRST, date(2026, 5, 19)))
    longer = job(3, State.APPLIED, date(2026, 5, 10), follow_up=FollowUp(FIRST, date(2026, 5, 17)))
    board = board_of([new, longer, due], TODAY)
    assert [card.application.id for card in board.cards] == [2, 3, 1]
    assert [card.application.id for card in board.due] == [3, 2]


def test_a_day_that_is_still_to_come_after_a_move_to_the_west_makes_no_negative_age() -> None:
    assert card_of(job(1, State.SAVED, date(2026, 5, 21)), TODAY).age == 0
