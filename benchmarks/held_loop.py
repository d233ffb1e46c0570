"""How long the event loop was held, felt by a heartbeat of a millisecond."""

import asyncio
from time import perf_counter
from types import TracebackType
from typing import Self

BEAT = 0.001


class HeldLoop:
    """As an async context manager; `longest` is by how many seconds the latest heartbeat was late."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Self:
        self._beating = asyncio.create_task(self._beat())
        await asyncio.sleep(10 * BEAT)
        self.longest = 0.0
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # One beat more, so that a hold until the very end is felt.
        await asyncio.sleep(2 * BEAT)
        self._beating.cancel()

    async def _beat(self) -> None:
        while True:
            began = perf_counter()
            await asyncio.sleep(BEAT)
            self.longest = max(self.longest, perf_counter() - began - BEAT)
