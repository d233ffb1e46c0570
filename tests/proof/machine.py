"""The machine under the bot fails it: its disk is full, its clock is set, its file is held by another.

What was answered with a success is there, what was refused is not, and afterwards all goes on by itself.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.proof.machine_clock import DAY, HOUR, clock_set, held, zone_data_changed
from tests.proof.machine_disk import few_files, full_disk, no_file_may_grow, no_room_for_a_backup
from tests.proof.machine_people import Row, Size

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from tests.proof.outcomes import Outcome

FULL = Size(
    people=40,
    held_for=(2, 6, 30),
    jumps=(HOUR, -HOUR, DAY, -DAY, 2 * DAY),
    starts=5,
    at_length=True,
)
SHORT = Size(people=5, held_for=(1,), jumps=(DAY,), starts=1, at_length=False)
AT_MOST = 120.0
"""Seconds for one row."""

ROWS: Mapping[str, Callable[[Row, Path, Size], Awaitable[None]]] = {
    "disk full while people check in, and freed again": full_disk,
    "no file may grow while people check in, then they may": no_file_may_grow,
    "no room for a backup, and for bringing the database up to date": no_room_for_a_backup,
    "database held by another process": held,
    "clock set by an hour and a day, forward and back": clock_set,
    "zone data changed, beneath the running bot and over a restart": zone_data_changed,
    "no file may be opened while people check in": few_files,
}

IN_SHORT = (no_file_may_grow, held, clock_set, zone_data_changed)


async def trial(folder: Path, short: bool) -> Sequence[Outcome]:
    """All rows, one after the other, each in a house of its own."""
    size = SHORT if short else FULL
    outcomes = []
    for number, (what, run) in enumerate(ROWS.items()):
        if short and run not in IN_SHORT:
            continue
        row, own = Row(what), folder / f"row-{number}"
        own.mkdir()
        try:
            async with asyncio.timeout(AT_MOST):
                await run(row, own, size)
        except (AssertionError, EOFError, TimeoutError) as error:
            row.check(False, f"{type(error).__name__}: {error}")
        outcomes.append(row.outcome())
    return outcomes
