"""Goals over a real database: three a week, ticked, carried over, dropped, and nobody else's business."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import pytest

from bot.errors import (
    GoalDecided,
    GoalGone,
    GoalSettled,
    GoalTooEarly,
    NextWeekFull,
    NoSuchGoal,
    NotSetUp,
    TooManyGoals,
    UserError,
)
from bot.goals.rules import ONE_WEEK, Goal, GoalState, Step
from bot.goals.service import goals_between, open_goals
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20
MONDAY = date(2026, 3, 2)
NEXT_MONDAY = MONDAY + ONE_WEEK
BERLIN, AUCKLAND, HONOLULU = "Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu"


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers in Berlin; it is one o'clock on Monday afternoon."""
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=5, zone=BERLIN, prompt_time=time(9))
    return services


async def add(services: Services, *texts: str, guild: int = GUILD, user: int = ADA) -> list[int]:
    """Set goals and answer their ids."""
    for text in texts:
        goals = await services.goals.add(guild, user, text)
    return [goal.id for goal in goals.this_week][-len(texts) :]


def shown(goals: Sequence[Goal]) -> list[tuple[str, str]]:
    return [(goal.text, goal.state.value) for goal in goals]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_goals_are_set_for_the_week_of_the_members_own_day(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, zone=AUCKLAND)
    await services.routines.plan(GUILD, BEN, zone=HONOLULU)
    # Sunday noon in UTC: it is Monday in Auckland already, and still Sunday in Honolulu.
    clock.set(utc("2026-03-08T12:00"))
    for user in (ADA, BEN):
        await add(services, "Ship it", user=user)
    assert [goal.week for goal in (await services.goals.find(GUILD, ADA)).this_week] == [NEXT_MONDAY]
    assert [goal.week for goal in (await services.goals.find(GUILD, BEN)).this_week] == [MONDAY]


async def test_three_goals_a_week_open_or_kept_and_a_dropped_one_makes_room(services: Services) -> None:
    first, *_ = await add(services, "One", "Two", "Three")
    await services.goals.take(GUILD, ADA, first, Step.KEEP)
    with pytest.raises(TooManyGoals, match="3 goals"):
        await services.goals.add(GUILD, ADA, "Four")
    await services.goals.drop(GUILD, ADA, "two")
    goals = await services.goals.add(GUILD, ADA, "Four")
    assert shown(goals.this_week) == [("One", "kept"), ("Three", "open"), ("Four", "open")]


async def test_a_tick_can_be_taken_back_and_pressing_twice_changes_nothing(services: Services) -> None:
    (goal,) = await add(services, "Ship it")
    for step, state in ((Step.KEEP, "kept"), (Step.REOPEN, "open"), (Step.KEEP, "kept")):
        for _press in range(2):
            goals = await services.goals.take(GUILD, ADA, goal, step)
            assert shown(goals.this_week) == [("Ship it", state)]


async def test_a_goal_is_carried_over_once_and_from_sunday_on(services: Services, clock: ManualClock) -> None:
    (goal,) = await add(services, "Ship it")
    # The last minute of Saturday in Berlin, then the first of Sunday.
    clock.set(utc("2026-03-07T22:59"))
    with pytest.raises(GoalTooEarly):
        await services.goals.take(GUILD, ADA, goal, Step.CARRY)
    clock.set(utc("2026-03-07T23:00"))
    for _press in range(2):
        goals = await services.goals.take(GUILD, ADA, goal, Step.CARRY)
        assert shown(goals.this_week) == [("Ship it", "carried")]
        assert shown(goals.next_week) == [("Ship it", "open")]
    clock.advance(days=1)
    goals = await services.goals.find(GUILD, ADA)
    assert shown(goals.this_week) == [("Ship it", "open")]


async def test_last_weeks_undecided_goals_wait_for_a_week_and_show_what_became_of_them(
    services: Services, clock: ManualClock
) -> None:
    done, late, moved = await add(services, "Done", "Late", "Moved")
    await services.goals.take(GUILD, ADA, done, Step.KEEP)
    clock.set(utc("2026-03-15T22:59"))
    goals = await services.goals.find(GUILD, ADA)
    assert shown(goals.last_week) == [("Late", "open"), ("Moved", "open")]
    await services.goals.take(GUILD, ADA, late, Step.KEEP)
    goals = await services.goals.take(GUILD, ADA, moved, Step.CARRY)
    assert shown(goals.last_week) == [("Late", "kept"), ("Moved", "carried")]
    assert shown(goals.this_week) == [("Moved", "open")]
    clock.advance(minutes=1)
    for goal, step in ((late, Step.REOPEN), (late, Step.CARRY), (moved, Step.KEEP)):
        with pytest.raises(GoalSettled):
            await services.goals.take(GUILD, ADA, goal, step)


async def test_nothing_is_carried_into_a_full_week_and_nothing_is_lost(
    services: Services, clock: ManualClock
) -> None:
    (goal,) = await add(services, "Ship it")
    clock.advance(weeks=1)
    await add(services, "One", "Two", "Three")
    with pytest.raises(NextWeekFull, match="The week it would move to has 3 goals already"):
        await services.goals.take(GUILD, ADA, goal, Step.CARRY)
    assert shown((await services.goals.find(GUILD, ADA)).last_week) == [("Ship it", "open")]
    await services.goals.drop(GUILD, ADA, "One")
    goals = await services.goals.take(GUILD, ADA, goal, Step.CARRY)
    assert [text for text, _ in shown(goals.this_week)] == ["Two", "Three", "Ship it"]


async def test_a_carried_goal_takes_a_place_in_the_next_week(services: Services, clock: ManualClock) -> None:
    ids = await add(services, "One", "Two")
    clock.set(utc("2026-03-08T12:00"))
    for goal in ids:
        await services.goals.take(GUILD, ADA, goal, Step.CARRY)
    clock.set(utc("2026-03-09T12:00"))
    await add(services, "Three")
    with pytest.raises(TooManyGoals):
        await services.goals.add(GUILD, ADA, "Four")


async def test_what_was_decided_otherwise_is_not_decided_again(
    services: Services, clock: ManualClock
) -> None:
    dropped, kept, carried = await add(services, "Dropped", "Kept", "Carried")
    await services.goals.drop(GUILD, ADA, str(dropped))
    await services.goals.take(GUILD, ADA, kept, Step.KEEP)
    clock.set(utc("2026-03-08T12:00"))
    await services.goals.take(GUILD, ADA, carried, Step.CARRY)
    refused = [
        (goal, step)
        for goal, steps in ((dropped, list(Step)), (kept, [Step.CARRY]), (carried, [Step.KEEP, Step.REOPEN]))
        for step in steps
    ]
    for goal, step in refused:
        with pytest.raises(GoalDecided):
            await services.goals.take(GUILD, ADA, goal, step)


async def test_a_goal_of_a_week_to_come_can_be_dropped_but_not_ticked(
    services: Services, clock: ManualClock
) -> None:
    (goal,) = await add(services, "Ship it")
    clock.set(utc("2026-03-08T12:00"))
    (ahead,) = (await services.goals.take(GUILD, ADA, goal, Step.CARRY)).next_week
    with pytest.raises(GoalTooEarly):
        await services.goals.take(GUILD, ADA, ahead.id, Step.KEEP)
    assert await services.goals.droppable(GUILD, ADA) == [ahead]
    assert (await services.goals.drop(GUILD, ADA, str(ahead.id))).next_week == []


async def test_only_open_goals_of_these_weeks_can_be_dropped(services: Services, clock: ManualClock) -> None:
    old, kept = await add(services, "Old", "Kept")
    await services.goals.take(GUILD, ADA, kept, Step.KEEP)
    with pytest.raises(NoSuchGoal, match=str(kept)):
        await services.goals.drop(GUILD, ADA, str(kept))
    clock.advance(weeks=2)
    with pytest.raises(NoSuchGoal):
        await services.goals.drop(GUILD, ADA, str(old))
    assert await services.goals.droppable(GUILD, ADA) == []


@pytest.mark.parametrize(("guild", "user"), [(GUILD, BEN), (OTHER, ADA), (OTHER, BEN)])
async def test_a_goal_of_another_member_or_server_is_out_of_reach(
    services: Services, clock: ManualClock, guild: int, user: int
) -> None:
    (goal,) = await add(services, "Mine alone")
    clock.set(utc("2026-03-08T12:00"))
    for step in Step:
        with pytest.raises(GoalGone):
            await services.goals.take(guild, user, goal, step)
    for chosen in (str(goal), "Mine alone"):
        with pytest.raises(NoSuchGoal):
            await services.goals.drop(guild, user, chosen)
    theirs = await services.goals.find(guild, user)
    assert [*theirs.this_week, *theirs.last_week, *theirs.next_week] == []
    assert await services.goals.droppable(guild, user) == []
    assert shown((await services.goals.find(GUILD, ADA)).this_week) == [("Mine alone", "open")]


@pytest.mark.parametrize(("guild", "user"), [(GUILD, BEN), (OTHER, ADA)])
async def test_goals_of_others_take_no_place_and_do_not_show_a_week_later(
    services: Services, clock: ManualClock, guild: int, user: int
) -> None:
    await add(services, "One", "Two", "Three")
    await add(services, "Theirs", guild=guild, user=user)
    clock.advance(weeks=1)
    assert shown((await services.goals.find(guild, user)).last_week) == [("Theirs", "open")]


async def test_other_features_read_goals_of_one_server_only(services: Services) -> None:
    kept, _open = await add(services, "Kept", "Open")
    (bens,) = await add(services, "Ben's", user=BEN)
    (elsewhere,) = await add(services, "Elsewhere", guild=OTHER)
    for guild, user, goal in ((GUILD, ADA, kept), (GUILD, BEN, bens), (OTHER, ADA, elsewhere)):
        await services.goals.take(guild, user, goal, Step.KEEP)
    read = services.database.read
    assert shown(await read(open_goals, GUILD, ADA, MONDAY)) == [("Open", "open")]
    assert await read(open_goals, OTHER, ADA, MONDAY) == []
    assert await read(open_goals, GUILD, ADA, NEXT_MONDAY) == []


async def test_a_range_of_weeks_includes_both_ends_and_every_state(
    services: Services, clock: ManualClock
) -> None:
    for number in range(4):
        await add(services, f"Week {number}")
        if number == 1:
            await services.goals.drop(GUILD, ADA, "Week 1")
        clock.advance(weeks=1)
    between = await services.database.read(goals_between, GUILD, ADA, NEXT_MONDAY, NEXT_MONDAY + ONE_WEEK)
    assert [(goal.text, goal.state, goal.week) for goal in between] == [
        ("Week 1", GoalState.DROPPED, NEXT_MONDAY),
        ("Week 2", GoalState.OPEN, NEXT_MONDAY + ONE_WEEK),
    ]
    assert await services.database.read(goals_between, OTHER, ADA, MONDAY, NEXT_MONDAY + 4 * ONE_WEEK) == []


async def test_goals_need_a_server_that_is_set_up(services: Services) -> None:
    for asked in (
        services.goals.find(99, ADA),
        services.goals.add(99, ADA, "Ship it"),
        services.goals.take(99, ADA, 1, Step.KEEP),
        services.goals.droppable(99, ADA),
        services.goals.drop(99, ADA, "1"),
    ):
        with pytest.raises(NotSetUp):
            await asked


async def test_a_refused_text_stores_nothing(services: Services) -> None:
    for text in ("", "…", "*" * 4_000, "x" * 201):
        with pytest.raises(UserError):
            await services.goals.add(GUILD, ADA, text)
    assert (await services.goals.find(GUILD, ADA)).this_week == []


async def test_a_member_who_is_forgotten_has_no_goals_and_nobody_else_loses_theirs(
    services: Services,
) -> None:
    for guild, user in ((GUILD, ADA), (GUILD, BEN), (OTHER, ADA)):
        await add(services, "Ship it", guild=guild, user=user)
    exported = await services.database.read(services.goals.export_member, GUILD, ADA)
    assert [row["text"] for row in exported["goal"]] == ["Ship it"]
    await services.database.write(services.goals.forget_member, GUILD, ADA)
    left = [
        len((await services.goals.find(*who)).this_week) for who in ((GUILD, ADA), (GUILD, BEN), (OTHER, ADA))
    ]
    assert left == [0, 1, 1]
