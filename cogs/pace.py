"""The pace of all that the bot asks of Discord: each request waits for its turn before it goes out.

It is kept where requests leave, below discord.py, so that its retries, pages of a history and whatever else
it asks by itself are counted like everything else.
"""

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
from discord.http import Route
from yarl import URL

WINDOW = 1.0
"""Discord counts requests by the second."""

ON_THE_WAY = 0.04
"""By how many seconds one request may take longer to Discord than a later one, where no answer tells more."""

LEAVES_WITHIN = 10.0
"""After so many seconds without a word of a request, its turn is given to another."""

LAG_FADES = 0.98
"""What is left, after each timer, of how late timers have been: on a busy machine requests leave late."""

CATCHES_UP = 0.1
"""So many seconds of the background's even spread can be made up for, when the loop was busy."""

_exempt = re.compile(r"/(interactions/\d+/[^/]+/callback$|webhooks/)")
_in_background: ContextVar[bool] = ContextVar("in_background", default=False)


@contextmanager
def in_background() -> Iterator[None]:
    """What is asked of Discord in here, and in tasks that begin in here, lets all others go first."""
    token = _in_background.set(True)
    try:
        yield
    finally:
        _in_background.reset(token)


def is_counted(url: URL) -> bool:
    """Whether Discord counts a request among the fifty a second.

    Answers to people, files and the gateway are free.
    """
    base = URL(Route.BASE)
    return url.host == base.host and url.path.startswith(base.path) and not _exempt.search(url.path)


@dataclass(slots=True, eq=False)
class _Slot:
    """Room for one request a window."""

    free_at: float = 0.0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """The leave of one request to go out."""

    slot: _Slot
    number: int


class Pace:
    """At most `limit` requests in any second, counted where they arrive.

    A slot is free again one second after its request arrived. When that was is known by the answer at the
    latest; with slow answers it is taken to be soon after it left. So quick answers allow the whole limit,
    slow ones nearly so, and in neither case does it matter how long the way to Discord is.

    Whoever is waited for goes first, then the background, which is spread evenly: at full pace a slot comes
    free in every fiftieth of a second, and nobody waits longer for one.
    """

    def __init__(self, limit: float, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._window = max(WINDOW, WINDOW / limit)
        self._slots = [_Slot() for _ in range(max(1, int(limit)))]
        self._gap = self._window / len(self._slots)
        self._next_in_background = 0.0
        self._urgent: deque[asyncio.Future[Turn]] = deque()
        self._background: deque[asyncio.Future[Turn]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._lag = 0.0

    async def turn(self) -> Turn:
        """Wait until a request may go out."""
        waiting = self._background if _in_background.get() else self._urgent
        future: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        waiting.append(future)
        self._grant()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                # It had its turn and never left.
                self._free(future.result(), self._clock())
            raise

    def left(self, turn: Turn) -> None:
        """Its request is on the way now."""
        if turn.slot.turn == turn.number:
            turn.slot.free_at = self._clock() + ON_THE_WAY + self._lag + self._window
            self._grant()

    def over(self, turn: Turn) -> None:
        """Its answer is there, or there will be none."""
        self._free(turn, self._clock() + self._window)

    def _free(self, turn: Turn, at: float) -> None:
        if turn.slot.turn == turn.number:
            turn.slot.free_at = min(turn.slot.free_at, at)
            self._grant()

    def _grant(self) -> None:
        """Give their turns to all that may go now, and look again when the next may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while waiting := self._first_waiting():
            now = self._clock()
            slot = min(self._slots, key=lambda each: each.free_at)
            free_at = slot.free_at
            if waiting is self._background:
                free_at = max(free_at, self._next_in_background)
            if free_at > now:
                self._timer = asyncio.get_running_loop().call_later(free_at - now, self._look_again, free_at)
                return
            if waiting is self._background:
                self._next_in_background = max(self._next_in_background, now - CATCHES_UP) + self._gap
            slot.turn += 1
            slot.free_at = now + LEAVES_WITHIN
            waiting.popleft().set_result(Turn(slot, slot.turn))

    def _look_again(self, wanted_at: float) -> None:
        self._lag = max(LAG_FADES * self._lag, self._clock() - wanted_at)
        self._grant()

    def _first_waiting(self) -> deque[asyncio.Future[Turn]] | None:
        for waiting in (self._urgent, self._background):
            while waiting and waiting[0].done():
                waiting.popleft()
            if waiting:
                return waiting
        return None

    def keep(self, trace: aiohttp.TraceConfig) -> None:
        """Have every request that is traced by this wait for its turn."""
        trace.on_request_start.append(self._begin)
        trace.on_request_headers_sent.append(self._sent)
        trace.on_request_end.append(self._end)
        trace.on_request_exception.append(self._end)

    async def _begin(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.turn = await self.turn() if is_counted(params.url) else None

    async def _sent(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestHeadersSentParams,
    ) -> None:
        if context.turn is not None:
            self.left(context.turn)

    async def _end(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams | aiohttp.TraceRequestExceptionParams,
    ) -> None:
        if context.turn is not None:
            self.over(context.turn)
