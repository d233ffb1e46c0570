"""When a buddy may be nudged, and how often."""

from datetime import date, time

import pytest

from bot.buddies.service import Paired
from bot.checkins.rules import Entry
from bot.errors import BuddyAway, NoNudgeNow, NotYourBuddy, NudgedAlready
from bot.localtime import ONE_DAY
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER_GUILD = 1, 2
ADA, BEN, CLEO = 10, 20, 30
MONDAY = date(2026, 3, 2)


@pytest.fixture
async def services(services: Services, clock: ManualClock) -> Services:
    """Ada and Ben are buddies; Ben has used up his two free days and worked since. It is Monday at noon."""
    for guild in (GUILD, OTHER_GUILD):
        await services.servers.set_up(guild, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    clock.advance(days=-7)
    await check_in(services)
    for days in (3, 1, 1, 1, 1):
        clock.advance(days=days)
        await check_in(services)
    await services.buddies.find(GUILD, ADA)
    await services.buddies.find(GUILD, BEN)
    return services


async def check_in(services: Services, user: int = BEN) -> None:
    await services.checkins.report(GUILD, user, Entry("Something"))


async def may_nudge(services: Services, user: int = ADA) -> bool:
    shown = await services.buddies.show(GUILD, user)
    assert isinstance(shown, Paired)
    return shown.may_nudge


async def nudge(services: Services) -> None:
    await services.buddies.nudge(GUILD, ADA, BEN)


async def test_two_due_days_must_go_by_first(services: Services, clock: ManualClock) -> None:
    # Monday is done; Tuesday and Wednesday go by, and Wednesday can be reported until noon on Thursday.
    for days, hours, expected in ((0, 0, False), (1, 0, False), (1, 0, False), (0, 23, False), (0, 1, True)):
        clock.advance(days=days, hours=hours)
        assert await may_nudge(services) is expected
        if not expected:
            with pytest.raises(NoNudgeNow):
                await nudge(services)
    await nudge(services)


async def test_once_for_each_spell(services: Services, clock: ManualClock) -> None:
    clock.advance(days=3)
    await nudge(services)
    for _ in range(5):
        assert not await may_nudge(services)
        with pytest.raises(NudgedAlready):
            await nudge(services)
        clock.advance(days=1)
    await check_in(services)
    assert not await may_nudge(services)
    clock.advance(days=3)
    assert await may_nudge(services)
    await nudge(services)


async def test_a_new_buddy_does_not_nudge_about_the_same_spell_again(
    services: Services, clock: ManualClock
) -> None:
    clock.advance(days=3)
    await nudge(services)
    await services.buddies.leave(GUILD, ADA)
    await services.buddies.find(GUILD, CLEO)
    assert not await may_nudge(services, CLEO)
    with pytest.raises(NudgedAlready):
        await services.buddies.nudge(GUILD, CLEO, BEN)


async def test_a_spell_that_grows_backwards_is_the_same_spell(services: Services, clock: ManualClock) -> None:
    clock.advance(days=3)
    await nudge(services)
    await services.checkins.delete(GUILD, BEN, MONDAY)
    assert not await may_nudge(services)


async def test_nobody_is_nudged_on_a_day_that_is_done(services: Services, clock: ManualClock) -> None:
    clock.advance(days=3)
    assert await may_nudge(services)
    await check_in(services)
    assert not await may_nudge(services)
    with pytest.raises(NoNudgeNow):
        await nudge(services)


async def test_nobody_is_nudged_on_a_day_off(services: Services, clock: ManualClock) -> None:
    await services.routines.plan(GUILD, BEN, days="mon-fri")
    clock.advance(days=3)
    assert await may_nudge(services)
    clock.advance(days=2)
    assert not await may_nudge(services), "it is Saturday"
    clock.advance(days=2)
    assert await may_nudge(services)


async def test_nobody_is_nudged_in_the_last_hour_before_midnight(
    services: Services, clock: ManualClock
) -> None:
    clock.advance(days=3, hours=11)
    assert not await may_nudge(services), "it is eleven at night"
    with pytest.raises(NoNudgeNow):
        await nudge(services)
    clock.advance(hours=13)
    assert await may_nudge(services)


async def test_nobody_is_nudged_who_is_away(services: Services, clock: ManualClock) -> None:
    clock.advance(days=3)
    today = (MONDAY + 3 * ONE_DAY).isoformat()
    await services.database.write(
        lambda db: db.execute("insert into pause values (?, ?, ?, ?, 0)", (GUILD, BEN, today, today)).rowcount
    )
    assert not await may_nudge(services)
    with pytest.raises(BuddyAway):
        await nudge(services)


async def test_a_stranger_cannot_nudge(services: Services, clock: ManualClock) -> None:
    clock.advance(days=3)
    with pytest.raises(NotYourBuddy):
        await services.buddies.nudge(GUILD, CLEO, BEN)
    with pytest.raises(NotYourBuddy):
        await services.buddies.nudge(OTHER_GUILD, ADA, BEN)
    with pytest.raises(NotYourBuddy):
        await services.buddies.nudge(GUILD, ADA, CLEO)
    with pytest.raises(NotYourBuddy):
        await services.buddies.nudge(GUILD, BEN, BEN)
    assert await may_nudge(services), "none of them counted"
