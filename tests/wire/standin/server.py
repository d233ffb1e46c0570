"""The stand-in as a whole: one aiohttp server with the REST routes, the gateway and the control routes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.standin import control, messages
from tests.wire.standin.errors import ApiError
from tests.wire.standin.faults import Faults
from tests.wire.standin.gateway import Gateway
from tests.wire.standin.interactions import DEADLINE, Interactions
from tests.wire.standin.limits import Limiter, Limits
from tests.wire.standin.rest import CALL, PREFIX, Answer, Call, Rest, read_call, respond
from tests.wire.standin.validation import Validator
from tests.wire.standin.world import Json, World

if TYPE_CHECKING:
    from types import TracebackType

TOKEN = "stand-in-token"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Request:
    """A line of the log. `at` is by the stand-in's clock; `status` is None until the answer is there."""

    at: float
    method: str
    path: str
    body: Any
    status: int | None = None

    def to_json(self) -> Json:
        return asdict(self)


class StandIn:
    """A small Discord on loopback, for one bot. Use it as an async context manager.

    `validate` checks bodies against Discord's API description, `record` keeps the log of requests: a
    benchmark turns both off. With `limits`, Discord's limits hold; see limits.py for which are known.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        validate: bool = True,
        record: bool = True,
        clock: Callable[[], float] = time.time,
        interaction_deadline: float = DEADLINE,
        limits: Limits | None = None,
    ) -> None:
        self.token = token
        self.port = 0
        self.requests: list[Request] = []
        self.world = World(clock)
        self.gateway = Gateway(self.world, token, limits=limits)
        self.limiter = Limiter(limits) if limits is not None else None
        self.faults = Faults()
        self.interactions = Interactions(self.world, self.gateway, interaction_deadline)
        self._validator = Validator() if validate else None
        self._record = record
        self._known_violations: list[str] = []
        self._runner: web.AppRunner | None = None

        world, interactions = self.world, self.interactions
        self.add_guild = world.add_guild
        self.add_role = world.add_role
        self.add_member = world.add_member
        self.add_channel = world.add_channel
        self.limit_bot = world.limit_bot
        self.direct_channel = world.direct_channel
        self.close_direct = world.close_direct
        self.join = world.join
        self.leave = world.leave
        self.delete_channel = world.delete_channel
        self.delete_role = world.delete_role
        self.advance = world.advance
        self.expire_nonces = world.expire_nonces
        self.messages = world.messages
        self.slash = interactions.slash
        self.autocomplete = interactions.autocomplete
        self.click = interactions.click
        self.submit_modal = interactions.submit_modal
        self.measure = interactions.measure
        self.drop_gateway = self.gateway.drop_gateway
        self.invalidate_session = self.gateway.invalidate_session
        self.wait_for_session = self.gateway.wait_for_session

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    @property
    def validates(self) -> bool:
        return self._validator is not None and self._validator.works

    @property
    def violations(self) -> list[str]:
        """What was wrong with the bot's requests, one sentence each."""
        return self._known_violations + (self._validator.violations if self._validator else [])

    async def start(self, port: int = 0) -> None:
        steps = [self._log, self.faults.middleware]
        if self.limiter:
            steps.insert(1, self.limiter.middleware)
            self.limiter.begin()
        app = web.Application(middlewares=steps, client_max_size=32 * 1024 * 1024)
        for method, path, answer in Rest(self.world, self.gateway, self.interactions).routes():
            app.router.add_route(method, PREFIX + path, self._endpoint(answer))
        app.router.add_route("*", PREFIX + "/{unknown:.*}", self._endpoint(self._unknown))
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/attachments/{channel_id}/{file_id}/{name}", self._attachment)
        app.router.add_post("/control/{name}", control.handler(self))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]
        self.gateway.url = self.gateway_url
        self.world.base_url = f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        self.faults.clear()
        await self.gateway.close()
        if self.limiter:
            self.limiter.end()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> StandIn:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # -- for tests

    def say(self, channel: int, user: int, content: str) -> Json:
        """A member writes a message."""
        target = self.world.channel(channel)
        message = messages.compose(self.world, target, {"content": content}, author=user)
        return messages.add(self.world, target, message)

    async def wait_for_request(
        self,
        method: str,
        path: str,
        *,
        where: Callable[[Request], bool] | None = None,
        after: int = 0,
        answered: bool = True,
        timeout: float = 5.0,
    ) -> Request:
        """The first request with that method and path (a shell pattern) from index `after` of the log on.

        With answered=False a request counts as soon as it has arrived.
        """

        def look() -> Request | None:
            for request in self.requests[after:]:
                fits = request.method == method and fnmatchcase(request.path, path)
                if fits and (request.status or not answered) and (where is None or where(request)):
                    return request
            return None

        return await self.world.changes.until(look, timeout, f"{method} {path}")

    async def wait_for_message(
        self,
        channel: int,
        *,
        where: Callable[[Json], bool] | None = None,
        after: int = 0,
        timeout: float = 5.0,
    ) -> Json:
        """The first message in a channel with an id above `after` (which may also be already there)."""

        def look() -> Json | None:
            for message in self.messages(channel):
                if int(message["id"]) > after and (where is None or where(message)):
                    return message
            return None

        return await self.world.changes.until(look, timeout, f"a message in {channel}")

    # -- serving

    @web.middleware
    async def _log(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = request.path
        if not path.startswith(PREFIX):
            return await handler(request)
        path, entry = path[len(PREFIX) :], None
        try:
            call = request[CALL] = await read_call(request)
            if self._record:
                entry = Request(self.world.now(), request.method, path, call.body)
                self.requests.append(entry)
                self.world.changes.notify()
            self._admit(request, path, call)
            response = await handler(request)
        except ApiError as error:
            response = respond({"code": error.code, "message": error.message}, error.status)
        except Exception as error:
            self._known_violations.append(f"the stand-in failed at {request.method} {path}: {error!r}")
            response = respond({"code": 0, "message": "500: Internal Server Error"}, 500)
        if self.limiter:
            self.limiter.answered(response.status, response.headers.get("X-RateLimit-Scope"))
        if entry:
            entry.status = response.status
            self.world.changes.notify()
        return response

    def _admit(self, request: web.Request, path: str, call: Call) -> None:
        without_token = path.startswith(("/interactions/", "/webhooks/")) or path == "/gateway"
        if not without_token and request.headers.get("Authorization") != f"Bot {self.token}":
            raise ApiError(0, 401, "401: Unauthorized")
        resource = request.match_info.route.resource
        if self._validator and call.body is not None and resource:
            self._validator.check(request.method, resource.canonical[len(PREFIX) :], call.body)

    @staticmethod
    def _endpoint(answer: Answer) -> Handler:
        async def endpoint(request: web.Request) -> web.StreamResponse:
            return respond(answer(request[CALL]))

        return endpoint

    def _unknown(self, call: Call) -> Any:
        self._known_violations.append(f"the stand-in does not know the route /{call.params['unknown']}")
        raise ApiError(0, 404, "404: Not Found")

    async def _attachment(self, request: web.Request) -> web.Response:
        content = self.world.files.get(int(request.match_info["file_id"]))
        return web.Response(status=404) if content is None else web.Response(body=content)
