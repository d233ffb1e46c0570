"""The real process is killed at the worst moments. After the restart everything is there, and there once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wire.database_file import checkins, deliveries, make_all_due, make_due, query
from tests.wire.standin import permissions
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.wire.bot_process import BotProcess
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.standin.faults import Fault, When


class Three:
    """Three servers: a prompt is due in the first, a ping in the second, a card in the third."""

    KINDS = ("prompt", "ping", "card")

    def __init__(self, standin: StandIn) -> None:
        self._standin = standin
        self.servers = {kind: StudyServer(standin, f"Waits for a {kind}") for kind in self.KINDS}

    @property
    def channels(self) -> list[int]:
        return [server.channel for server in self.servers.values()]

    async def set_up(self) -> None:
        for kind, server in self.servers.items():
            await server.set_up()
            await server.plan(ping=kind == "ping")

    def hold(self, when: When) -> list[Fault]:
        """Hold the next message into each of the three: before Discord has it, or before it says so."""
        return [
            self._standin.faults.hold("POST", f"/channels/{server.channel}/messages", when=when)
            for server in self.servers.values()
        ]

    def posted(self) -> dict[str, int]:
        return {kind: len(server.posted(kind)) for kind, server in self.servers.items()}

    async def assert_each_comes_once(self, bots: Bots) -> None:
        """With the bot running again: each is posted, stays alone, and is known as sent."""
        for kind, server in self.servers.items():
            await server.wait_for(kind)
            await server.settle()
        await bots.stop()
        for kind, server in self.servers.items():
            (message,) = server.posted(kind)
            assert deliveries(bots.database, kind, server.guild) == [("sent", None, message["id"])], kind


@pytest.fixture
def three(standin: StandIn) -> Three:
    return Three(standin)


async def crash_at(bots: Bots, three: Three, when: When) -> None:
    """Kill the bot while all three are being sent."""
    bot = await bots.start()
    await three.set_up()
    holds = three.hold(when)
    guilds = {kind: server.guild for kind, server in three.servers.items()}
    make_all_due(bots.database, [("prompt", guilds["prompt"]), ("ping", guilds["ping"])])
    await three.servers["card"].check_in("wrote a parser")
    await kill_when_reached(bot, holds)


async def kill_when_reached(bot: BotProcess, holds: Sequence[Fault]) -> None:
    for hold in holds:
        await hold.reached()
    await bot.kill()
    for hold in holds:
        hold.abandon()


async def test_killed_between_claim_and_send(bots: Bots, standin: StandIn, three: Three) -> None:
    await crash_at(bots, three, "before")
    assert three.posted() == {"prompt": 0, "ping": 0, "card": 0}
    standin.expire_nonces()
    await bots.start()
    await three.assert_each_comes_once(bots)


@pytest.mark.parametrize("nonces", ["remembered", "expired"])
async def test_killed_between_send_and_mark(bots: Bots, standin: StandIn, three: Three, nonces: str) -> None:
    await crash_at(bots, three, "after")
    assert three.posted() == {"prompt": 1, "ping": 1, "card": 1}
    if nonces == "expired":
        standin.expire_nonces()
    await bots.start()
    for channel in three.channels:
        await standin.wait_for_request("GET", f"/channels/{channel}/messages")
    await three.assert_each_comes_once(bots)


async def test_killed_between_send_and_mark_where_the_history_may_not_be_read(
    bots: Bots, standin: StandIn, three: Three
) -> None:
    """Then the nonce alone must do."""
    for channel in three.channels:
        standin.limit_bot(channel, deny=permissions.READ_MESSAGE_HISTORY)
    await crash_at(bots, three, "after")
    seen = len(standin.requests)
    await bots.start()
    for channel in three.channels:
        await standin.wait_for_request("POST", f"/channels/{channel}/messages", after=seen)
    await three.assert_each_comes_once(bots)


async def test_killed_twice_once_before_and_once_after_the_send(
    bots: Bots, standin: StandIn, three: Three
) -> None:
    await crash_at(bots, three, "before")
    holds = three.hold("after")
    await kill_when_reached(await bots.start(), holds)
    standin.expire_nonces()
    await bots.start()
    await three.assert_each_comes_once(bots)


async def test_killed_between_opening_the_days_thread_and_sending_the_card(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.plan()
    make_due(bots.database, "prompt", server.guild)
    prompt = await server.wait_for("prompt")
    path = f"/channels/{server.channel}/messages/{prompt['id']}/threads"
    hold = standin.faults.hold("POST", path, when="after")
    await server.check_in("wrote a parser")
    await kill_when_reached(bot, [hold])

    await bots.start()
    card = await server.wait_for("card")
    assert card["channel_id"] == prompt["id"]
    await server.settle()
    await bots.stop()
    assert (server.posted("prompt"), server.posted("card")) == ([prompt], [card])


async def test_killed_right_after_a_check_in_was_answered(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    await server.check_in("wrote a parser")
    await bot.kill()
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}
    assert query(bots.database, "pragma integrity_check") == [("ok",)]

    await bots.start()
    form = await standin.slash(server.channel, server.member, "checkin")
    assert form.data["components"][0]["component"]["value"] == "wrote a parser"
    card = await server.wait_for("card")
    await server.settle()
    await bots.stop()
    assert server.posted("card") == [card]


@pytest.mark.parametrize("nonces", ["remembered", "expired"])
async def test_a_card_whose_answer_was_lost_and_that_was_changed_since_shows_the_change_once(
    bots: Bots, standin: StandIn, server: StudyServer, nonces: str
) -> None:
    await bots.start()
    await server.set_up()
    lost = standin.faults.drop("POST", f"/channels/{server.channel}/messages", when="after")
    await server.check_in("wrote a parser")
    await lost.reached()
    await server.check_in("wrote two parsers")
    if nonces == "expired":
        standin.expire_nonces()
    await server.catch_up(bots.database)
    cards = [card["embeds"][0]["description"] for card in server.posted("card")]
    assert cards == ["wrote two parsers"]
