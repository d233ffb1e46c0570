"""First direct messages, one after the other: Discord is wary of bots that open many at once."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from aiolimiter import AsyncLimiter

OPENING_EVERY = 3.0
"""Seconds between two members whose direct messages are opened for the first time."""

FORGOTTEN_AFTER = 3600.0
"""Seconds after the last turn until those that were never taken are forgotten."""


class Openings:
    """Gives each opening a turn, at least `every` seconds after the one before; without it, all at once.

    Who would wait for long is sent away until shortly before, so that a thousand openings hold up nothing.
    """

    def __init__(self, every: float | None):
        self._every = every or 0.0
        self._gate: AbstractAsyncContextManager[object] = AsyncLimiter(1, every) if every else nullcontext()
        self._turns: dict[int, float] = {}
        self._last_turn = float("-inf")

    def seconds_until(self, delivery_id: int) -> float:
        """In how many seconds a delivery should ask again; 0.0 where it may open now."""
        now = asyncio.get_running_loop().time()
        if now > self._last_turn + FORGOTTEN_AFTER:
            self._turns.clear()
        turn = self._turns.pop(delivery_id, None)
        if turn is None:
            turn = self._last_turn = max(now, self._last_turn + self._every)
        if turn - now <= self._every:
            return 0.0
        self._turns[delivery_id] = turn
        return turn - now - self._every

    @property
    def gate(self) -> AbstractAsyncContextManager[object]:
        """Enter this to open one; it takes no longer than a few turns."""
        return self._gate
