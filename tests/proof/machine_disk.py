"""The disk is full, no file may grow, or hardly one may be opened."""

from __future__ import annotations

import resource
import shutil
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.delivery import rules
from tests.proof.houses import house
from tests.proof.machine_people import (
    LONG,
    SOON,
    Row,
    Size,
    all_check_in,
    all_is_well_again,
    examine,
    figures,
    limited,
    port_of,
    shows,
    until,
    until_health,
)
from tests.wire import no_room, small_disk
from tests.wire.database_file import checkins, query
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAIM_IS_OVER = rules.LEASE.total_seconds() + 2 * SOON


async def full_disk(row: Row, folder: Path, size: Size) -> None:
    """A disk of 6 MiB, filled to the last byte."""
    async with house(folder) as where:
        disk = folder / small_disk.FOLDER
        disk.mkdir()
        shutil.copy(where.bots.database, disk / "autodidact.db")
        where.bots.expect_outcries()
        bot = await where.bots.launch(
            small_disk.MODULE, DATABASE=str(disk / "autodidact.db"), HEALTH_PORT="0", BACKUPS="none"
        )
        try:
            await bot.ready()
        except EOFError:
            if any(small_disk.NOT_HERE in line for line in bot.lines):
                row.check(True, "")
                row.figures = f"left out: {small_disk.NOT_HERE}"
                return
            raise
        server, port = StudyServer(where.standin), await port_of(bot)
        await server.set_up()
        await server.plan()
        people = [where.standin.add_member(server.guild) for _ in range(size.people)]
        reached = small_disk.disk_of(bot.pid, folder)
        told = [await all_check_in(server, people[::2], LONG)]
        with filled(reached):
            told.append(await all_check_in(server, people, LONG + "again"))
            row.check(await until_health(port, 503, "SQLITE_FULL"), "healthz did not say so")
        row.check(bool(told[1].refused), "the disk was not full")
        row.check(await until_health(port, 200, "ok"), "healthz did not say that it is over")
        newcomer, last = where.standin.add_member(server.guild), LONG + "at last"
        told.append(await all_check_in(server, [newcomer, *people[:3]], last))
        row.check(len(told[2].kept) == 4, "somebody could not check in afterwards")
        await until(partial(shows, server, last, newcomer), SOON, "a card")
        # A card that was out and could not be noted is taken up again once its claim has run out.
        for user in people[:3] if size.at_length else ():
            await until(partial(shows, server, last, user), CLAIM_IS_OVER, "a card to be changed")
        examine(row, server, told, stored_on(reached, folder, server))
        # What could not be noted as sent is looked for minutes later, and is no reason to send it anew.
        cards = [message["embeds"][0]["description"] for message in server.posted("card")]
        row.check(len({card.split()[-1] for card in cards}) == len(cards), "somebody has two cards")
        row.figures = figures(told)


def stored_on(disk: Path, folder: Path, server: StudyServer) -> dict[int, str]:
    """What is stored on a disk that SQLite itself cannot reach from here."""
    copy = folder / "copied.db"
    for ending in ("", "-wal"):
        shutil.copy(f"{disk / 'autodidact.db'}{ending}", f"{copy}{ending}")
    return checkins(copy, server.guild)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for bit in (1 << 16, 1 << 12, 1):
            try:
                while file.write(b"x" * bit) == bit:
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


async def no_file_may_grow(row: Row, folder: Path, size: Size) -> None:
    """The same by a limit on the size of files, which may be set everywhere."""
    async with house(folder) as where:
        where.bots.expect_outcries()
        bot = await where.bots.start(HEALTH_PORT="0", BACKUPS="none")
        server, port = StudyServer(where.standin), await port_of(bot)
        await server.set_up()
        await server.plan()
        people = [where.standin.add_member(server.guild) for _ in range(size.people)]
        told = [await all_check_in(server, people[::2], LONG)]
        with limited(bot, resource.RLIMIT_FSIZE, size_of_log(where.bots.database)):
            told.append(await all_check_in(server, people, LONG + "again"))
            if size.at_length:
                row.check(await until_health(port, 503, "cannot be written"), "healthz did not say so")
        row.check(bool(told[1].refused), "there was room")
        if size.at_length:
            row.check(await until_health(port, 200, "ok"), "healthz did not say that it is over")
        told.append(await all_check_in(server, people[:3], LONG + "at last"))
        row.check(len(told[2].kept) == 3, "nobody could check in afterwards")
        examine(row, server, told, checkins(where.bots.database, server.guild))
        await all_is_well_again(row, where, server)
        row.figures = figures(told)


def size_of_log(database: Path) -> int:
    return Path(f"{database}-wal").stat().st_size


def unfinished_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.migrating*"))


async def no_room_for_a_backup(row: Row, folder: Path, size: Size) -> None:
    """Nor for bringing an older database up to date."""
    async with house(folder) as where:
        database, backups, old = where.bots.database, folder / "backups", folder / "old.db"
        shutil.copy(database, old)
        # The first start of all puts in what every database has.
        bot = await where.bots.start(BACKUPS="none")
        await bot.stop()
        newest = "(select max(migration_id) from _yoyo_migration)"
        query(old, f"delete from _yoyo_migration where migration_id = {newest}")
        before = query(old, "select migration_id from _yoyo_migration order by 1")
        (folder / no_room.FILE).write_text(str(database.stat().st_size // 2), "ascii")
        for _ in range(size.starts):
            bot = await where.bots.start(no_room.MODULE, BACKUPS=str(backups))
            await bot.line("no backup was made")
            await bot.stop()
            left = [file.name for file in backups.glob("*")]
            row.check(left == [], f"half a backup was left: {left}")
        for _ in range(size.starts):
            bot = await where.bots.launch(no_room.MODULE, DATABASE=str(old))
            row.check(await bot.ended(timeout=SOON) == 1, "the start did not end")
            row.check("autodidact: The database" in bot.lines[-1], f"the last word was {bot.lines[-1]!r}")
            row.check(query(old, "pragma integrity_check") == [("ok",)], "the database is not whole")
            now = query(old, "select migration_id from _yoyo_migration order by 1")
            row.check(now == before, "the database is half brought up to date")
            row.check(unfinished_in(folder) == [], "an unfinished copy was left")


async def few_files(row: Row, folder: Path, size: Size) -> None:
    """None at all, and what is open stays open."""
    async with house(folder) as where:
        where.bots.expect_outcries()
        bot = await where.bots.start(HEALTH_PORT="0", BACKUPS="none")
        server, port = StudyServer(where.standin), await port_of(bot)
        await server.set_up()
        await server.plan()
        people = [where.standin.add_member(server.guild) for _ in range(size.people)]
        told = [await all_check_in(server, people[:2], LONG)]
        with limited(bot, resource.RLIMIT_NOFILE, 3):
            told.append(await all_check_in(server, people, LONG + "again"))
        told.append(await all_check_in(server, people[:3], LONG + "at last"))
        row.check(len(told[2].kept) == 3, "nobody could check in afterwards")
        row.check(await until_health(port, 200, "ok"), "healthz does not say that it is well")
        examine(row, server, told, checkins(where.bots.database, server.guild))
        await all_is_well_again(row, where, server)
        row.figures = figures(told)
