"""The bot as a process: it backs up what it has, and nobody else gets at its database meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.unit.test_command_line import autodidact, told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wire.bots import Bots
    from tests.wire.study_server import StudyServer


def servers(path: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("select guild_id from server").fetchall()


async def test_it_backs_up_at_its_start_and_keeps_its_database_to_itself(
    bots: Bots, server: StudyServer, tmp_path: Path
) -> None:
    bot = await bots.start(BACKUPS="backups")
    made = await bot.line("made the backup ")
    await server.set_up()

    second = await bots.launch()
    assert await second.ended() == 1
    in_use = f"A bot is running on the database {bots.database}, or it is being restored: stop that first."
    assert second.lines == [f"autodidact: {in_use}"]

    by_hand = tmp_path / "by-hand.db"
    done = autodidact(tmp_path, "backup", "--to", str(by_hand), database=bots.database)
    assert (done.returncode, done.stderr) == (0, "")
    assert servers(by_hand) == [(server.guild,)]
    assert told(autodidact(tmp_path, "restore", str(by_hand), database=bots.database)) == in_use

    # However it ends, its database is free again.
    await bot.kill()
    (daily,) = (tmp_path / "backups").glob("autodidact.db-*.backup")
    assert daily.name in made
    done = autodidact(tmp_path, "restore", str(daily), database=bots.database)
    assert done.returncode == 0, done.stderr
    assert servers(bots.database) == []
