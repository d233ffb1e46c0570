"""The port itself, asked over HTTP."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot import __version__
from bot.health.checks import Checks
from bot.health.gateway import Line
from bot.health.prometheus import PrometheusFigures
from bot.health.server import HealthServer
from bot.operator_errors import HealthPortTaken
from bot.scheduling import Schedule
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.health.read import values

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

HERE = "127.0.0.1"


class Watched:
    """A bot as the port sees it: its line can be changed, and its database closed."""

    def __init__(self, database: Database) -> None:
        self.line = Line(ready=True, shards=1, open=1, latency=0.05, servers=2)
        self.database = database
        self.figures = PrometheusFigures()
        self.schedule = Schedule(self.figures)
        clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
        checks = Checks(database, clock, self.schedule, lambda: self.line)
        self.server = HealthServer(checks, self.figures, lambda: self.line, database, clock)
        self.port = 0

    async def start(self) -> None:
        """Start the port, and a job that has run once."""
        self.port = await self.server.start(HERE, 0)
        ran = asyncio.Event()

        async def run() -> None:
            ran.set()

        self.schedule.every("due", timedelta(hours=1), run)
        self.schedule.start()
        await ran.wait()

    async def get(self, path: str, **headers: str) -> tuple[int, str, Any]:
        """Status, content type and body; JSON is read."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://{HERE}:{self.port}{path}", headers=headers) as response,
        ):
            is_json = response.content_type == "application/json"
            return (
                response.status,
                response.content_type,
                await response.json() if is_json else await response.text(),
            )


@pytest.fixture
async def watched(database_path: Path) -> AsyncIterator[Watched]:
    database = await Database.open(database_path)
    watched = Watched(database)
    await watched.start()
    yield watched
    watched.schedule.stop()
    await watched.server.stop()
    await database.close()


async def test_whoever_asks_hears_that_all_is_well_or_what_is_not(watched: Watched) -> None:
    well = {"ok": True, "version": __version__, "gateway": "ok", "jobs": "ok", "database": "ok"}
    assert await watched.get("/healthz") == (200, "application/json", well)
    watched.line = replace(watched.line, open=0)
    unwell = well | {"ok": False, "gateway": "1 of 1 shards not connected"}
    assert await watched.get("/healthz") == (503, "application/json", unwell)


async def test_figures_come_in_the_format_of_prometheus(watched: Watched) -> None:
    watched.database.count_in(watched.figures)
    await watched.get("/healthz")
    status, content_type, text = await watched.get("/metrics")
    assert (status, content_type) == (200, "text/plain")
    found = values(text)
    assert found["autodidact_servers"] == 2
    assert found[f'autodidact_build_info{{version="{__version__}"}}'] == 1
    # The check wrote once, and what waits was read once.
    assert found['autodidact_database_job_seconds_count{job="write"}'] == 1
    assert found['autodidact_database_job_seconds_count{job="read"}'] == 1
    assert found["autodidact_outbox_outstanding"] == 0
    asked_for = "application/openmetrics-text;version=1.0.0"
    assert (await watched.get("/metrics", Accept=asked_for))[1] == "application/openmetrics-text"


async def test_figures_come_also_when_the_database_cannot_be_read(watched: Watched) -> None:
    await watched.database.write(lambda db: db.execute("drop table due"))
    status, _, text = await watched.get("/metrics")
    assert status == 200
    found = values(text)
    assert "autodidact_due_planned" not in found
    assert found["autodidact_servers"] == 2


async def test_there_is_nothing_else(watched: Watched) -> None:
    for path in ("/", "/metrics/", "/healthz/database", "/../etc/passwd"):
        assert (await watched.get(path))[0] == 404


async def test_it_ends_though_somebody_holds_a_connection_open(watched: Watched) -> None:
    reader, writer = await asyncio.open_connection(HERE, watched.port)
    writer.write(b"GET /healthz HTTP/1.1\r\n")
    async with asyncio.timeout(5):
        await watched.server.stop()
        assert await reader.read() == b""
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(HERE, watched.port)


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        (HERE, "address already in use"),
        ("192.0.2.1", "cannot assign requested address"),
        ("no.invalid", "no such host"),
    ],
)
async def test_a_port_that_cannot_be_opened_is_named(watched: Watched, host: str, reason: str) -> None:
    """192.0.2.1 is kept for documentation, and so nobody's."""
    other = Watched(watched.database)
    with closing(socket.socket()) as held:
        held.bind((HERE, 0))
        held.listen()
        port = held.getsockname()[1]
        with pytest.raises(HealthPortTaken) as caught:
            await other.server.start(host, port)
    assert str(caught.value).startswith(f"Port {port} of {host} cannot be opened (")
    assert reason in str(caught.value)
    await other.server.stop()
