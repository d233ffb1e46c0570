"""What must hold of every ledger, whatever the member planned, wherever they went and however time passed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.checkins.ledger import (
    FREEZES_AT_MOST,
    DayState,
    History,
    LedgerDay,
    Reason,
    consistency,
    ledger,
    longest_streak,
    streak,
)
from bot.heartbeat import Downtime
from bot.localtime import Weekdays, instant
from bot.routines.rules import Pause
from tests.ledger.slow import DAY, QUARTER, live
from tests.ledger.stories import Story, stories, travels, weekdays, zones

NOT_OVER, MISSED, OUTAGE = DayState.TODAY, DayState.MISSED, DayState.OUTAGE


def days_of(story: Story) -> list[LedgerDay]:
    return ledger(story.history, story.now)


def wall_of(story: Story) -> datetime:
    """What the member's clock shows."""
    zone = ZoneInfo(story.history.plans.routines[-1].zone)
    return story.now.astimezone(zone).replace(tzinfo=None)


def over(story: Story) -> list[LedgerDay]:
    """The days that are behind the member and not open any more."""
    today = wall_of(story).date()
    return [day for day in days_of(story) if day.day < today and day.state is not NOT_OVER]


def same_days(days: list[LedgerDay], others: list[LedgerDay]) -> list[LedgerDay]:
    """Those of the others that are of the same dates."""
    dates = {day.day for day in days}
    return [day for day in others if day.day in dates]


@given(stories())
def test_the_days_follow_one_another_from_the_first_to_today(story: Story) -> None:
    days = [day.day for day in days_of(story)]
    last = max([wall_of(story).date(), *story.history.reported])
    assert days == [
        story.history.began + number * DAY for number in range((last - story.history.began).days + 1)
    ]


@given(stories(longest=90))
def test_freezes_change_by_one_and_stay_between_none_and_three(story: Story) -> None:
    before = 0
    for day in days_of(story):
        assert 0 <= day.freezes <= FREEZES_AT_MOST
        if day.reason is Reason.FREEZE_USED:
            assert day.freezes == before - 1
        elif day.is_done:
            assert day.freezes in (before, before + 1)
        else:
            assert day.freezes == before
        assert not (day.state is MISSED and before), "it would have been covered"
        before = day.freezes


@given(st.one_of(stories(), travels()), st.lists(weekdays, min_size=1, max_size=3))
def test_changing_the_days_of_the_routine_changes_no_past_day(story: Story, changes: list[Weekdays]) -> None:
    changed = story
    for days in changes:
        changed = changed.planning(story.now, days=days)
    today = wall_of(story).date()
    past = [day for day in days_of(story) if day.day < today]
    assert same_days(past, days_of(changed)) == past


@given(st.one_of(stories(), travels()), zones)
def test_a_move_leaves_what_is_over_as_it_was(story: Story, zone: str) -> None:
    moved = story.planning(story.now, zone)
    past = [day for day in over(story) if day.day < wall_of(moved).date()]
    assert same_days(past, days_of(moved)) == past


@given(st.one_of(stories(), travels()), zones)
def test_a_move_never_makes_a_day_missed_save_by_a_later_wall_at_noon(story: Story, zone: str) -> None:
    moved = story.planning(story.now, zone)
    before = {day.day: day.state for day in days_of(story)}
    for day in days_of(moved):
        if day.state is MISSED and before[day.day] is not MISSED:
            assert before[day.day] is NOT_OVER
            assert day.day < wall_of(story).date()
            assert wall_of(moved) >= datetime.combine(day.day + DAY, time(12))


@given(st.one_of(stories(), travels()), zones)
def test_a_move_by_itself_never_raises_the_streak_and_breaks_it_only_over_an_open_yesterday(
    story: Story, zone: str
) -> None:
    here, there = days_of(story), days_of(story.planning(story.now, zone))
    assert streak(there) <= streak(here)
    assert longest_streak(there) <= longest_streak(here)
    if all(day.reason is not Reason.STILL_OPEN for day in here):
        assert streak(there) == streak(here)
        assert longest_streak(there) == longest_streak(here)
        assert consistency(there) == consistency(here)


@settings(max_examples=200)
@given(st.one_of(stories(), travels()), st.lists(zones, min_size=1, max_size=3))
def test_a_move_that_is_taken_back_at_once_leaves_no_trace(story: Story, journey: list[str]) -> None:
    home = story.history.plans.routines[-1].zone
    travelled = story
    for seconds, zone in enumerate([*journey, home]):
        travelled = travelled.planning(story.now + timedelta(seconds=seconds), zone)
    later = len(journey)
    assert days_of(travelled.later(seconds=later)) == days_of(story.later(seconds=later))


@given(stories())
def test_whoever_checks_in_on_each_day_they_have_misses_none_wherever_they_go(story: Story) -> None:
    plans = replace(story.history.plans, rest_days=frozenset(), pauses=())
    began, routines = story.history.began, plans.routines
    everything = {day: False for day in live(routines, began, story.now).lived if day >= began}
    days = ledger(History(began, plans, everything), story.now)
    assert {day.state for day in days} <= {DayState.DONE, DayState.REST, NOT_OVER}
    assert streak(days) == sum(day.due for day in days if day.state is DayState.DONE)


@settings(max_examples=200)
@given(st.one_of(stories(), travels()), st.integers(1, 99))
def test_what_is_over_stays_what_it_became_as_time_passes_and_the_member_moves_on(
    story: Story, percent: int
) -> None:
    story = story.without_downtimes()
    routines = story.history.plans.routines
    begin = routines[0].set_at
    then = begin + (story.now - begin) * percent // 100
    earlier = replace(story, now=then).but(
        routines=[routine for routine in routines if routine.set_at <= then]
    )
    past = over(earlier)
    assert same_days(past, days_of(story)) == past


@given(stories(), st.integers(1, 20), st.integers(0, 400))
def test_a_pause_to_come_changes_no_day_before_it(story: Story, ahead: int, length: int) -> None:
    first = wall_of(story).date() + ahead * DAY
    pauses = [pause for pause in story.history.plans.pauses if pause.last < first]
    before = story.but(pauses=pauses)
    after = story.but(pauses=[*pauses, Pause(first, first + length * DAY)])
    past = [day for day in days_of(before) if day.day < first]
    assert same_days(past, days_of(after)) == past


@given(stories(), st.integers(1, 20), st.integers(0, 20))
def test_coming_back_early_from_a_pause_changes_no_past_day(story: Story, since: int, still: int) -> None:
    today = wall_of(story).date()
    first = today - since * DAY
    pauses = [pause for pause in story.history.plans.pauses if pause.last < first]
    paused = story.but(pauses=[*pauses, Pause(first, today + still * DAY)])
    resumed = story.but(pauses=[*pauses, Pause(first, today - DAY)])
    past = [day for day in days_of(paused) if day.day < today]
    assert same_days(past, days_of(resumed)) == past


@st.composite
def mornings(draw: st.DrawFn) -> Story:
    """A morning on which yesterday, had it been a whole day, could still be reported."""
    story = draw(stories())
    plans = story.history.plans
    wall = wall_of(story)
    this_morning = draw(st.integers(0, 47)) * QUARTER
    now = instant(wall.date(), time.min, plans.routines[-1].zone) + this_morning
    yesterday = wall_of(replace(story, now=now)).date() - DAY
    every_day = [
        replace(routine, days=Weekdays.EVERY_DAY) for routine in plans.routines if routine.set_at <= now
    ]
    assume(every_day)
    return replace(story, now=now).but(routines=every_day, pauses=(), rest_days=()).reporting(yesterday, None)


@given(mornings())
def test_a_late_report_can_only_help(story: Story) -> None:
    days = days_of(story)
    open_days = [day.day for day in days if day.reason is Reason.STILL_OPEN]
    assume(open_days)
    reported = days_of(story.reporting(open_days[0], late=True))
    assert [day.state for day in days if day.day not in open_days] == [
        day.state for day in reported if day.day not in open_days
    ]
    assert streak(reported) == streak(days) + 1
    assert longest_streak(reported) >= longest_streak(days)
    assert reported[-1].freezes >= days[-1].freezes
    before, after = consistency(days), consistency(reported)
    assert after.done >= before.done
    assert after.of - after.done <= before.of - before.done


@st.composite
def outages(draw: st.DrawFn) -> tuple[Story, date]:
    """A story, and one of its days on which nothing was reported and the bot was never there."""
    story = draw(stories()).without_downtimes()
    undone = [day.day for day in over(story) if day.state in (MISSED, DayState.FROZEN)]
    life = live(story.history.plans.routines, story.history.began, story.now)
    # A move may leave less than an hour of a day, in which there can't be an outage.
    undone = [day for day in undone if [of_day for _, of_day in life.quarters].count(day) >= 4]
    assume(undone)
    day = draw(st.sampled_from(undone))
    moments = [moment for moment, of_day in life.quarters if of_day == day]
    down = Downtime(moments[0], moments[-1] + QUARTER)
    return replace(story, history=replace(story.history, downtimes=[down])), day


@given(outages())
def test_an_outage_costs_as_little_as_a_pause_would(outage: tuple[Story, date]) -> None:
    story, day_out = outage
    days = days_of(story)
    assert OUTAGE in [day.state for day in days if day.day == day_out]
    out = [day.day for day in days if day.state is OUTAGE]
    pauses = [*story.history.plans.pauses, *(Pause(day, day) for day in out)]
    paused = days_of(story.but(pauses=pauses).without_downtimes())
    assert [day for day in paused if day.day not in out] == [day for day in days if day.day not in out]
    assert [day.freezes for day in paused if day.day in out] == [
        day.freezes for day in days if day.day in out
    ]
    assert streak(paused) == streak(days)
    assert consistency(paused) == consistency(days)


@given(outages())
def test_up_to_the_first_outage_all_is_as_if_the_bot_had_been_there(outage: tuple[Story, date]) -> None:
    story, _ = outage
    days, others = days_of(story), days_of(story.without_downtimes())
    first = next(number for number, (day, other) in enumerate(zip(days, others, strict=True)) if day != other)
    assert days[first].state is OUTAGE
    assert others[first].state in (MISSED, DayState.FROZEN)
    assert days[first].freezes >= others[first].freezes
    assert streak(days[: first + 1]) >= streak(others[: first + 1])
