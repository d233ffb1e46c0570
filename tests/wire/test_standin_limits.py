"""Discord's limits as the stand-in keeps them, judged by an unmodified discord.py client."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from tests.wire.small_bot import House, open_house
from tests.wire.standin import TOKEN, StandIn
from tests.wire.standin.limits import INVALID_REQUESTS, INVALID_WITHIN, Limiter, Limits, busiest_second

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

AUTHORIZED = {"Authorization": f"Bot {TOKEN}"}
ME = "/users/@me"


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn(limits=Limits(identify_every=0.0)) as standin:
        yield standin


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house(Limits(identify_every=0.0)) as house:
        yield house


class HandClock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_busiest_second_is_found_wherever_it_begins() -> None:
    assert busiest_second([]) == 0
    assert busiest_second([0.0, 0.9, 1.0, 1.8, 1.85]) == 4
    assert busiest_second([0.0, 1.0, 2.0]) == 1


async def test_the_fifty_first_request_of_a_second_is_refused_for_the_whole_bot(standin: StandIn) -> None:
    began = time.monotonic()
    async with aiohttp.ClientSession(headers=AUTHORIZED) as client:

        async def ask(number: int) -> tuple[int, dict[str, str], float]:
            # Of fifty servers, so that no bucket is full.
            async with client.get(f"{standin.api_url}/guilds/{number}") as answer:
                body = await answer.json()
                return answer.status, dict(answer.headers), body.get("retry_after", 0.0)

        answers = [await ask(number) for number in range(1, 52)]
    assert time.monotonic() - began < 1.0, "too slow a machine to tell"
    assert [status for status, _, _ in answers] == [404] * 50 + [429]
    _, headers, wait = answers[-1]
    assert headers["Via"]
    assert (headers["X-RateLimit-Scope"], headers["X-RateLimit-Global"]) == ("global", "true")
    assert 0.0 < wait <= 1.0
    assert standin.limiter is not None
    assert standin.limiter.counts.busiest_second() == 50
    assert standin.limiter.counts.refused == {"global": 1}


async def test_answers_to_interactions_are_not_among_the_fifty(house: House) -> None:
    standin, channel, user = house.standin, house.channel, house.user
    assert standin.limiter is not None
    before = len(standin.limiter.counts.arrivals)
    for _ in range(60):
        await standin.slash(channel, user, "ping")
    assert len(standin.limiter.counts.arrivals) == before
    assert standin.limiter.counts.free == 60
    assert not standin.limiter.counts.refused


async def test_the_client_reads_the_headers_and_waits_for_a_channels_bucket_by_itself(house: House) -> None:
    began = time.monotonic()
    for number in range(6):
        await house.place.send(str(number))
    assert house.standin.limiter is not None
    assert not house.standin.limiter.counts.refused
    # The first five fill the bucket, whose five seconds began with the first.
    assert time.monotonic() - began >= 4.8


async def test_a_full_bucket_is_refused_with_its_headers(house: House) -> None:
    url = f"{house.standin.api_url}/channels/{house.channel}/messages"
    async with aiohttp.ClientSession(headers=AUTHORIZED) as client:
        seen = []
        for _ in range(6):
            async with client.post(url, json={"content": "x"}) as answer:
                seen.append((answer.status, answer.headers["X-RateLimit-Remaining"]))
                last, body = answer.headers, await answer.json()
    assert seen == [(200, "4"), (200, "3"), (200, "2"), (200, "1"), (200, "0"), (429, "0")]
    assert last["X-RateLimit-Scope"] == "user"
    assert last["X-RateLimit-Bucket"] == "send"
    assert body["retry_after"] == pytest.approx(float(last["X-RateLimit-Reset-After"]), abs=0.01)
    assert body["global"] is False


async def test_buckets_are_apart_for_each_channel(house: House) -> None:
    other = house.standin.add_channel(house.guild, "other")
    async with aiohttp.ClientSession(headers=AUTHORIZED) as client:
        for channel in [house.channel, other] * 5:
            url = f"{house.standin.api_url}/channels/{channel}/messages"
            async with client.post(url, json={"content": "x"}) as answer:
                assert answer.status == 200


async def test_busy_answers_fail_as_often_as_told_and_take_their_time() -> None:
    limits = Limits(a_second=1000, buckets=False, fails=0.3, answers_after=(0.05, 0.06), seed=7)
    async with StandIn(limits=limits) as standin, aiohttp.ClientSession(headers=AUTHORIZED) as client:

        async def ask() -> tuple[int, float]:
            began = time.monotonic()
            async with client.get(standin.api_url + ME) as answer:
                return answer.status, time.monotonic() - began

        answers = await asyncio.gather(*(ask() for _ in range(100)))
        assert min(seconds for _, seconds in answers) >= 0.045
        failed = [status for status, _ in answers if status != 200]
        assert standin.limiter is not None
        assert standin.limiter.counts.failed == len(failed)
        assert 15 <= len(failed) <= 45
        assert set(failed) <= {500, 502, 503, 504}


async def test_whoever_asks_wrongly_ten_thousand_times_is_shut_out_until_ten_minutes_are_over() -> None:
    clock = HandClock()
    limiter = Limiter(Limits(buckets=False), clock)
    for _ in range(INVALID_REQUESTS - 1):
        limiter.answered(403, None)
    limiter.answered(429, "shared")
    limiter.answered(404, None)

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=200)

    app = web.Application(middlewares=[limiter.middleware])
    app.router.add_get("/api/v10/users/@me", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with aiohttp.ClientSession() as client:

        async def status() -> tuple[int, bool]:
            async with client.get(f"http://127.0.0.1:{runner.addresses[0][1]}/api/v10{ME}") as answer:
                return answer.status, "Via" in answer.headers

        assert await status() == (200, False)
        limiter.answered(401, None)
        assert await status() == (429, False)
        clock.now += INVALID_WITHIN
        assert await status() == (200, False)
    await runner.cleanup()


# -- the gateway


async def connect(standin: StandIn, client: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    socket = await client.ws_connect(standin.gateway_url)
    await socket.receive_json()
    return socket


async def test_a_connection_that_sends_too_often_or_too_much_is_closed(standin: StandIn) -> None:
    async with aiohttp.ClientSession() as client:
        socket = await connect(standin, client)
        for _ in range(120):
            await socket.send_str(json.dumps({"op": 1, "d": None}))
            assert (await socket.receive_json())["op"] == 11
        await socket.send_str(json.dumps({"op": 1, "d": None}))
        assert (await socket.receive()).data == 4008
        other = await connect(standin, client)
        await other.send_str(json.dumps({"op": 1, "d": "x" * 4096}))
        assert (await other.receive()).data == 4002
    assert standin.gateway.refused == {"sends": 1, "payload": 1}


async def test_a_session_begun_too_soon_after_another_is_invalid() -> None:
    identify = {"token": TOKEN, "intents": 1, "properties": {}, "shard": [0, 1]}
    async with StandIn(limits=Limits(identify_every=60.0)) as standin, aiohttp.ClientSession() as client:
        first, second = await connect(standin, client), await connect(standin, client)
        await first.send_str(json.dumps({"op": 2, "d": identify}))
        assert (await first.receive_json())["t"] == "READY"
        await second.send_str(json.dumps({"op": 2, "d": identify}))
        answer = await second.receive_json()
        assert (answer["op"], answer["d"]) == (9, False)
        assert standin.gateway.refused == {"identify": 1}


async def test_without_limits_nothing_is_limited() -> None:
    async with open_house() as house:
        assert house.standin.limiter is None
        await asyncio.gather(*(house.place.send(str(number)) for number in range(10)))
        assert len(house.texts()) == 10
