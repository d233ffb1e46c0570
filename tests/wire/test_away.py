"""Discord, or the half of it, is away while the bot runs: it stays modest and quiet, and comes back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.wire.database_file import checkins
from tests.wire.switched_line import Lines, State, lines_to
from tests.wire.test_heartbeat import (
    LONG,
    QUICK,
    SOME_BEATS,
    downtimes,
    last_beat,
    put_last_beat_back,
    until_it_beats,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import StudyServer

BACK_WITHIN = 40.0
"""Seconds; discord.py takes five of them before it begins a new session."""


@pytest.fixture
async def lines(standin: StandIn) -> AsyncIterator[Lines]:
    async with lines_to(standin) as lines:
        yield lines


async def connected(standin: StandIn) -> None:
    """Wait until the bot's connection to the gateway is there again."""
    await standin.world.changes.until(lambda: bool(standin.gateway.connected()), BACK_WITHIN, "the bot")


async def test_a_gateway_that_hangs_up_at_once_is_not_asked_hundreds_of_times(
    bots: Bots, standin: StandIn, lines: Lines
) -> None:
    bot = await bots.start(**lines.settings)
    await lines.gateway.switch(State.HANGS_UP)
    before = lines.gateway.connections
    await asyncio.sleep(2)
    assert lines.gateway.connections - before <= 4
    await lines.gateway.switch(State.OPEN)
    await connected(standin)
    assert standin.gateway.identified == 1
    await bot.stop()


@pytest.mark.parametrize("state", [State.REFUSED, State.UNAVAILABLE], ids=lambda state: str(state.value))
async def test_a_gateway_that_is_away_costs_a_line_and_no_traceback(
    bots: Bots, standin: StandIn, lines: Lines, state: State
) -> None:
    bot = await bots.start(**lines.settings)
    said = len(bot.lines)
    await lines.gateway.switch(state)
    await bot.line("no connection to Discord's gateway, trying again (")
    await asyncio.sleep(1.5)
    assert len([line for line in bot.lines[said:] if "gateway" in line]) == 1
    await lines.gateway.switch(State.OPEN)
    await connected(standin)
    await bot.stop()


async def test_a_gateway_that_is_away_at_the_start_is_waited_for(
    bots: Bots, standin: StandIn, lines: Lines
) -> None:
    await lines.gateway.switch(State.REFUSED)
    bot = await bots.launch(**lines.settings)
    await bot.line("no connection to Discord's gateway, trying again (")
    await lines.gateway.switch(State.OPEN)
    await bot.line("ready in ", timeout=BACK_WITHIN)
    assert standin.gateway.identified == 1
    await bot.stop()


# -- only one of the two


async def nothing_is_answered(doing: Awaitable[object]) -> None:
    with pytest.raises(TimeoutError):
        await doing


async def test_what_was_done_while_the_api_is_away_is_kept_and_said_in_one_line(
    bots: Bots, standin: StandIn, server: StudyServer, lines: Lines
) -> None:
    """The gateway is open, so the bot hears of it all and can answer nothing."""
    bot = await bots.start(**lines.settings)
    await server.set_up()
    form = await standin.slash(server.channel, server.member, "checkin")
    in_time, standin.interactions.deadline = standin.interactions.deadline, 0.5
    await lines.api.switch(State.REFUSED)
    await nothing_is_answered(standin.slash(server.channel, server.member, "progress"))
    await nothing_is_answered(
        standin.autocomplete(server.channel, server.member, "routine set", "zone", "berl")
    )
    await nothing_is_answered(standin.submit_modal(form, {"done": "wrote a parser"}))
    await bot.line("Discord did not take an answer in server")
    await lines.api.switch(State.OPEN)
    standin.interactions.deadline = in_time
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}
    card = await server.wait_for("card", timeout=20)
    assert card["embeds"][0]["description"] == "wrote a parser"
    assert [line for line in bot.lines if "ERROR" in line] == []


async def test_an_answer_that_was_taken_and_not_acknowledged_is_no_error(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    bot = await bots.start()
    await server.set_up()
    form = await standin.slash(server.channel, server.member, "checkin")
    standin.faults.fail("POST", "/interactions/*/callback", when="after", status=502)
    answer = await standin.submit_modal(form, {"done": "wrote a parser"})
    assert "Day one of a streak" in answer.data["embeds"][0]["description"]
    await bot.line("was taken at the first try")
    assert answer.followups == []
    assert checkins(bots.database, server.guild) == {server.member: "wrote a parser"}
    assert [line for line in bot.lines if "ERROR" in line] == []


async def test_while_the_api_is_away_nobody_can_check_in_so_it_counts_as_a_downtime(
    bots: Bots, standin: StandIn, server: StudyServer, lines: Lines
) -> None:
    await bots.start(QUICK, **lines.settings)
    await until_it_beats(bots.database)
    await server.set_up()
    standin.interactions.deadline = 0.2
    await lines.api.switch(State.UNAVAILABLE)
    await nothing_is_answered(standin.slash(server.channel, server.member, "checkin"))
    began = put_last_beat_back(bots.database, LONG)
    await asyncio.sleep(SOME_BEATS)
    assert last_beat(bots.database) == began
    assert standin.gateway.connected()
    await lines.api.switch(State.OPEN)
    await until_it_beats(bots.database)
    ((began_at, *_),) = downtimes(bots.database)
    assert began_at == began
