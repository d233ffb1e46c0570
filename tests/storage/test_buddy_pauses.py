"""Buddies who are away: swapped out quietly, and found again when they are back."""

import pytest

from bot.buddies.service import Buddies, Paired, Waiting
from bot.services import Services
from tests.clocks import ManualClock
from tests.storage.buddy_pairs import (
    ADA,
    BEN,
    BERLIN,
    CLEO,
    GUILD,
    HONOLULU,
    OTHER_GUILD,
    buddy_of,
    end_pauses,
    pair_up,
    pause,
    set_up_two_servers,
)


@pytest.fixture
async def services(services: Services) -> Services:
    await set_up_two_servers(services)
    return services


@pytest.fixture
def buddies(services: Services) -> Buddies:
    return services.buddies


async def test_a_buddy_who_is_away_for_long_is_swapped(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    await pair_up(services)
    await buddies.find(GUILD, CLEO)
    await pause(services, BEN, 1, 9)
    await buddies.tend()
    assert await buddy_of(services, ADA) == BEN, "nobody is swapped before the pause begins"
    clock.advance(days=1)
    await buddies.tend()
    shown = await buddies.show(GUILD, ADA)
    assert isinstance(shown, Paired)
    assert (shown.buddy_id, shown.parted_from) == (CLEO, BEN)
    bens = await buddies.show(GUILD, BEN)
    assert isinstance(bens, Waiting)
    assert (bens.is_away, bens.parted_from) == (True, None)


async def test_a_short_pause_parts_nobody(services: Services, buddies: Buddies, clock: ManualClock) -> None:
    await pair_up(services)
    await pause(services, BEN, 0, 2)
    for _ in range(4 * 24):
        await buddies.tend()
        assert await buddy_of(services, ADA) == BEN
        clock.advance(hours=1)


async def test_a_pause_that_is_made_longer_day_by_day_parts_in_the_end(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    await pair_up(services)
    for day in range(4):
        await pause(services, BEN, day, day)
        await buddies.tend()
        assert (await buddy_of(services, ADA) is None) is (day == 3)
        clock.advance(days=1)


async def test_two_who_are_both_away_stay_together(
    services: Services, buddies: Buddies, caplog: pytest.LogCaptureFixture
) -> None:
    await pair_up(services)
    for user in (ADA, BEN):
        await pause(services, user, 0, 9)
    await buddies.tend()
    assert await buddy_of(services, ADA) == BEN
    assert caplog.text == ""
    await end_pauses(services, ADA)
    await buddies.tend()
    assert await buddy_of(services, ADA) is None


async def test_who_is_away_is_passed_over_and_found_when_they_are_back(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    await pause(services, ADA, 0, 4)
    standing = await buddies.find(GUILD, ADA)
    assert isinstance(standing, Waiting)
    assert standing.is_away
    clock.advance(hours=1)
    assert isinstance(await buddies.find(GUILD, BEN), Waiting)
    for day in range(6):
        await buddies.tend()
        assert await buddy_of(services, BEN) == (ADA if day == 5 else None)
        clock.advance(days=1)


async def test_who_comes_back_is_paired_with_the_old_buddy_if_both_are_free(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    await pair_up(services)
    for _ in range(2):
        await pause(services, BEN, 0, 9)
        await buddies.tend()
        assert await buddy_of(services, ADA) is None
        await end_pauses(services, BEN)
        clock.advance(hours=1)
        await buddies.tend()
        shown = await buddies.show(GUILD, ADA)
        assert isinstance(shown, Paired)
        assert (shown.buddy_id, shown.parted_from) == (BEN, None)


async def test_swaps_in_both_directions_are_no_parting(
    services: Services, buddies: Buddies, clock: ManualClock
) -> None:
    for absent in (ADA, BEN, ADA):
        if await buddy_of(services, ADA) is None:
            await pair_up(services)
        await pause(services, absent, 0, 99)
        await buddies.tend()
        assert await buddy_of(services, ADA) is None
        await end_pauses(services, absent)
        await buddies.tend()
        assert await buddy_of(services, ADA) == BEN


async def test_one_server_that_cannot_be_tended_does_not_hold_up_the_others(
    services: Services, buddies: Buddies, caplog: pytest.LogCaptureFixture
) -> None:
    await services.routines.plan(OTHER_GUILD, ADA, zone=HONOLULU)
    for user in (ADA, BEN):
        await buddies.find(OTHER_GUILD, user)
    await services.routines.plan(OTHER_GUILD, ADA, zone=BERLIN)
    await buddies.find(GUILD, CLEO)
    await services.database.write(
        lambda db: db.execute("delete from server where guild_id = ?", (GUILD,)).rowcount
    )
    await buddies.tend()
    assert await buddy_of(services, ADA, OTHER_GUILD) == BEN
    assert "the buddies of server 1 could not be tended" in caplog.text
