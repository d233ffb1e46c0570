"""Several processes on one database: each claims, sends, takes up and compares what is of its own shards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.openings import OPENING_EVERY
from bot.delivery.service import Delivery
from bot.health.backlog import backlog
from bot.privacy import server_data
from bot.services import KINDS, Services
from bot.shards import Shards
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import ADA, GUILD, Study

FIRST, SECOND = Shards((0,), 2), Shards((1,), 2)
ELSEWHERE = (1 << 22) + GUILD
"""A server in the second shard; the study's own is in the first."""


@pytest.fixture
async def first(database_path: Path, clock: ManualClock) -> AsyncIterator[Services]:
    services = await Services.open(database_path, clock, openings_every=None, shards=FIRST)
    yield services
    await services.close()


@pytest.fixture
async def second(database_path: Path, clock: ManualClock) -> AsyncIterator[Services]:
    services = await Services.open(database_path, clock, openings_every=None, shards=SECOND)
    yield services
    await services.close()


@pytest.fixture
async def both_due(study: Study) -> None:
    """A ping is due in a server of each."""
    await study.set_up(ELSEWHERE, channel_id=20)
    for guild in (GUILD, ELSEWHERE):
        await study.plan(ADA, guild_id=guild)
    study.clock.advance(hours=2)


def servers_written_to(messenger: FakeMessenger) -> set[int]:
    return {call.place.guild_id for call in messenger.called("send")}


@pytest.mark.usefixtures("both_due")
async def test_each_sends_in_its_own_servers(
    first: Services, second: Services, messenger: FakeMessenger
) -> None:
    await second.delivery.tick(messenger)
    assert servers_written_to(messenger) == {ELSEWHERE}
    await first.delivery.tick(messenger)
    assert servers_written_to(messenger) == {GUILD, ELSEWHERE}
    assert await first.delivery.tick(messenger) == await second.delivery.tick(messenger) == 0


@pytest.mark.usefixtures("both_due")
async def test_what_is_of_another_process_is_left_to_it(
    first: Services, second: Services, messenger: FakeMessenger
) -> None:
    for services in (first, second):
        await services.delivery.claim_due()
    await first.delivery.deliver_in(messenger, ELSEWHERE)
    assert messenger.calls == []
    await second.delivery.deliver_in(messenger, ELSEWHERE)
    assert servers_written_to(messenger) == {ELSEWHERE}


@pytest.mark.usefixtures("both_due")
async def test_a_start_takes_up_what_its_own_servers_left_half_done(
    first: Services, second: Services, clock: ManualClock
) -> None:
    for services in (first, second):
        await services.delivery.claim_due()
    await first.database.write(lambda db: db.execute("update delivery set next_try_at = next_try_at + 120"))
    await second.delivery.resume()
    waits = await first.database.read(
        lambda db: dict(db.execute("select guild_id, min(next_try_at) from delivery group by guild_id"))
    )
    now = int(clock.now().timestamp())
    assert waits == {GUILD: now + 120, ELSEWHERE: now}


@pytest.mark.usefixtures("both_due")
async def test_what_waits_can_be_added_up_over_all_processes(
    first: Services, second: Services, clock: ManualClock, database_path: Path
) -> None:
    whole, *parts = [
        await first.database.read(backlog, clock.now(), database_path, shards)
        for shards in (Shards((0, 1), 2), FIRST, SECOND)
    ]
    assert whole.overdue > 0
    assert [sum(part.planned for part in parts), sum(part.overdue for part in parts)] == [
        whole.planned,
        whole.overdue,
    ]
    await second.delivery.claim_due()
    outstanding = [
        (await first.database.read(backlog, clock.now(), database_path, shards)).outstanding
        for shards in (FIRST, SECOND)
    ]
    assert outstanding == [0, 2], "the prompt and the ping of the second shard"


async def test_servers_of_others_have_not_left_and_are_not_forgotten(
    study: Study, first: Services, second: Services, clock: ManualClock
) -> None:
    await study.set_up(ELSEWHERE, channel_id=20)
    await first.departures.compare({GUILD})
    assert await first.database.read(server_data.departed) == {}
    await second.departures.compare(())
    clock.advance(days=40)
    assert await first.departures.tidy({GUILD}) == []
    assert await second.departures.tidy(()) == [ELSEWHERE]
    assert (await first.servers.find(GUILD)) is not None


async def test_a_server_that_came_back_elsewhere_is_noted_there_alone(
    study: Study, first: Services, second: Services
) -> None:
    await study.set_up(ELSEWHERE, channel_id=20)
    await second.departures.left(ELSEWHERE)
    # It says nothing to the first, whatever Discord would tell it.
    await first.departures.compare({GUILD, ELSEWHERE})
    assert (
        len(await first.database.read(lambda db: db.execute("select * from departed_server").fetchall())) == 1
    )
    await second.departures.compare({ELSEWHERE})
    assert await first.database.read(server_data.departed) == {}


async def test_all_together_open_direct_messages_no_more_often(study: Study, clock: ManualClock) -> None:
    database = study.services.database
    quarter = Delivery(database, clock, KINDS, OPENING_EVERY, shards=Shards((2,), 4))
    waits = [quarter._openings.seconds_until(number) for number in range(3)]
    assert waits == [0.0, 0.0, pytest.approx(OPENING_EVERY * 4, abs=0.5)]
