"""Two real processes on one database, each with its shards, as two machines' worth of one bot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.storage.migrations import FOLDER, known_in, migrate
from tests.wire.database_file import checkins, deliveries, make_all_due, make_due, query
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.wire.bot_process import BotProcess
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import Message

MILLISECOND = 1 << 22
"""From the ids of one shard to those of the next."""

FAR = 1_400_000_000_000_000_000 // (12 * MILLISECOND) * 12 * MILLISECOND


@pytest.fixture
def standin(standin: StandIn) -> StandIn:
    standin.gateway.shards, standin.gateway.max_concurrency = 2, 16
    return standin


def server_in(standin: StandIn, place: int) -> StudyServer:
    """A server that is in shard `place` of any number of shards that is larger, and divides twelve."""
    return StudyServer(standin, f"In place {place}", FAR + place * MILLISECOND + 1)


@pytest.fixture
def both(standin: StandIn) -> list[StudyServer]:
    """A server in each of two shards."""
    return [server_in(standin, place) for place in range(2)]


async def start(bots: Bots, shard_ids: str) -> BotProcess:
    # As if the last session had begun long ago.
    query(bots.database, "delete from fact where name like 'session:%'")
    return await bots.start(SHARDS="2", SHARD_IDS=shard_ids)


async def start_both(bots: Bots) -> list[BotProcess]:
    started = [await bots.launch(SHARDS="2", SHARD_IDS=str(number)) for number in range(2)]
    for bot in started:
        await bot.ready()
    return started


async def set_up(servers: Sequence[StudyServer]) -> None:
    """Have a prompt be planned in each, for a member who wants to report."""
    for server in servers:
        await server.set_up()
        await server.plan()


async def direct_ping(bots: Bots, server: StudyServer) -> Message:
    """The direct message that asks the member of a server to check in."""
    await server.set_up()
    await server.choose_direct_pings()
    make_due(bots.database, "direct_ping", server.guild)
    standin = server.standin
    return await standin.wait_for_message(standin.direct_channel(server.member))


async def test_each_serves_the_members_of_its_own_servers_and_sends_what_is_due_there_once(
    bots: Bots, both: list[StudyServer]
) -> None:
    await start_both(bots)
    await set_up(both)
    for server in both:
        await server.check_in(f"in {server.guild}")
        await server.wait_for("card")
    make_all_due(bots.database, [("prompt", server.guild) for server in both])
    for server in both:
        await server.wait_for("prompt")
        await server.settle()
    await bots.stop()
    for server in both:
        assert checkins(bots.database, server.guild) == {server.member: f"in {server.guild}"}
        for kind in ("prompt", "card"):
            (message,) = server.posted(kind)
            assert deliveries(bots.database, kind, server.guild) == [("sent", None, message["id"])]


async def test_one_that_is_killed_leaves_the_other_at_work_and_comes_back_to_what_waits(
    bots: Bots, both: list[StudyServer], standin: StandIn
) -> None:
    _, second = await start_both(bots)
    await set_up(both)
    held = standin.faults.hold("POST", f"/channels/{both[1].channel}/messages", when="after")
    make_all_due(bots.database, [("prompt", server.guild) for server in both])
    await held.reached()
    await second.kill()
    held.abandon()
    standin.expire_nonces()
    await both[0].wait_for("prompt")
    await both[0].settle()
    # It is not for the first to look for what the second was sending.
    assert [state for state, _, _ in deliveries(bots.database, "prompt", both[1].guild)] == ["pending"]

    await start(bots, "1")
    await both[1].settle()
    await bots.stop()
    for server in both:
        (message,) = server.posted("prompt")
        assert deliveries(bots.database, "prompt", server.guild) == [("sent", None, message["id"])]


async def test_a_start_takes_up_nothing_that_another_process_is_sending(
    bots: Bots, both: list[StudyServer], standin: StandIn
) -> None:
    await start(bots, "0")
    await set_up(both[:1])
    held = standin.faults.hold("POST", f"/channels/{both[0].channel}/messages")
    make_due(bots.database, "prompt", both[0].guild)
    await held.reached()
    ((leased_until,),) = query(bots.database, "select next_try_at from delivery where shown < wanted")
    await start(bots, "1")
    await both[1].ask("tick")
    assert query(bots.database, "select next_try_at from delivery where shown < wanted") == [(leased_until,)]
    held.release()
    await both[0].wait_for("prompt")


async def test_a_server_of_another_process_is_not_taken_for_one_that_left(
    bots: Bots, both: list[StudyServer], standin: StandIn
) -> None:
    first, _ = await start_both(bots)
    for server in both:
        await server.set_up()
    await first.stop()
    standin.leave(both[0].guild)
    await start(bots, "0")
    await first.ended()
    assert query(bots.database, "select guild_id from departed_server") == [(both[0].guild,)]


async def test_in_direct_messages_members_of_every_server_are_served(
    bots: Bots, both: list[StudyServer]
) -> None:
    """They all arrive at shard 0; the card of what is reported there comes by the other process."""
    await start_both(bots)
    server = both[1]
    ping = await direct_ping(bots, server)
    form = await server.standin.click(ping, "checkin:direct:*", server.member)
    answer = await server.standin.submit_modal(form, {"done": "read a paper"})
    assert answer.ephemeral
    await server.wait_for("card")
    assert checkins(bots.database, server.guild) == {server.member: "read a paper"}


async def test_who_left_a_server_of_another_process_is_told_so(bots: Bots, both: list[StudyServer]) -> None:
    await start_both(bots)
    server = both[1]
    ping = await direct_ping(bots, server)
    world = server.standin.world
    del world.guilds[server.guild].members[server.member]
    answer = await server.standin.click(ping, "checkin:direct:*", server.member)
    assert "not in that server" in str(answer.data)


async def test_what_is_done_for_the_whole_database_is_done_by_the_one_with_shard_0(
    bots: Bots, both: list[StudyServer]
) -> None:
    for number in range(2):
        await start(bots, str(number))
    async with asyncio.timeout(10):
        # Nothing tells that the jobs were noted, so the file is looked into again and again.
        while len(set(query(bots.database, "select shard from job"))) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    jobs = {
        shard: {name for (name,) in query(bots.database, "select name from job where shard = ?", shard)}
        for shard in (0, 1)
    }
    assert jobs[0] - jobs[1] >= {"backups", "buddies"}
    assert {"due", "outbox", "heartbeat", "departures"} <= jobs[1]
    assert "shard 1 of 2" in await both[1].ask("status")


async def test_a_shard_twice_another_number_and_one_alone_are_refused_with_a_sentence(
    bots: Bots, both: list[StudyServer]
) -> None:
    await start(bots, "0")
    for settings, sentence in (
        ({"SHARDS": "2", "SHARD_IDS": "0"}, "Another process runs shard 0 of 2"),
        ({"SHARDS": "3", "SHARD_IDS": "1"}, "Another process runs shard 0 of 2"),
        ({}, "A bot is running on the database"),
    ):
        bot = await bots.launch(**settings)
        assert await bot.ended() == 1
        assert sentence in bot.lines[-1]
    await start(bots, "1")


async def test_two_that_start_at_once_on_an_old_database_both_run_on_the_new_one(
    bots: Bots, both: list[StudyServer], tmp_path: Path
) -> None:
    bots.database.unlink()
    (tmp_path / "first").mkdir()
    name = f"{known_in()[0]}.sql"
    (tmp_path / "first" / name).write_text((FOLDER / name).read_text())
    migrate(bots.database, tmp_path / "first")
    await start_both(bots)
    for server in both:
        await server.set_up()
        await server.check_in("after all")
        await server.wait_for("card")
    applied = query(bots.database, "select migration_id from _yoyo_migration order by migration_id")
    assert [name for (name,) in applied] == known_in()


async def test_two_that_start_at_once_take_turns_to_begin_their_sessions(
    bots: Bots, both: list[StudyServer], standin: StandIn
) -> None:
    standin.gateway.max_concurrency = 1
    began = asyncio.get_running_loop().time()
    started = [await bots.launch(SHARDS="2", SHARD_IDS=str(number)) for number in range(2)]
    for bot in started:
        await bot.line("ready in ", timeout=20)
    assert asyncio.get_running_loop().time() - began > 5
    assert standin.gateway.identified == 2


async def test_with_another_number_of_shards_each_server_is_served_on_and_once(
    bots: Bots, standin: StandIn
) -> None:
    servers = [server_in(standin, place) for place in range(3)]
    await start_both(bots)
    await set_up(servers)
    await bots.stop()
    make_all_due(bots.database, [("prompt", server.guild) for server in servers])
    started = [await bots.launch(SHARDS="3", SHARD_IDS=ids) for ids in ("0,2", "1")]
    for bot in started:
        await bot.ready()
    for server in servers:
        await server.wait_for("prompt")
        await server.settle()
        (message,) = server.posted("prompt")
        assert deliveries(bots.database, "prompt", server.guild) == [("sent", None, message["id"])]


async def test_one_process_with_several_shards_serves_the_servers_of_all(
    bots: Bots, both: list[StudyServer]
) -> None:
    bot = await bots.launch(SHARDS="2")
    # discord.py leaves five seconds between two of its own shards.
    await bot.line("ready in 2 servers", timeout=20)
    for server in both:
        await server.set_up()
        await server.check_in("everywhere")
        await server.wait_for("card")
    beats = {name for (name,) in query(bots.database, "select name from fact where name like 'heartbeat%'")}
    assert beats == {"heartbeat:0/2", "heartbeat:1/2"}
