"""How everything grows from a hundred servers to ten thousand, with three years behind them.

What the worlds hold is said in benchmarks.scale_world. In the process that measures run the services, one
call at a time; start, memory and one command over the wire are those of the real process. Discord's rule of
one shard each five seconds is no part of its start: there is one shard, since the stand-in lets one have all.
The largest world and its backup take 14 GB in the folder for temporary files, and some five minutes.
"""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks import scale_places
from benchmarks.processes import Running, our_bot
from benchmarks.scale_figures import Figures, figures
from benchmarks.scale_world import StudyServer, fill, sized
from benchmarks.table import Grown, Line, Section, as_grown, mebibytes, milliseconds, seconds
from bot.backups.copying import copy
from bot.clock import SystemClock
from bot.doctor import database as doctor
from bot.services import Services
from bot.storage.database import connect
from tests.wire.standin import StandIn

MIB = 2**20
LOOKED_THROUGH_IN = 5.0
"""Seconds after which a start has looked through all that is planned."""

TABLES = ("checkin", "delivery", "evidence", "goal", "due", "routine")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: worlds of so many servers and members, and so many calls of each kind."""

    worlds: tuple[tuple[int, int], ...] = ((100, 10_000), (1_000, 100_000), (10_000, 1_000_000))
    calls: int = 30


QUICK = Size(worlds=((10, 500), (20, 1_000)), calls=3)


async def measure(size: Size) -> Section:
    worlds = []
    for servers, members in size.worlds:
        async with StandIn(validate=False, record=False) as standin:
            with tempfile.TemporaryDirectory() as name:
                places = scale_places.add(standin, servers)
                filled = sized(places, members)
                path = Path(name, "autodidact.db")
                began = perf_counter()
                fill(path, filled, datetime.now(UTC))
                took = {"made in": perf_counter() - began}
                worlds.append(took | await measured(standin, path, filled, size.calls))
    lines: list[Line | Grown] = [Line("")]
    for name, show in _SHOWN.items():
        lines.append(Grown(name, [world[name] for world in worlds], show))
    titles = [f"{servers:,} / {members:,}" for servers, members in size.worlds]
    return Section(
        "Three years of many servers (servers / members; medians)",
        lines[1:],
        " " * 40 + as_grown([*titles, "grows"]),
    )


async def measured(standin: StandIn, path: Path, servers: list[StudyServer], calls: int) -> Figures:
    """All figures of one world, by name."""
    found: Figures = {f"rows of {table}": count for table, count in _rows(path).items()}
    found["database"] = _mebibytes(path)
    began = perf_counter()
    services = await Services.open(path, SystemClock(), None)
    try:
        found["opened in"] = perf_counter() - began
        found |= await figures(services, servers, calls)
    finally:
        await services.close()
    for name, job in (("a backup, checked", _backup), ("the doctor's look, at most", _doctor)):
        began = perf_counter()
        job(path)
        found[name] = perf_counter() - began
    # A backup is made and measured above; here it would be made in the middle of what is measured.
    program = our_bot(standin, path.parent, path)
    environment = {**program.environment, "AUTODIDACT_BACKUPS": "none"}
    async with Running(replace(program, environment=environment)) as bot:
        found["start to ready, real process"] = bot.ready_after
        found["resident memory, real process"] = await bot.settled()
        found["/checkin opened, just ready"] = await scale_places.command(standin, bot, calls)
        await asyncio.sleep(LOOKED_THROUGH_IN)
        found["/checkin opened, real process"] = await scale_places.command(standin, bot, calls)
    return found


def _rows(path: Path) -> dict[str, float]:
    with closing(connect(path, writes=False)) as db:
        return {table: db.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES}


def _mebibytes(path: Path) -> float:
    return path.stat().st_size / MIB


def _backup(path: Path) -> None:
    target = path.with_name("measured.backup")
    copy(path, target)
    target.unlink()


def _doctor(path: Path) -> None:
    doctor.look(path)


def _number(value: float) -> str:
    return f"{value:,.0f}"


_SHOWN: Mapping[str, Callable[[float], str]] = {
    **{f"rows of {table}": _number for table in TABLES},
    "database": lambda value: f"{value:,.0f} MiB",
    "made in": seconds,
    "start to ready, real process": seconds,
    "resident memory, real process": mebibytes,
    "/checkin opened, just ready": milliseconds,
    "/checkin opened, real process": milliseconds,
    "opened in": seconds,
    "a tick, nothing due": milliseconds,
    "a busy minute: each ping claimed": milliseconds,
    "a claim of ten, all of it outstanding": milliseconds,
    "/checkin sent, a faithful member": milliseconds,
    "/progress, a faithful member": milliseconds,
    "/ledger, a faithful member": milliseconds,
    "/privacy export, a faithful member": milliseconds,
    "/privacy forget, a faithful member": milliseconds,
    "look back, the largest server": milliseconds,
    "look back, a middling server": milliseconds,
    "the figures of a scrape": milliseconds,
    "the owner's status": milliseconds,
    "which servers have left": milliseconds,
    "a backup, checked": seconds,
    "the doctor's look, at most": seconds,
}
