"""The clock is set, the rules of a zone change, and another process holds the database."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from functools import partial
from time import time
from typing import TYPE_CHECKING

from tests.made_zones import make_zone
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
    shows,
    until,
)
from tests.wire import jumping_clock
from tests.wire.database_file import checkins, make_due, query
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

HOUR, DAY = 3600, 86_400
ANSWERED_WITHIN = 3.0
NEAR = 120
AT_ONCE = 12


async def held(row: Row, folder: Path, size: Size) -> None:
    """For a moment nobody notices; for longer, each is told in time."""
    async with house(folder) as where:
        where.bots.expect_outcries()
        await where.bots.start(BACKUPS="none")
        server = StudyServer(where.standin)
        await server.set_up()
        await server.plan()
        people = [where.standin.add_member(server.guild) for _ in range(min(size.people, AT_ONCE))]
        told = [await all_check_in(server, people[::2], LONG)]
        for seconds in size.held_for:
            async with a_hold_on(where.bots.database, seconds):
                told.append(await all_check_in(server, people, f"{LONG} {seconds:g}"))
            row.check(len(told[-1].kept) + len(told[-1].refused) == len(people), "somebody got no answer")
            if seconds > 2 * ANSWERED_WITHIN:
                row.check(bool(told[-1].refused), "it was not held")
        told.append(await all_check_in(server, people[:3], LONG + "at last"))
        row.check(len(told[-1].kept) == 3, "nobody could check in afterwards")
        examine(row, server, told, checkins(where.bots.database, server.guild))
        await all_is_well_again(row, where, server)
        row.figures = figures(told)


@asynccontextmanager
async def a_hold_on(database: Path, seconds: float) -> AsyncIterator[None]:
    """Hold the write lock for that long, and wait until it is let go of."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=5)) as other:
        other.execute("begin immediate")
        letting_go = asyncio.create_task(_let_go_after(other, seconds))
        try:
            yield
        finally:
            await letting_go


async def _let_go_after(other: sqlite3.Connection, seconds: float) -> None:
    await asyncio.sleep(seconds)
    other.execute("rollback")


async def clock_set(row: Row, folder: Path, size: Size) -> None:
    """Each time: what is due comes once, check-ins and their cards go on, and nothing waits for the clock."""
    async with house(folder) as where:
        await where.bots.start(jumping_clock.MODULE, BACKUPS="none")
        server = StudyServer(where.standin)
        await server.set_up()
        await server.plan()
        database = where.bots.database
        make_due(database, "prompt", server.guild)
        await server.wait_for("prompt", timeout=SOON)
        for jump in (*size.jumps, 0):
            jumping_clock.jump(folder, jump)
            await until(partial(goes_by, database, jump), SOON, f"a clock {jump} s off")
            newcomer = where.standin.add_member(server.guild)
            told = await all_check_in(server, [newcomer], LONG)
            row.check(bool(told.kept), f"nobody could check in with the clock {jump} s off")
            await until(partial(shows, server, LONG, newcomer), SOON, f"a card, {jump} s off")
            if size.at_length:
                told = await all_check_in(server, [newcomer], LONG + "again")
                await until(
                    partial(shows, server, LONG + "again", newcomer), SOON, f"its change, {jump} s off"
                )
                row.check(bool(told.kept), "a check-in could not be changed")
        prompts = query(
            database,
            "select local_day, state, message_id from delivery where kind = 'prompt' and guild_id = ?",
            server.guild,
        )
        sent = [message for _, _, message in prompts if message is not None]
        row.check(len(sent) == len(server.posted("prompt")), "a prompt was posted twice")
        to_come = "select count(*) from downtime where ended_at > ?"
        row.check(
            query(database, to_come, int(time()) + NEAR) == [(0,)], "a downtime reaches into the future"
        )
        # The next noon of the server is planned, and not one in days.
        ((due_at,),) = query(
            database, "select due_at from due where kind = 'prompt' and guild_id = ?", server.guild
        )
        furthest = max((at for at in size.jumps), default=0) + 2 * DAY
        row.check(time() - NEAR < due_at < time() + furthest, "the next prompt is days away")
        row.figures = f"{len(sent)} prompts, {len(server.posted('card'))} cards"


def goes_by(database: Path, ahead: float) -> bool:
    """Whether the bot has seen a clock that is so far ahead."""
    rows = query(database, "select value from fact where name = 'clock'")
    return bool(rows) and abs(int(rows[0][0]) - time() - ahead) < NEAR


async def zone_data_changed(row: Row, folder: Path, size: Size) -> None:
    """The same local time by the new rules, over a restart and beneath; what is gone stops nobody else."""
    zones = folder / jumping_clock.ZONES
    async with house(folder) as where:
        server, other = StudyServer(where.standin), StudyServer(where.standin, "Elsewhere")
        server.zone, other.zone = "Europe/Berlin", "Asia/Tokyo"
        make_zone(zones, server.zone, "<+01>-1")
        make_zone(zones, other.zone, "<+09>-9")
        bot = await where.bots.start(jumping_clock.MODULE, BACKUPS="none")
        for each in (server, other):
            await each.set_up()
            await each.plan(ping=True)
        database = where.bots.database
        elsewhere = planned(database, other.guild)
        for rule, hours, restart in (("<+03>-3", 3, False), ("<-02>2", -2, True), ("<+01>-1", 1, False)):
            if restart:
                await bot.stop()
            make_zone(zones, server.zone, rule)
            if restart:
                bot = await where.bots.start(jumping_clock.MODULE, BACKUPS="none")
            await until(partial(plans_noon, database, server.guild, hours), SOON, f"plans by {rule}")
            row.check(len(planned(database, server.guild)) == 2, "a plan is gone")
            row.check(planned(database, other.guild) == elsewhere, "another zone's plans moved")
        where.bots.expect_outcries()
        (zones / "Asia" / "Tokyo").write_bytes(b"nothing that can be read")
        make_due(database, "prompt", server.guild)
        await server.wait_for("prompt", timeout=SOON)
        row.check(len(server.posted("prompt")) == 1, "a prompt came twice")
        row.check(bot.running, "the bot ended")


def planned(database: Path, guild: int) -> dict[str, int]:
    rows = query(database, "select kind, due_at from due where guild_id = ? and days <> 0", guild)
    return dict(rows)


def plans_noon(database: Path, guild: int, hours: int) -> bool:
    """Whether all that is planned is planned for noon, so many hours ahead of UTC."""
    instants = planned(database, guild).values()
    return {datetime.fromtimestamp(at, UTC).hour for at in instants} == {(12 - hours) % 24}
