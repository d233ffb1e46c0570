"""From the start of the process to ready, and the memory it takes then.

Measured is the ordinary start, with the database there and the commands known to Discord, and once a start
on an empty folder. Ready is when the bot says so in
its log, after it has heard of every server.
"""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import Program, Running, noop_bot, our_bot
from benchmarks.study_servers import add_servers, set_up
from benchmarks.table import Line, Mark, Section, compared, mebibytes, ours_alone, seconds
from tests.wire.standin import StandIn

READY, MEMORY = Mark("<", 0.8, seconds), Mark("<", 75, "{:g} MiB".format)
MARKED = 100


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 5


QUICK = Size(rounds=1)


@dataclass(slots=True)
class Starts:
    """Seconds to ready and MiB after it, one a round."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    async def add(self, program: Program) -> None:
        async with Running(program) as bot:
            self.seconds.append(bot.ready_after)
            self.memory.append(await bot.settled())


async def measure(size: Size) -> Section:
    lines: list[Line] = []
    for servers in (1, MARKED):
        noop, ours, first = Starts(), Starts(), Starts()
        await _measure(servers, size.rounds, noop, ours, first)
        label = f"{servers} server{'s' if servers > 1 else ''}"
        ready, memory = (READY, MEMORY) if servers == MARKED else (None, None)
        lines += [
            compared(f"to ready, {label}", noop.seconds, ours.seconds, seconds, itself=ready),
            compared(f"resident memory, {label}", noop.memory, ours.memory, mebibytes, itself=memory),
            ours_alone(f"to ready the first time ever, {label}", first.seconds, seconds),
        ]
    return Section(f"Start, from the start of the process (medians of {size.rounds} starts in turn)", lines)


async def _measure(servers: int, rounds: int, noop: Starts, ours: Starts, first: Starts) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, database = Path(name), Path(name, "autodidact.db")
        async with StandIn(validate=False, record=False) as standin:
            set_up_servers = add_servers(standin, servers)
            # Once before, so that neither pays for compiling its modules, and Discord knows the commands.
            await Starts().add(noop_bot(standin, folder))
            await first.add(our_bot(standin, folder, database))
            await set_up(database, set_up_servers, prompt_due=False)
            for _ in range(rounds):
                await noop.add(noop_bot(standin, folder, sync=False))
                await ours.add(our_bot(standin, folder, database))
