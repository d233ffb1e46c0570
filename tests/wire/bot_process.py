"""`python -m bot run` as a process of its own, pointed at a stand-in by the settings meant for that."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.warm_starts import Order
from tests.wire.standin.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.warm_starts import WarmStarts
    from tests.wire.standin import StandIn

REPOSITORY = Path(__file__).resolve().parents[2]
TICK_SECONDS = 0.1
STOPPING_TAKES_AT_MOST = 5.0


def settings_for(standin: StandIn, database: Path) -> dict[str, str]:
    """The settings that point a bot at a stand-in, by their names without AUTODIDACT_."""
    return {
        "TOKEN": standin.token,
        "DISCORD_API_URL": standin.api_url,
        "DISCORD_GATEWAY_URL": standin.gateway_url,
        "DATABASE": str(database),
        "TICK_SECONDS": str(TICK_SECONDS),
        "READ_HACKER_NEWS": "False",
        "CHECK_LINKS": "False",
    }


class WarmProcess:
    """A process that was forked, with as much of asyncio's Process as is needed here."""

    def __init__(self, pid: int, stderr: asyncio.StreamReader, told: asyncio.StreamReader) -> None:
        self.pid = pid
        self.stderr = stderr
        self.returncode: int | None = None
        self._ending = asyncio.create_task(self._end(told))

    @classmethod
    async def start(cls, warm_starts: WarmStarts, order: Order) -> WarmProcess:
        read, write = os.pipe()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        told = await _reader_of(warm_starts.start(order, nowhere, write))
        os.close(nowhere)
        os.close(write)
        stderr = await _reader_of(read)
        return cls(int(await told.readline()), stderr, told)

    async def _end(self, told: asyncio.StreamReader) -> int:
        self.returncode = int(await told.readline())
        await told.read()
        return self.returncode

    async def wait(self) -> int:
        return await asyncio.shield(self._ending)

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


async def _reader_of(file: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(file, "rb")
    )
    return reader


class BotProcess:
    """One run of the bot; what it writes to stderr goes into a file and can be waited for."""

    def __init__(self, process: asyncio.subprocess.Process | WarmProcess, log_file: Path) -> None:
        self._process = process
        self._log_file = log_file
        self._lines: list[str] = []
        self._changes = Changes()
        self._over = False
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def launch(
        cls,
        settings: Mapping[str, str],
        folder: Path,
        name: str = "bot",
        module: str = "bot",
        warm_starts: WarmStarts | None = None,
    ) -> BotProcess:
        """Start a process in `folder`, where no .env is; its environment holds these settings only.

        `module` is another one that runs the bot.
        """
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("AUTODIDACT_")}
        own = {f"AUTODIDACT_{key}": value for key, value in settings.items()}
        environment = inherited | own | {"PYTHONPATH": str(REPOSITORY)}
        if warm_starts is not None:
            order = Order(module, ("run",), str(folder), environment)
            return cls(await WarmProcess.start(warm_starts, order), folder / f"{name}.log")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, "run"),
            cwd=folder,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        return cls(process, folder / f"{name}.log")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.returncode is None

    @property
    def lines(self) -> list[str]:
        """What has been written to stderr so far."""
        return list(self._lines)

    async def line(self, text: str, *, timeout: float = 10.0) -> str:
        """Wait for a line with this text in it; EOFError when the process ends without one."""

        def look() -> str | None:
            for line in self._lines:
                if text in line:
                    return line
            if self._over:
                raise EOFError(f"the bot ended without saying {text!r}:\n" + "\n".join(self._lines))
            return None

        return await self._changes.until(look, timeout, f"the bot to say {text!r}")

    async def ready(self) -> None:
        """Wait until the bot is in its servers and its jobs begin to run."""
        await self.line("ready in ")

    async def ended(self, *, timeout: float = 10.0) -> int:
        """Wait for the end of the process, and of its stderr; answers the exit code."""
        async with asyncio.timeout(timeout):
            await asyncio.shield(self._reading)
            return await self._process.wait()

    async def stop(
        self, number: signal.Signals = signal.SIGTERM, within: float = STOPPING_TAKES_AT_MOST
    ) -> float:
        """Ask it to end, as a service manager does. It must, cleanly and in time; answers the seconds."""
        began = perf_counter()
        self._process.send_signal(number)
        code = await self.ended(timeout=within)
        assert code == 0, "\n".join(self._lines)
        return perf_counter() - began

    async def kill(self) -> None:
        """kill -9: it ends at once, whatever it is doing. Harmless where it has ended already."""
        if self.running:
            self._process.kill()
        await self.ended()

    async def _read(self) -> None:
        assert self._process.stderr
        with self._log_file.open("w", encoding="utf-8") as log:
            async for raw in self._process.stderr:
                line = raw.decode().rstrip("\n")
                log.write(line + "\n")
                self._lines.append(line)
                self._changes.notify()
        self._over = True
        self._changes.notify()
