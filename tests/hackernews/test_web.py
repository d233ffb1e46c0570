"""Asking politely: who asks, how often, and what is made of a server that has trouble."""

import asyncio
from contextlib import nullcontext
from types import TracebackType

import pytest
from aiohttp.web import Request, StreamResponse

from bot import __version__
from bot.leads import web as web_module
from bot.leads.web import TRIES, Web
from bot.operator_errors import HackerNewsUnreadable
from tests.clocks import ManualClock
from tests.hackernews import faults
from tests.hackernews.conftest import PATIENT, Sleep
from tests.hackernews.standin import StandIn


class CountingPace:
    """Lets everybody through at once, and counts them."""

    def __init__(self) -> None:
        self.let_through = 0

    async def __aenter__(self) -> None:
        self.let_through += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to give back."""


def anything(standin: StandIn) -> str:
    return f"{standin.algolia}/anything"


async def refused(web: Web, url: str) -> str:
    """Why there is no answer."""
    with pytest.raises(HackerNewsUnreadable) as caught:
        await web.get(url)
    return str(caught.value.values["reason"])


async def test_it_says_who_asks(web: Web, standin: StandIn) -> None:
    standin.recorded["anything"] = b"[1]"
    assert await web.get(anything(standin)) == [1]
    assert standin.user_agents == {f"Autodidact/{__version__} (Discord bot; reads Ask HN: Who is hiring?)"}


async def test_what_is_not_there_is_no_failure(web: Web, standin: StandIn) -> None:
    assert await web.get(anything(standin)) is None
    assert (web.asked, len(standin.requests)) == (1, 1)


async def test_each_request_waits_its_turn_and_so_does_each_new_try(clock: ManualClock, sleep: Sleep) -> None:
    pace = CountingPace()
    web = Web(clock, pace=pace, sleep=sleep)
    async with StandIn(clock) as standin:
        standin.recorded["anything"] = b"[]"
        standin.faults.strike("anything", faults.status(503), times=2)
        await web.get(anything(standin))
        await web.get(anything(standin))
    await web.close()
    assert (pace.let_through, web.asked, len(standin.requests)) == (4, 4, 4)


async def test_left_alone_it_asks_once_a_second_at_most(
    clock: ManualClock, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.recorded["anything"] = b"[]"
    monkeypatch.setattr(web_module, "SECONDS_BETWEEN", 0.05)
    web = Web(clock)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(4):
        await web.get(anything(standin))
    await web.close()
    assert loop.time() - began >= 3 * 0.05
    monkeypatch.undo()
    assert web_module.SECONDS_BETWEEN >= 1


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(500),
        faults.status(502),
        faults.status(429),
        faults.status(408),
        faults.cut,
        faults.cut_between,
        faults.body(b"<html>It works!</html>"),
        faults.body(b""),
        faults.body(b'{"hits": ["\xff"]}'),
        faults.body(b"[" * 100_000),
        faults.body(b"9" * 10_000),
    ],
)
async def test_after_passing_trouble_it_tries_again(
    web: Web, standin: StandIn, sleep: Sleep, fault: faults.Fault
) -> None:
    standin.post_thread("Ask HN: Anything?", sleep.clock.now())
    standin.faults.strike("search", fault, times=TRIES - 1)
    url = f"{standin.algolia}/search_by_date?tags=story,author_whoishiring"
    assert len((await web.get(url))["hits"]) == 1
    assert len(sleep.slept) == TRIES - 1
    assert all(2 <= seconds <= 30 for seconds in sleep.slept)
    assert sleep.slept == sorted(sleep.slept), "it waits longer and longer"


async def test_a_connection_that_is_dropped_is_made_anew(web: Web, standin: StandIn) -> None:
    standin.recorded["anything"] = b"[]"
    standin.faults.strike("anything", faults.drop, times=3)
    assert await web.get(anything(standin)) == []


async def test_it_waits_for_an_answer_only_so_long(impatient: Web, standin: StandIn, sleep: Sleep) -> None:
    standin.recorded["anything"] = b"[]"
    standin.faults.strike("anything", faults.hang)
    assert await impatient.get(anything(standin)) == []
    assert len(sleep.slept) == 1


async def test_as_it_is_made_it_waits_for_less_than_a_minute() -> None:
    timeout = web_module.TIMEOUT
    assert timeout.total is not None
    assert timeout.sock_read is not None
    assert timeout.sock_read <= timeout.total <= 60


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.status(503), "it answered with status 503"),
        (faults.cut, "the answer was cut off"),
        (faults.hang, "no answer in time"),
        (faults.body(b"nonsense"), "the answer is no JSON"),
        (faults.drop, "no connection (ServerDisconnectedError)"),
    ],
)
async def test_after_a_few_tries_it_gives_up_and_says_why(
    impatient: Web, standin: StandIn, fault: faults.Fault, words: str
) -> None:
    standin.recorded["anything"] = b"[1, 2, 3]"
    standin.faults.strike("anything", fault, times=2 * TRIES)
    said = await refused(impatient, anything(standin))
    assert said == f"{standin.algolia.split('/')[2]}: {words}"
    assert impatient.asked == TRIES


@pytest.mark.parametrize("code", [301, 302, 304, 400, 401, 403, 410, 418])
async def test_what_will_not_pass_is_not_tried_again(web: Web, standin: StandIn, code: int) -> None:
    standin.faults.strike("anything", faults.status(code, Location="https://example.org/"))
    assert f"status {code}" in await refused(web, anything(standin))
    assert len(standin.requests) == 1


async def test_where_nobody_listens_it_says_so(clock: ManualClock, web: Web) -> None:
    async with StandIn(clock) as gone:
        url = anything(gone)
    assert "no connection" in await refused(web, url)


@pytest.mark.parametrize("header", ["17", " 17 ", "Fri, 01 May 2026 15:15:17 GMT"])
async def test_the_rest_that_a_server_asks_for_is_kept(
    web: Web, standin: StandIn, sleep: Sleep, header: str
) -> None:
    standin.recorded["anything"] = b"[]"
    standin.faults.strike("anything", faults.status(429, Retry_After=header))
    assert await web.get(anything(standin)) == []
    assert sleep.slept == [17]


@pytest.mark.parametrize(
    "header", ["", "soon", "-5", "1e3", "٣", "Fri, 01 May 2026", "Thu, 30 Apr 2026 15:15:00 GMT"]
)
async def test_a_rest_that_cannot_be_kept_is_the_usual_one(
    web: Web, standin: StandIn, sleep: Sleep, header: str
) -> None:
    standin.recorded["anything"] = b"[]"
    standin.faults.strike("anything", faults.status(503, Retry_After=header))
    assert await web.get(anything(standin)) == []
    (slept,) = sleep.slept
    assert 2 <= slept <= 3


async def test_a_long_rest_is_kept_by_not_asking_at_all(
    web: Web, standin: StandIn, sleep: Sleep, clock: ManualClock
) -> None:
    standin.recorded["anything"] = b"[]"
    standin.faults.strike("anything", faults.status(429, Retry_After="900"))
    assert "status 429" in await refused(web, anything(standin))
    assert (len(standin.requests), sleep.slept) == (1, [])
    clock.advance(seconds=899)
    # From a quarter past three, for a quarter of an hour.
    assert "asked for a rest until 15:30 UTC" in await refused(web, anything(standin))
    assert len(standin.requests) == 1
    clock.advance(seconds=1)
    assert await web.get(anything(standin)) == []


@pytest.mark.parametrize("header", ["99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
async def test_nobody_can_make_it_rest_for_longer_than_a_day(
    web: Web, standin: StandIn, clock: ManualClock, header: str
) -> None:
    standin.recorded["anything"] = b"[]"
    standin.faults.strike("anything", faults.status(429, Retry_After=header))
    await refused(web, anything(standin))
    clock.advance(days=1)
    assert await web.get(anything(standin)) == []


async def test_the_rest_of_one_server_is_none_of_another(clock: ManualClock, web: Web) -> None:
    async with StandIn(clock) as tired, StandIn(clock) as fresh:
        fresh.recorded["anything"] = b"[]"
        tired.faults.strike("anything", faults.status(429, Retry_After="900"))
        await refused(web, anything(tired))
        assert await web.get(anything(fresh)) == []


async def test_an_answer_that_is_too_large_is_not_read_to_its_end(
    web: Web, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert web_module.LARGEST_ANSWER == 20 * 1024 * 1024
    monkeypatch.setattr(web_module, "LARGEST_ANSWER", 1024 * 1024)
    standin.recorded["fits"] = b"[" + b" " * (1024 * 1024 - 2) + b"]"
    standin.recorded["anything"] = standin.recorded["fits"] + b" "
    assert await web.get(f"{standin.algolia}/fits") == []
    assert "larger than 1 MiB" in await refused(web, anything(standin))
    assert standin.asked("anything") == 1


async def test_after_closing_it_can_ask_again(web: Web, standin: StandIn) -> None:
    standin.recorded["anything"] = b"[]"
    await web.close()
    await web.get(anything(standin))
    await web.close()
    await web.close()
    assert await web.get(anything(standin)) == []


async def test_who_stops_waiting_leaves_nothing_open(clock: ManualClock, standin: StandIn) -> None:
    web = Web(clock, pace=nullcontext(), timeout=PATIENT)
    asked = asyncio.Event()

    async def hang(request: Request, handler: faults.Handler) -> StreamResponse:
        asked.set()
        return await faults.hang(request, handler)

    standin.faults.strike("anything", hang)
    waiting = asyncio.create_task(web.get(anything(standin)))
    await asked.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    standin.recorded["anything"] = b"[]"
    assert await web.get(anything(standin)) == []
    await web.close()
