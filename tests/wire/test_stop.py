"""The real process is asked to end while it is busy: it ends within five seconds and loses nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.wire.database_file import checkins, deliveries, make_due
from tests.wire.silent_line import SilentLine
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn


async def test_a_prompt_that_is_being_sent_is_finished_first(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.plan()
    send = standin.faults.hold("POST", f"/channels/{server.channel}/messages")
    make_due(bots.database, "prompt", server.guild)
    await send.reached()
    stopping = asyncio.create_task(bot.stop())
    await asyncio.wait([stopping], timeout=0.2)
    assert not stopping.done()
    send.release()
    assert await stopping < 2
    (prompt,) = server.posted("prompt")
    assert deliveries(bots.database, "prompt", server.guild) == [("sent", None, prompt["id"])]

    await bots.start()
    await server.settle()
    assert server.posted("prompt") == [prompt]


async def test_what_discord_does_not_take_in_time_is_posted_once_after_the_restart(
    bots: Bots, standin: StandIn
) -> None:
    """A prompt and a card each in a server where Discord never got it, and where its answer never came."""
    never_got, never_answered = servers = StudyServer(standin, "Never got it"), StudyServer(standin, "Silent")
    bot = await bots.start()
    for server in servers:
        await server.set_up()
        await server.plan()
    holds = [
        standin.faults.hold("POST", f"/channels/{never_got.channel}/messages", times=2),
        standin.faults.hold("POST", f"/channels/{never_answered.channel}/messages", times=2, when="after"),
    ]
    for server in servers:
        await server.check_in("wrote a parser")
    for hold in holds:
        await hold.reached()
    assert await bot.stop() > 1
    for hold in holds:
        hold.abandon()
    standin.faults.clear()
    assert [len(server.posted("card")) for server in servers] == [0, 1]

    bot = await bots.start()
    await never_got.wait_for("card")
    for server in servers:
        await server.settle()
        make_due(bots.database, "prompt", server.guild)
    for server in servers:
        await server.wait_for("prompt")
    await bot.stop()
    for server in servers:
        assert len(server.posted("card")) == 1
        assert len(server.posted("prompt")) == 1
        assert [state for state, _, _ in deliveries(bots.database, "card", server.guild)] == ["sent"]


async def test_an_answer_that_is_on_its_way_is_finished_first(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    form = await standin.slash(server.channel, server.member, "checkin")
    answer = standin.faults.hold("POST", "/interactions/*/callback")
    sending = asyncio.create_task(standin.submit_modal(form, {"done": "wrote a parser"}))
    await answer.reached()
    stopping = asyncio.create_task(bot.stop())
    await asyncio.wait([stopping], timeout=0.2)
    answer.release()
    assert (await sending).ephemeral
    await stopping
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}


async def test_nothing_new_is_begun_while_an_answer_is_finished(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    """Else a busy server keeps it from ending, and what was begun last is done and cut off unanswered."""
    bot = await bots.start()
    await server.set_up()
    form = await standin.slash(server.channel, server.member, "checkin")
    answer = standin.faults.hold("POST", "/interactions/*/callback")
    sending = asyncio.create_task(standin.submit_modal(form, {"done": "wrote a parser"}))
    await answer.reached()
    stopping = asyncio.create_task(bot.stop())
    await asyncio.wait([stopping], timeout=0.5)
    assert standin.gateway.connected() == []
    assert not stopping.done()
    answer.release()
    assert (await sending).ephemeral
    assert await stopping < 2
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}


async def test_no_check_in_and_no_card_is_lost_with_a_hundred_in_flight(bots: Bots, standin: StandIn) -> None:
    servers = [StudyServer(standin, f"School {number}") for number in range(25)]
    bot = await bots.start()
    sending = {}
    for server in servers:
        await server.set_up()
        for user in [server.member, *(standin.add_member(server.guild) for _ in range(3))]:
            form = await standin.slash(server.channel, user, "checkin")
            sending[server.guild, user] = standin.submit_modal(form, {"done": f"step {user}"})
    tasks = {who: asyncio.create_task(each) for who, each in sending.items()}
    assert len(tasks) == 100
    await asyncio.wait(tasks.values(), return_when=asyncio.FIRST_COMPLETED)
    await bot.stop()
    answered = {who for who, task in tasks.items() if task.done()}
    for task in tasks.values():
        task.cancel()
    await asyncio.wait(tasks.values())
    stored = {server.guild: checkins(bots.database, server.guild) for server in servers}
    assert {(guild, user) for guild, users in stored.items() for user in users} >= answered

    await bots.start()
    for server in servers:
        if stored[server.guild]:
            await server.wait_for("card", len(stored[server.guild]))
    await servers[0].settle()
    for server in servers:
        cards = [card["embeds"][0]["description"] for card in server.posted("card")]
        assert sorted(cards) == sorted(stored[server.guild].values())
        assert set(cards) == {f"step {user}" for user in stored[server.guild]}


# -- Discord does not do its part


async def test_it_ends_while_it_waits_for_discord_to_let_it_in(bots: Bots, standin: StandIn) -> None:
    standin.faults.hold("GET", "/users/@me")
    bot = await bots.launch()
    await standin.wait_for_request("GET", "/users/@me", answered=False)
    await bot.stop()


async def test_it_ends_while_discord_answers_its_login_with_errors(bots: Bots, standin: StandIn) -> None:
    standin.faults.fail("GET", "/users/@me", times=5)
    bot = await bots.launch()
    await standin.wait_for_request("GET", "/users/@me")
    await bot.stop()


async def test_it_ends_while_the_gateway_cannot_be_reached(bots: Bots, standin: StandIn) -> None:
    async with SilentLine(standin.port) as line:
        standin.gateway.url = line.instead_of(standin.gateway_url)
        line.go_dead()
        bot = await bots.launch()
        await standin.wait_for_request("GET", "/gateway/bot")
        await bot.stop()


async def test_it_ends_when_the_line_is_dead(bots: Bots, standin: StandIn) -> None:
    async with SilentLine(standin.port) as line:
        standin.gateway.url = line.instead_of(standin.gateway_url)
        bot = await bots.start(DISCORD_API_URL=line.instead_of(standin.api_url))
        line.go_dead()
        await bot.stop()
