"""Faults and the gateway of the stand-in, judged by an unmodified discord.py client."""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from tests.wire.small_bot import House, open_house
from tests.wire.standin import TOKEN, StandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


POSTS = "/channels/*/messages"


# -- faults


async def test_a_429_with_via_is_retried_and_one_without_is_not(house: House) -> None:
    house.standin.faults.rate_limit("POST", POSTS, retry_after=0.01, times=2)
    await house.place.send("third time lucky")
    posts = [request.status for request in house.standin.requests if request.method == "POST"]
    assert posts == [429, 429, 200]
    house.standin.faults.rate_limit("POST", POSTS, via=False)
    with pytest.raises(discord.HTTPException) as error:
        await house.place.send("blocked")
    assert error.value.status == 429
    assert house.texts() == ["third time lucky"]


async def test_a_500_is_retried_and_with_a_nonce_nothing_is_posted_twice(house: House) -> None:
    fault = house.standin.faults.fail("POST", POSTS, when="after")
    await house.place.send("prompt", nonce="once")
    assert fault.hits == 1
    assert house.texts() == ["prompt"]


async def test_a_request_held_before_its_effect_leaves_nothing_when_the_bot_dies(house: House) -> None:
    fault = house.standin.faults.hold("POST", POSTS)
    sending = asyncio.create_task(house.place.send("lost"))
    await fault.reached()
    assert house.texts() == []
    sending.cancel()
    await asyncio.wait([sending])
    fault.abandon()
    await house.place.send("later")
    assert house.texts() == ["later"]


async def test_a_request_held_before_its_effect_goes_on_when_released(house: House) -> None:
    fault = house.standin.faults.hold("POST", POSTS)
    sending = asyncio.create_task(house.place.send("late"))
    request = await house.standin.wait_for_request("POST", POSTS, answered=False)
    assert (request.body["content"], request.status) == ("late", None)
    await fault.reached()
    fault.release()
    assert (await sending).content == "late"


async def test_a_request_held_after_its_effect_leaves_a_message_the_bot_never_hears_of(house: House) -> None:
    fault = house.standin.faults.hold("POST", POSTS, when="after")
    sending = asyncio.create_task(house.place.send("prompt", nonce="once"))
    await fault.reached()
    assert house.texts() == ["prompt"]
    sending.cancel()
    await asyncio.wait([sending])
    again = await house.place.send("prompt", nonce="once")
    assert [str(again.id)] == [message["id"] for message in house.standin.messages(house.channel)]


async def test_a_dropped_connection_is_an_error_for_the_bot(house: House) -> None:
    house.standin.faults.drop("POST", POSTS)
    with pytest.raises(aiohttp.ClientError):
        await house.place.send("hello")
    assert house.texts() == []


async def test_a_slow_answer_takes_its_time(house: House) -> None:
    house.standin.faults.slow("POST", POSTS, seconds=0.1)
    loop = asyncio.get_running_loop()
    started = loop.time()
    await house.place.send("hello")
    assert loop.time() - started >= 0.1


# -- the gateway


async def test_a_dropped_gateway_is_resumed_and_missed_events_are_replayed(house: House) -> None:
    gateway = house.standin.gateway
    await house.standin.drop_gateway()
    answer = await house.standin.slash(house.channel, house.user, "ping")
    assert answer.data["content"] == "pong"
    assert (gateway.identified, gateway.resumed) == (1, 1)


async def test_a_forgotten_session_is_identified_anew(house: House) -> None:
    await house.standin.drop_gateway(forget=True)
    await house.standin.wait_for_session(2)
    assert house.standin.gateway.identified == 2
    answer = await house.standin.slash(house.channel, house.user, "ping")
    assert answer.data["content"] == "pong"


async def test_an_invalid_session_is_identified_anew(house: House) -> None:
    house.standin.invalidate_session()
    await house.standin.wait_for_session(2)
    assert house.standin.gateway.identified == 2


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_each_shard_hears_of_its_own_servers(client: aiohttp.ClientSession) -> None:
    async with StandIn() as standin:
        guilds = [standin.add_guild(guild_id=(1000 + number) << 22) for number in range(4)]
        for shard in (0, 1):
            async with client.ws_connect(standin.gateway_url) as socket:
                assert (await socket.receive_json())["op"] == 10
                identify = {"token": TOKEN, "intents": 1, "shard": [shard, 2]}
                await socket.send_json({"op": 2, "d": identify})
                assert (await socket.receive_json())["d"]["shard"] == [shard, 2]
                heard = [int((await socket.receive_json())["d"]["id"]) for _ in range(2)]
                assert heard == guilds[shard::2]


@pytest.mark.parametrize(
    ("identify", "code"),
    [
        ({"token": "another", "intents": 1}, 4004),
        ({"token": TOKEN, "intents": 1, "shard": [2, 2]}, 4010),
        ({"token": TOKEN, "intents": 1 << 1}, 4014),
    ],
)
async def test_the_gateway_refuses_a_wrong_identify(
    client: aiohttp.ClientSession, identify: dict[str, object], code: int
) -> None:
    async with StandIn() as standin, client.ws_connect(standin.gateway_url) as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": identify})
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == code


async def test_the_gateway_speaks_zlib_stream_when_asked(client: aiohttp.ClientSession) -> None:
    async with (
        StandIn() as standin,
        client.ws_connect(f"{standin.gateway_url}?compress=zlib-stream") as socket,
    ):
        stream = zlib.decompressobj()
        assert json.loads(stream.decompress(await socket.receive_bytes()))["op"] == 10
        await socket.send_json({"op": 1, "d": None})
        assert json.loads(stream.decompress(await socket.receive_bytes()))["op"] == 11
