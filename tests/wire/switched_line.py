"""A line to the stand-in that can be switched off in several ways, and on again, under one address."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from yarl import URL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType

    from tests.wire.standin import StandIn

UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
HANGS_UP_AFTER = 0.01
"""Seconds: long enough for a greeting to pass, and too short for an answer to it."""


class State(Enum):
    """What becomes of who connects."""

    OPEN = "open"
    REFUSED = "connections refused"
    SILENT = "accepted and silent"
    UNAVAILABLE = "503 to everything"
    HANGS_UP = "accepted and hung up"


class SwitchedLine:
    """Passes on what goes to a port of this machine while it is open; an async context manager.

    `connections` counts those that were made, or that were tried while somebody listened.
    """

    def __init__(self, port: int) -> None:
        self.connections = 0
        self._port = port
        self._own_port = 0
        self._state = State.OPEN
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    def instead_of(self, url: str) -> str:
        """The same address through this line."""
        return str(URL(url).with_port(self._own_port))

    async def switch(self, state: State) -> None:
        """Change what becomes of who connects from now on; connections that there are end at once."""
        self._state = state
        if state is State.REFUSED:
            await self._stop_listening()
        elif self._server is None:
            await self._listen()
        self._cut()

    def _cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def __aenter__(self) -> SwitchedLine:
        await self._listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop_listening()
        self._cut()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self._own_port)
        self._own_port = self._server.sockets[0].getsockname()[1]

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        with suppress(ConnectionError, asyncio.CancelledError):
            if self._state in (State.OPEN, State.HANGS_UP):
                await self._through(reader, writer)
            elif self._state is State.UNAVAILABLE:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(UNAVAILABLE)
                await writer.drain()
                writer.close()
            else:
                while await reader.read(65536):
                    pass

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers.add(other_writer)
        if self._state is State.HANGS_UP:
            asyncio.get_running_loop().call_later(HANGS_UP_AFTER, writer.transport.abort)
        try:
            await asyncio.gather(_pass_on(reader, other_writer), _pass_on(other_reader, writer))
        finally:
            for each in (writer, other_writer):
                each.close()
                self._writers.discard(each)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while received := await reader.read(65536):
            writer.write(received)
    writer.close()


@dataclass(frozen=True, slots=True)
class Lines:
    """The two ways to Discord, its API and its gateway, and the settings by which a bot takes them."""

    api: SwitchedLine
    gateway: SwitchedLine
    settings: dict[str, str]


@asynccontextmanager
async def lines_to(standin: StandIn) -> AsyncIterator[Lines]:
    """Open both; the stand-in sends the bot through them from then on."""
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(SwitchedLine(standin.port))
        gateway = await stack.enter_async_context(SwitchedLine(standin.port))
        standin.gateway.url = gateway.instead_of(standin.gateway_url)
        settings = {
            "DISCORD_API_URL": api.instead_of(standin.api_url),
            "DISCORD_GATEWAY_URL": standin.gateway.url,
        }
        yield Lines(api, gateway, settings)
