"""Waiting for something to happen in the stand-in, without polling."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Changes:
    """Wakes those who wait whenever the world changed; costs next to nothing while nobody waits."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def notify(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for future in waiting:
                if not future.done():
                    future.set_result(None)

    async def until(self, look: Callable[[], T | None], timeout: float, what: str) -> T:
        """Wait until `look` finds something true; TimeoutError after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while not (found := look()):
                    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                    self._waiting.append(future)
                    await future
                return found
        except TimeoutError:
            raise TimeoutError(f"waited {timeout:g} s for {what}") from None
