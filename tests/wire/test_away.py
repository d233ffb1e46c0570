"""Discord, or the half of it, is away while the bot runs: it stays modest and quiet, and comes back."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.wire.switched_line import State, SwitchedLine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn

BACK_WITHIN = 40.0
"""Seconds; discord.py takes five of them before it begins a new session."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The two ways to Discord: its API, and its gateway."""

    api: SwitchedLine
    gateway: SwitchedLine
    settings: dict[str, str]


@pytest.fixture
async def lines(standin: StandIn) -> AsyncIterator[Lines]:
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(SwitchedLine(standin.port))
        gateway = await stack.enter_async_context(SwitchedLine(standin.port))
        standin.gateway.url = gateway.instead_of(standin.gateway_url)
        settings = {
            "DISCORD_API_URL": api.instead_of(standin.api_url),
            "DISCORD_GATEWAY_URL": standin.gateway.url,
        }
        yield Lines(api, gateway, settings)


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
