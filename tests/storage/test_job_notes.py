"""How jobs are doing is written down, and a lock tells that a bot runs, for whoever asks from outside."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.job_notes import JobNote, Start, keep, keep_start, kept, last_start
from bot.scheduling import JobStatus
from bot.shards import Shards
from bot.storage.lock import alone, holder, is_held

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK, HOUR = timedelta(seconds=5), timedelta(hours=1)


def test_a_note_takes_the_place_of_the_one_before(db: sqlite3.Connection) -> None:
    keep(db, [JobStatus("outbox", TICK, ran_at=NOON, seconds=0.25)])
    keep(db, [JobStatus("outbox", TICK, ran_at=NOON + HOUR, seconds=1.5, failures=2)])
    assert kept(db) == [JobNote("outbox", TICK, NOON + HOUR, 1.5, 2)]


def test_a_job_that_has_not_run_yet_keeps_its_earlier_note_and_one_that_is_no_more_loses_it(
    db: sqlite3.Connection,
) -> None:
    keep(db, [JobStatus("backups", HOUR, ran_at=NOON), JobStatus("links", TICK, ran_at=NOON)])
    keep(db, [JobStatus("backups", HOUR), JobStatus("due", TICK)])
    assert kept(db) == [JobNote("backups", HOUR, NOON, 0.0, 0)]


def test_each_process_notes_its_own_jobs_and_takes_over_those_of_its_shards(db: sqlite3.Connection) -> None:
    first, second = Shards((0, 1), 4), Shards((2, 3), 4)
    keep(db, [JobStatus("outbox", TICK, ran_at=NOON), JobStatus("links", HOUR, ran_at=NOON)], first)
    keep(db, [JobStatus("outbox", TICK, ran_at=NOON + HOUR)], second)
    assert kept(db) == [
        JobNote("links", HOUR, NOON, 0.0, 0),
        JobNote("outbox", TICK, NOON, 0.0, 0),
        JobNote("outbox", TICK, NOON + HOUR, 0.0, 0, shard=2),
    ]
    # Shards change hands, and then there is one process for all again.
    keep(db, [JobStatus("outbox", TICK, ran_at=NOON + HOUR)], Shards((1, 2, 3), 4))
    assert [(job.shard, job.name) for job in kept(db)] == [(0, "links"), (0, "outbox"), (1, "outbox")]
    keep(db, [JobStatus("outbox", TICK, ran_at=NOON)])
    assert kept(db) == [JobNote("outbox", TICK, NOON, 0.0, 0)]


def test_each_process_has_a_start_of_its_own(db: sqlite3.Connection) -> None:
    keep_start(db, NOON, "1.0", Shards((0, 1), 4))
    keep_start(db, NOON + HOUR, "1.1", Shards((2, 3), 4))
    assert (last_start(db), last_start(db, 2)) == (Start(NOON, "1.0"), Start(NOON + HOUR, "1.1"))


def test_the_last_start_is_known_with_its_version(db: sqlite3.Connection) -> None:
    assert last_start(db) is None
    keep_start(db, NOON, "1.0")
    keep_start(db, NOON + HOUR, "1.1.dev2")
    assert last_start(db) == Start(NOON + HOUR, "1.1.dev2")


def test_where_no_bot_ever_ran_nobody_holds_the_lock_and_no_file_is_made(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "bot.db")
    assert holder(tmp_path / "bot.db") is None
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_seen_also_through_a_symbolic_link_and_only_as_long_as_it_is_held(tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to("bot.db")
    with alone(tmp_path / "bot.db"):
        assert is_held(link)
        # The kernel need not tell who it is.
        assert holder(link) in (os.getpid(), None)
    assert not is_held(link)
    assert holder(link) is None
