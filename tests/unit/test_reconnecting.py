"""How long the bot waits before it connects to Discord's gateway again."""

import logging
import random
import sys
from itertools import pairwise

import aiohttp
import discord
import pytest

from bot.logs import SAID_AGAIN_AFTER, NoConnection
from cogs.reconnecting import (
    BEGUN_EVERY,
    BEGUN_STEADILY,
    RESUMED_EVERY,
    RESUMED_STEADILY,
    FirstConnections,
    Patience,
)

DAY = 24 * 60 * 60.0
NEW_SESSIONS_A_DAY = 1000
"""Of which Discord allows no more."""


def tries(patience: Patience, lasting: float, seconds: float) -> list[float]:
    """When it is tried, where each connection lasts for so long and is then lost."""
    now, tried = 0.0, []
    while now < seconds:
        if wait := patience.wait(now):
            now += wait
        else:
            tried.append(now)
            now += lasting
    return tried


def test_what_lasted_is_tried_again_at_once() -> None:
    patience = Patience(RESUMED_STEADILY, RESUMED_EVERY, random.Random(1))
    assert tries(patience, 2.0, 20.0) == [2.0 * number for number in range(10)]


def test_what_does_not_last_is_tried_with_growing_waits() -> None:
    tried = tries(Patience(RESUMED_STEADILY, RESUMED_EVERY, random.Random(1)), 0.01, 10 * 60.0)
    waits = [later - earlier - 0.01 for earlier, later in pairwise(tried)]
    for number, wait in enumerate(waits):
        longest = min(2.0**number, RESUMED_EVERY)
        assert longest / 2 - 1e-6 <= wait <= longest + 1e-6


def test_sessions_that_do_not_last_stay_below_what_discord_allows_a_day() -> None:
    for lasting in (0.0, 1.0, 60.0, BEGUN_STEADILY - 1, BEGUN_STEADILY):
        tried = tries(Patience(BEGUN_STEADILY, BEGUN_EVERY, random.Random(2)), lasting, DAY)
        assert len(tried) < NEW_SESSIONS_A_DAY


def test_after_a_connection_that_lasted_the_waits_begin_anew() -> None:
    patience = Patience(BEGUN_STEADILY, BEGUN_EVERY, random.Random(3))
    tried = tries(patience, 0.0, DAY)
    now = tried[-1] + 2 * BEGUN_EVERY + BEGUN_STEADILY
    patience.wait(now - BEGUN_STEADILY)
    assert patience.wait(now + BEGUN_STEADILY) == 0.0


# -- the first connection


async def test_a_first_connection_is_tried_until_it_is_there_and_never_deeper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As in discord.py, a try that fails calls for the next one from within."""
    monkeypatch.setattr(Patience, "wait", lambda self, now: 0.0)
    connections, tries = FirstConnections(), 3 * sys.getrecursionlimit()
    left = tries

    async def connect() -> None:
        nonlocal left
        left -= 1
        if left:
            await connections.make(7, connect)

    await connections.make(7, connect)
    assert left == 0
    left = 1
    await connections.make(7, connect)
    assert left == 0


async def test_what_goes_wrong_otherwise_is_not_tried_again() -> None:
    async def connect() -> None:
        raise discord.PrivilegedIntentsRequired(0)

    with pytest.raises(discord.PrivilegedIntentsRequired):
        await FirstConnections().make(0, connect)


# -- what is said of it


def trouble(error: BaseException) -> logging.LogRecord:
    message = "Attempting a reconnect for shard ID %s in %.2fs"
    record = logging.LogRecord("discord.shard", logging.ERROR, __file__, 1, message, (0, 0.0), None)
    record.exc_info = (type(error), error, None)
    return record


def test_a_gateway_that_is_away_is_said_in_a_line_and_then_not_for_a_while() -> None:
    said = NoConnection()
    first = trouble(ConnectionRefusedError(111, "refused"))
    assert said.filter(first)
    assert (first.levelname, first.exc_info) == ("WARNING", None)
    assert "no connection to Discord's gateway" in first.getMessage()
    assert "Connection refused" in first.getMessage()
    for error in (aiohttp.ClientConnectionError(), TimeoutError(), discord.DiscordException()):
        assert not said.filter(trouble(error))
    assert SAID_AGAIN_AFTER >= 60


def test_what_nobody_has_foreseen_is_written_down_whole() -> None:
    said = NoConnection()
    for _ in range(2):
        record = trouble(ZeroDivisionError())
        assert said.filter(record)
        assert record.exc_info is not None
