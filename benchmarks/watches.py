"""The daily round of ten thousand watches in one server, against the posts of a thread's first day."""

import random
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.lead_posts import PARTS, comments
from benchmarks.others import Others, note, quieter_half
from benchmarks.table import Mark, Section, milliseconds, ours_alone
from bot.delivery import outbox
from bot.leads import intake
from bot.leads.filters import Filters
from bot.leads.intake import Prepared
from bot.leads.judging import findable_since
from bot.leads.lead import Level, WorkMode
from bot.leads.threads import Comment, Thread, ThreadKind
from bot.services import Services
from bot.watches import store
from bot.watches.deliveries import KINDS
from bot.watches.matching import finds
from bot.watches.planning import replan
from bot.watches.rules import WATCHES_EACH

PASS = Mark("<", 1.0, milliseconds)
ROUND = Mark("<", 3.0, milliseconds)
GUILD, CHANNEL = 1, 10
FIRST_DAY, ORDINARY_DAY = 250, 15
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: members, with as many watches as each may have."""

    members: int = 2_000
    rounds: int = 6


QUICK = Size(members=100, rounds=2)


class StandingClock:
    """It is nine in the morning, and the round is due."""

    def now(self) -> datetime:
        return NOW


async def measure(size: Size) -> Section:
    posts = intake.prepare(_posted(FIRST_DAY))
    passes, first_days, ordinary_days, busy = [], [], [], []
    for turn in range(size.rounds):
        others = Others()
        passed, first_day = await _a_day(size, posts, turn)
        _, ordinary_day = await _a_day(size, posts[:ORDINARY_DAY], turn)
        passes.append(passed)
        first_days.append(first_day)
        ordinary_days.append(ordinary_day)
        busy.append(others.busy())
    quiet = quieter_half(busy)
    return Section(
        f"{size.members * WATCHES_EACH:,} watches of {size.members:,} members (the worst turn)",
        [
            ours_alone(
                f"one pass over {FIRST_DAY} posts", [max(passes[n] for n in quiet)], milliseconds, PASS
            ),
            ours_alone(
                "   the whole round, in one transaction",
                [max(first_days[n] for n in quiet)],
                milliseconds,
                ROUND,
            ),
            ours_alone(
                f"   the same on a day of {ORDINARY_DAY} posts",
                [max(ordinary_days[n] for n in quiet)],
                milliseconds,
            ),
        ],
        note(busy),
    )


async def _a_day(size: Size, posts: Sequence[Prepared], turn: int) -> tuple[float, float]:
    """How long the pass alone takes, and how long the round does, up to whom something is put out for."""
    with tempfile.TemporaryDirectory() as name:
        services = await Services.open(Path(name, "autodidact.db"), StandingClock(), openings_every=None)
        try:
            await _fill(services, size, posts, random.Random(turn))
            watches = await services.database.read(store.at_work, GUILD)
            leads = await services.database.read(findable_since, NOW - timedelta(days=2))
            began = perf_counter()
            found = finds(watches, leads, NOW)
            passed = perf_counter() - began
            if len(leads) < len(posts) * 0.9 or len(found) < size.members / 10:
                raise RuntimeError(f"{len(leads)} leads are there, and {len(found)} members found any")
            await services.delivery.claim_due()
            ((row,),) = await services.database.write(outbox.claim, NOW, 1, ())
            began = perf_counter()
            await services.database.write(KINDS[row.kind].compose, [row], NOW)
            return passed, perf_counter() - began
        finally:
            await services.close()


def _posted(number: int) -> list[Comment]:
    """Posts of the last hours, one every four minutes."""
    return [
        replace(comment, created_at=NOW - timedelta(minutes=4 * (number - at)))
        for at, comment in enumerate(comments(random.Random(7), number, NOW.date().replace(day=1)))
    ]


async def _fill(services: Services, size: Size, posts: Sequence[Prepared], chance: random.Random) -> None:
    await services.servers.set_up(GUILD, checkin_channel_id=CHANNEL, zone="Etc/UTC", prompt_time=time(8))
    thread = Thread(1, ThreadKind.HIRING, NOW.date().replace(day=1), NOW - timedelta(days=1))
    before = NOW - timedelta(hours=1)

    def fill(db: sqlite3.Connection) -> None:
        intake.remember_thread(db, thread, before)
        intake.store_prepared(db, thread.id, posts, before)
        for user_id in range(1_000, 1_000 + size.members):
            for filters in {_wanted(chance): None for _ in range(WATCHES_EACH)}:
                store.add(db, GUILD, user_id, None, filters, before)
        replan(db, GUILD, before)

    await services.database.write(fill)


def _wanted(chance: random.Random) -> Filters:
    """What somebody may look for: some words or a place as a rule, and now and then something more."""
    words = chance.sample(PARTS["tech"], chance.choice((0, 1, 1, 2)))
    return Filters(
        words=" ".join(words),
        place=chance.choice(("", "", "Germany", "Berlin", "Europe", "London", "United States")),
        modes=frozenset(chance.sample(list(WorkMode), chance.choice((0, 1, 1, 2)))),
        levels=frozenset(chance.sample(list(Level), chance.choice((0, 0, 0, 1, 2)))),
        pay_at_least=chance.choice((None, None, None, 80_000, 100_000, 150_000)),
        no_degree=chance.random() < 0.3,
        ml=chance.random() < 0.2,
    )
