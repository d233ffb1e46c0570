"""Discord's limits on requests, with the faults of a busy Discord: off unless a test asks for them.

What is documented: fifty requests a second for the whole bot, of which answers to interactions are free; a
block after 10,000 invalid requests (401, 403, 429 that is not shared) in ten minutes; buckets by route and
major parameter (channel, server, webhook), with their headers; the form of a 429. What is a guess: that the
fifty hold in every second wherever it begins (the strictest reading), that what is refused is not counted
among them, and the numbers of BUCKETS, which Discord leaves to the headers (those of messages are what its
headers have said for years).

The stand-in is a program on a busy machine, and knows of a request only that it came in between two looks at
the network. It refuses what is too much whenever in between it came; on a quiet machine that is some
hundredths of a second that it cannot tell.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.standin.errors import ApiError
from tests.wire.standin.rest import PREFIX, respond

if TYPE_CHECKING:
    from collections.abc import Sequence

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

INVALID_REQUESTS, INVALID_WITHIN = 10_000, 600.0
WHILE_BUSY = (500, 502, 503, 504)

# Answers to interactions, and what follows up on them.
_free = re.compile(r"/(interactions/\d+/[^/]+/callback$|webhooks/)")
_major = re.compile(r"^/((?:channels|guilds)/\d+|webhooks/\d+/[^/]+)")


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many requests of a kind in so many seconds, for each channel, server or webhook."""

    name: str
    method: str
    path: re.Pattern[str]
    limit: int
    seconds: float

    def fits(self, method: str, path: str) -> bool:
        return self.method in (method, "*") and self.path.search(path) is not None


def _bucket(name: str, method: str, path: str, limit: int, seconds: float) -> Bucket:
    return Bucket(name, method, re.compile(path), limit, seconds)


# The first that fits. What fits none has a wide one, so that every answer bears headers.
BUCKETS = (
    _bucket("callback", "POST", r"^/interactions/", 1000, 1.0),
    _bucket("webhook", "*", r"^/webhooks/", 5, 2.0),
    _bucket("send", "POST", r"^/channels/\d+/messages$", 5, 5.0),
    _bucket("history", "GET", r"^/channels/\d+/messages$", 5, 5.0),
    _bucket("change", "PATCH", r"^/channels/\d+/messages/\d+$", 5, 5.0),
    _bucket("delete", "DELETE", r"^/channels/\d+/messages/\d+$", 5, 1.0),
    _bucket("thread", "POST", r"^/channels/\d+/(messages/\d+/)?threads$", 10, 10.0),
    _bucket("channel", "PATCH", r"^/channels/\d+$", 10, 15.0),
    _bucket("direct", "POST", r"^/users/@me/channels$", 10, 10.0),
    _bucket("commands", "PUT", r"^/applications/", 5, 20.0),
    _bucket("other", "*", "", 50, 1.0),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What Discord allows, and how it is while it is busy.

    `fails` is the share of requests that end in a 5xx, half of them after they took effect; `answers_after`
    are the shortest and the longest time to an answer, in seconds. Answers to interactions are spared both.
    Sessions of the gateway may begin `identify_every` so many seconds (Discord's max_concurrency is 1 for all
    but the largest bots).
    """

    a_second: int = 50
    buckets: bool = True
    fails: float = 0.0
    answers_after: tuple[float, float] = (0.0, 0.0)
    identify_every: float = 5.0
    seed: int = 1


@dataclass(slots=True)
class _Window:
    """A bucket of one channel, server or webhook, until it is full again."""

    ends: float
    used: int = 0


@dataclass(slots=True)
class Counts:
    """What has come in: when each counted request did, by time.monotonic(), and what was refused.

    `arrivals` holds the latest instants at which they may have come, `earliest` the earliest. `refused` has
    the number of 429 by scope; `failed` that of the 5xx given on purpose.
    """

    arrivals: list[float] = field(default_factory=list)
    earliest: list[float] = field(default_factory=list)
    free: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    refused_paths: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    invalid: deque[float] = field(default_factory=deque)

    def busiest_second(self) -> int:
        """The most requests that arrived for certain in any one second, wherever it begins."""
        return busiest_second(self.earliest, self.arrivals)

    def a_second(self, after: float = 0.0, until: float = inf) -> float:
        """How many a second came in from the first to the last of those between two instants."""
        times = [at for at in self.arrivals if after <= at <= until]
        return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "requests": len(self.arrivals),
            "free": self.free,
            "refused": dict(self.refused),
            "refused_paths": dict(self.refused_paths),
            "failed": self.failed,
            "busiest_second": self.busiest_second(),
        }


def busiest_second(earliest: Sequence[float], latest: Sequence[float] | None = None) -> int:
    """The most instants in any half-open second; of each of them both bounds may be given."""
    begins = sorted(earliest)
    ends = begins if latest is None else sorted(latest)
    most = (bisect_left(ends, begin + 1.0) - index for index, begin in enumerate(begins))
    return max(most, default=0)


class Looks:
    """How long the event loop has lately kept the network waiting, as far as timers tell.

    What came in meanwhile is worked off for a while after, so a pause is forgotten only little by little.
    """

    EVERY, FADES, WORKED_OFF_IN = 0.005, 0.95, 0.01

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pause = 0.0
        self._last = clock()
        self._looking: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """From now on; harmless where it has begun."""
        if self._looking is None:
            self._last = self._clock()
            self._looking = asyncio.create_task(self._look())

    def end(self) -> None:
        if self._looking:
            self._looking.cancel()

    def earliest(self) -> float:
        """When at the earliest that came which is seen now."""
        now = self._clock()
        return now - max(self._pause, now - self._last - self.EVERY) - self.WORKED_OFF_IN

    async def _look(self) -> None:
        while True:
            now = self._clock()
            self._pause = max(self.FADES * self._pause, now - self._last - self.EVERY)
            self._last = now
            await asyncio.sleep(self.EVERY)


class Limiter:
    """Keeps the limits for one bot, as a step between the log of requests and the answers."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.counts = Counts()
        self._limits = limits
        self._clock = clock
        self._random = random.Random(limits.seed)
        self._second: deque[float] = deque()
        self._looks = Looks(clock)
        self._windows: dict[str, _Window] = {}

    def begin(self) -> None:
        self._looks.begin()

    def end(self) -> None:
        self._looks.end()

    def set(self, limits: Limits) -> None:
        """Other limits from now on; what has been counted stays."""
        self._limits = limits
        self._random = random.Random(limits.seed)

    def answered(self, status: int, scope: str | None) -> None:
        """Count an answer that Discord holds against a bot."""
        if status in (401, 403) or (status == 429 and scope != "shared"):
            self.counts.invalid.append(self._clock())

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(PREFIX):
            return await handler(request)
        path, now = request.path.removeprefix(PREFIX), self._clock()
        if self._blocked(now):
            # So answers the edge, which knows nothing of the API.
            return web.Response(status=429, text="error code: 1015", headers={"Retry-After": "600"})
        free = _free.search(path) is not None
        wait = 0.0 if free else self._wait_of_the_second(now)
        if wait:
            return self._refuse(path, "global", wait, {"X-RateLimit-Global": "true"})
        bucket = next(each for each in BUCKETS if each.fits(request.method, path))
        window = self._window_of(bucket, path, now)
        if self._limits.buckets and window.used >= bucket.limit:
            return self._refuse(path, "user", window.ends - now, self._headers(bucket, path, window, now))
        window.used += 1
        if free:
            self.counts.free += 1
        else:
            self._second.append(self._looks.earliest())
            self.counts.arrivals.append(now)
            self.counts.earliest.append(self._second[-1])
        response = await (handler(request) if free else self._while_busy(request, handler))
        if not response.prepared and self._limits.buckets:
            for name, value in self._headers(bucket, path, window, now).items():
                response.headers.setdefault(name, value)
        return response

    async def _while_busy(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        limits = self._limits
        fails = self._random.random() < limits.fails
        before, status = self._random.random() < 0.5, self._random.choice(WHILE_BUSY)
        seconds = self._random.uniform(*limits.answers_after)
        if fails and before:
            response: web.StreamResponse = respond({"code": 0, "message": "busy"}, status)
        else:
            try:
                response = await handler(request)
            except ApiError as error:
                response = respond({"code": error.code, "message": error.message}, error.status)
            if fails and response.status < 300:
                response = respond({"code": 0, "message": "busy"}, status)
        self.counts.failed += fails
        if seconds:
            await asyncio.sleep(seconds)
        return response

    def _blocked(self, now: float) -> bool:
        invalid = self.counts.invalid
        while invalid and invalid[0] <= now - INVALID_WITHIN:
            invalid.popleft()
        return len(invalid) >= INVALID_REQUESTS

    def _wait_of_the_second(self, now: float) -> float:
        """How long until another request is allowed; 0.0 for now."""
        while self._second and self._second[0] <= now - 1.0:
            self._second.popleft()
        return self._second[0] + 1.0 - now if len(self._second) >= self._limits.a_second else 0.0

    def _window_of(self, bucket: Bucket, path: str, now: float) -> _Window:
        major = _major.search(path)
        key = f"{bucket.name}:{major[1] if major else ''}"
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            window = self._windows[key] = _Window(now + bucket.seconds)
        return window

    def _headers(self, bucket: Bucket, path: str, window: _Window, now: float) -> dict[str, str]:
        after = max(0.0, window.ends - now)
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(max(0, bucket.limit - window.used)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": bucket.name,
        }

    def _refuse(self, path: str, scope: str, seconds: float, headers: dict[str, str]) -> web.Response:
        self.counts.refused[scope] += 1
        self.counts.refused_paths[re.sub(r"\d{5,}", "N", path)] += 1
        body = {
            "message": "You are being rate limited.",
            "retry_after": round(seconds, 3),
            "global": scope == "global",
        }
        response = respond(body, 429)
        # discord.py waits only if Via says that it was the API that answered.
        headers = headers | {"Via": "1.1 google", "X-RateLimit-Scope": scope}
        response.headers.update(headers | {"Retry-After": str(int(seconds) + 1)})
        return response
