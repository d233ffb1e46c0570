"""The bot with a clock that can be moved while it runs, `python -m tests.wire.jumping_clock run`.

All that reads the wall clock in its process is moved by as many seconds as the file `clock` in its folder
says; without that file, by none. What measures time that passes (time.monotonic) is not moved, as when a
machine's clock is set.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import apscheduler.executors.base
import apscheduler.schedulers.base
import apscheduler.triggers.interval

import bot.clock
from bot.__main__ import main

FILE = "clock"
_real_time = time.time


def ahead() -> float:
    """By how many seconds the clock is moved now."""
    try:
        return float(Path(FILE).read_text("ascii") or 0)
    except FileNotFoundError:
        return 0.0


def jump(folder: Path, seconds: float) -> None:
    """Move the clock of a bot that runs in that folder so far from the real one."""
    unfinished = folder / f"{FILE}.new"
    unfinished.write_text(str(seconds), "ascii")
    unfinished.rename(folder / FILE)


class MovedDatetime(datetime):
    """A datetime whose `now` is by the moved clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        moved = datetime.fromtimestamp(_real_time(), UTC) + timedelta(seconds=ahead())
        return cls.fromtimestamp(moved.timestamp(), tz)


if __name__ == "__main__":
    time.time = lambda: _real_time() + ahead()
    for module in (
        bot.clock,
        apscheduler.schedulers.base,
        apscheduler.executors.base,
        apscheduler.triggers.interval,
    ):
        vars(module)["datetime"] = MovedDatetime
    main()
