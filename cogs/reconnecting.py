"""Connecting to Discord's gateway again: at once where that works, and ever more seldom where it does not.

discord.py resumes a session without any pause, hundreds of times a second where somebody accepts and hangs
up; begins a new one every five seconds, of which Discord allows a thousand a day; and after a few refusals
waits for up to seventeen minutes, during which no other shard is tended to.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import discord.shard
from discord.backoff import ExponentialBackoff
from discord.gateway import ReconnectWebSocket
from discord.shard import EventItem, EventType, Shard

RESUMED_STEADILY, RESUMED_EVERY = 1.0, 30.0
BEGUN_STEADILY, BEGUN_EVERY = 300.0, 150.0
"""Seconds: how long a connection has to last for the next try to come at once, and the longest wait. With
three minutes without a connection a downtime begins, and 150 s at most are some 770 new sessions a day."""


class Patience:
    """Says when to try again: at once after what lasted, else twice as long after each try in a row."""

    def __init__(self, steady: float, longest: float, chance: random.Random | None = None):
        self._steady = steady
        self._longest = longest
        self._chance = chance or random.Random()
        self._tried_at: float | None = None
        self._allowed_at: float | None = None
        self._in_a_row = 0

    def wait(self, now: float) -> float:
        """For how many seconds to wait yet; at 0 the try is taken to be made."""
        if self._allowed_at is None:
            lasted = self._tried_at is None or now - self._tried_at >= self._steady
            self._in_a_row = 0 if lasted else self._in_a_row + 1
            self._allowed_at = now + self._pause()
        if now < self._allowed_at:
            return self._allowed_at - now
        self._tried_at, self._allowed_at = now, None
        return 0.0

    def _pause(self) -> float:
        if self._in_a_row == 0:
            return 0.0
        longest = min(2.0 ** min(self._in_a_row - 1, 16), self._longest)
        # Not all bots of the world at the same instant.
        return longest * self._chance.uniform(0.5, 1.0)


class _AtOnce(ExponentialBackoff[Any]):
    """In the place of discord.py's own wait, during which it tends to no other shard."""

    def delay(self) -> Any:
        return 0.0


class PatientShard(Shard):
    """A shard that comes back to the queue later instead of trying too soon."""

    def __init__(self, *arguments: Any):
        super().__init__(*arguments)
        self._backoff = _AtOnce()
        self._resuming = Patience(RESUMED_STEADILY, RESUMED_EVERY)
        self._beginning = Patience(BEGUN_STEADILY, BEGUN_EVERY)

    async def reidentify(self, exc: ReconnectWebSocket) -> None:
        """Resume the session, or begin a new one."""
        patience = self._resuming if exc.resume else self._beginning
        kind = EventType.resume if exc.resume else EventType.identify
        if not self._comes_back_later(patience, EventItem(kind, self, exc)):
            await super().reidentify(exc)

    async def reconnect(self) -> None:
        """Begin a new session, after a try that failed."""
        if not self._comes_back_later(self._beginning, EventItem(EventType.reconnect, self, None)):
            await super().reconnect()

    def _comes_back_later(self, patience: Patience, item: EventItem) -> bool:
        loop = self._client.loop
        wait = patience.wait(loop.time())
        if wait:
            loop.call_later(wait, self._queue_put, item)
        return wait > 0


class _TriedInVain(Exception):
    """A first connection has failed, and whoever wanted it decides when to try again."""


class FirstConnections:
    """The first connection of each shard, tried until it is there.

    discord.py tries again within the try that failed, one call deeper each time, until Python calls that too
    deep. So a try that begins within another ends it.
    """

    def __init__(self) -> None:
        self._under_way: set[int] = set()

    async def make(self, shard: int, connect: Callable[[], Awaitable[None]]) -> None:
        """Connect a shard by discord.py's own way, which calls this again where it fails."""
        if shard in self._under_way:
            raise _TriedInVain
        patience = Patience(BEGUN_STEADILY, BEGUN_EVERY)
        loop = asyncio.get_running_loop()
        self._under_way.add(shard)
        try:
            while True:
                if wait := patience.wait(loop.time()):
                    await asyncio.sleep(wait)
                    continue
                with suppress(_TriedInVain):
                    return await connect()
        finally:
            self._under_way.remove(shard)


def use_patient_shards() -> None:
    """Have discord.py make its shards of this kind; it has no other place to say so."""
    vars(discord.shard)["Shard"] = PatientShard
