"""What was not sent and comes again each day is forgotten after a while, and nothing else is."""

import sqlite3
from datetime import UTC, datetime, timedelta

from bot.delivery import unsaid
from bot.routines.pings import PING
from bot.services import HABITS, Services
from tests.clocks import ManualClock

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SENT = 5_000


def put(
    db: sqlite3.Connection,
    user_id: int,
    *,
    days: int,
    kind: str = PING,
    state: str = "skipped",
    reason: str | None = "checked in already",
    message_id: int | None = None,
    shown: int = 1,
) -> None:
    at = NOW - timedelta(days=days)
    db.execute(
        """
        insert into delivery (kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state,
                              reason, shown, next_try_at, message_id)
        values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            *(kind, user_id, at.date().isoformat(), f"{kind}:{user_id}:{days}", int(at.timestamp())),
            *(int(at.timestamp()), state, reason, shown, int(at.timestamp()), message_id),
        ),
    )


def put_all(db: sqlite3.Connection) -> None:
    put(db, 1, days=61)
    put(db, 1, days=59)
    put(db, 2, days=61, kind="prompt")
    put(db, 3, days=61, state="sent", reason=None, message_id=30)
    put(db, 4, days=61, state="sent", reason="the message is gone", message_id=40)
    put(db, 5, days=61, state="pending", reason="no answer", shown=0)
    put(db, 6, days=61, kind="suggestion", reason="Discord refused it with code 50001")


def left(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return [tuple(row) for row in db.execute("select user_id, local_day from delivery order by 1, 2")]


async def test_what_came_again_since_is_forgotten_after_two_months(
    services: Services, clock: ManualClock
) -> None:
    clock.advance(seconds=(NOW - clock.now()).total_seconds())
    await services.database.write(put_all)
    assert await services.forget_unsaid() == 2
    assert await services.database.read(left) == [
        (1, "2026-04-03"),
        *((user_id, "2026-04-01") for user_id in (3, 4, 5, 6)),
    ]
    assert await services.forget_unsaid() == 0


async def test_however_much_there_is_it_goes_a_little_at_a_time(services: Services) -> None:
    def fill(db: sqlite3.Connection) -> None:
        for user_id in range(unsaid.AT_ONCE + 1):
            put(db, user_id, days=100)

    await services.database.write(fill)
    for deleted in (unsaid.AT_ONCE, 1, 0):
        assert await services.database.write(unsaid.forget_unsaid, HABITS, NOW) == deleted


async def test_what_was_sent_is_not_looked_through(services: Services) -> None:
    def steps(db: sqlite3.Connection) -> int:
        taken = 0

        def count() -> None:
            nonlocal taken
            taken += 1

        db.set_progress_handler(count, 1_000)
        assert unsaid.forget_unsaid(db, HABITS, NOW) == 0
        db.set_progress_handler(None, 0)
        return taken

    def fill(db: sqlite3.Connection) -> None:
        for user_id in range(SENT):
            put(db, user_id, days=100, state="sent", reason=None, message_id=user_id + 1)

    await services.database.write(fill)
    assert await services.database.write(steps) <= 1
