"""The bot's heartbeat: which gaps are downtimes, and what they do to the members' days."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.checkins.rules import Entry
from bot.heartbeat import Downtime, downtimes
from bot.services import Services
from tests.clocks import ManualClock

GUILD, ADA, BEN = 1, 10, 20
EVER = datetime(2000, 1, 1, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def services(services: Services) -> Services:
    """A server in UTC; it is noon on Monday, 2 March."""
    await services.servers.set_up(GUILD, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    return services


async def kept(services: Services, since: datetime = EVER) -> list[Downtime]:
    return await services.database.read(downtimes, GUILD, since)


async def alive_until(services: Services, clock: ManualClock, until: datetime) -> None:
    """The bot runs until an instant; a beat a minute is enough for no gap to count."""
    while clock.now() < until:
        clock.advance(minutes=1)
        await services.heartbeat.beat()


async def down_until(services: Services, clock: ManualClock, until: datetime) -> None:
    """The bot cannot be reached until an instant, at which it beats again."""
    clock.set(until)
    await services.heartbeat.beat()


async def states(services: Services, user: int = ADA) -> list[str]:
    return [day.state.value for day in await services.checkins.ledger(GUILD, user)]


async def test_the_first_beat_ever_ends_no_downtime(services: Services) -> None:
    assert await services.heartbeat.beat() is None
    assert await kept(services) == []


async def test_a_gap_becomes_a_downtime_from_the_last_beat_to_the_next(
    services: Services, clock: ManualClock
) -> None:
    await services.heartbeat.beat()
    clock.advance(hours=2)
    ended = await services.heartbeat.beat()
    expected = Downtime(MONDAY_NOON, MONDAY_NOON + timedelta(hours=2))
    assert ended == expected
    assert await kept(services) == [expected]


@pytest.mark.parametrize(("seconds", "counts"), [(30, 0), (179, 0), (180, 1), (181, 1)])
async def test_a_restart_of_less_than_three_minutes_is_none(
    services: Services, clock: ManualClock, seconds: int, counts: int
) -> None:
    await services.heartbeat.beat()
    clock.advance(seconds=seconds)
    await services.heartbeat.beat()
    assert len(await kept(services)) == counts


async def test_many_short_restarts_add_up_to_nothing(services: Services, clock: ManualClock) -> None:
    await services.heartbeat.beat()
    for _restart in range(100):
        clock.advance(minutes=2, seconds=59)
        assert await services.heartbeat.beat() is None
    assert await kept(services) == []


async def test_the_last_beat_outlives_the_process(services: Services, clock: ManualClock, path: Path) -> None:
    await services.heartbeat.beat()
    clock.advance(hours=5)
    await services.close()
    again = await Services.open(path, clock)
    try:
        assert await again.heartbeat.beat() == Downtime(MONDAY_NOON, MONDAY_NOON + timedelta(hours=5))
    finally:
        await again.close()


async def test_a_clock_that_was_set_back_makes_no_downtime_and_no_error(
    services: Services, clock: ManualClock
) -> None:
    await services.heartbeat.beat()
    clock.advance(hours=-3)
    assert await services.heartbeat.beat() is None
    clock.advance(seconds=30)
    assert await services.heartbeat.beat() is None
    assert await kept(services) == []


async def test_the_same_downtime_after_a_clock_that_was_set_back_is_kept_once(
    services: Services, clock: ManualClock
) -> None:
    await services.heartbeat.beat()
    clock.advance(hours=1)
    await services.heartbeat.beat()
    clock.set(MONDAY_NOON)
    await services.heartbeat.beat()
    clock.advance(hours=2)
    await services.heartbeat.beat()
    (first, *others) = await kept(services)
    assert first.began_at == MONDAY_NOON
    assert others == []


async def test_beats_at_the_same_instant_do_no_harm(services: Services, clock: ManualClock) -> None:
    await asyncio.gather(*(services.heartbeat.beat() for _beat in range(10)))
    clock.advance(hours=1)
    ended = await asyncio.gather(*(services.heartbeat.beat() for _beat in range(10)))
    assert [downtime is None for downtime in ended].count(False) == 1
    assert len(await kept(services)) == 1


async def test_downtimes_that_ended_before_an_instant_are_left_out(
    services: Services, clock: ManualClock
) -> None:
    await services.heartbeat.beat()
    for _downtime in range(3):
        clock.advance(hours=2)
        await services.heartbeat.beat()
    second = await kept(services, MONDAY_NOON + timedelta(hours=3))
    assert [downtime.ended_at.hour for downtime in second] == [16, 18]


async def test_a_day_on_which_the_bot_was_down_for_an_hour_is_an_outage_and_costs_nothing(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    await services.checkins.report(GUILD, BEN, Entry("Monday"))
    clock.set(datetime(2026, 3, 3, 18, tzinfo=UTC))
    await services.heartbeat.beat()
    await down_until(services, clock, datetime(2026, 3, 3, 19, tzinfo=UTC))
    clock.set(datetime(2026, 3, 4, 11, tzinfo=UTC))
    assert await states(services) == ["done", "today", "today"]
    clock.set(datetime(2026, 3, 4, 12, tzinfo=UTC))
    assert await states(services) == ["done", "outage", "today"]
    report = await services.checkins.report(GUILD, ADA, Entry("Wednesday"))
    assert (report.streak, report.consistency.of) == (2, 2)
    (_, outage, _) = await services.checkins.ledger(GUILD, BEN)
    assert not outage.due
    assert "could not be reached" in outage.reason


async def test_less_than_an_hour_of_downtime_is_no_outage_though_it_may_add_up(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    clock.set(datetime(2026, 3, 3, 18, tzinfo=UTC))
    await services.heartbeat.beat()
    await down_until(services, clock, datetime(2026, 3, 3, 18, 59, 59, tzinfo=UTC))
    clock.set(datetime(2026, 3, 4, 13, tzinfo=UTC))
    assert await states(services) == ["done", "frozen", "today"]
    await services.database.write(
        lambda db: db.execute(
            "insert into downtime (began_at, ended_at) values (?, ?)",
            (
                int(datetime(2026, 3, 3, 8, tzinfo=UTC).timestamp()),
                int(datetime(2026, 3, 3, 8, 4, tzinfo=UTC).timestamp()),
            ),
        )
    )
    assert await states(services) == ["done", "outage", "today"]


async def test_a_downtime_over_midnight_is_divided_between_its_days(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    clock.set(datetime(2026, 3, 3, 23, 30, tzinfo=UTC))
    await services.heartbeat.beat()
    await down_until(services, clock, datetime(2026, 3, 4, 0, 59, tzinfo=UTC))
    clock.set(datetime(2026, 3, 5, 13, tzinfo=UTC))
    assert await states(services) == ["done", "frozen", "frozen", "today"]


async def test_a_day_reported_in_spite_of_an_outage_is_done(services: Services, clock: ManualClock) -> None:
    await services.heartbeat.beat()
    await down_until(services, clock, datetime(2026, 3, 2, 20, tzinfo=UTC))
    await services.checkins.report(GUILD, ADA, Entry("After the outage"))
    clock.advance(days=1)
    assert (await states(services))[0] == "done"


async def test_a_rest_day_and_a_pause_stay_what_they_are_in_an_outage(
    services: Services, clock: ManualClock
) -> None:
    await services.routines.plan(GUILD, ADA, days="mon, wed")
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    await services.routines.pause(GUILD, ADA, "wednesday", "wednesday")
    await services.heartbeat.beat()
    await down_until(services, clock, datetime(2026, 3, 5, 13, tzinfo=UTC))
    assert await states(services) == ["done", "rest", "paused", "rest"]


async def test_an_outage_is_reckoned_on_each_members_own_days(services: Services, clock: ManualClock) -> None:
    await services.routines.plan(GUILD, ADA, zone="Etc/UTC")
    await services.routines.plan(GUILD, BEN, zone="Pacific/Kiritimati")  # fourteen hours ahead
    clock.set(datetime(2026, 3, 3, 1, tzinfo=UTC))
    await services.heartbeat.beat()
    # From one to three in the night in UTC; the afternoon of the same Tuesday in Kiritimati.
    await down_until(services, clock, datetime(2026, 3, 3, 3, tzinfo=UTC))
    clock.set(datetime(2026, 3, 3, 11, tzinfo=UTC))
    await services.heartbeat.beat()
    # From eleven to one: Tuesday in UTC, and Wednesday in Kiritimati.
    await down_until(services, clock, datetime(2026, 3, 3, 13, tzinfo=UTC))
    clock.set(datetime(2026, 3, 5, 13, tzinfo=UTC))
    by_day = {
        user: {day.day.day: day.state.value for day in await services.checkins.ledger(GUILD, user)}
        for user in (ADA, BEN)
    }
    assert [by_day[ADA][day] for day in (3, 4)] == ["outage", "frozen"]
    assert [by_day[BEN][day] for day in (3, 4)] == ["outage", "outage"]


async def test_a_bot_that_runs_all_the_time_never_excuses_a_day(
    services: Services, clock: ManualClock
) -> None:
    await services.checkins.report(GUILD, ADA, Entry("Monday"))
    await services.heartbeat.beat()
    await alive_until(services, clock, datetime(2026, 3, 4, 13, tzinfo=UTC))
    assert await states(services) == ["done", "frozen", "today"]
