"""Whether Discord's API answers: known by what becomes of the requests that the bot makes anyway.

The gateway may be open while the API is away. Members see commands then, and get no answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import aiohttp
import discord

from cogs.answers import route_of

ASKED_FOR_AT_MOST = 5.0


class ApiAnswers:
    """Hears of every request; after one that came to nothing it asks by itself, until something answers."""

    def __init__(self) -> None:
        self._in_doubt = False
        self._answers = True

    @property
    def answers(self) -> bool:
        """What the last look came to."""
        return self._answers

    def listen(self, trace: aiohttp.TraceConfig) -> None:
        """Hear of every request that is traced by this."""

        async def end(
            session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
        ) -> None:
            if route_of(params.url) != "gateway":
                self._in_doubt = params.response.status >= 500

        async def fail(
            session: aiohttp.ClientSession,
            context: SimpleNamespace,
            params: aiohttp.TraceRequestExceptionParams,
        ) -> None:
            if route_of(params.url) != "gateway":
                self._in_doubt = True

        trace.on_request_end.append(end)
        trace.on_request_exception.append(fail)

    async def look(self, ask: Callable[[], Awaitable[object]]) -> bool:
        """Whether the API answers now; `ask` is a request, made only where that is in doubt."""
        if self._in_doubt:
            try:
                async with asyncio.timeout(ASKED_FOR_AT_MOST):
                    await ask()
            except (aiohttp.ClientError, OSError, discord.DiscordException):
                # What it came to has been heard as with every request.
                pass
        self._answers = not self._in_doubt
        return self._answers
