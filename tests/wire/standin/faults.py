"""What can go wrong on the way, programmed for the next requests that match a method and a path."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
When = Literal["before", "after"]
_numbers = itertools.count(1)


@dataclass(eq=False)
class Fault:
    """One programmed fault. With when="after" the request takes effect before it strikes.

    `path` is a shell pattern below /api/v10, for instance "/channels/*/messages".
    """

    method: str
    path: str
    times: int = 1
    when: When = "before"
    status: int | None = None
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    held: bool = False
    dropped: bool = False
    number: int = field(default_factory=lambda: next(_numbers))
    hits: int = 0
    _reached: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    async def reached(self, timeout: float = 5.0) -> None:
        """Wait until a request ran into the fault; with when="after" its effect has taken place by then."""
        async with asyncio.timeout(timeout):
            await self._reached.wait()

    def release(self) -> None:
        """Let held requests go on, unless their client has gone in the meantime."""
        self._released.set()

    def abandon(self) -> None:
        """Close the connections of held requests, which then have no effect any more."""
        self.dropped = True
        self._released.set()

    async def apply(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request) if self.when == "after" else None
        self.hits += 1
        self._reached.set()
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.held:
            await self._released.wait()
        transport = request.transport
        if self.dropped or transport is None or transport.is_closing():
            if transport:
                transport.abort()
            # Nobody reads this; aiohttp takes it for a client that went away too early.
            return web.Response(status=499)
        if self.status:
            headers = self.headers | {"Content-Type": "application/json"}
            return web.Response(status=self.status, body=json.dumps(self.body).encode(), headers=headers)
        return await handler(request) if response is None else response


class Faults:
    """The faults that are still to come, in the order in which they were programmed."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._all: dict[int, Fault] = {}

    def next_for(self, method: str, path: str) -> Fault | None:
        for fault in self._waiting:
            if fault.method == method and fnmatchcase(path, fault.path):
                fault.times -= 1
                if fault.times == 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def _add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        self._all[fault.number] = fault
        return fault

    def rate_limit(
        self,
        method: str,
        path: str,
        *,
        times: int = 1,
        retry_after: float = 0.05,
        is_global: bool = False,
        via: bool = True,
    ) -> Fault:
        """Answer 429. Without `via` it looks like a block at the edge, which discord.py does not retry."""
        headers = {"Retry-After": str(max(1, round(retry_after))), "X-RateLimit-Scope": "user"}
        headers |= {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0"}
        headers |= {"X-RateLimit-Reset-After": str(retry_after), "X-RateLimit-Bucket": "standin"}
        headers |= {"X-RateLimit-Global": "true"} if is_global else {}
        headers |= {"Via": "1.1 google"} if via else {}
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
        return self._add(Fault(method, path, times, status=429, body=body, headers=headers))

    def fail(
        self, method: str, path: str, *, times: int = 1, when: When = "before", status: int = 500
    ) -> Fault:
        """Answer with an error; with when="after" although the request did take effect."""
        body = {"message": f"{status}: stand-in fault", "code": 0}
        return self._add(Fault(method, path, times, when, status=status, body=body))

    def hold(self, method: str, path: str, *, times: int = 1, when: When = "before") -> Fault:
        """Do not answer until released."""
        return self._add(Fault(method, path, times, when, held=True))

    def drop(self, method: str, path: str, *, times: int = 1, when: When = "before") -> Fault:
        """Close the connection instead of answering."""
        return self._add(Fault(method, path, times, when, dropped=True))

    def slow(self, method: str, path: str, *, seconds: float, times: int = 1, when: When = "after") -> Fault:
        return self._add(Fault(method, path, times, when, delay=seconds))

    def release(self, number: int) -> None:
        """Release the held fault of that number (for control over HTTP)."""
        self._all[number].release()

    def clear(self) -> None:
        """Forget what has not happened yet, and drop whatever is held."""
        self._waiting.clear()
        for fault in self._all.values():
            fault.abandon()
        self._all.clear()

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._waiting:
            return await handler(request)
        fault = self.next_for(request.method, request.path.removeprefix("/api/v10"))
        return await (fault.apply(request, handler) if fault else handler(request))
