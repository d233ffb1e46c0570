"""The health port of the real process: before it is ready, while it works, and while Discord is away."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import closing
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.health.read import values

if TYPE_CHECKING:
    from tests.wire.bot_process import BotProcess
    from tests.wire.bots import Bots
    from tests.wire.standin import StandIn
    from tests.wire.study_server import StudyServer


async def port_of(bot: BotProcess) -> int:
    said = json.loads(await bot.line("health at "))
    return int(said["message"].rpartition(" ")[2])


async def health(port: int) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
        return answer.status, await answer.json()


async def until_health_is(status: int, port: int) -> dict[str, Any]:
    """Nothing tells when it changes, so it is asked for again and again."""
    async with asyncio.timeout(5):
        while (found := await health(port))[0] != status:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found[1]


async def figures(port: int) -> dict[str, float]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
        return values(await answer.text())


async def test_it_says_whether_the_bot_is_well_and_counts_what_it_does(
    bots: Bots, standin: StandIn, server: StudyServer
) -> None:
    away = standin.faults.hold("GET", "/gateway")
    bot = await bots.launch(HEALTH_PORT="0", LOG_FORMAT="json")
    port = await port_of(bot)
    status, told = await health(port)
    assert (status, told["gateway"], told["jobs"]) == (503, "not ready yet", "not started yet")
    assert told["database"] == "ok"

    away.release()
    await bot.ready()
    told = await until_health_is(200, port)
    assert {told[what] for what in ("gateway", "jobs", "database")} == {"ok"}

    await server.set_up()
    await server.plan()
    await server.plan()
    await server.check_in("trained a model", minutes="a while")
    await server.check_in("trained a model")
    card = await server.wait_for("card")
    # The handling of a form goes on after its answer; by this press it is over.
    await standin.click(card, "checkin:open:*", server.member)
    counted = await figures(port)
    interactions = "autodidact_interactions_total"
    assert counted[f'{interactions}{{outcome="ok",what="setup"}}'] == 1
    assert counted[f'{interactions}{{outcome="ok",what="routine set"}}'] == 2
    assert counted[f'{interactions}{{outcome="refused",what="checkin:form"}}'] == 1
    assert counted['autodidact_deliveries_total{kind="card",outcome="sent"}'] == 1
    answered = 'autodidact_discord_request_seconds_count{method="POST",route="messages",status="200"}'
    assert counted[answered] == len(server.posted("card"))
    assert counted["autodidact_servers"] == 1

    away = standin.faults.hold("GET", "/gateway")
    await standin.drop_gateway()
    await away.reached()
    status, told = await health(port)
    assert (status, told["gateway"]) == (503, "1 of 1 shards not connected")
    away.release()
    await until_health_is(200, port)
    assert (await figures(port))['autodidact_gateway_events_total{event="resumed"}'] == 1
    await bot.stop()


async def test_a_port_that_is_taken_ends_the_start(bots: Bots, standin: StandIn) -> None:
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        bot = await bots.launch(HEALTH_PORT=str(port), LOG_FORMAT="json")
        assert await bot.ended() == 1
    last = json.loads(bot.lines[-1])
    assert last["level"] == "critical"
    assert last["message"].startswith(f"Port {port} of 127.0.0.1 cannot be opened (address already in use).")
    assert standin.requests == []
