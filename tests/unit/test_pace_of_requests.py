"""The pace of requests to Discord: how many in a second, who goes first, and that no turn is ever lost."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import nullcontext
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.http import Route
from yarl import URL

from cogs.pace import LEAVES_WITHIN, ON_THE_WAY, Pace, Turn, in_background, is_counted
from tests.delivery.virtual_time import run
from tests.wire.standin.limits import busiest_second

LIMIT = 50


def now() -> float:
    return asyncio.get_running_loop().time()


class Line:
    """A way to Discord, now shorter and now longer, and a Discord that takes its time to answer."""

    def __init__(self, pace: Pace, answers_after: float, seed: int = 1):
        self.pace = pace
        self.arrivals: list[float] = []
        self._answers_after = answers_after
        self._random = random.Random(seed)

    async def ask(self) -> None:
        turn = await self.pace.turn()
        self.pace.left(turn)
        await asyncio.sleep(self._random.uniform(0.0, ON_THE_WAY))
        self.arrivals.append(now())
        await asyncio.sleep(self._answers_after)
        self.pace.over(turn)

    def a_second(self) -> float:
        return (len(self.arrivals) - 1) / (self.arrivals[-1] - self.arrivals[0])


@pytest.mark.parametrize(("answers_after", "at_least"), [(0.0, 0.97), (0.05, 0.96), (0.4, 0.96), (3.0, 0.96)])
@pytest.mark.parametrize("background", [True, False])
def test_no_second_sees_more_than_the_limit_and_most_of_it_is_used(
    answers_after: float, at_least: float, background: bool
) -> None:
    async def main() -> Line:
        line = Line(Pace(LIMIT, now), answers_after)
        with in_background() if background else nullcontext():
            await asyncio.gather(*(line.ask() for _ in range(1000)))
        return line

    line = run(main())
    assert len(line.arrivals) == 1000
    assert busiest_second(line.arrivals) <= LIMIT
    assert line.a_second() >= at_least * LIMIT


@pytest.mark.parametrize(("limit", "a_second"), [(12.5, 12), (1.0, 1), (0.5, 1)])
def test_a_share_of_the_limit_is_kept_as_well(limit: float, a_second: int) -> None:
    async def main() -> Line:
        line = Line(Pace(limit, now), 0.0)
        await asyncio.gather(*(line.ask() for _ in range(200)))
        return line

    line = run(main())
    assert busiest_second(line.arrivals) == a_second
    assert 0.9 * min(limit, a_second) <= line.a_second() <= limit


def test_the_whole_limit_is_there_at_once_for_people_and_spread_evenly_in_the_background() -> None:
    async def main() -> tuple[float, list[float]]:
        people, background = Pace(LIMIT, now), Pace(LIMIT, now)
        began = now()
        for _ in range(LIMIT):
            await people.turn()
        at_once = now() - began
        times = []
        with in_background():
            for _ in range(LIMIT):
                await background.turn()
                times.append(now() - began)
        return at_once, times

    at_once, times = run(main())
    assert at_once < 0.01
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert sum(gap < 0.9 / LIMIT for gap in gaps) <= 6, "the start may make up for a tenth of a second"
    assert max(gaps) < 1.1 / LIMIT


def test_who_is_waited_for_goes_first_and_within_each_class_the_first_come() -> None:
    async def main() -> tuple[list[str], float]:
        pace = Pace(LIMIT, now)
        order: list[str] = []
        waited = 0.0

        async def ask(name: str) -> None:
            nonlocal waited
            began = now()
            turn = await pace.turn()
            if name.startswith("person"):
                waited = max(waited, now() - began)
            order.append(name)
            pace.left(turn)
            pace.over(turn)

        with in_background():
            jobs = [asyncio.create_task(ask(f"job {number}")) for number in range(200)]
        await asyncio.sleep(2.0)
        before = len(order)
        people = [asyncio.create_task(ask(f"person {number}")) for number in range(3)]
        await asyncio.gather(*people, *jobs)
        assert order[before : before + 3] == ["person 0", "person 1", "person 2"]
        return order, waited

    order, waited = run(main())
    assert [name for name in order if name.startswith("job")] == [f"job {number}" for number in range(200)]
    assert waited <= 3.2 / LIMIT


def test_a_task_begun_in_the_background_stays_there_and_its_beginner_does_not() -> None:
    async def main() -> list[str]:
        pace = Pace(1.0, now)
        order: list[str] = []

        async def ask(name: str) -> None:
            pace.over(await pace.turn())
            order.append(name)

        await ask("the first, which fills the second")
        with in_background():
            job = asyncio.create_task(ask("job"))
        person = asyncio.create_task(ask("person"))
        await asyncio.gather(job, person)
        return order[1:]

    assert run(main()) == ["person", "job"]


def test_where_timers_come_late_requests_are_taken_to_leave_late() -> None:
    async def main() -> float:
        ahead = 0.0
        pace = Pace(1.0, lambda: now() + ahead)
        pace.left(await pace.turn())
        second = asyncio.create_task(pace.turn())
        await asyncio.sleep(0.5)
        # The machine does something else for a while, and the timer comes that much too late.
        ahead = 0.2
        pace.left(await second)
        began = now()
        await pace.turn()
        return now() - began

    assert run(main()) == pytest.approx(1.0 + ON_THE_WAY + 0.2, abs=0.01)


def test_whoever_gives_up_while_waiting_takes_nobodys_turn() -> None:
    async def main() -> None:
        pace = Pace(1.0, now)
        first = await pace.turn()
        pace.over(first)
        gives_up = asyncio.create_task(pace.turn())
        waits = asyncio.create_task(pace.turn())
        await asyncio.sleep(0.5)
        gives_up.cancel()
        began = now()
        await waits
        assert now() - began < 0.6
        # Cancelled in the very moment at which its turn has come.
        pace.over(waits.result())
        lucky = asyncio.create_task(pace.turn())
        follows = asyncio.create_task(pace.turn())
        await asyncio.sleep(0)
        pace._slots[0].free_at = now()
        pace._grant()
        lucky.cancel()
        began = now()
        await follows
        assert now() - began < 0.01

    run(main())


def test_a_request_of_which_nothing_is_heard_gives_its_turn_back() -> None:
    async def main() -> list[float]:
        pace, began, waited = Pace(1.0, now), now(), []
        lost: list[Turn] = []
        for _ in range(2):
            lost.append(await pace.turn())
            waited.append(now() - began)
        # What is heard of the first so late changes nothing for the second, which has the slot now.
        pace.over(lost[0])
        pace.left(lost[0])
        pace.left(lost[1])
        await pace.turn()
        waited.append(now() - began)
        return waited

    first, second, third = run(main())
    assert first < 0.01
    assert second == pytest.approx(LEAVES_WITHIN, abs=0.01)
    assert third - second == pytest.approx(1.0 + ON_THE_WAY, abs=0.01)


# -- at real requests


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/channels/1/messages", True),
        ("/users/@me/channels", True),
        ("/gateway/bot", True),
        ("/interactions/1/abc/callback?with_response=1", False),
        ("/webhooks/1/abc/messages/@original", False),
    ],
)
def test_answers_to_people_are_free(path: str, counted: bool) -> None:
    assert is_counted(URL(Route.BASE + path)) is counted


@pytest.mark.parametrize(
    "url", ["https://cdn.discordapp.com/attachments/1/2/cv.pdf", "wss://gateway.discord.gg/?v=10"]
)
def test_files_and_the_gateway_are_free(url: str) -> None:
    assert not is_counted(URL(url))


@pytest.fixture
async def discord_like(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TestServer]:
    """Answers everything below /api, refuses below /api/broken by closing the connection."""

    async def answer(request: web.Request) -> web.Response:
        if "broken" in request.path and request.transport:
            request.transport.abort()
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    monkeypatch.setattr(Route, "BASE", str(server.make_url("/api")))
    yield server
    await server.close()


async def test_each_request_takes_a_turn_and_gives_it_back_however_it_ends(discord_like: TestServer) -> None:
    seconds = 1000.0
    pace, trace = Pace(2.0, lambda: seconds), aiohttp.TraceConfig()
    pace.keep(trace)
    api = discord_like.make_url("/api")
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:

        async def ask(path: str, timeout: float = 5.0) -> str:
            try:
                async with asyncio.timeout(timeout):
                    async with session.post(f"{api}{path}") as answer:
                        return str(answer.status)
            except TimeoutError:
                return "waits"
            except aiohttp.ClientError:
                return "failed"

        assert await ask("/channels/1/messages") == "200"
        assert await ask("/broken") == "failed"
        # Both turns of this second are taken: what is counted waits, what is free does not.
        assert await ask("/channels/1/messages", 0.2) == "waits"
        assert await ask("/interactions/1/a/callback") == "200"
        assert await ask("/webhooks/1/a") == "200"
        seconds += 1.0
        assert await ask("/channels/1/messages") == "200"
        assert await ask("/channels/1/messages") == "200"
        assert await ask("/channels/1/messages", 0.2) == "waits"
