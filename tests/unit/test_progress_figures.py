"""The figures of progress, from ledgers written by hand and from the real one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.ledger import DayState, History, LedgerDay, Reason, ledger
from bot.checkins.rules import CheckIn, Entry, KindOfWork
from bot.goals.rules import Goal, GoalState
from bot.localtime import Weekdays
from bot.progress.figures import (
    SHOWN_AT_MOST,
    WEEKS,
    Amount,
    Share,
    building_share,
    days_to_next_freeze,
    figures_of,
    first_week,
)
from bot.routines.rules import Plans, Routine

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)
BUILDING, LEARNING, SHOWING = KindOfWork.BUILDING, KindOfWork.LEARNING, KindOfWork.SHOWING


def day(on: date, state: DayState = DayState.DONE) -> LedgerDay:
    reason = Reason.REPORTED if state is DayState.DONE else Reason.NOT_OVER
    return LedgerDay(on, state, reason, due=True, freezes=1)


def days_until(last: date, count: int) -> list[LedgerDay]:
    return [day(last - timedelta(days=back)) for back in reversed(range(count))]


def checkin(
    on: date, done: str = "Wrote it", kind: KindOfWork = BUILDING, minutes: int | None = None
) -> CheckIn:
    return CheckIn(1, on, Entry(done, kind=kind, minutes=minutes))


def goal(state: GoalState) -> Goal:
    return Goal(1, 1, MONDAY, "Ship it", state)


def test_without_a_ledger_there_is_no_beginning_and_nothing_to_show() -> None:
    figures = figures_of([], [], [], FRIDAY)
    assert figures.began is None
    assert (figures.days, figures.work, figures.building, figures.evidence) == ([], {}, None, [])
    assert (figures.streak, figures.checkins, figures.freezes) == (0, 0, 0)


def test_a_member_who_only_planned_has_not_begun() -> None:
    figures = figures_of([day(FRIDAY, DayState.TODAY)], [], [], FRIDAY)
    assert figures.began is None
    assert [figure.state for figure in figures.days] == [DayState.TODAY]


def test_the_half_year_has_26_weeks_and_begins_on_a_monday() -> None:
    figures = figures_of(days_until(FRIDAY, 3_000), [], [], FRIDAY)
    assert figures.first == figures.days[0].day == MONDAY - timedelta(weeks=WEEKS - 1)
    assert figures.days[-1].day == figures.last == FRIDAY
    assert len(figures.days) == 25 * 7 + 5


def test_check_ins_and_the_longest_streak_are_of_all_time() -> None:
    figures = figures_of(days_until(FRIDAY, 3_000), [], [], FRIDAY)
    assert (figures.checkins, figures.longest, figures.streak) == (3_000, 3_000, 3_000)
    assert figures.began == FRIDAY - timedelta(days=2_999)


def test_a_day_later_than_today_after_a_move_to_the_west_is_in_the_picture() -> None:
    sunday = date(2026, 11, 22)
    figures = figures_of(days_until(sunday + timedelta(days=1), 400), [], [], sunday)
    assert figures.last == figures.days[-1].day == sunday + timedelta(days=1)
    assert figures.first == first_week(figures.last)


def test_minutes_stand_with_their_day_and_none_where_none_were_given() -> None:
    checkins = [checkin(FRIDAY, minutes=50), checkin(FRIDAY - timedelta(days=1))]
    figures = figures_of(days_until(FRIDAY, 2), checkins, [], FRIDAY)
    assert [figure.minutes for figure in figures.days] == [None, 50]


def test_work_is_counted_by_kind_and_kinds_without_any_are_left_out() -> None:
    checkins = [
        checkin(FRIDAY, minutes=50),
        checkin(FRIDAY - timedelta(days=1), minutes=25),
        checkin(FRIDAY - timedelta(days=2), kind=SHOWING),
    ]
    figures = figures_of(days_until(FRIDAY, 3), checkins, [], FRIDAY)
    assert figures.work == {BUILDING: Amount(2, 75), SHOWING: Amount(1, 0)}
    assert figures.minutes == 75


def test_the_share_of_building_goes_by_minutes_where_any_are_known() -> None:
    assert building_share({BUILDING: Amount(1, 90), LEARNING: Amount(9, 10)}) == Share(90, by_minutes=True)


def test_the_share_of_building_goes_by_check_ins_where_no_minutes_are_known() -> None:
    assert building_share({BUILDING: Amount(7, 0), LEARNING: Amount(3, 0)}) == Share(70, by_minutes=False)


def test_showing_and_job_hunt_have_no_share_of_building() -> None:
    assert building_share({SHOWING: Amount(5, 300)}) is None


def test_only_goals_that_were_kept_count() -> None:
    goals = [goal(state) for state in GoalState]
    assert figures_of(days_until(FRIDAY, 1), [], goals, FRIDAY).goals_kept == 1


def test_the_last_things_shown_come_first_and_each_once() -> None:
    checkins = [
        checkin(FRIDAY - timedelta(days=9), "https://example.org/old"),
        checkin(FRIDAY - timedelta(days=2), "https://example.org/a then https://example.org/b"),
        checkin(FRIDAY, "again https://example.org/a"),
    ]
    evidence = figures_of(days_until(FRIDAY, 10), checkins, [], FRIDAY).evidence
    assert [(shown.url[-3:], (FRIDAY - shown.day).days) for shown in evidence] == [
        ("g/a", 0),
        ("g/b", 2),
        ("old", 9),
    ]


def test_no_more_is_shown_than_there_is_room_for() -> None:
    links = " ".join(f"https://example.org/{number}" for number in range(9))
    figures = figures_of(days_until(FRIDAY, 1), [checkin(FRIDAY, links)], [], FRIDAY)
    assert len(figures.evidence) == SHOWN_AT_MOST


def _ledger_of(done: Sequence[bool]) -> list[LedgerDay]:
    began = date(2026, 1, 1)
    routine = Routine(datetime(2026, 1, 1, tzinfo=UTC), began, "UTC", Weekdays.EVERY_DAY, time(9), ping=False)
    reported = {began + timedelta(days=number): False for number, was_done in enumerate(done) if was_done}
    evening = datetime(2026, 1, 1, 20, tzinfo=UTC) + timedelta(days=len(done) - 1)
    return ledger(History(began, Plans([routine]), reported), evening)


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_the_next_freeze_comes_after_exactly_as_many_due_days_done_as_promised(done: list[bool]) -> None:
    # The last day is done, so that the next ones follow without a gap.
    done = [*done, True]
    held = _ledger_of(done)[-1].freezes
    promised = days_to_next_freeze(_ledger_of(done))
    if promised is None:
        assert held == 3
        return
    assert _ledger_of(done + [True] * (promised - 1))[-1].freezes == held
    assert _ledger_of(done + [True] * promised)[-1].freezes == held + 1
