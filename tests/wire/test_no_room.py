"""The real process where there is no room for what it has to store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.migrations import migrate
from tests.wire import no_room

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wire.bots import Bots


async def test_a_first_start_that_has_no_room_says_so(bots: Bots, tmp_path: Path) -> None:
    bots.database.unlink()
    (tmp_path / no_room.FILE).write_text("100000", "ascii")
    bot = await bots.launch(no_room.MODULE)
    assert await bot.ended() == 1
    (said,) = bot.lines
    assert said.startswith(f"autodidact: The database {bots.database} could not be brought up to date")


async def test_a_start_that_has_no_room_for_what_every_database_holds_says_so(
    bots: Bots, tmp_path: Path
) -> None:
    bots.database.unlink()
    migrate(bots.database)
    (tmp_path / no_room.FILE).write_text("300000", "ascii")
    bot = await bots.launch(no_room.MODULE)
    assert await bot.ended() == 1
    (said,) = bot.lines
    assert said.startswith(f"autodidact: The database {bots.database} cannot be used: ")
