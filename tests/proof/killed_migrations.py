"""The bot is killed while it brings an old database up to date: it is as it was, or it is up to date."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from bot.storage.migrations import FOLDER, known_in, migrate
from tests.proof.houses import house
from tests.proof.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.proof.houses import House

OLD = "0001"
PEOPLE, DAYS = 200, 40
SEED = 2026
WAITED_AT_MOST, LOOKED_EVERY = 5.0, 0.001


async def killed_migrations(folder: Path, tries: int) -> Outcome:
    """Kill it at random instants of so many starts on an old database, then let it start."""
    old, chance, lost, held = folder / "old.db", Random(SEED), [], 0
    _make_old(old, folder)
    kept = _content(old)
    async with house(folder) as where:
        takes = await _first_start(where, old)
        halfway = 0
        for _ in range(tries):
            wrong, was_halfway = await _one(where, old, kept, chance, takes)
            halfway += was_halfway
            held += not wrong
            lost += wrong
        lost += where.trespasses()
    figures = f"{halfway} of them in the middle of it; {PEOPLE * DAYS:,} check-ins"
    return Outcome("killed while it brings an old database up to date", tries, held, lost, figures)


def _make_old(path: Path, folder: Path) -> None:
    """A database of the first version, with a year's worth of rows in it."""
    first = folder / "first"
    first.mkdir(parents=True)
    for file in FOLDER.glob(f"{OLD}*.sql"):
        shutil.copy(file, first)
    migrate(path, first)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("insert into server values (1, 2, 'Asia/Tokyo', '12:00', 1700000000, 1700000000)")
        db.executemany(
            """
            insert into checkin values (1, ?, date('2024-01-01', ? || ' days'), 'Asia/Tokyo', ?, '', '',
                                        'building', 30, 1704067200 + ? * 86400, 1704067200 + ? * 86400, 0)
            """,
            [
                (100 + user, day, f"day {day} of {user}: {'built something. ' * 20}", day, day)
                for user in range(PEOPLE)
                for day in range(DAYS)
            ],
        )


def _content(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, timeout=5)) as db:
        ((whole,),) = db.execute("pragma integrity_check").fetchall()
        if whole != "ok":
            raise sqlite3.DatabaseError(whole)
        return db.execute(
            "select guild_id, user_id, local_day, done from checkin order by 1, 2, 3"
        ).fetchall()


def _version(path: Path) -> int:
    """How many migrations it has seen."""
    with closing(sqlite3.connect(path, timeout=5)) as db:
        (count,) = db.execute("select count(*) from _yoyo_migration").fetchone()
    return int(count)


def _put_old(where: House, old: Path) -> None:
    for each in where.folder.glob(f"{where.database.name}*"):
        each.unlink()
    shutil.copy(old, where.database)


async def _first_start(where: House, old: Path) -> float:
    """How long it takes to bring it up to date, in seconds."""
    _put_old(where, old)
    copy = _copy_beside(where)
    bot = await where.bots.launch()
    await _until(copy.exists)
    began = perf_counter()
    await _until(lambda: not copy.exists())
    took = perf_counter() - began
    await bot.ready()
    await bot.stop()
    return took


def _copy_beside(where: House) -> Path:
    """The copy that is brought up to date before it takes the place of the old database."""
    return where.database.with_name(f"{where.database.name}.migrating")


async def _one(
    where: House, old: Path, kept: list[tuple[object, ...]], chance: Random, takes: float
) -> tuple[list[str], bool]:
    """One start that is killed and one that is not; what was lost, and whether it was in the middle."""
    _put_old(where, old)
    copy = _copy_beside(where)
    bot = await where.bots.launch()
    await _until(copy.exists)
    await asyncio.sleep(chance.uniform(0, takes))
    await bot.kill()
    halfway = copy.exists()
    wrong = []
    known = len(known_in())
    try:
        if _version(where.database) not in (1, known):
            wrong.append(f"it has seen {_version(where.database)} of {known} migrations")
        if _content(where.database) != kept:
            wrong.append("check-ins are not as they were after the kill")
        await (await where.bots.start()).stop()
        if _version(where.database) != known or _content(where.database) != kept:
            wrong.append("the start after the kill did not bring it up to date")
    except (sqlite3.Error, EOFError, TimeoutError) as error:
        wrong.append(f"it cannot be used after the kill: {error!r}")
    return wrong, halfway


async def _until(look: Callable[[], bool]) -> None:
    for _ in range(int(WAITED_AT_MOST / LOOKED_EVERY)):
        if look():
            return
        await asyncio.sleep(LOOKED_EVERY)
