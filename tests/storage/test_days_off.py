"""Days off: "not today" on a due day, twice a week at most."""

from datetime import date, time

import pytest

from bot.errors import NoDayOffLeft, NothingDueToday
from bot.localtime import ONE_DAY, Occurrence, instant
from bot.routines.service import take_day_off, takes_day_off
from bot.services import Services
from tests.clocks import ManualClock

GUILD, OTHER_GUILD, ADA, BEN = 1, 2, 10, 20
MONDAY = date(2026, 3, 2)
BERLIN = "Europe/Berlin"


@pytest.fixture
async def services(services: Services) -> Services:
    """Two servers in Berlin; it is one o'clock on Monday afternoon."""
    for guild in (GUILD, OTHER_GUILD):
        await services.servers.set_up(guild, checkin_channel_id=5, zone=BERLIN, prompt_time=time(9))
    return services


async def take(
    services: Services, clock: ManualClock, number: int, user: int = ADA, guild: int = GUILD
) -> None:
    """Take the day off that comes `number` days after the first Monday."""
    await services.database.write(take_day_off, guild, user, MONDAY + number * ONE_DAY, clock.now())


async def days_off(services: Services, user: int = ADA, guild: int = GUILD) -> list[int]:
    """Which of the first two weeks' days are taken off, counted from the first Monday."""
    return [
        number
        for number in range(14)
        if await services.database.read(takes_day_off, guild, user, MONDAY + number * ONE_DAY)
    ]


async def test_a_week_from_monday_to_sunday_has_two_days_off(services: Services, clock: ManualClock) -> None:
    await take(services, clock, 5)
    await take(services, clock, 6)
    for number in (5, 6):
        await take(services, clock, number)  # pressed twice: nothing more is taken
    with pytest.raises(NoDayOffLeft) as raised:
        await take(services, clock, 0)
    assert "2 days off" in str(raised.value)
    await take(services, clock, 7)
    await take(services, clock, 8)
    with pytest.raises(NoDayOffLeft):
        await take(services, clock, 13)
    assert await days_off(services) == [5, 6, 7, 8]


async def test_only_a_due_day_can_be_taken_off(services: Services, clock: ManualClock) -> None:
    await services.routines.plan(GUILD, ADA, days="mon-fri")
    await services.routines.pause(GUILD, ADA, "tomorrow")
    for number in (1, 5):
        with pytest.raises(NothingDueToday):
            await take(services, clock, number)
    await take(services, clock, 2)
    assert await days_off(services) == [2]


async def test_days_off_are_one_members_in_one_server(services: Services, clock: ManualClock) -> None:
    await take(services, clock, 0)
    await take(services, clock, 1)
    await take(services, clock, 2, BEN)
    await take(services, clock, 2, ADA, OTHER_GUILD)
    assert await days_off(services) == [0, 1]
    assert await days_off(services, BEN) == [2]
    assert await days_off(services, ADA, OTHER_GUILD) == [2]


async def test_the_next_ping_is_said_to_come_after_days_off_and_pauses_in_a_row(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, at="18:00", ping=True)
    await take(services, clock, 0)
    await services.routines.pause(GUILD, ADA, "tomorrow", "wednesday")
    await take(services, clock, 3)
    friday = MONDAY + 4 * ONE_DAY
    planned = await services.routines.find(GUILD, ADA)
    assert planned.next_ping == Occurrence(friday, instant(friday, time(18), BERLIN))
