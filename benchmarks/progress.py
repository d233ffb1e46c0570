"""/progress and /ledger of a member with ten years of daily check-ins, from the question to the picture.

Inside the program, without Discord: reading, reckoning, drawing in the studio's thread, and the words.
"""

import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.held_loop import HeldLoop
from benchmarks.others import Others, note, quieter_half
from benchmarks.study_servers import zone_at_midday
from benchmarks.table import Line, Mark, Section, milliseconds, ours_alone
from bot.clock import SystemClock
from bot.localtime import local_day
from bot.services import Services
from bot.storage.migrations import migrate
from cogs.pictures.calendar import draw_calendar
from cogs.pictures.names import Name
from cogs.pictures.progress import draw_progress
from cogs.pictures.studio import Studio
from cogs.progress.cards import ledger_card, progress_card
from cogs.progress.telling import told, told_of_days

ANSWER = Mark("≤", 0.3, milliseconds)
HELD = Mark("≤", 0.020, milliseconds)
GUILD, MEMBER, DAYS = 1, 1_000, 3_652
MISSED_EVERY = 20
MIRA = Name("Mira Løvås", "mira")

Answer = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Size:
    """How many answers of each sort are measured."""

    rounds: int = 40


QUICK = Size(rounds=4)


async def measure(size: Size) -> Section:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "autodidact.db")
        _fill(path)
        services, studio = await Services.open(path, SystemClock()), Studio()

        async def progress() -> None:
            figures = await services.progress.figures(GUILD, MEMBER)
            if figures.checkins != DAYS - DAYS // MISSED_EVERY:
                raise RuntimeError(f"there are {figures.checkins} check-ins")
            await studio.draw(draw_progress, figures, MIRA)
            told(figures, MIRA.display)
            progress_card(figures)

        async def ledger() -> None:
            year = await services.progress.account(GUILD, MEMBER, "a year ago", None)
            if len(year.days) < 365:
                raise RuntimeError(f"there are {len(year.days)} days")
            await studio.draw(draw_calendar, year, MIRA)
            told_of_days(year, MIRA.display)
            ledger_card(year)

        try:
            began = perf_counter()
            await progress()
            first = perf_counter() - began
            # Dates in words are read by a library that is loaded when it is needed first.
            await ledger()
            shown, busy = await _lines("/progress", progress, size.rounds)
            more, more_busy = await _lines("/ledger, a year", ledger, size.rounds)
        finally:
            studio.close()
            await services.close()
    return Section(
        f"Pictures for a member with {DAYS:,} days of check-ins (the worst of {size.rounds} answers each)",
        [ours_alone("/progress, the first since the start", [first], milliseconds, ANSWER), *shown, *more],
        note([*busy, *more_busy]),
    )


async def _lines(what: str, answer: Answer, rounds: int) -> tuple[list[Line], list[float]]:
    times, held, busy = [], [], []
    for _ in range(rounds):
        others = Others()
        async with HeldLoop() as loop:
            began = perf_counter()
            await answer()
            times.append(perf_counter() - began)
        held.append(loop.longest)
        busy.append(others.busy())
    quiet = quieter_half(busy)
    lines = [
        ours_alone(what, [max(times[turn] for turn in quiet)], milliseconds, ANSWER),
        ours_alone("   longest hold of the loop", [max(held[turn] for turn in quiet)], milliseconds, HELD),
    ]
    return lines, busy


def _fill(path: Path) -> None:
    """Ten years of check-ins until yesterday, every twentieth day missed, every third with a link."""
    migrate(path)
    zone = zone_at_midday()
    now = datetime.now(UTC)
    numbers = {
        "guild": GUILD,
        "member": MEMBER,
        "days": DAYS,
        "missed": MISSED_EVERY,
        "today": local_day(now, zone).isoformat(),
        "now": int(now.timestamp()),
        "zone": zone,
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            """
            insert into server (guild_id, checkin_channel_id, zone, prompt_time, set_up_at, changed_at)
            values (:guild, 1, :zone, '12:00', 0, 0)
            """,
            numbers,
        )
        db.execute("insert into server_zone (guild_id, set_at, zone) values (:guild, 0, :zone)", numbers)
        db.execute(
            """
            with recursive past (days) as (select 1 union all select days + 1 from past where days < :days)
            insert into checkin (guild_id, user_id, local_day, zone, done, next, blocked, kind, minutes,
                                 reported_at, changed_at, changes)
            select :guild, :member, date(:today, '-' || days || ' days'), :zone,
                   'Wrote the loader, and a test that failed before it' ||
                       case days % 3 when 0 then ': https://example.org/loader/' || days else '.' end,
                   'Train the baseline on it', '',
                   case days % 4 when 0 then 'learning' when 1 then 'showing' else 'building' end,
                   30 + days % 120, :now - days * 86400, :now - days * 86400, 0
            from past where days % :missed <> 0
            """,
            numbers,
        )
