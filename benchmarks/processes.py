"""The bots as processes of their own, pointed at a stand-in for Discord."""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

import psutil

from tests.wire.standin import TOKEN, StandIn

REPOSITORY = Path(__file__).resolve().parents[1]
READY = b": ready in "
READY_WITHIN, STOPS_WITHIN = 120.0, 10.0
SETTLES_IN = 0.5


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: the arguments of python and the environment it needs."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: Path


def noop_bot(standin: StandIn, folder: Path, *, sync: bool = True) -> Program:
    """The bot to measure against; without `sync` it tells Discord no commands, as on every later start."""
    arguments = ["-m", "benchmarks.noop_bot", standin.api_url, standin.gateway_url]
    return Program([*arguments, *(["--sync"] if sync else [])], {}, folder)


def our_bot(standin: StandIn, folder: Path, database: Path) -> Program:
    """The real bot, as `autodidact run` starts it."""
    environment = {
        "AUTODIDACT_DATABASE": str(database),
        "AUTODIDACT_DISCORD_API_URL": standin.api_url,
        "AUTODIDACT_DISCORD_GATEWAY_URL": standin.gateway_url,
        "AUTODIDACT_READ_HACKER_NEWS": "False",
        "AUTODIDACT_CHECK_LINKS": "False",
    }
    return Program(["-m", "bot", "run"], environment, folder)


class Running:
    """A program from its start until it has ended, as an async context manager; entered, it is ready."""

    def __init__(self, program: Program):
        self._program = program
        self._said: deque[bytes] = deque(maxlen=20)
        self.ready_after = 0.0

    async def __aenter__(self) -> Self:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("AUTODIDACT_")}
        # The folder is an empty one, so that no .env is read; the code is found by the path.
        environment = inherited | {"AUTODIDACT_TOKEN": TOKEN, "PYTHONPATH": str(REPOSITORY)}
        ready: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        began = perf_counter()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._program.arguments,
            cwd=self._program.folder,
            env=environment | dict(self._program.environment),
            stderr=asyncio.subprocess.PIPE,
        )
        self.observed = psutil.Process(self._process.pid)
        self._reading = asyncio.create_task(self._read(ready))
        try:
            async with asyncio.timeout(READY_WITHIN):
                self.ready_after = await ready - began
        except BaseException:
            await self._stop()
            raise
        return self

    def pause(self) -> None:
        """Have the process stand still until it is told to go on."""
        self.observed.suspend()

    def go_on(self) -> None:
        """Have a paused process go on."""
        self.observed.resume()

    async def settled(self) -> float:
        """Wait a moment and answer the resident memory, in MiB."""
        await asyncio.sleep(SETTLES_IN)
        return self.memory()

    def memory(self) -> float:
        """The resident memory now, in MiB."""
        return float(self.observed.memory_info().rss) / 2**20

    def processor_seconds(self) -> float:
        """The processor time it has taken so far."""
        times = self.observed.cpu_times()
        return float(times.user + times.system)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    async def _stop(self) -> None:
        if self._process.returncode is None:
            self._process.terminate()
            # A paused process does not hear of it.
            self.go_on()
            try:
                async with asyncio.timeout(STOPS_WITHIN):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
        await self._process.wait()
        await self._reading

    async def _read(self, ready: asyncio.Future[float]) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._said.append(line)
            if READY in line and not ready.done():
                ready.set_result(perf_counter())
        if not ready.done():
            ready.set_exception(RuntimeError(b"".join(self._said).decode() or "it ended without a word"))
