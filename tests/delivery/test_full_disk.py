"""The disk is full while something is due: nothing is put off by it or half there, and all of it comes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.delivery.study import GUILD

if TYPE_CHECKING:
    from tests.clocks import ManualClock
    from tests.delivery.study import Study

MEMBERS = range(1001, 1301)
MANY = 1 << 30


def limit_to(db: sqlite3.Connection, pages: int) -> None:
    """Let the file have so many pages more than now, for this connection."""
    (now,) = db.execute("pragma page_count").fetchone()
    db.execute(f"pragma max_page_count = {now + pages}")


@pytest.mark.parametrize("room", range(0, 12, 2))
async def test_what_is_due_while_the_disk_is_full_comes_when_it_is_not(
    study: Study, clock: ManualClock, room: int
) -> None:
    for member in MEMBERS:
        await study.plan(member, "12:00")
    clock.advance(hours=4, minutes=1)
    database = study.services.database
    await database.write(limit_to, room)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await study.services.delivery.claim_due()
    assert await study.outbox("ping") == []

    await database.write(limit_to, MANY)
    await study.tick()
    states = {row.user_id: row.state for row in await study.outbox("ping", GUILD)}
    assert states == dict.fromkeys(MEMBERS, "sent")
