"""Progress over a real database: what goes into the figures and the account, and what does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.checkins.ledger import Consistency, DayState, Reason
from bot.checkins.rules import Entry, KindOfWork
from bot.errors import NotSetUp
from bot.goals.rules import Step
from bot.progress.figures import Amount, Evidence, Share
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER, ADA, BEN = 1, 2, 10, 20
MONDAY = date(2026, 3, 2)
BUILT = Entry("Built https://example.org/loader", kind=KindOfWork.BUILDING, minutes=70)
LEARNT = Entry("Read https://example.org/paper", kind=KindOfWork.LEARNING, minutes=30)


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers that have been set up, both in UTC; it is noon on Monday, 2 March 2026."""
    for guild in (GUILD, OTHER):
        await services.servers.set_up(guild, checkin_channel_id=guild, zone="Etc/UTC", prompt_time=time(9))
    return services


async def test_a_server_that_is_not_set_up_is_said_to_be_so(services: Services) -> None:
    with pytest.raises(NotSetUp):
        await services.progress.figures(99, ADA)
    with pytest.raises(NotSetUp):
        await services.progress.account(99, ADA, None, None)


async def test_a_member_without_a_check_in_has_no_beginning(services: Services) -> None:
    assert (await services.progress.figures(GUILD, ADA)).began is None
    account = await services.progress.account(GUILD, ADA, None, None)
    assert (account.began, account.days) == (None, [])


async def test_the_figures_tell_what_was_reported_and_kept(services: Services, clock: ManualClock) -> None:
    await services.checkins.report(GUILD, ADA, BUILT)
    (goal,) = (await services.goals.add(GUILD, ADA, "Ship the loader")).this_week
    await services.goals.take(GUILD, ADA, goal.id, Step.KEEP)
    clock.advance(days=1)
    await services.checkins.report(GUILD, ADA, LEARNT)
    figures = await services.progress.figures(GUILD, ADA)
    assert [(f.day, f.state, f.minutes) for f in figures.days] == [
        (MONDAY, DayState.DONE, 70),
        (MONDAY + timedelta(days=1), DayState.DONE, 30),
    ]
    assert figures.work == {KindOfWork.LEARNING: Amount(1, 30), KindOfWork.BUILDING: Amount(1, 70)}
    assert figures.building == Share(70, by_minutes=True)
    assert (figures.streak, figures.longest, figures.consistency) == (2, 2, Consistency(2, 2))
    assert (figures.freezes, figures.to_next_freeze, figures.goals_kept) == (0, 5, 1)
    assert figures.evidence == [
        Evidence(MONDAY + timedelta(days=1), "https://example.org/paper"),
        Evidence(MONDAY, "https://example.org/loader"),
    ]


async def test_what_is_older_than_half_a_year_counts_for_the_streak_only(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, days="mon")
    await services.checkins.report(GUILD, ADA, BUILT)
    for _week in range(30):
        clock.advance(weeks=1)
        await services.checkins.report(GUILD, ADA, LEARNT)
    figures = await services.progress.figures(GUILD, ADA)
    assert (figures.streak, figures.checkins) == (31, 31)
    assert figures.work == {KindOfWork.LEARNING: Amount(26, 26 * 30)}


async def test_the_account_gives_each_day_its_reason(services: Services, clock: ManualClock) -> None:
    await services.checkins.report(GUILD, ADA, BUILT)
    clock.set(datetime(2026, 3, 4, 20, tzinfo=UTC))
    await services.checkins.report(GUILD, ADA, LEARNT)
    account = await services.progress.account(GUILD, ADA, "2026-03-03", "2026-03-04")
    assert [(day.day.day, day.reason) for day in account.days] == [
        (3, Reason.FIRST_WEEK),
        (4, Reason.REPORTED),
    ]
    assert (account.streak, account.streak_began, account.broken_on) == (2, MONDAY, None)


async def test_a_range_is_reckoned_from_the_members_own_today(services: Services, clock: ManualClock) -> None:
    await services.routines.plan(GUILD, ADA, zone="Pacific/Auckland")
    clock.set(datetime(2026, 3, 2, 13, tzinfo=UTC))
    account = await services.progress.account(GUILD, ADA, None, None)
    assert account.last == MONDAY + timedelta(days=1)


async def test_nothing_of_another_server_or_member_is_in_the_figures(services: Services) -> None:
    await services.checkins.report(OTHER, ADA, BUILT)
    await services.checkins.report(GUILD, BEN, BUILT)
    (goal,) = (await services.goals.add(OTHER, ADA, "Ship it")).this_week
    await services.goals.take(OTHER, ADA, goal.id, Step.KEEP)
    figures = await services.progress.figures(GUILD, ADA)
    assert (figures.began, figures.days, figures.work, figures.evidence) == (None, [], {}, [])
    assert figures.goals_kept == 0
    assert (await services.progress.account(GUILD, ADA, None, None)).days == []
