"""Starts `python -m tests.wire.standin` and controls it, for measurements with bot and stand-in apart."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from types import TracebackType

REPOSITORY = Path(__file__).resolve().parents[3]


class StandInProcess:
    """The stand-in in a process of its own, as an async context manager; `call` is its remote control."""

    def __init__(self, *options: str) -> None:
        self._options = options
        self.api_url = ""
        self.gateway_url = ""

    async def __aenter__(self) -> StandInProcess:
        command = (sys.executable, "-m", "tests.wire.standin", *self._options)
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, cwd=REPOSITORY
        )
        assert self._process.stdout
        line = json.loads(await self._process.stdout.readline())
        self.api_url, self.gateway_url = line["api_url"], line["gateway_url"]
        self._control = f"http://127.0.0.1:{line['port']}/control"
        self._client = aiohttp.ClientSession()
        return self

    def terminate(self) -> None:
        """Send SIGTERM; without it, leaving the context ends the process by the end of its input."""
        self._process.terminate()

    async def call(self, name: str, /, **arguments: Any) -> Any:
        """Call a method of the stand-in by its name; raises RuntimeError with what went wrong there."""
        async with self._client.post(f"{self._control}/{name}", json=arguments) as response:
            if response.status != 200:
                raise RuntimeError(f"{name}: {await response.text()}")
            return await response.json()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()
        assert self._process.stdin
        self._process.stdin.close()
        if status := await self._process.wait():
            raise RuntimeError(f"the stand-in ended with status {status}")
