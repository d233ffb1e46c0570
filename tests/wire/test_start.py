"""The real process starts: what it tells Discord, and how it says what is wrong when it cannot."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.wire.bot_process import BotProcess
from tests.wire.database_file import make_due, query
from tests.wire.standin import BOT_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import StudyServer

COMMANDS = {
    *("checkin", "checkins", "routine", "ledger", "progress", "goal", "focus", "buddy", "week"),
    *("leads", "idea", "resource", "curate", "poll", "preferences", "privacy", "setup", "settings", "help"),
}


@pytest.fixture
def warm_starts() -> None:
    """Here it is the start that is tested, from the first import on."""


async def test_discord_is_told_the_commands_at_the_first_start_and_again_only_when_they_changed(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    def syncs() -> list[str]:
        return [request.path for request in standin.requests if request.method == "PUT"]

    bot = await bots.start()
    assert syncs() == [f"/applications/{BOT_ID}/commands"]
    assert {command["name"] for command in standin.world.commands[None]} == COMMANDS
    await bot.stop()

    bot = await bots.start()
    await server.set_up()
    assert len(syncs()) == 1
    await bot.stop()

    query(bots.database, "update fact set value = 'of an older version' where name = 'commands.hash'")
    await bots.start()
    assert len(syncs()) == 2


async def test_the_first_start_of_all_makes_the_database(bots: Bots, server: StudyServer) -> None:
    bots.database.unlink()
    await bots.start()
    await server.set_up()
    assert query(bots.database, "select guild_id from server") == [(server.guild,)]


async def test_it_is_ready_when_it_knows_its_servers_and_asks_for_no_privileged_intent(
    bots: Bots, standin: StandIn
) -> None:
    for number in range(3):
        standin.add_guild(f"School {number}")
    bot = await bots.start()
    assert "ready in 3 servers" in await bot.line("ready in")
    assert standin.gateway.identified == 1
    (session,) = standin.gateway.connected()
    guilds, guild_messages, direct_messages = 1 << 0, 1 << 9, 1 << 12
    assert session.intents == guilds | guild_messages | direct_messages


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_a_signal_ends_it_cleanly(bots: Bots, standin: StandIn, number: signal.Signals) -> None:
    bot = await bots.start()
    await bot.stop(number)
    assert bot.lines[-1].endswith("bot: stopped")
    assert not standin.gateway.connected()


# -- starts that cannot work


async def last_words(bot: BotProcess) -> str:
    """What a bot that could not start said: one line to its operator, with nothing around it but its log."""
    assert await bot.ended() == 1, "\n".join(bot.lines)
    *log, last = bot.lines
    assert [line for line in log if not line[:4].isdigit()] == []
    assert last.startswith("autodidact: ")
    return last.removeprefix("autodidact: ")


async def test_without_a_token_it_says_where_to_put_one(bots: Bots) -> None:
    bot = await bots.launch(TOKEN="")
    said = await last_words(bot)
    assert said.startswith("There is no bot token yet: copy .env.example to .env")
    assert len(bot.lines) == 1


async def test_a_refused_token_is_said_so(bots: Bots, standin: StandIn) -> None:
    bot = await bots.launch(TOKEN="another-token")
    assert (await last_words(bot)).startswith("Discord refuses the token")
    assert [request.status for request in standin.requests] == [401]
    assert "another-token" not in "\n".join(bot.lines)


async def test_a_token_that_was_replaced_while_the_bot_ran_is_said_so(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await standin.drop_gateway(code=4004)
    assert (await last_words(bot)).startswith("Discord refuses the token")


async def test_a_wrong_setting_is_named(bots: Bots) -> None:
    bot = await bots.launch(TICK_SECONDS="often")
    assert (await last_words(bot)).startswith("AUTODIDACT_TICK_SECONDS: ")
    assert len(bot.lines) == 1


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port of this machine where nobody listens, and nobody else can."""
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


async def test_an_unreachable_discord_is_said_so(bots: Bots, dead_port: int) -> None:
    bot = await bots.launch(DISCORD_API_URL=f"http://127.0.0.1:{dead_port}/api/v10")
    assert (await last_words(bot)).startswith("Discord could not be reached")


def a_folder(database: Path) -> None:
    database.unlink()
    database.mkdir()


def no_database(database: Path) -> None:
    database.write_text("Dear diary, today I learned about file formats.\n" * 100)


def a_damaged_database(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[100:4096] = b"\xff" * 3996
    database.write_bytes(content)


@pytest.mark.parametrize("spoil", [a_folder, no_database, a_damaged_database])
async def test_a_database_that_cannot_be_used_is_named(bots: Bots, standin: StandIn, spoil: object) -> None:
    assert callable(spoil)
    spoil(bots.database)
    bot = await bots.launch()
    assert (await last_words(bot)).startswith(f"The database {bots.database} cannot be used: ")
    assert standin.requests == []


async def test_a_database_in_a_folder_that_is_not_there_is_named(bots: Bots, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "autodidact.db"
    bot = await bots.launch(DATABASE=str(path))
    assert (await last_words(bot)).startswith(f"The database {path} cannot be used: ")


async def test_a_discord_that_names_no_gateway_is_said_so(bots: Bots, standin: StandIn) -> None:
    standin.faults.fail("GET", "/gateway/bot", status=403)
    bot = await bots.launch()
    assert (await last_words(bot)).startswith("Discord could not be reached (it names no gateway)")


async def test_a_database_of_a_newer_version_is_left_alone(bots: Bots, standin: StandIn) -> None:
    query(
        bots.database,
        "insert into _yoyo_migration (migration_hash, migration_id, applied_at_utc) values (?, ?, ?)",
        "0" * 64,
        "9999_things_to_come",
        "2100-01-01 00:00:00",
    )
    bot = await bots.launch()
    said = await last_words(bot)
    assert said.startswith(f"The database {bots.database} was made by a newer version")
    assert "9999_things_to_come" in said
    assert standin.requests == []


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever is root may write everywhere")
async def test_a_database_that_may_only_be_read_is_named(bots: Bots) -> None:
    bots.database.chmod(0o444)
    bot = await bots.launch()
    assert (await last_words(bot)).startswith(f"The database {bots.database} cannot be used: ")


async def test_a_start_that_fails_halfway_leaves_no_process_that_delivers_nothing(
    bots: Bots, server: StudyServer
) -> None:
    bot = await bots.start()
    bots.expect_outcries()
    await server.set_up()
    await server.plan()
    await bot.stop()
    make_due(bots.database, "prompt", server.guild)
    # A check-in of an earlier run is outstanding, and taking it up fails.
    query(
        bots.database,
        """
        insert into delivery (kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state,
                              next_try_at)
        values ('card', 1, 1, '2026-01-01', 'card:1:1:2026-01-01', 0, 0, 'pending', 1 << 40)
        """,
    )
    query(
        bots.database,
        """
        create trigger refuse before update on delivery when old.guild_id = 1
        begin select raise(abort, 'the disk has a bad day'); end
        """,
    )
    bot = await bots.start()
    prompt = asyncio.create_task(server.wait_for("prompt", timeout=3))
    ended = asyncio.create_task(bot.ended(timeout=3))
    await asyncio.wait([prompt, ended], return_when=asyncio.FIRST_COMPLETED)
    delivers = prompt.done() and not prompt.exception()
    gave_up = ended.done() and not ended.exception() and ended.result() != 0
    assert delivers or gave_up
    for task in (prompt, ended):
        task.cancel()


async def test_of_two_first_starts_at_once_on_one_database_one_runs_and_the_other_says_why_not(
    bots: Bots,
) -> None:
    bots.database.unlink()
    both = await asyncio.gather(bots.launch(), bots.launch())
    ends = [asyncio.create_task(bot.ended()) for bot in both]
    (refused,), _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    assert refused.result() == 1
    other, one = sorted(both, key=lambda bot: bot.running)
    assert (await last_words(other)).startswith(f"A bot is running on the database {bots.database}")
    await one.ready()
    await one.stop()
    await asyncio.wait(ends)
