"""A sent check-in beside a no-op command: one at a time, and a hundred in flight.

In each round both bots are started anew, each on a stand-in of its own, and take turns at short slices of
load; the one whose turn it is not stands still. What counts is the half of the turns in which the rest of
the machine did least. Every check-in is a member's first of the day, so each is a
new row with a new card. The cards, and the changes to the prompts they belong under, are sent meanwhile at
the bot's own pace, and count as its load.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import IN_FLIGHT, Member, commands, forms, measured
from benchmarks.others import Others, note, quieter_half
from benchmarks.processes import Running, noop_bot, our_bot
from benchmarks.slices import Measured, lines
from benchmarks.study_servers import StudyServer, add_servers, set_up
from benchmarks.table import Section
from tests.wire.standin import StandIn

# Longer than Discord's 3 s, so that a busy machine makes slow figures and not none.
DEADLINE = 30.0

CHECK_IN = {
    "done": "Trained the **baseline** on 10,000 rows and wrote down what it gets wrong.\nThe notebook is up.",
    "next": "Look at the fifty worst mistakes by hand",
    "blocked": "",
    "kind": "building",
    "minutes": "50",
}
NOTHING = {"done": CHECK_IN["done"]}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured; in each round there are so many turns, in each turn so many interactions."""

    rounds: int = 4
    turns: int = 6
    one_by_one: int = 80
    at_once: int = 300
    warm_up: int = 200
    servers: int = 20

    @property
    def members(self) -> int:
        """How many there must be in one server."""
        return self.warm_up + self.turns * (self.one_by_one + self.at_once)


QUICK = Size(rounds=1, turns=2, one_by_one=30, at_once=100, warm_up=20, servers=5)


class Members:
    """Hands out members who have not been used yet."""

    def __init__(self, servers: Sequence[StudyServer]):
        first, *others = servers
        self._of_one = iter([(first, user) for user in first.members])
        self._of_many = self._in_turn(others)

    @staticmethod
    def _in_turn(servers: Sequence[StudyServer]) -> Iterator[Member]:
        for users in zip(*(server.members for server in servers), strict=True):
            yield from zip(servers, users, strict=True)

    def of_one(self, count: int) -> list[Member]:
        """All of the first server."""
        return [next(self._of_one) for _ in range(count)]

    def of_many(self, count: int) -> list[Member]:
        """Of the other servers in turn."""
        return [next(self._of_many) for _ in range(count)]


async def measure(size: Size) -> Section:
    noop, ours = Measured(), Measured()
    busy: list[float] = []
    for _ in range(size.rounds):
        busy += await _round(size, noop, ours)
    kept = quieter_half(busy)
    figures = lines(noop.only(kept), ours.only(kept), size.servers)
    return Section("/checkin sent, beside a no-op slash command", figures, note(busy))


async def _round(size: Size, noop: Measured, ours: Measured) -> list[float]:
    """Adds to what was measured; answers how busy the rest of the machine was in each turn."""
    busy = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        one, other = [
            await stack.enter_async_context(
                StandIn(validate=False, record=False, interaction_deadline=DEADLINE)
            )
            for _ in range(2)
        ]
        theirs = Members(add_servers(one, 1 + size.servers, 2 * size.members))
        servers = add_servers(other, 1 + size.servers, size.members)
        await set_up(folder / "autodidact.db", servers, prompt_due=True)
        noop_side = _NoopSide(one, await stack.enter_async_context(Running(noop_bot(one, folder))), theirs)
        bot = await stack.enter_async_context(Running(our_bot(other, folder, folder / "autodidact.db")))
        for server in servers:
            await other.wait_for_message(server.channel, timeout=30)
        our_side = _OurSide(other, bot, Members(servers))
        await noop_side.warm_up(size)
        await our_side.warm_up(size)
        for _ in range(size.turns):
            others = Others(noop_side.bot.observed, our_side.bot.observed)
            our_side.bot.pause()
            noop_side.bot.go_on()
            await noop_side.turn(size, noop)
            noop_side.bot.pause()
            our_side.bot.go_on()
            await our_side.turn(size, ours)
            busy.append(others.busy())
        noop_side.bot.go_on()
        noop.memory.append(noop_side.bot.memory())
        ours.memory.append(our_side.bot.memory())
    return busy


@dataclass(frozen=True, slots=True)
class _NoopSide:
    standin: StandIn
    bot: Running
    members: Members

    async def warm_up(self, size: Size) -> None:
        members = self.members.of_one(size.warm_up)
        await measured(self.standin, self.bot, commands(self.standin, members, "noop"), 10)
        load = await forms(self.standin, members, "form", NOTHING)
        await measured(self.standin, self.bot, load, 10)

    async def turn(self, size: Size, result: Measured) -> None:
        standin, bot = self.standin, self.bot
        few, many = self.members.of_one(size.one_by_one), self.members.of_one(size.at_once)
        opened = [await forms(standin, members, "form", NOTHING) for members in (few, many)]
        result.add("slash", await measured(standin, bot, commands(standin, few, "noop")))
        result.add("opened", await measured(standin, bot, commands(standin, few, "form")))
        result.add("sent", await measured(standin, bot, opened[0]))
        result.add("slash at once", await measured(standin, bot, commands(standin, many, "noop"), IN_FLIGHT))
        result.add("sent at once", await measured(standin, bot, opened[1], IN_FLIGHT))


@dataclass(frozen=True, slots=True)
class _OurSide:
    standin: StandIn
    bot: Running
    members: Members

    async def warm_up(self, size: Size) -> None:
        for members in (self.members.of_one(size.warm_up), self.members.of_many(size.warm_up)):
            load = await forms(self.standin, members, "checkin", CHECK_IN)
            await measured(self.standin, self.bot, load, 10)

    async def turn(self, size: Size, result: Measured) -> None:
        standin, bot = self.standin, self.bot
        result.add(
            "opened",
            await measured(standin, bot, commands(standin, self.members.of_many(size.one_by_one), "checkin")),
        )
        for place, members in (("one", self.members.of_one), ("many", self.members.of_many)):
            few = await forms(standin, members(size.one_by_one), "checkin", CHECK_IN)
            result.add(f"sent, {place}", await measured(standin, bot, few))
            many = await forms(standin, members(size.at_once), "checkin", CHECK_IN)
            result.add(f"sent at once, {place}", await measured(standin, bot, many, IN_FLIGHT))
