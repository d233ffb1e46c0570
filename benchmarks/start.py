"""From the start of the process to ready, and the memory it takes then.

Measured is the ordinary start, with the database there and the commands known to Discord, and once a start
on an empty folder. Ready is when the bot says so in
its log, after it has heard of every server.
"""

import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.others import Others, note, quieter_half
from benchmarks.processes import Program, Running, noop_bot, our_bot
from benchmarks.study_servers import add_servers, set_up
from benchmarks.table import Line, Mark, Section, compared, mebibytes, ours_alone, seconds
from tests.wire.standin import StandIn

READY, MEMORY = Mark("<", 0.8, seconds), Mark("<", 75, "{:g} MiB".format)
MARKED = 100


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    turns: int = 8


QUICK = Size(turns=1)


@dataclass(slots=True)
class Starts:
    """Seconds to ready and MiB after it, one a turn."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    async def add(self, program: Program) -> None:
        async with Running(program) as bot:
            self.seconds.append(bot.ready_after)
            self.memory.append(await bot.settled())

    def only(self, turns: Sequence[int]) -> "Starts":
        """What was measured in these turns."""
        return Starts([self.seconds[turn] for turn in turns], [self.memory[turn] for turn in turns])


class Place:
    """A stand-in with some servers, and both bots' starts there."""

    def __init__(self, standin: StandIn, folder: Path, servers: int):
        self._standin = standin
        self._folder = folder
        self._database = folder / f"{servers}.db"
        self._servers = add_servers(standin, servers)
        self.noop, self.ours, self.first = Starts(), Starts(), Starts()

    async def prepare(self) -> None:
        """Start both once, so that neither pays for compiling later, and Discord knows the commands."""
        await Starts().add(noop_bot(self._standin, self._folder))
        await self.first.add(our_bot(self._standin, self._folder, self._database))
        await set_up(self._database, self._servers, prompt_due=False)

    async def turn(self) -> None:
        await self.noop.add(noop_bot(self._standin, self._folder, sync=False))
        await self.ours.add(our_bot(self._standin, self._folder, self._database))

    def lines(self, turns: Sequence[int]) -> list[Line]:
        count = len(self._servers)
        label = f"{count} server{'s' if count > 1 else ''}"
        ready, memory = (READY, MEMORY) if count == MARKED else (None, None)
        noop, ours = self.noop.only(turns), self.ours.only(turns)
        return [
            compared(f"to ready, {label}", noop.seconds, ours.seconds, seconds, itself=ready),
            compared(f"resident memory, {label}", noop.memory, ours.memory, mebibytes, itself=memory),
            ours_alone(f"to ready the first time ever, {label}", self.first.seconds, seconds),
        ]


async def measure(size: Size) -> Section:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        places = []
        for servers in (1, MARKED):
            standin = await stack.enter_async_context(StandIn(validate=False, record=False))
            places.append(Place(standin, folder, servers))
            await places[-1].prepare()
        busy = []
        for _ in range(size.turns):
            others = Others()
            for place in places:
                await place.turn()
            busy.append(others.busy())
    lines = [line for place in places for line in place.lines(quieter_half(busy))]
    return Section("Start, from the start of the process", lines, note(busy))
