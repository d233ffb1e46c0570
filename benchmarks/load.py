"""Interactions sent to a bot, one at a time or many at once, and how long their answers took."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from benchmarks.processes import Running
from benchmarks.study_servers import StudyServer
from tests.wire.standin import StandIn, asks
from tests.wire.standin.asks import Ask
from tests.wire.standin.interactions import MODAL, Interaction

Member = tuple[StudyServer, int]

IN_FLIGHT = 100


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of load, in seconds: the wait for each answer, all of it, and the bot's processor time."""

    latencies: Sequence[float]
    seconds: float
    processor: float

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def processor_each(self) -> float:
        return self.processor / len(self.latencies)


def joined(slices: Sequence[Slice]) -> Slice:
    """Pieces that were measured one after the other, as one."""
    return Slice(
        [latency for each in slices for latency in each.latencies],
        sum(each.seconds for each in slices),
        sum(each.processor for each in slices),
    )


def commands(standin: StandIn, members: Sequence[Member], name: str) -> list[Ask]:
    """Each member uses a slash command."""
    return [asks.slash(standin.world, server.channel, user, name, {}) for server, user in members]


async def forms(
    standin: StandIn, members: Sequence[Member], name: str, values: Mapping[str, str]
) -> list[Ask]:
    """Each member sends the form that a slash command opens; all are opened now, unmeasured."""
    opened = await answered(standin, commands(standin, members, name), IN_FLIGHT)
    load = [asks.submit(each.ask, each.type == MODAL, each.data, values) for each in opened]
    for ask in load:
        ask.prepare()
    return load


async def measured(standin: StandIn, bot: Running, load: Sequence[Ask], in_flight: int = 1) -> Slice:
    """Send all of it, so many at a time, and wait for each one's first answer."""
    for ask in load:
        ask.prepare()
    processor, began = bot.processor_seconds(), perf_counter()
    answers = await answered(standin, load, in_flight)
    seconds = perf_counter() - began
    return Slice([answer.elapsed for answer in answers], seconds, bot.processor_seconds() - processor)


async def spread(standin: StandIn, bot: Running, load: Sequence[Ask], seconds: float) -> Slice:
    """Send all of it evenly over some seconds, whether what was sent before is answered or not."""
    for ask in load:
        ask.prepare()
    loop = asyncio.get_running_loop()
    processor, began, first = bot.processor_seconds(), perf_counter(), loop.time()

    async def send(number: int, ask: Ask) -> Interaction:
        await asyncio.sleep(first + seconds * number / len(load) - loop.time())
        return await standin.interactions.send(ask)

    answers = await asyncio.gather(*(send(number, ask) for number, ask in enumerate(load)))
    elapsed = perf_counter() - began
    return Slice([answer.elapsed for answer in answers], elapsed, bot.processor_seconds() - processor)


async def answered(standin: StandIn, load: Sequence[Ask], in_flight: int) -> list[Interaction]:
    """Send all of it, so many at a time; the first answers, in the order in which they came."""
    remaining = iter(load)
    answers: list[Interaction] = []

    async def work() -> None:
        for ask in remaining:
            answers.append(await standin.interactions.send(ask))

    await asyncio.gather(*(work() for _ in range(in_flight)))
    return answers
