"""What people do while the machine fails the bot, what they are told, and what a row of the table says."""

from __future__ import annotations

import asyncio
import re
import resource
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from tests.proof.outcomes import Outcome
from tests.wire.database_file import checkins, hurry, make_due, outstanding, query
from tests.wire.test_health import health

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.proof.houses import House
    from tests.wire.bot_process import BotProcess
    from tests.wire.study_server import StudyServer

SOON = 30.0
LONG = "wrote a parser " * 90
REFUSED = re.compile("went wrong on my side")


@dataclass(frozen=True, slots=True)
class Size:
    """How many check in at once, how many seconds the file is held, by what the clock is set, and so on.

    `at_length` waits for what takes seconds, such as the health check's next look.
    """

    people: int
    held_for: tuple[float, ...]
    jumps: tuple[int, ...]
    starts: int
    at_length: bool


@dataclass(slots=True)
class Row:
    """One row of the table as it fills."""

    what: str
    tried: int = 0
    held: int = 0
    lost: list[str] = field(default_factory=list)
    figures: str = ""

    def check(self, holds: bool, sentence: str) -> None:
        """One thing that has to hold."""
        self.tried += 1
        self.held += holds
        if not holds:
            self.lost.append(sentence)

    def outcome(self) -> Outcome:
        return Outcome(self.what, self.tried, self.held, self.lost, self.figures)


@dataclass(slots=True)
class Told:
    """What people were told of their check-ins."""

    kept: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    slowest: float = 0.0


async def all_check_in(server: StudyServer, people: Sequence[int], done: str) -> Told:
    """All at once; an answer that nobody gets any more counts as none."""
    told = Told()

    async def one(user: int) -> None:
        form = await server.standin.slash(server.channel, user, "checkin")
        began = perf_counter()
        answer = await server.standin.submit_modal(form, {"done": f"{done} {user}"})
        told.slowest = max(told.slowest, perf_counter() - began)
        said = str(answer.data)
        if REFUSED.search(said):
            told.refused[user] = said
        else:
            told.kept[user] = f"{done} {user}".strip()

    await asyncio.gather(*(one(user) for user in people), return_exceptions=True)
    return told


def shows(server: StudyServer, done: str, user: int) -> bool:
    """Whether a member's card shows what they did."""
    wanted = f"{done} {user}"
    return any(card["embeds"][0]["description"] == wanted for card in server.posted("card"))


def examine(row: Row, server: StudyServer, told: Sequence[Told], stored: dict[int, str]) -> None:
    """Whatever was answered with a success is there with just that value, whatever was refused is not."""
    latest = {user: done for each in told for user, done in each.kept.items()}
    for user, done in latest.items():
        row.check(stored.get(user) == done, f"member {user} was told that it is kept: {done[:40]!r}")
    for each in told:
        for user, said in each.refused.items():
            row.check(stored.get(user) == latest.get(user), f"member {user} was refused, and it is there")
            row.check("wrote a parser" in said, f"member {user} did not get back what they typed")


async def all_is_well_again(row: Row, where: House, server: StudyServer) -> None:
    """What is due comes once, and every card is there once."""
    make_due(where.bots.database, "prompt", server.guild)
    await until(
        lambda: not _still_outstanding(where.bots.database) and bool(server.posted("prompt")),
        2 * SOON,
        "the prompt and all that is outstanding to be sent",
    )
    row.check(len(server.posted("prompt")) == 1, "a prompt came twice")
    # A card for each; one that was sent under the day's thread and one in the channel are still one each.
    stored = checkins(where.bots.database, server.guild)
    cards = [message["embeds"][0]["description"] for message in server.posted("card")]
    row.check(sorted(cards) == sorted(stored.values()), f"{len(cards)} cards for {len(stored)} check-ins")
    row.check(query(where.bots.database, "pragma integrity_check") == [("ok",)], "the database is not whole")


def _still_outstanding(database: Path) -> bool:
    hurry(database)
    return outstanding(database) > 0


async def until(look: Callable[[], bool], timeout: float, what: str) -> None:
    """Nothing tells of what is looked for here, so it is looked for again and again."""
    ends = perf_counter() + timeout
    while not look():
        if perf_counter() > ends:
            raise AssertionError(f"waited {timeout:.0f} s for {what}")
        await asyncio.sleep(0.05)


async def until_health(port: int, status: int, word: str) -> bool:
    ends = perf_counter() + SOON
    while perf_counter() < ends:
        found, told = await health(port)
        if found == status and word in told["database"]:
            return True
        await asyncio.sleep(0.1)
    return False


async def port_of(bot: BotProcess) -> int:
    return int((await bot.line("health at ")).rpartition(" ")[2])


@contextmanager
def limited(bot: BotProcess, what: int, to: int) -> Iterator[None]:
    """Let a process have so little of something for a while."""
    before = resource.prlimit(bot.pid, what)
    resource.prlimit(bot.pid, what, (to, before[1]))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, what, before)


def figures(told: Sequence[Told]) -> str:
    kept, refused = sum(len(each.kept) for each in told), sum(len(each.refused) for each in told)
    slowest = max(each.slowest for each in told)
    return (
        f"{kept} check-ins kept, {refused} refused with a sentence, the slowest answer after {slowest:.1f} s"
    )
