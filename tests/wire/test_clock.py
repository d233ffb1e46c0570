"""The machine's clock is set while the real process runs."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from time import time
from typing import TYPE_CHECKING

from tests.wire.jumping_clock import MODULE, jump
from tests.wire.test_heartbeat import last_beat, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wire.bots import Bots

HOUR = timedelta(hours=1).total_seconds()
DAY = timedelta(days=1).total_seconds()
NEAR = 60


async def test_all_jobs_go_on_when_the_clock_is_set(bots: Bots, tmp_path: Path) -> None:
    await bots.start(MODULE)
    for ahead in (0.0, HOUR, -DAY, DAY, 0.0):
        jump(tmp_path, ahead)
        await until(partial(beats_at, bots.database, ahead))


def beats_at(database: Path, ahead: float) -> bool:
    """Whether the last beat was by a clock that is so far ahead."""
    return abs((last_beat(database) or 0) - time() - ahead) < NEAR
