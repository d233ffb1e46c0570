"""The port on which whoever watches the bot asks for /healthz and /metrics."""

import asyncio
import os
import socket
import sqlite3
from http import HTTPStatus

from aiohttp import web

from bot import __version__
from bot.clock import Clock
from bot.health.backlog import Backlog, backlog
from bot.health.checks import Checks
from bot.health.figures import Figures
from bot.health.gateway import Gateway
from bot.operator_errors import HealthPortTaken
from bot.shards import ALL, Shards
from bot.storage.database import Database

READS_WITHIN = 2.0
"""Seconds; figures that cannot be read by then are left out."""

ENDS_WITHIN = 0.5


class HealthServer:
    """Answers on one port, to whoever can reach it; `start` it, and `stop` it in the end.

    What waits is told of the servers in `shards`, so that several processes can be added up.
    """

    def __init__(
        self,
        checks: Checks,
        figures: Figures,
        gateway: Gateway,
        database: Database,
        clock: Clock,
        shards: Shards = ALL,
    ):
        self._shards = shards
        self._checks = checks
        self._figures = figures
        self._gateway = gateway
        self._database = database
        self._clock = clock
        app = web.Application()
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/metrics", self._metrics)
        # A signal is not for this server, and it keeps no list of who asked.
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=ENDS_WITHIN)

    async def start(self, host: str, port: int) -> int:
        """Answer from now on; 0 is any free port. Answers which one it is, or raises HealthPortTaken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except (OSError, OverflowError) as error:
            await self._runner.cleanup()
            raise HealthPortTaken(host=host, port=port, reason=_reason(error)) from error
        bound: int = self._runner.addresses[0][1]
        return bound

    async def stop(self) -> None:
        """Answer nobody any more; harmless when it never began."""
        await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        findings = await self._checks.look()
        well = all(finding.problem is None for finding in findings)
        body = {
            "ok": well,
            "version": __version__,
            **{finding.name: finding.problem or "ok" for finding in findings},
        }
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response(body, status=status, headers={"Cache-Control": "no-store"})

    async def _metrics(self, request: web.Request) -> web.Response:
        waits = await self._backlog()
        accept = request.headers.get("Accept", "")
        # Thousands of lines are written in another thread, so that nobody's answer waits for them.
        body, content_type = await asyncio.to_thread(self._figures.written, self._gateway(), waits, accept)
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def _backlog(self) -> Backlog | None:
        try:
            async with asyncio.timeout(READS_WITHIN):
                now, path = self._clock.now(), self._database.path
                return await self._database.read(backlog, now, path, self._shards)
        except (sqlite3.Error, TimeoutError):
            return None


def _reason(error: OSError | OverflowError) -> str:
    if isinstance(error, socket.gaierror):
        return "no such host"
    return os.strerror(error.errno or 0).lower() if isinstance(error, OSError) else "no such port"
