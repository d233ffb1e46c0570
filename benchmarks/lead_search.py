"""Searching fifty thousand posts, and what a server sees first of the newest thread."""

import random
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from benchmarks.lead_posts import comments, month_of, thread_of
from benchmarks.table import Mark, Section, milliseconds, ours_alone
from bot.clock import SystemClock
from bot.leads import intake
from bot.leads.filters import Filters, Months
from bot.leads.intake import Prepared
from bot.leads.lead import Level, WorkMode
from bot.leads.threads import Thread, ThreadKind
from bot.services import Services

SEARCH = Mark("<", 0.020, milliseconds)
FIRST_MONTH = date(2014, 1, 1)
PLAIN_SERVER, CHOOSY_SERVER = 1, 2
READ_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: stored posts; so many are read one by one, the others are like them."""

    posts: int = 50_000
    read: int = 2_500
    rounds: int = 20


QUICK = Size(posts=2_000, read=300, rounds=2)

SEARCHES = (
    Filters(words="machine learning engineer"),
    Filters(words="python", modes=frozenset({WorkMode.REMOTE})),
    Filters(words="en", months=Months.ALL),
    Filters(words="engineer", months=Months.ALL),
    Filters(words="we", months=Months.EARLIER),
    Filters(months=Months.ALL),
    Filters(place="Germany", months=Months.ALL),
    Filters(place="Europe", levels=frozenset({Level.JUNIOR, Level.MID}), months=Months.ALL),
    Filters(words="rust kubernetes", place="Berlin", months=Months.ALL),
    Filters(pay_at_least=150_000, no_degree=True, months=Months.ALL),
    Filters(words="engineer", pay_at_least=195_000, ml=True, months=Months.EARLIER),
    Filters(words="data", levels=frozenset({Level.INTERN}), pay_at_least=600_000, place="Japan"),
    Filters(words="nothinglikethis", no_degree=True, ml=True, months=Months.ALL),
)
"""Broad ones, narrow ones, and some that find nothing, so that each filter is left out once more."""


async def measure(size: Size) -> Section:
    with tempfile.TemporaryDirectory() as name:
        services = await Services.open(Path(name, "autodidact.db"), SystemClock(), openings_every=None)
        try:
            await _fill(services, size)
            await services.servers.set_up(
                CHOOSY_SERVER, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9)
            )
            await services.leads.set_up(CHOOSY_SERVER, places="Berlin, EU", weights={"junior": 30})
            first: list[float] = []
            later: list[float] = []
            for turn in range(size.rounds * 2):
                server = CHOOSY_SERVER if turn % 2 else PLAIN_SERVER
                times = [await _timed(services.leads.search(server, filters)) for filters in SEARCHES]
                (later if turn > 1 else first).extend(times)
            latest = [await _timed(services.leads.latest(PLAIN_SERVER)) for _ in range(size.rounds)]
        finally:
            await services.close()
    *_, slowest = quantiles(later, n=100)
    return Section(
        f"{len(SEARCHES)} searches of {size.posts:,} posts, in two servers {size.rounds} times each",
        [
            ours_alone("a search", later, milliseconds),
            ours_alone("   the slowest of a hundred", [slowest], milliseconds, SEARCH),
            ours_alone("   the slowest of those after a start", [max(first)], milliseconds),
            ours_alone("the best of the newest thread", latest, milliseconds),
        ],
    )


async def _timed(work: Awaitable[object]) -> float:
    began = perf_counter()
    await work
    return perf_counter() - began


async def _fill(services: Services, size: Size) -> None:
    chance = random.Random(7)
    read = intake.prepare(list(comments(chance, size.read, FIRST_MONTH)))
    now = datetime.now(UTC)
    batch: list[Prepared] = []
    for at, comment in enumerate(comments(random.Random(8), size.posts, FIRST_MONTH)):
        like = read[at % len(read)]
        copy = replace(like.read, id=comment.id, posted_at=comment.created_at, hash=str(comment.id))
        batch.append(Prepared(copy, like.words and like.words | {f"copy{at}"}))
        thread = Thread(thread_of(at), ThreadKind.HIRING, month_of(at, FIRST_MONTH), comment.created_at)
        if thread_of(at + 1) != thread.id or at + 1 == size.posts:
            await services.database.write(intake.remember_thread, thread, now)
            await services.database.write(intake.store_prepared, thread.id, batch, now)
            batch = []
