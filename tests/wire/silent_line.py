"""A line to the stand-in that can go dead without a word, as when a cable is pulled."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from yarl import URL

if TYPE_CHECKING:
    from types import TracebackType


class SilentLine:
    """Passes on what goes to a port of this machine until `go_dead`; an async context manager."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._alive = True
        self._writers: list[asyncio.StreamWriter] = []

    def instead_of(self, url: str) -> str:
        """The same address through this line."""
        return str(URL(url).with_port(self._own_port))

    def go_dead(self) -> None:
        """From now on nothing arrives, and no connection is closed."""
        self._alive = False

    async def __aenter__(self) -> SilentLine:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self._own_port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers += [writer, other_writer]
        await asyncio.gather(self._pass_on(reader, other_writer), self._pass_on(other_reader, writer))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while (received := await reader.read(65536)) or self._alive:
                if not received:
                    writer.close()
                    return
                if self._alive:
                    writer.write(received)
