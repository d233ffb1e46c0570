"""Telling what Discord answers, by class of what was asked: never an address, of which ids are a part."""

import re
import time
from types import SimpleNamespace

import aiohttp
from yarl import URL

from bot.health.figures import Figures

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
SCOPES = frozenset({"user", "global", "shared"})
OTHER = "other"

# The first that matches the path, whatever stands before it: the API's address may be another one.
_ROUTES = tuple(
    (re.compile(pattern), route)
    for pattern, route in (
        (r"/interactions/\d+/[^/]+/callback$", "interaction callback"),
        (r"/webhooks/\d+/[^/]+", "interaction follow-up"),
        (r"/channels/\d+/messages/\d+/threads$", "open thread"),
        (r"/channels/\d+/messages(/\d+)?$", "messages"),
        (r"/channels/\d+/", "channel, other"),
        (r"/channels/\d+$", "channel"),
        (r"/applications/\d+/.*commands", "commands"),
        (r"/guilds/\d+", "server"),
        (r"/users/@me/channels$", "open direct channel"),
        (r"/(users|oauth2|applications)/", "account"),
        (r"/gateway(/bot)?$", "gateway address"),
    )
)


def route_of(url: URL) -> str:
    """The class of an address of Discord's API; `gateway` is the connection itself."""
    if url.scheme in ("ws", "wss") or "encoding" in url.query:
        return "gateway"
    return next((route for pattern, route in _ROUTES if pattern.search(url.path)), OTHER)


def tell(figures: Figures, trace: aiohttp.TraceConfig) -> None:
    """Tell of every request that is traced by this; `trace` becomes discord.py's http_trace."""

    async def begin(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        context.began = time.perf_counter()

    async def end(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        status = params.response.status
        limited_by = None
        if status == 429:
            scope = params.response.headers.get("X-RateLimit-Scope", OTHER)
            limited_by = scope if scope in SCOPES else OTHER
        seconds = time.perf_counter() - context.began
        figures.discord_answered(route_of(params.url), _method(params.method), status, seconds, limited_by)

    async def fail(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        figures.discord_silent(route_of(params.url), _method(params.method))

    trace.on_request_start.append(begin)
    trace.on_request_end.append(end)
    trace.on_request_exception.append(fail)


def _method(method: str) -> str:
    return method if method in METHODS else OTHER
