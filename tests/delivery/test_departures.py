"""Servers that took the bot out: nothing is sent, they come back whole, or are forgotten in thirty days."""

import asyncio
import logging
import sqlite3
from datetime import timedelta

import pytest

from bot.checkins.rules import Entry
from bot.health.backlog import backlog
from bot.heartbeat import absences, downtimes
from bot.ideas.rules import IdeaText
from bot.privacy import server_data
from bot.privacy.departures import KEPT_FOR
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import ADA, BEN, GUILD, Study
from tests.led_polls import Leader
from tests.posted_leads import post

OTHER = 2


async def stored(services: Services, guild: int) -> dict[str, int]:
    """How many rows of a server each table has, if any, be it that they hang on others."""

    def count(db: sqlite3.Connection) -> dict[str, int]:
        conditions = dict.fromkeys(server_data.tables_of_servers(db), "guild_id = ?") | server_data.HANGING
        counts = {
            table: db.execute(f"select count(*) from {table} where {condition}", (guild,)).fetchone()[0]
            for table, condition in conditions.items()
        }
        return {table: number for table, number in counts.items() if number}

    return await services.database.read(count)


async def everything(services: Services) -> dict[str, list[tuple[object, ...]]]:
    def read(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
        names = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table'")]
        names = [name for name in names if not name.startswith(("_yoyo", "yoyo_", "sqlite_", "departed"))]
        return {name: [tuple(row) for row in db.execute(f"select * from {name}")] for name in names}

    return await services.database.read(read)


async def a_week(study: Study) -> None:
    """Ada plans and checks in on seven days; the bot pings and posts."""
    await study.plan(ADA, at="09:30")
    first_day = study.clock.now().date()
    for later in range(7):
        await study.tick_at("09:00", first_day + timedelta(days=later))
        await study.tick_at("09:30")
        await study.check_in(ADA)
        await study.tick_at("10:00")


async def test_nothing_is_sent_meanwhile_and_nothing_is_touched_or_logged(
    study: Study, services: Services, messenger: FakeMessenger, caplog: pytest.LogCaptureFixture
) -> None:
    await a_week(study)
    await study.check_in(ADA, "One more word")
    await services.departures.left(GUILD)
    before, calls = await everything(services), len(messenger.calls)
    caplog.clear()
    with caplog.at_level(logging.INFO):
        for _ in range(10):
            study.clock.advance(days=1)
            await study.tick()
            await services.delivery.deliver_in(messenger, GUILD)
            await services.buddies.tend()
            await services.departures.tidy([])
    assert await everything(services) == before
    assert len(messenger.calls) == calls
    assert caplog.records == []


async def test_what_waits_for_a_server_that_left_is_not_told_as_late(
    study: Study, services: Services, clock: ManualClock
) -> None:
    await study.plan(ADA, at="09:30")
    await study.check_in(ADA)
    other = Study(services, clock, study.messenger)
    await other.set_up(OTHER)
    await services.checkins.report(OTHER, BEN, Entry("Read a paper"))
    await services.departures.left(GUILD)
    clock.advance(days=3)
    waiting = await services.database.read(backlog, clock.now(), services.database.path)
    # The prompt, and the card, of the other one.
    assert (waiting.planned, waiting.overdue, waiting.outstanding) == (1, 1, 1)


async def test_a_server_that_comes_back_is_whole_and_gets_no_burst(
    study: Study, services: Services, messenger: FakeMessenger
) -> None:
    await a_week(study)
    before = await stored(services, GUILD)
    streak = (await services.checkins.ledger(GUILD, ADA))[-1].state
    await services.departures.left(GUILD)
    study.clock.advance(days=10)
    sent = len(messenger.called("send"))
    await services.departures.came_back(GUILD)
    await study.tick()
    assert len(messenger.called("send")) - sent <= 2
    after = await stored(services, GUILD)
    assert {table: after.get(table, 0) >= number for table, number in before.items()} == dict.fromkeys(
        before, True
    )
    # The days on which nobody could check in count against nobody.
    days = await services.checkins.ledger(GUILD, ADA)
    assert streak == days[6].state
    # Yesterday can still be reported until noon.
    assert [day.state.value for day in days[7:]] == ["outage"] * 8 + ["today"] * 2
    assert (await study.check_in(ADA)).streak == 8
    # The next day is like any other.
    tomorrow = study.clock.now().date() + timedelta(days=1)
    prompts = len(messenger.prompts)
    await study.tick_at("09:00", tomorrow)
    assert len(messenger.prompts) == prompts + 1


async def test_when_the_bot_was_not_there_and_did_not_run_either_is_counted_once(
    services: Services, clock: ManualClock
) -> None:
    began = clock.now()
    await services.heartbeat.beat()
    clock.advance(hours=1)
    await services.departures.left(GUILD)
    clock.advance(hours=1)
    await services.heartbeat.beat()
    clock.advance(hours=1)
    await services.departures.came_back(GUILD)

    async def down(guild: int) -> list[tuple[float, float]]:
        found = await services.database.read(downtimes, guild, began - timedelta(days=1))
        hour = timedelta(hours=1)
        return [((one.began_at - began) / hour, (one.ended_at - began) / hour) for one in found]

    assert await down(GUILD) == [(0, 3)]
    assert await down(OTHER) == [(0, 2)]


async def in_two_servers(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    """The same two people in two servers, with something of much that there is."""
    await services.database.write(post, 1, clock.now())
    for guild in (GUILD, OTHER):
        study = Study(services, clock, messenger)
        await study.set_up(guild)
        for user in (ADA, BEN):
            await services.routines.plan(guild, user, zone="UTC", days="every day", at="12:00", ping=True)
            await services.checkins.report(guild, user, Entry("Built https://a.example"))
            await services.ideas.add(guild, user, IdeaText("Bird calls"))
            await services.buddies.find(guild, user)
        await services.curation.suggest(
            guild, ADA, address="https://nuts.example", title="Nuts", good_for="Teaches nuts."
        )
        led = await Leader(services, clock, messenger, guild=guild, starter=ADA).at_cards(7)
        await led.tap(BEN, 3)
    await services.delivery.tick(messenger)


async def test_after_thirty_days_everything_of_it_is_deleted_and_nothing_else(
    services: Services, clock: ManualClock, messenger: FakeMessenger
) -> None:
    await in_two_servers(services, clock, messenger)
    other = await stored(services, OTHER)
    assert len(await stored(services, GUILD)) > 12
    assert {"poll_card", "poll_voter", "poll_entry", "delivery", "due"} <= (
        await stored(services, GUILD)
    ).keys()
    leads = (await everything(services))["lead"]
    # That it was away once before is noted, too.
    for guild in (GUILD, OTHER):
        await services.departures.left(guild)
    clock.advance(hours=1)
    for guild in (GUILD, OTHER):
        await services.departures.came_back(guild)
        assert len(await services.database.read(absences, guild)) == 1
    await services.departures.left(GUILD)
    clock.advance(seconds=KEPT_FOR.total_seconds() - 1)
    assert await services.departures.tidy({OTHER}) == []
    assert await stored(services, GUILD) != {}
    clock.advance(seconds=1)
    assert await services.departures.tidy({OTHER}) == [GUILD]
    assert await stored(services, GUILD) == {}
    assert await services.database.read(absences, GUILD) == []
    assert len(await services.database.read(absences, OTHER)) == 1
    assert await stored(services, OTHER) == other
    assert (await everything(services))["lead"] == leads
    assert await services.departures.tidy({OTHER}) == []


async def test_it_is_deleted_bit_by_bit_and_not_once_it_is_back(
    services: Services, clock: ManualClock, messenger: FakeMessenger
) -> None:
    await in_two_servers(services, clock, messenger)
    whole = sum((await stored(services, GUILD)).values())
    await services.departures.left(GUILD)
    assert await services.database.write(server_data.delete_some, GUILD, 2) == 2
    assert sum((await stored(services, GUILD)).values()) == whole - 2
    await services.departures.came_back(GUILD)
    assert await services.database.write(server_data.delete_some, GUILD, 2) == 0
    assert sum((await stored(services, GUILD)).values()) == whole - 2


async def test_a_server_that_comes_back_after_that_begins_anew(
    services: Services, clock: ManualClock, messenger: FakeMessenger
) -> None:
    await in_two_servers(services, clock, messenger)
    await services.departures.left(GUILD)
    clock.advance(days=31)
    # Before the job of the day came by.
    await services.departures.came_back(GUILD)
    assert await stored(services, GUILD) == {}
    assert await services.database.read(server_data.departed) == {}


async def test_what_happened_while_the_bot_was_not_running_is_noted_at_its_start(
    services: Services, clock: ManualClock, messenger: FakeMessenger
) -> None:
    await in_two_servers(services, clock, messenger)
    # Without a set-up, somebody may still have marked a resource or written down an idea.
    await services.ideas.add(3, ADA, IdeaText("Bird calls"))
    assert await services.departures.stored() == {GUILD, OTHER, 3}
    await services.departures.compare({OTHER, 99})
    assert set(await services.database.read(server_data.departed)) == {GUILD, 3}
    left_at = (await services.database.read(server_data.departed))[GUILD]
    clock.advance(days=5)
    await services.departures.compare({OTHER, 3})
    assert await services.database.read(server_data.departed) == {GUILD: left_at}
    await services.departures.compare({GUILD, OTHER, 3})
    assert await services.database.read(server_data.departed) == {}


async def test_members_get_their_turn_while_it_looks_who_left(services: Services) -> None:
    looking = asyncio.create_task(services.departures.compare({GUILD}))
    turns = 0
    while not looking.done():
        await services.database.read(server_data.departed)
        turns += 1
    await looking
    # One after each table, however long the look at all of them takes with ten thousand servers.
    assert turns > 30


async def test_a_server_of_which_nothing_was_stored_comes_and_goes(services: Services) -> None:
    await services.departures.came_back(GUILD)
    await services.departures.left(GUILD)
    await services.departures.came_back(GUILD)
    assert await stored(services, GUILD) == {}
