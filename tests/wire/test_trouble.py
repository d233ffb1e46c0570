"""Discord makes trouble: the real process says so in words, goes on, and loses nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.wire.database_file import checkins, deliveries, make_due
from tests.wire.standin import permissions
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tests.wire.bots import Bots
    from tests.wire.standin import Interaction, StandIn

REIDENTIFYING_TAKES = 10.0  # discord.py waits five seconds before it does


# -- sending


async def test_a_prompt_arrives_once_although_discord_answers_500_and_429(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.plan()
    path = f"/channels/{server.channel}/messages"
    standin.faults.fail("POST", path, when="after")
    standin.faults.rate_limit("POST", path, times=2, retry_after=0.02)
    make_due(bots.database, "prompt", server.guild)
    last = await standin.wait_for_request("POST", path, where=lambda request: request.status == 200)
    assert last.body["enforce_nonce"] is True
    await server.settle()
    await bot.stop()
    tries = [
        request.status for request in standin.requests if (request.method, request.path) == ("POST", path)
    ]
    assert tries == [500, 429, 429, 200]
    (prompt,) = server.posted("prompt")
    assert deliveries(bots.database, "prompt", server.guild) == [("sent", None, prompt["id"])]


async def test_a_prompt_that_discord_does_not_take_now_is_put_off_and_comes_once(
    bots: Bots, standin: StandIn
) -> None:
    names = ("blocked at the edge", "unavailable", "connection lost")
    servers = [blocked, unavailable, lost] = [StudyServer(standin, name) for name in names]
    bot = await bots.start()
    for server in servers:
        await server.set_up()
        await server.plan()
    standin.faults.rate_limit("POST", f"/channels/{blocked.channel}/messages", via=False)
    standin.faults.fail("POST", f"/channels/{unavailable.channel}/messages", status=503)
    standin.faults.drop("POST", f"/channels/{lost.channel}/messages", when="after")
    make_due(bots.database, "prompt", *(server.guild for server in servers))
    for reason in ("Discord answered 429", "Discord answered 503", "ServerDisconnectedError"):
        await bot.line(f"(prompt) is put off: {reason}")
    await blocked.catch_up(bots.database)
    for server in servers:
        (prompt,) = server.posted("prompt")
        assert deliveries(bots.database, "prompt", server.guild) == [("sent", None, prompt["id"])]


async def test_what_cannot_be_delivered_is_said_in_words_and_the_next_server_gets_its_prompt(
    bots: Bots, standin: StandIn
) -> None:
    names = ("deleted", "no embeds", "read only", "removed", "fine")
    servers = {name: StudyServer(standin, name) for name in names}
    bot = await bots.start()
    for server in servers.values():
        await server.set_up()
        await server.plan()
    standin.delete_channel(servers["deleted"].channel)
    standin.limit_bot(servers["no embeds"].channel, deny=permissions.EMBED_LINKS)
    standin.limit_bot(servers["read only"].channel, deny=permissions.SEND_MESSAGES)
    standin.leave(servers["removed"].guild)
    fine = servers["fine"]
    await fine.ask("status")
    for server in servers.values():
        make_due(bots.database, "prompt", server.guild)
    await fine.wait_for("prompt")
    await fine.settle()
    await bot.stop()
    reasons = {
        name: [row[:2] for row in deliveries(bots.database, "prompt", server.guild)]
        for name, server in servers.items()
    }
    assert reasons == {
        "deleted": [("skipped", "the channel is gone")],
        "no embeds": [("skipped", "I lack a right in the channel")],
        "read only": [("skipped", "I lack a right in the channel")],
        # Where it was taken out of, nothing comes up until it is back.
        "removed": [],
        "fine": [("sent", None)],
    }
    warnings = [line for line in bot.lines if "cannot be delivered: " in line]
    assert len(warnings) == 3
    statuses = [request.status for request in standin.requests if request.method == "POST"]
    # What is known to be refused is not even asked for.
    assert sorted(status for status in statuses if status and status >= 400) == [403, 404]


async def test_a_card_whose_thread_is_closed_to_it_goes_into_the_channel(
    bots: Bots, standin: StandIn
) -> None:
    servers = [deleted, locked] = [StudyServer(standin, name) for name in ("Deleted", "Locked")]
    await bots.start()
    for server in servers:
        await server.set_up()
        await server.plan()
    make_due(bots.database, "prompt", *(server.guild for server in servers))
    for server in servers:
        prompt = await server.wait_for("prompt")
        await server.check_in("opened the thread", standin.add_member(server.guild))
        card = await server.wait_for("card")
        assert card["channel_id"] == prompt["id"]
        if server is deleted:
            standin.delete_channel(int(prompt["id"]))
        else:
            standin.world.channel(int(prompt["id"])).payload["thread_metadata"]["locked"] = True
        answer = await server.check_in("wrote a parser")
        card = await standin.wait_for_message(server.channel, after=int(prompt["id"]))
        assert card["embeds"][0]["description"] == "wrote a parser"
        await server.settle()
        assert answer.followups == []
    assert len(standin.messages(int(locked.posted("prompt")[0]["id"]))) == 1


async def test_every_member_whose_card_cannot_be_shown_is_told_so(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    """Also where several check in at once, and while the bot looks for what is due anyway."""
    await bots.start()
    await server.set_up()
    standin.limit_bot(server.channel, deny=permissions.SEND_MESSAGES)
    users = [standin.add_member(server.guild) for _ in range(20)]
    answers = await asyncio.gather(*(server.check_in("wrote a parser", user) for user in users))
    told = await asyncio.gather(*(answer.followup(timeout=3) for answer in answers))
    assert all("I lack a right in the channel" in each["embeds"][0]["description"] for each in told)
    assert checkins(bots.database, server.guild) == dict.fromkeys(users, "wrote a parser")


# -- answering


async def too_late(standin: StandIn, doing: Awaitable[Interaction]) -> None:
    """Let what a member does expire before the bot can answer, and wait until the bot has tried to."""
    seen, in_time = len(standin.requests), standin.interactions.deadline
    standin.interactions.deadline = 1e-6
    with pytest.raises(TimeoutError):
        await doing
    answer = await standin.wait_for_request("POST", "/interactions/*/callback", after=seen)
    standin.interactions.deadline = in_time
    assert answer.status == 404


async def test_answers_that_come_too_late_harm_nothing(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    form = await standin.slash(server.channel, server.member, "checkin")
    await too_late(standin, standin.slash(server.channel, server.member, "checkin"))
    await too_late(standin, standin.submit_modal(form, {"done": "wrote a parser"}))
    # What was sent is stored and shown all the same.
    card = await server.wait_for("card")
    assert card["embeds"][0]["description"] == "wrote a parser"
    again = await standin.slash(server.channel, server.member, "checkin")
    assert again.data["components"][0]["component"]["value"] == "wrote a parser"
    assert [line for line in bot.lines if "ERROR" in line] == []


async def test_choices_that_come_too_late_are_no_error(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    """That is what happens whenever somebody types on before the choices are there."""
    bot = await bots.start()
    typing = standin.autocomplete(server.channel, server.member, "routine set", "zone", "berl")
    await too_late(standin, typing)
    await server.ask("status")
    assert [line for line in bot.lines if "ERROR" in line] == []


# -- the gateway


async def test_a_dropped_gateway_is_resumed_and_what_was_missed_is_answered(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    await standin.drop_gateway()
    answer = await server.check_in("wrote a parser")
    assert answer.ephemeral
    assert (standin.gateway.identified, standin.gateway.resumed) == (1, 1)
    await server.wait_for("card")


async def test_a_lost_session_is_begun_anew_without_a_second_greeting(bots: Bots, standin: StandIn) -> None:
    server = StudyServer(standin)
    welcome = standin.add_channel(server.guild, "welcome", system=True)
    await bots.start()
    await server.set_up()
    await server.plan()
    standin.invalidate_session()
    # What the bot sends by itself needs no session.
    make_due(bots.database, "prompt", server.guild)
    await server.wait_for("prompt")
    await standin.wait_for_session(2, timeout=REIDENTIFYING_TAKES)
    answer = await server.check_in("wrote a parser")
    assert answer.ephemeral
    await server.settle()
    assert standin.messages(welcome) == []
    assert len(server.posted("prompt")) == 1
