"""The bot with a clock that can be moved while it runs, `python -m tests.wire.jumping_clock run`.

All that reads the wall clock in its process is moved by as many seconds as the file `clock` in its folder
says; without that file, by none. What measures time that passes (time.monotonic) is not moved, as when a
machine's clock is set. So that hours can be made to pass by jumps, every fixed job comes after a fifth of a
second, as it would have come in those hours. Where its folder has one called `zones`, the rules of the zones
that are in there are read from there.
"""

from __future__ import annotations

import time
import zoneinfo
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Self

import bot.clock
import bot.scheduling
from bot.__main__ import main
from bot.scheduling import Schedule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MODULE = "tests.wire.jumping_clock"
FILE, ZONES = "clock", "zones"
JOBS_COME_AFTER = timedelta(seconds=0.2)
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


class QuickSchedule(Schedule):
    """A schedule on which no job comes less often than that."""

    def every(self, name: str, interval: timedelta, job: Callable[[], Awaitable[object]]) -> None:
        super().every(name, min(interval, JOBS_COME_AFTER), job)


class MovedDatetime(datetime):
    """A datetime whose `now` is by the moved clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        moved = datetime.fromtimestamp(_real_time(), UTC) + timedelta(seconds=ahead())
        return cls.fromtimestamp(moved.timestamp(), tz)


if __name__ == "__main__":
    time.time = lambda: _real_time() + ahead()
    vars(bot.clock)["datetime"] = MovedDatetime
    bot.scheduling.Schedule = QuickSchedule  # type: ignore[misc]
    if Path(ZONES).is_dir():
        zoneinfo.reset_tzpath([Path(ZONES).absolute()])
    main()
