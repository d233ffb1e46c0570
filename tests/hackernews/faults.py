"""What can go wrong between Hacker News and whoever reads it, programmed for the requests to come."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Fault = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]


def status(code: int, **headers: str) -> Fault:
    """An answer with another status than 200; in the headers' names `_` stands for `-`."""

    async def apply(request: web.Request, handler: Handler) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text="<html>Sorry.</html>", headers=named)

    return apply


def body(content: bytes) -> Fault:
    """An answer that is something else."""

    async def apply(request: web.Request, handler: Handler) -> web.StreamResponse:
        return web.Response(body=content, content_type="application/json")

    return apply


def page(content: bytes) -> Fault:
    """A page for people, as a proxy shows one, with a status that says all is well."""

    async def apply(request: web.Request, handler: Handler) -> web.StreamResponse:
        return web.Response(body=content, content_type="text/html")

    return apply


async def cut(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The connection ends in the middle of the answer."""
    whole = await handler(request)
    assert isinstance(whole, web.Response)
    assert isinstance(whole.body, bytes)
    response = web.StreamResponse(headers={"Content-Length": str(len(whole.body) + 1)})
    await response.prepare(request)
    await response.write(whole.body[: len(whole.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def cut_between(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The first half of the answer, as if it were all."""
    whole = await handler(request)
    assert isinstance(whole, web.Response)
    assert isinstance(whole.body, bytes)
    return web.Response(body=whole.body[: len(whole.body) // 2], content_type="application/json")


async def hang(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No answer, however long one waits."""
    await asyncio.sleep(3600)
    return web.Response()


async def drop(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The connection ends before the answer."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()


@dataclass
class Faults:
    """The faults that wait for their requests; `by_path`, then `at_random` are asked for every other one."""

    waiting: list[tuple[str, Fault, int]] = field(default_factory=list)
    at_random: Callable[[], Fault | None] = lambda: None
    by_path: Callable[[str], Fault | None] = lambda path: None

    def strike(self, path: str, fault: Fault, times: int = 1) -> None:
        """Let a fault strike the next requests that have this in their path."""
        self.waiting.append((path, fault, times))

    def take(self, path: str) -> Fault | None:
        """The fault for a request, if any."""
        for number, (part, fault, times) in enumerate(self.waiting):
            if part in path:
                if times > 1:
                    self.waiting[number] = (part, fault, times - 1)
                else:
                    del self.waiting[number]
                return fault
        return self.by_path(path) or self.at_random()
