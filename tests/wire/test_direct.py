"""Pings as direct messages over the wire: once, whenever the process dies, and in the thread if refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wire.database_file import checkins, deliveries, make_due, query

if TYPE_CHECKING:
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.standin.faults import When
    from tests.wire.standin.world import Refused
    from tests.wire.study_server import StudyServer


async def test_a_direct_ping_comes_where_it_was_asked_for_and_its_button_checks_in(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    await bots.start()
    await server.set_up()
    await server.choose_direct_pings()
    make_due(bots.database, "direct_ping", server.guild)
    ping = await standin.wait_for_message(standin.direct_channel(server.member))
    await server.settle()
    assert server.posted_directly() == [ping]
    assert server.posted("ping") == []
    assert deliveries(bots.database, "direct_ping", server.guild) == [("sent", None, ping["id"])]

    form = await standin.click(ping, "checkin:direct:*", server.member)
    answer = await standin.submit_modal(form, {"done": "wrote a parser"})
    assert answer.ephemeral
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}
    await server.wait_for("card")


@pytest.mark.parametrize("nonces", ["remembered", "expired"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_a_direct_ping_is_being_sent(
    bots: Bots, standin: StandIn, server: StudyServer, when: When, nonces: str
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.choose_direct_pings()
    direct = standin.direct_channel(server.member)
    hold = standin.faults.hold("POST", f"/channels/{direct}/messages", when=when)
    make_due(bots.database, "direct_ping", server.guild)
    await hold.reached()
    await bot.kill()
    hold.abandon()
    assert len(server.posted_directly()) == (1 if when == "after" else 0)
    if nonces == "expired":
        standin.expire_nonces()

    await bots.start()
    ping = await standin.wait_for_message(direct)
    await server.settle()
    await bots.stop()
    assert server.posted_directly() == [ping]
    assert server.posted("ping") == []
    assert deliveries(bots.database, "direct_ping", server.guild) == [("sent", None, ping["id"])]


async def test_killed_between_opening_direct_messages_and_sending(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.choose_direct_pings()
    hold = standin.faults.hold("POST", "/users/@me/channels", when="after")
    make_due(bots.database, "direct_ping", server.guild)
    await hold.reached()
    await bot.kill()
    hold.abandon()

    await bots.start()
    ping = await standin.wait_for_message(standin.direct_channel(server.member))
    await server.settle()
    assert server.posted_directly() == [ping]


@pytest.mark.parametrize("refused", ["opening", "sending"])
async def test_a_refused_direct_ping_comes_in_the_thread_within_the_same_round_and_from_then_on(
    bots: Bots, standin: StandIn, server: StudyServer, refused: Refused
) -> None:
    bot = await bots.start(TICK_SECONDS="60")
    await server.set_up()
    await server.choose_direct_pings()
    standin.close_direct(server.member, refused)
    make_due(bots.database, "direct_ping", server.guild)
    assert await server.ask("tick") == "2 messages sent or changed."
    (ping,) = server.posted("ping")
    assert [user["id"] for user in ping["mentions"]] == [str(server.member)]
    assert "did not let me write to you directly" in ping["content"]
    assert server.posted_directly() == []
    (direct,) = deliveries(bots.database, "direct_ping", server.guild)
    assert direct == ("skipped", "Discord does not let me write to them directly", None)
    assert deliveries(bots.database, "ping", server.guild) == [("sent", None, ping["id"])]

    assert query(bots.database, "select kind from due where user_id = ?", server.member) == [("ping",)]
    await bot.stop()
    await bots.start(TICK_SECONDS="60")
    assert await server.ask("tick") == "0 messages sent or changed."
    opened = [request for request in standin.requests if request.path == "/users/@me/channels"]
    assert len(opened) == 1
