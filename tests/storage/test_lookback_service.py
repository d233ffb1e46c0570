"""A member's own week, a server's week, who is named, and when a week is sent, over a real database."""

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.checkins.ledger import DayState
from bot.checkins.rules import Entry, KindOfWork
from bot.delivery import due
from bot.errors import NotSetUp
from bot.goals.rules import GoalState, Step
from bot.lookback import store
from bot.lookback.gathering import LINKS_NAMED, servers_week
from bot.lookback.rules import Days, Focus, Links, ServersWeek, Together, Work
from bot.lookback.sundays import WEEK, replan
from bot.services import Services
from cogs.lookback.server_week import server_week_embed
from tests.clocks import ManualClock

GUILD, OTHER = 1, 2
ADA, BEN, CLEO = 10, 20, 30
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
NEXT_MONDAY = date(2026, 3, 9)
LEARNING, BUILDING, SHOWING = KindOfWork.LEARNING, KindOfWork.BUILDING, KindOfWork.SHOWING
A_DAY = timedelta(days=1)


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers that have been set up, one in Berlin and one in Tokyo."""
    for guild, zone in ((GUILD, "Europe/Berlin"), (OTHER, "Asia/Tokyo")):
        await services.servers.set_up(guild, checkin_channel_id=guild, zone=zone, prompt_time=time(9))
    return services


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


async def check_in(
    services: Services,
    user: int,
    done: str = "Something",
    kind: KindOfWork = BUILDING,
    minutes: int | None = None,
    guild: int = GUILD,
) -> None:
    await services.checkins.report(guild, user, Entry(done, kind=kind, minutes=minutes))


async def look_back(
    services: Services, clock: ManualClock, posting_day: date = NEXT_MONDAY, guild: int = GUILD
) -> ServersWeek | None:
    return await services.database.read(servers_week, guild, posting_day, clock.now())


def add_block(
    db: sqlite3.Connection,
    user: int,
    began_at: datetime,
    minutes: int = 50,
    *,
    stopped_after: int | None = None,
    company: int | None = None,
    seen: bool = True,
    guild: int = GUILD,
) -> None:
    began = int(began_at.timestamp())
    db.execute(
        """
        insert into focus (guild_id, user_id, local_day, effort, minutes, began_at, ends_at, stopped_at, seen,
                           company)
        values (?, ?, ?, 'high', ?, ?, ?, ?, ?, ?)
        """,
        (
            guild,
            user,
            began_at.date().isoformat(),
            minutes,
            began,
            began + minutes * 60,
            None if stopped_after is None else began + stopped_after * 60,
            int(seen),
            company,
        ),
    )


async def test_before_the_set_up_there_is_no_week(services: Services) -> None:
    with pytest.raises(NotSetUp):
        await services.lookback.week(99, ADA)
    with pytest.raises(NotSetUp):
        await services.lookback.send_on_sundays(99, ADA, wanted=True)
    assert not (await services.preferences.find(99, ADA)).direct_weeks


async def test_a_week_of_somebody_who_never_checked_in_is_empty(services: Services) -> None:
    own = await services.lookback.week(GUILD, ADA)
    assert own.week.is_empty
    assert own.week.states == [None] * 7
    assert (own.week.streak, own.on_sundays) == (0, False)


async def test_a_members_week_tells_days_work_links_goals_and_standing(
    services: Services, db: sqlite3.Connection, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, days="mon-fri")
    await check_in(services, ADA, "Read https://example.org/paper", LEARNING, 30)
    await services.goals.add(GUILD, ADA, "Ship the demo")
    clock.set(at(MONDAY + A_DAY))
    await check_in(services, ADA, "Shown: https://example.org/demo", SHOWING)
    clock.set(at(MONDAY + 2 * A_DAY))
    await check_in(services, ADA, "Again https://example.org/paper and code", BUILDING, 70)
    add_block(db, ADA, at(MONDAY), 50)
    add_block(db, ADA, at(MONDAY + A_DAY), 90, stopped_after=20)
    week = (await services.lookback.week(GUILD, ADA)).week
    assert week.days == Days(MONDAY, SUNDAY)
    assert week.states == [DayState.DONE, DayState.DONE, DayState.DONE, None, None, None, None]
    assert week.work == {LEARNING: Work(1, 30), SHOWING: Work(1, 0), BUILDING: Work(1, 70)}
    assert week.links == ["https://example.org/paper", "https://example.org/demo"]
    assert week.focus == Focus(2, 70)
    assert (week.streak, week.consistency.done, week.consistency.of) == (3, 3, 3)
    assert [(goal.text, goal.state) for goal in week.goals] == [("Ship the demo", GoalState.OPEN)]


async def test_a_block_that_is_running_counts_for_as_long_as_it_has(
    services: Services, db: sqlite3.Connection, clock: ManualClock
) -> None:
    add_block(db, ADA, clock.now() - timedelta(minutes=10), 50)
    assert (await services.lookback.week(GUILD, ADA)).week.focus == Focus(1, 10)


async def test_last_week_stands_as_it_did_at_its_end(services: Services, clock: ManualClock) -> None:
    for number in range(7):
        clock.set(at(MONDAY + number * A_DAY))
        await check_in(services, ADA, minutes=10)
    clock.set(at(NEXT_MONDAY))
    await check_in(services, ADA, minutes=10)
    last = (await services.lookback.week(GUILD, ADA, back=1)).week
    assert (last.days, last.work, last.streak) == (Days(MONDAY, SUNDAY), {BUILDING: Work(7, 70)}, 7)
    this = (await services.lookback.week(GUILD, ADA)).week
    assert (this.days.first, this.work, this.streak) == (NEXT_MONDAY, {BUILDING: Work(1, 10)}, 8)


async def test_a_members_week_is_the_one_on_their_wall(services: Services, clock: ManualClock) -> None:
    clock.set(at(SUNDAY, 23))
    assert (await services.lookback.week(GUILD, ADA)).week.days.first == NEXT_MONDAY
    await services.routines.plan(GUILD, ADA, zone="America/New_York")
    assert (await services.lookback.week(GUILD, ADA)).week.days.first == MONDAY


async def test_the_week_comes_on_sunday_at_six_of_the_members_own_zone(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, zone="Asia/Tokyo")
    planned = await services.lookback.send_on_sundays(GUILD, ADA, wanted=True)
    assert planned is not None
    assert (planned.day, planned.at) == (SUNDAY, at(SUNDAY, 9))
    assert (await services.lookback.week(GUILD, ADA)).on_sundays
    there = await services.lookback.send_on_sundays(GUILD, BEN, wanted=True)
    assert there is not None
    assert there.at == at(SUNDAY, 17), "the server's zone, for who has no routine"


async def test_whoever_stops_it_is_sent_no_week(services: Services, db: sqlite3.Connection) -> None:
    await services.lookback.send_on_sundays(GUILD, ADA, wanted=True)
    assert await services.lookback.send_on_sundays(GUILD, ADA, wanted=False) is None
    assert due.planned(db, WEEK, GUILD, ADA) is None
    assert not (await services.lookback.week(GUILD, ADA)).on_sundays


async def test_the_week_follows_a_member_to_another_zone(services: Services, clock: ManualClock) -> None:
    await services.lookback.send_on_sundays(GUILD, ADA, wanted=True)
    await services.routines.plan(GUILD, ADA, zone="America/New_York")
    moved = await services.database.write(replan, GUILD, ADA, clock.now())
    assert moved is not None
    # New York's clocks go forward on that very Sunday.
    assert moved.at == at(SUNDAY, 22)


async def test_a_week_that_nobody_asked_for_is_not_planned_by_a_move(
    services: Services, db: sqlite3.Connection, clock: ManualClock
) -> None:
    assert await services.database.write(replan, GUILD, ADA, clock.now()) is None
    assert due.planned(db, WEEK, GUILD, ADA) is None


async def test_a_members_weeks_in_two_servers_know_nothing_of_each_other(
    services: Services, db: sqlite3.Connection, clock: ManualClock
) -> None:
    await check_in(services, ADA, "Here https://example.org/here", minutes=30)
    add_block(db, ADA, clock.now(), 50)
    await services.lookback.send_on_sundays(GUILD, ADA, wanted=True)
    await services.lookback.name(GUILD, ADA, NEXT_MONDAY, wanted=True)
    there = await services.lookback.week(OTHER, ADA)
    assert there.week.is_empty
    assert not there.on_sundays
    assert not (await services.preferences.find(OTHER, ADA)).named
    assert due.planned(db, WEEK, OTHER, ADA) is None
    assert await look_back(services, clock, guild=OTHER) is None


async def test_a_server_in_which_nobody_checked_in_has_no_week(
    services: Services, clock: ManualClock
) -> None:
    await check_in(services, ADA)
    assert await look_back(services, clock, MONDAY) is None
    assert await look_back(services, clock, NEXT_MONDAY + timedelta(days=8)) is None
    assert await look_back(services, clock, NEXT_MONDAY) is not None


async def test_a_servers_week_is_the_sum_of_its_check_ins(services: Services, clock: ManualClock) -> None:
    draw = random.Random(3)
    zones = ("Pacific/Kiritimati", "Europe/Berlin", "Etc/GMT+12")
    told: list[tuple[int, date, KindOfWork, int]] = []
    for number, zone in enumerate(zones):
        await services.routines.plan(GUILD, 100 + number, zone=zone)
    for hour in range(0, 24 * 16, 7):
        clock.set(at(date(2026, 2, 27), 0) + timedelta(hours=hour))
        user = 100 + draw.randrange(len(zones))
        kind, minutes = draw.choice(list(KindOfWork)), draw.randrange(90)
        report = await services.checkins.report(GUILD, user, Entry("Work", kind=kind, minutes=minutes))
        told = [each for each in told if each[:2] != (user, report.checkin.day)]
        told.append((user, report.checkin.day, kind, minutes))
    for posting_day in (MONDAY + number * A_DAY for number in range(16)):
        counted = [each for each in told if posting_day - timedelta(days=7) <= each[1] < posting_day]
        kinds = {each[2] for each in counted}
        week = await look_back(services, clock, posting_day)
        assert week is not None
        assert week.members == len({each[0] for each in counted})
        assert week.work == {
            kind: Work(
                sum(each[2] is kind for each in counted), sum(each[3] for each in counted if each[2] is kind)
            )
            for kind in kinds
        }


async def test_what_is_told_the_next_morning_counts_for_the_week_of_its_day(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, zone="Etc/GMT+12")
    clock.set(at(NEXT_MONDAY, 23) + timedelta(minutes=30))  # half past eleven on Monday at the last clocks
    await services.checkins.report(GUILD, ADA, Entry("On Sunday", kind=LEARNING), form_day=SUNDAY)
    week = await look_back(services, clock)
    assert week is not None
    assert week.work == {LEARNING: Work(1, 0)}


async def shown_by(services: Services, clock: ManualClock) -> Sequence[Links]:
    week = await look_back(services, clock)
    assert week is not None
    return week.shown


async def test_only_those_who_agreed_are_named_with_what_they_showed(
    services: Services, clock: ManualClock
) -> None:
    for user in (ADA, BEN):
        await check_in(services, user, f"https://example.org/{user}")
    assert await shown_by(services, clock) == []
    await services.lookback.name(GUILD, BEN, NEXT_MONDAY, wanted=True)
    assert await shown_by(services, clock) == [Links(BEN, [f"https://example.org/{BEN}"])]
    await services.lookback.name(GUILD, BEN, NEXT_MONDAY, wanted=False)
    assert await shown_by(services, clock) == []


async def test_what_was_shown_comes_before_other_links_and_each_link_once(
    services: Services, clock: ManualClock
) -> None:
    for user in (ADA, BEN, CLEO):
        await services.lookback.name(GUILD, user, NEXT_MONDAY, wanted=True)
    await check_in(services, ADA, "https://example.org/a1 https://example.org/a2")
    await check_in(services, BEN, "no link at all")
    clock.advance(days=1)
    await check_in(services, ADA, "https://example.org/a2 https://example.org/a3 https://example.org/a4")
    await check_in(services, CLEO, "https://example.org/c1", SHOWING)
    clock.advance(days=1)
    await check_in(services, CLEO, "https://example.org/c2", LEARNING)
    assert await shown_by(services, clock) == [
        Links(CLEO, ["https://example.org/c1", "https://example.org/c2"]),
        Links(ADA, ["https://example.org/a2", "https://example.org/a3", "https://example.org/a4"]),
    ]


async def test_links_of_other_weeks_are_left_out(services: Services, clock: ManualClock) -> None:
    await services.lookback.name(GUILD, ADA, NEXT_MONDAY, wanted=True)
    clock.set(at(MONDAY - A_DAY))
    await check_in(services, ADA, "https://example.org/before")
    clock.set(at(MONDAY))
    await check_in(services, ADA, "https://example.org/within")
    clock.set(at(NEXT_MONDAY))
    await check_in(services, ADA, "https://example.org/after")
    assert await shown_by(services, clock) == [Links(ADA, ["https://example.org/within"])]


async def test_of_very_many_who_showed_something_the_rest_is_counted(
    services: Services, clock: ManualClock
) -> None:
    for user in range(1000, 1000 + LINKS_NAMED + 3):
        await check_in(services, user, "https://example.org")
        await services.lookback.name(GUILD, user, NEXT_MONDAY, wanted=True)
    week = await look_back(services, clock)
    assert week is not None
    assert (len(week.shown), week.more_shown) == (LINKS_NAMED, 3)


async def test_kept_goals_are_named_of_those_who_agreed_and_when_their_week_is_over(
    services: Services, clock: ManualClock
) -> None:
    for user in (ADA, BEN):
        await check_in(services, user)
        goals = await services.goals.add(GUILD, user, f"Goal of {user}")
        await services.goals.add(GUILD, user, f"Still open, of {user}")
        await services.goals.take(GUILD, user, goals.this_week[0].id, Step.KEEP)
    await services.lookback.name(GUILD, ADA, NEXT_MONDAY, wanted=True)
    for posting_day, kept in ((SUNDAY, []), (NEXT_MONDAY, [f"Goal of {ADA}"])):
        week = await look_back(services, clock, posting_day)
        assert week is not None
        assert [goal.text for goal in week.goals] == kept


async def test_of_more_kept_goals_than_fit_each_comes_up_once_in_as_many_weeks_as_it_takes(
    db: sqlite3.Connection,
) -> None:
    weeks = [MONDAY + number * timedelta(days=7) for number in range(4)]
    for week in weeks:
        for user in range(8):
            row = (GUILD, user, week.isoformat(), "A goal", "kept" if user != 3 else "open")
            db.execute(
                "insert into goal (guild_id, user_id, week, text, state, set_at, changed_at)"
                " values (?, ?, ?, ?, ?, 0, 0)",
                row,
            )
    named = {0, 1, 2, 3, 5, 6, 7}
    goals, more = store.kept_goals(db, GUILD, MONDAY, named, 6, 6)
    assert ([goal.user_id for goal in goals], more) == ([0, 1, 2, 5, 6, 7], 0)
    found = [store.kept_goals(db, GUILD, week, named, 4, 4) for week in weeks]
    assert [(len({goal.id for goal in goals}), more) for goals, more in found] == [(4, 2)] * 4
    for two_weeks in (found[:2], found[1:3], found[2:]):
        assert {goal.user_id for goals, _ in two_weeks for goal in goals} == {0, 1, 2, 5, 6, 7}
    assert store.kept_goals(db, OTHER, MONDAY, named, 4, 4) == ([], 0)
    assert store.kept_goals(db, GUILD, MONDAY, set(), 4, 4) == ([], 0)


async def test_goals_that_are_too_long_for_one_message_come_first_in_turn(
    services: Services, db: sqlite3.Connection, clock: ManualClock
) -> None:
    await check_in(services, ADA)
    members = range(100, 120)
    for user in members:
        await services.lookback.name(GUILD, user, NEXT_MONDAY, wanted=True)
    firsts: set[int] = set()
    for number in range(4):
        week = MONDAY + number * timedelta(days=7)
        clock.set(at(week))
        await check_in(services, ADA)
        db.executemany(
            "insert into goal (guild_id, user_id, week, text, state, set_at, changed_at)"
            " values (?, ?, ?, ?, 'kept', 0, 0)",
            [(GUILD, user, week.isoformat(), "x" * 200) for user in members],
        )
        told = await look_back(services, clock, week + timedelta(days=7))
        assert told is not None
        shown = server_week_embed(told).description or ""
        firsts |= {user for user in members if f"<@{user}>" in shown}
    assert firsts == set(members)


async def test_pressing_for_the_name_turns_it_round(services: Services) -> None:
    assert await services.lookback.name(GUILD, ADA, NEXT_MONDAY)
    assert (await services.preferences.find(GUILD, ADA)).named
    assert not await services.lookback.name(GUILD, ADA, NEXT_MONDAY)
    assert not (await services.preferences.find(GUILD, ADA)).named


def test_focus_in_company_counts_what_was_spent_by_two_and_more(db: sqlite3.Connection) -> None:
    week, now = Days(MONDAY, SUNDAY), at(NEXT_MONDAY)
    assert store.focus_together(db, GUILD, week, now) == Together(0, 0)
    add_block(db, ADA, at(MONDAY), 50, company=1)
    add_block(db, BEN, at(MONDAY), 50, company=1, stopped_after=20)
    add_block(db, ADA, at(SUNDAY), 25, company=2)
    add_block(db, BEN, at(SUNDAY), 25, company=2)
    add_block(db, CLEO, at(MONDAY), 90)
    add_block(db, CLEO, at(MONDAY + A_DAY), 90, company=3)
    add_block(db, ADA, at(MONDAY - A_DAY), 50, company=4)
    add_block(db, BEN, at(MONDAY - A_DAY), 50, company=4)
    add_block(db, ADA, at(MONDAY), 50, company=5, guild=OTHER)
    add_block(db, BEN, at(MONDAY), 50, company=5, guild=OTHER)
    assert store.focus_together(db, GUILD, week, now) == Together(2, 120)
