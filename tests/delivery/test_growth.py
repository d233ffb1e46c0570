"""A look into the outbox costs the same, whatever else is in there: SQLite's steps are counted."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery import due, outbox
from bot.doctor import stored
from bot.health.backlog import backlog
from bot.storage.migrations import migrate

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
AN_HOUR_AGO = int(NOW.timestamp()) - 3_600
SERVERS = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "outbox.db"
    migrate(path)
    return path


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute(
            "create temp table server_number as select value as n from json_each(?)", (_list(SERVERS),)
        )
        yield db


def _list(length: int) -> str:
    return str(list(range(length)))


def put(db: sqlite3.Connection, members: int, *, state: str, reason: str | None, at: int) -> None:
    """A ping for each of so many members in every server, each a message of its own."""
    db.execute("delete from delivery")
    shown = 0 if state == "pending" else 1
    db.execute(
        """
        insert into delivery (kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state,
                              reason, shown, next_try_at)
        select 'ping', n, value, '2026-03-02', n || ':' || value, ?, ?, ?, ?, ?, ?
        from server_number cross join json_each(?)
        """,
        (at, at + 1_000_000, state, reason, shown, at, _list(members)),
    )


def steps(db: sqlite3.Connection, job: Callable[[], object]) -> int:
    """How many steps SQLite takes for a job, to a hundred; what it changes is rolled back."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    db.execute("begin")
    db.set_progress_handler(count, 100)
    try:
        job()
    finally:
        db.set_progress_handler(None, 100)
        db.execute("rollback")
    return taken * 100


def test_claiming_costs_the_same_however_much_waits(db: sqlite3.Connection) -> None:
    def claim() -> None:
        claimed = outbox.claim(db, NOW, 10, busy=())
        assert [rows[0].guild_id for rows in claimed] == list(range(10))

    put(db, 100, state="pending", reason=None, at=AN_HOUR_AGO)
    # Since then all servers but ten have been served for now.
    db.execute("update delivery set next_try_at = ? where guild_id >= 10", (AN_HOUR_AGO + 1,))
    much = steps(db, claim)
    put(db, 100, state="pending", reason=None, at=AN_HOUR_AGO)
    db.execute("update delivery set next_try_at = ? where guild_id >= 10", (AN_HOUR_AGO + 1,))
    db.execute("delete from delivery where guild_id >= 10 and user_id >= 1")
    assert much < 1.5 * steps(db, claim)


def test_a_servers_next_message_costs_the_same_however_many_it_waits_for(db: sqlite3.Connection) -> None:
    def claim() -> None:
        (rows,) = outbox.claim(db, NOW, 1, busy=(), only_guild=3)
        assert [row.user_id for row in rows] == [0]

    put(db, 5, state="pending", reason=None, at=AN_HOUR_AGO)
    few = steps(db, claim)
    put(db, 1_000, state="pending", reason=None, at=AN_HOUR_AGO)
    assert steps(db, claim) < 1.5 * few + 200


def test_the_figures_look_at_what_waits_and_not_at_what_was_sent(db: sqlite3.Connection, path: Path) -> None:
    def look() -> None:
        assert backlog(db, NOW, path).outstanding == 0

    put(db, 1, state="sent", reason=None, at=AN_HOUR_AGO)
    few = steps(db, look)
    put(db, 200, state="sent", reason=None, at=AN_HOUR_AGO)
    assert steps(db, look) <= few + 200


def test_the_figures_count_plans_by_the_leaves_of_an_index(db: sqlite3.Connection) -> None:
    def look() -> None:
        assert due.count(db, NOW) == (planned, 0)

    taken = []
    for planned in (SERVERS, 100 * SERVERS):
        db.execute("delete from due")
        db.execute(
            """
            insert into due (kind, guild_id, user_id, zone, at, days, local_day, due_at)
            select 'ping', n, value, 'UTC', '12:00', 127, '2026-03-03', ?
            from server_number cross join json_each(?)
            """,
            (int(NOW.timestamp()) + 86_400, _list(planned // SERVERS)),
        )
        taken.append(steps(db, look))
    assert taken[1] <= taken[0] + 200


def test_the_doctor_reads_the_last_week_of_what_was_given_up(db: sqlite3.Connection) -> None:
    def look() -> None:
        read = stored.read(db, NOW)
        assert read.given_up == {"too late": SERVERS}
        assert read.troubled_servers == dict.fromkeys(range(SERVERS), 1)

    taken = []
    for members in (1, 200):
        put(db, members, state="skipped", reason="too late", at=AN_HOUR_AGO)
        # A month ago, but for one in each server.
        db.execute("update delivery set due_at = due_at - 30 * 86400 where user_id > 0")
        taken.append(steps(db, look))
    assert taken[1] <= 1.1 * taken[0] + 200
