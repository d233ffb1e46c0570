"""The demo as a newcomer has it: a process of its own, with keys on standard input."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Demo:
    """The running demo and what it has printed."""

    def __init__(self, process: asyncio.subprocess.Process):
        self.process = process
        self.lines: list[str] = []
        self._changed = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, *options: str) -> "Demo":
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "demo",
            *options,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        return cls(process)

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            self.lines.append(line.decode().rstrip())
            self._changed.set()
        self._changed.set()

    async def line(self, pattern: str, after: int = 0) -> re.Match[str]:
        """Wait for a printed line that matches, and answer the match."""
        async with asyncio.timeout(60):
            while True:
                for line in self.lines[after:]:
                    if match := re.search(pattern, line):
                        return match
                assert not self._reading.done(), "\n".join(self.lines)
                self._changed.clear()
                await self._changed.wait()

    def press(self, key: str) -> int:
        """Press a key; answers how many lines had been printed before."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{key}\n".encode())
        return len(self.lines)

    async def end(self, how: Callable[["Demo"], object]) -> int:
        """End it, and answer the exit code once everything it printed has been read."""
        how(self)
        async with asyncio.timeout(20):
            code = await self.process.wait()
            await self._reading
        return code


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    demo = await Demo.start("--port", "0")
    yield demo
    if demo.process.returncode is None:
        await demo.end(lambda demo: demo.press("q"))
