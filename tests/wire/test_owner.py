"""Whoever runs the bot gives it orders by mention, over the wire; nobody else can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.migrations import FOLDER
from tests.wire.database_file import make_due
from tests.wire.standin import BOT_ID, OWNER_ID

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import StudyServer


async def test_the_owner_asks_how_it_is_in_a_server_or_a_direct_message(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    status = await server.ask("status")
    assert "in 1 servers, 1 of them set up." in status
    assert "**Job due**" in status
    assert "**Job outbox**" in status
    newest = max(file.stem for file in FOLDER.glob("*.sql"))
    assert f"version {newest}" in status
    direct = standin.direct_channel(OWNER_ID)
    asked = standin.say(direct, OWNER_ID, f"<@{BOT_ID}> status")
    answer = await standin.wait_for_message(direct, after=int(asked["id"]))
    assert answer["content"].startswith("**Up** since")


async def test_the_owner_has_the_commands_told_again(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    number = len(standin.world.commands[None])
    standin.world.commands.clear()
    assert (await server.ask("sync")).startswith(f"Discord knows {number} commands now.")
    assert len(standin.world.commands[None]) == number
    assert [request.method for request in standin.requests].count("PUT") == 2


async def test_the_owner_has_it_look_for_what_is_due_at_once(bots: Bots, server: StudyServer) -> None:
    bot = await bots.start(TICK_SECONDS="60")
    # With this one all jobs have had their first run, and the next is a minute away.
    await bot.line("made the backup")
    await server.set_up()
    await server.plan()
    make_due(bots.database, "prompt", server.guild)
    assert await server.ask("tick") == "1 messages sent or changed."
    assert len(server.posted("prompt")) == 1


async def test_nobody_else_is_answered(bots: Bots, standin: StandIn, server: StudyServer) -> None:
    bot = await bots.start()
    for user in (server.admin, server.member):
        for words in ("status", "sync", "tick", "hello", "", "status 'unbalanced \"quotes"):
            standin.say(server.office, user, f"<@{BOT_ID}> {words}")
    # Nor is the owner, by talk that is no order. The gateway is in order: the last is answered after all.
    standin.say(server.office, OWNER_ID, f"<@{BOT_ID}> well done")
    await server.ask("status")
    authors = [message["author"]["id"] for message in standin.messages(server.office)]
    assert authors.count(str(BOT_ID)) == 1
    assert [request.method for request in standin.requests].count("PUT") == 1
    assert not [line for line in bot.lines if "ERROR" in line]
