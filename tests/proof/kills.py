"""The bot is killed and asked to end at hundreds of random instants while much goes on.

After each, whatever was answered is there with just that value. At the end, whatever was due is there once.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from tests.proof import instants
from tests.proof.houses import House, house
from tests.proof.killed_migrations import killed_migrations
from tests.proof.loads import Crowd
from tests.proof.outcomes import Outcome
from tests.proof.posted import Wanted, examined, sent_twice
from tests.proof.promises import Promises, found_in
from tests.proof.village import Village, build
from tests.wire.database_file import hurry, make_all_due, outstanding
from tests.wire.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.wire.bot_process import BotProcess

UNDER_LOAD, AT_THE_START, ASKED = "kill -9 under load", "kill -9 at the start", "SIGTERM under load"

SEED = 20261129
ANSWERED_WITHIN = 30.0
"""Seconds: what is proven here is what is kept, not how quickly it is answered."""

STOPPED_WITHIN = 10.0
"""Seconds: what a container is given to end."""

BECOMES_DUE = {
    "prompt": ["prompt"],
    "ping": ["ping"],
    "direct_ping": ["direct_ping"],
    "leads": ["lead_digest"],
    "resource_week": ["resource_week"],
}
"""By what is made due, what has to come of it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How often, in how many servers, and how many people are at it at once."""

    kills: int
    kills_at_start: int
    stops: int
    migrations: int
    servers: int
    at_once: int


FULL = Size(kills=200, kills_at_start=20, stops=20, migrations=20, servers=40, at_once=24)
SHORT = Size(kills=4, kills_at_start=1, stops=1, migrations=1, servers=2, at_once=8)


@dataclass(slots=True)
class Tally:
    """How often one way of ending was tried, and what was lost by it."""

    tried: int = 0
    held: int = 0
    lost: list[str] = field(default_factory=list)

    def note(self, wrong: Sequence[str]) -> None:
        self.tried += 1
        self.held += not wrong
        self.lost += wrong

    def outcome(self, what: str, figures: str = "") -> Outcome:
        return Outcome(what, self.tried, self.held, self.lost, figures)


class Trial:
    """One bot after the other on one database, each of which ends in one of the ways."""

    def __init__(self, where: House, villages: Sequence[Village], size: Size) -> None:
        self._house, self._standin = where, where.standin
        self._chance = Random(SEED)
        self._villages, self._size = villages, size
        self._promises = Promises()
        self._crowd = Crowd(where.standin, villages, self._promises, self._chance)
        self._to_come = [
            (village, kind)
            for village in villages
            for kind in BECOMES_DUE
            if kind != "direct_ping" or village.direct
        ]
        self._chance.shuffle(self._to_come)
        self._twice: set[str] = set()
        self.due: list[Wanted] = []
        self.tallies = {way: Tally() for way in (UNDER_LOAD, AT_THE_START, ASKED)}
        self.messages = Tally()
        # What stands there before anybody does anything was promised by nobody.
        self._promises.compare(found_in(where.database))

    async def run(self) -> None:
        size = self._size
        ways = [UNDER_LOAD] * size.kills + [AT_THE_START] * size.kills_at_start + [ASKED] * size.stops
        self._chance.shuffle(ways)
        # The first one tells Discord the commands, without which nobody could do anything. Before it sends,
        # it looks through all that is planned: what is made due by hand is not due by its own reckoning.
        bot = await self._house.bots.start()
        await self._standin.wait_for_message(self._villages[0].channel)
        await bot.stop()
        for number, way in enumerate(ways):
            becomes_due = 0 if way == AT_THE_START else len(self._to_come) // (len(ways) - number)
            self.tallies[way].note(await self._one(way, becomes_due))
            if number % 2:
                self._standin.expire_nonces()
        await self._finish()

    async def _one(self, way: str, becomes_due: int) -> list[str]:
        """One bot from its start to its end, while so much becomes due; answers what was lost by that."""
        bot = await self._house.bots.launch()
        if way == AT_THE_START:
            await asyncio.sleep(self._chance.uniform(0, 0.35))
            await self._killed(bot)
            return self._wrong_now()
        await bot.ready()
        self._make_due(becomes_due)
        self._crowd.begin(self._size.at_once)
        wait = self._chance.choice(list(instants.INSTANTS.values()))
        await wait(self._standin, self._house.database, self._chance)
        wrong = []
        if way == ASKED:
            # Nobody would wait for an answer that never comes.
            self._standin.faults.clear()
            try:
                await bot.stop(within=STOPPED_WITHIN)
            except (AssertionError, TimeoutError) as error:
                wrong.append(f"it did not end when it was asked to: {error!r}")
        await self._killed(bot)
        return wrong + self._wrong_now()

    async def _killed(self, bot: BotProcess) -> None:
        await bot.kill()
        self._standin.faults.clear()
        # What it had sent before it died still arrives.
        await self._standin.world.changes.until(
            lambda: all(request.status for request in self._standin.requests[-500:]), 10, "the last requests"
        )
        await asyncio.sleep(0.01)
        await self._crowd.end()

    def _wrong_now(self) -> list[str]:
        acts, self._crowd.lost = self._crowd.lost, []
        twice = [each for each in sent_twice(self._standin) if each not in self._twice]
        self._twice.update(twice)
        return [*acts, *self._promises.compare(found_in(self._house.database)), *twice]

    def _make_due(self, number: int) -> None:
        """Have so many things become due that have not been yet."""
        chosen = [self._to_come.pop() for _ in range(number)]
        make_all_due(self._house.database, [(kind, village.guild) for village, kind in chosen])
        self._crowd.settable -= {village.guild for village, _ in chosen}
        for village, kind in chosen:
            users = {"ping": village.sleepers, "direct_ping": (village.direct or 0,)}.get(kind, (0,))
            self.due += [(comes, village.guild, user) for comes in BECOMES_DUE[kind] for user in users]

    async def _finish(self) -> None:
        """With a bot that nobody kills, until nothing is outstanding any more."""
        bot = await self._house.bots.start()
        self._make_due(len(self._to_come))
        async with asyncio.timeout(120):
            while outstanding(self._house.database):
                hurry(self._house.database)
                await asyncio.sleep(0.3)
        await bot.stop()
        posted = examined(self._standin, self._house.database, self.due)
        self.messages = Tally(posted.due, posted.there, [*posted.wrong, *self._wrong_now()])

    def outcomes(self) -> list[Outcome]:
        kept = self._promises.kept
        trespasses = self._house.trespasses()
        self.messages.lost += trespasses
        acts = ", ".join(f"{name} {times:,}" for name, times in kept.most_common())
        return [
            self.tallies[UNDER_LOAD].outcome(
                "killed at random instants while members do all sorts of things",
                f"{kept.total():,} acts were answered: {acts}",
            ),
            self.tallies[AT_THE_START].outcome("killed while it starts"),
            self.tallies[ASKED].outcome("asked to end (SIGTERM) at random instants"),
            self.messages.outcome(
                "messages that became due meanwhile, each to come once",
                f"{len(self._standin.requests):,} requests in all",
            ),
        ]


async def trial(folder: Path, short: bool) -> Sequence[Outcome]:
    """Kill and stop the bot again and again: under load, at its start, and while it migrates a database."""
    size = SHORT if short else FULL
    standin = StandIn(interaction_deadline=ANSWERED_WITHIN, validate=False)
    seed = folder / "seed.db"
    villages = await build(standin, seed, size.servers)
    async with house(folder, standin, seed) as where:
        under_load = Trial(where, villages, size)
        await under_load.run()
        outcomes = under_load.outcomes()
    return [*outcomes, await killed_migrations(folder / "migrations", size.migrations)]
