"""A tap on a card of a poll beside a button that does nothing: one at a time, and by two hundred voters.

Those press all in one instant, and then as people do who read a card before they tap.

Both turn the message that they stand under into another one with as many buttons.

In each round both bots are started anew, each on a stand-in of its own, and take turns; the one whose turn it
is not stands still. What counts is the half of the turns in which the rest of the machine did least. The poll
has thirty ideas and as many voters as tap at once. Every tap is stored, moves what the next cards are chosen
by, and is answered with the next card. The changes to the poll's message count as the bot's load.
"""

import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.load import Member, answered, commands, joined, measured, spread
from benchmarks.others import Others, note, quieter_half
from benchmarks.processes import Running, noop_bot, our_bot
from benchmarks.slices import MEDIAN, THROUGHPUT, TOO_LATE, Measured
from benchmarks.study_servers import StudyServer, add_servers, set_up
from benchmarks.table import Line, Mark, Section, a_second, compared, milliseconds, noop_alone
from bot.services import Services
from tests.clocks import ManualClock
from tests.open_polls import Chair, numbered_ideas, open_poll
from tests.wire.standin import StandIn, asks

# Longer than Discord's 3 s, so that a busy machine makes slow figures and not none.
DEADLINE = 30.0
NOOP, TAP = "noop:*", "poll:tap:*"
AT_ONCE_WITHIN = Mark("<", 0.25, milliseconds)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: in each turn so many taps one by one, then so often one of every voter at once,
    and then as often one of every voter, spread over the seconds for which people read a card.

    One by one, no voter taps twice.
    """

    rounds: int = 4
    turns: int = 6
    one_by_one: int = 100
    voters: int = 200
    waves: int = 3
    reads_for: float = 2.0
    ideas: int = 30


QUICK = Size(rounds=1, turns=2, one_by_one=20, voters=40, waves=1)


async def measure(size: Size) -> Section:
    noop, ours = Measured(), Measured()
    busy: list[float] = []
    for _ in range(size.rounds):
        busy += await _round(size, noop, ours)
    kept = quieter_half(busy)
    title = f"a tap on a card, {size.ideas} ideas, {size.voters} voters, beside a button that does nothing"
    return Section(title, _lines(size, noop.only(kept), ours.only(kept)), note(busy))


def _lines(size: Size, noop: Measured, ours: Measured) -> list[Line]:
    voters = f"{size.voters} voters at once"
    made = [
        compared("one at a time", noop.medians("one"), ours.medians("one"), milliseconds, ratio=MEDIAN),
        compared("   99th percentile", noop.worst("one"), ours.worst("one"), milliseconds),
        compared(voters, noop.per_second("at once"), ours.per_second("at once"), a_second, ratio=THROUGHPUT),
        compared(
            "   99th percentile",
            noop.worst("at once"),
            ours.worst("at once"),
            milliseconds,
            itself=AT_ONCE_WITHIN,
        ),
        compared(
            f"{size.voters} voters, each a tap in {size.reads_for:g} s, 99th percentile",
            noop.worst("spread"),
            ours.worst("spread"),
            milliseconds,
            itself=AT_ONCE_WITHIN,
        ),
        compared(
            "   processor time of the bot for each",
            noop.processor("at once"),
            ours.processor("at once"),
            milliseconds,
        ),
        noop_alone("a no-op slash command, one at a time", noop.medians("slash"), milliseconds),
        noop_alone(f"a no-op slash command, {size.voters} at once", noop.per_second("slashes"), a_second),
    ]
    if noop.too_late() or ours.too_late():
        made.append(Line(f"answers later than {TOO_LATE:g} s", str(noop.too_late()), str(ours.too_late())))
    return made


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
        (theirs,), (server,) = [add_servers(each, 1, size.voters) for each in (one, other)]
        database = folder / "autodidact.db"
        await _put_poll(database, server, size)
        idle = _Crowd(one, await stack.enter_async_context(Running(noop_bot(one, folder))), theirs)
        bot = await stack.enter_async_context(Running(our_bot(other, folder, database)))
        booth = _Crowd(other, bot, server)
        everybody: list[Member] = [(theirs, user) for user in theirs.members]
        await idle.enter(commands(one, everybody, "buttons"))
        poll = await other.wait_for_message(server.channel, timeout=30)
        await booth.enter([asks.click(other.world, poll, "poll:vote:*", user) for user in server.members])
        await idle.turn(size, Measured(), NOOP)
        await booth.turn(size, Measured(), TAP)
        for _ in range(size.turns):
            others = Others(idle.bot.observed, booth.bot.observed)
            booth.bot.pause()
            idle.bot.go_on()
            await idle.use(size, noop, "noop")
            await idle.turn(size, noop, NOOP)
            idle.bot.pause()
            booth.bot.go_on()
            await booth.turn(size, ours, TAP)
            busy.append(others.busy())
        idle.bot.go_on()
    return busy


async def _put_poll(database: Path, server: StudyServer, size: Size) -> None:
    await set_up(database, [server], prompt_due=False)
    services = await Services.open(database, ManualClock(datetime.now(UTC)))
    try:
        chair = Chair(server.guild, server.channel, server.members[0])
        await open_poll(services, chair, numbered_ideas(size.ideas))
    finally:
        await services.close()


class _Crowd:
    """The voters of one server, each with the private message whose buttons they press."""

    def __init__(self, standin: StandIn, bot: Running, server: StudyServer):
        self.bot = bot
        self._standin, self._server = standin, server
        self._screens: dict[int, dict[str, Any]] = {}

    async def enter(self, load: Sequence[asks.Ask]) -> None:
        """Each gets their message as the answer to one of these; unmeasured."""
        for answer in await answered(self._standin, load, len(load)):
            assert answer.message is not None
            self._screens[answer.ask.user_id] = answer.message

    async def turn(self, size: Size, result: Measured, button: str) -> None:
        """Presses of each one's first button of that name."""
        # A voter's next card is known once the last one is answered, so nobody presses twice in a wave.
        few = self._server.members[: size.one_by_one]
        result.add("one", await measured(self._standin, self.bot, self._presses(few, button)))
        waves = []
        for _wave in range(size.waves):
            load = self._presses(self._server.members, button)
            waves.append(await measured(self._standin, self.bot, load, size.voters))
        result.add("at once", joined(waves))
        seconds = []
        for _second in range(size.waves):
            load = self._presses(self._server.members, button)
            seconds.append(await spread(self._standin, self.bot, load, size.reads_for))
        result.add("spread", joined(seconds))

    async def use(self, size: Size, result: Measured, command: str) -> None:
        """A slash command of each one's."""
        everybody: list[Member] = [(self._server, user) for user in self._server.members]
        few = commands(self._standin, everybody[: size.one_by_one], command)
        result.add("slash", await measured(self._standin, self.bot, few))
        many = commands(self._standin, everybody, command)
        result.add("slashes", await measured(self._standin, self.bot, many, size.voters))

    def _presses(self, users: Sequence[int], button: str) -> list[asks.Ask]:
        world = self._standin.world
        return [asks.click(world, self._screens[user], button, user) for user in users]
