"""What Discord answers is told by class, method and status, over a session as discord.py uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.health.figures import Figures
from cogs.answers import route_of, tell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDpBQkNERUZHSA"
ID = 1122334455667788990


class Heard(Figures):
    """Keeps what it was told, but for the seconds."""

    on = True

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, int, str | None]] = []
        self.silences: list[tuple[str, str]] = []

    def discord_answered(
        self, route: str, method: str, status: int, seconds: float, limited_by: str | None
    ) -> None:
        assert 0 <= seconds < 5
        self.answers.append((route, method, status, limited_by))

    def discord_silent(self, route: str, method: str) -> None:
        self.silences.append((route, method))


@pytest.mark.parametrize(
    ("path", "route"),
    [
        (f"/interactions/{ID}/{TOKEN}/callback", "interaction callback"),
        (f"/webhooks/{ID}/{TOKEN}", "interaction follow-up"),
        (f"/webhooks/{ID}/{TOKEN}/messages/@original", "interaction follow-up"),
        (f"/channels/{ID}/messages", "messages"),
        (f"/channels/{ID}/messages/{ID}", "messages"),
        (f"/channels/{ID}/messages/{ID}/threads", "open thread"),
        (f"/channels/{ID}", "channel"),
        (f"/channels/{ID}/thread-members/@me", "channel, other"),
        (f"/applications/{ID}/commands", "commands"),
        (f"/applications/{ID}/guilds/{ID}/commands", "commands"),
        (f"/guilds/{ID}/members/{ID}", "server"),
        ("/users/@me/channels", "open direct channel"),
        ("/users/@me", "account"),
        ("/oauth2/applications/@me", "account"),
        ("/gateway/bot", "gateway address"),
        ("/gateway", "gateway address"),
        ("/of-tomorrow/7", "other"),
    ],
)
def test_the_class_of_an_address_holds_no_id(path: str, route: str) -> None:
    assert route_of(URL(f"https://discord.com/api/v10{path}")) == route


def test_the_gateway_itself_is_told_apart() -> None:
    for scheme in ("wss", "https"):
        assert (
            route_of(URL(f"{scheme}://gateway.discord.gg/?v=10&encoding=json&compress=zlib-stream"))
            == "gateway"
        )


@pytest.fixture
async def discord_like() -> AsyncIterator[TestServer]:
    async def answer(request: web.Request) -> web.Response:
        body = await request.json()
        return web.Response(status=body["status"], headers=body["headers"])

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


async def test_answers_are_told_and_which_limit_was_passed(discord_like: TestServer) -> None:
    heard = Heard()
    path = f"/channels/{ID}/messages"
    asked: list[tuple[str, int, dict[str, str]]] = [
        ("POST", 200, {}),
        ("POST", 429, {"X-RateLimit-Scope": "shared"}),
        ("POST", 429, {"X-RateLimit-Scope": "a name of tomorrow"}),
        ("PATCH", 503, {"X-RateLimit-Scope": "user"}),
        ("PURGE", 404, {}),
    ]
    trace = aiohttp.TraceConfig()
    tell(heard, trace)
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        for method, status, headers in asked:
            body = {"status": status, "headers": headers}
            async with session.request(method, discord_like.make_url(path), json=body):
                pass
        nobody = discord_like.make_url("/gateway/bot")
        await discord_like.close()
        with pytest.raises(aiohttp.ClientError):
            await session.get(nobody)
    assert heard.answers == [
        ("messages", "POST", 200, None),
        ("messages", "POST", 429, "shared"),
        ("messages", "POST", 429, "other"),
        ("messages", "PATCH", 503, None),
        ("messages", "other", 404, None),
    ]
    assert heard.silences == [("gateway address", "GET")]
