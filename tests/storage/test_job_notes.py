"""How jobs are doing is written down for whoever asks from outside."""

import sqlite3
from datetime import UTC, datetime, timedelta

from bot.job_notes import JobNote, Start, keep, keep_start, kept, starts
from bot.scheduling import JobStatus
from bot.shards import Shards

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
    assert starts(db) == {0: Start(NOON, "1.0"), 2: Start(NOON + HOUR, "1.1")}
    # Shards change hands, and then there is one process for all again.
    keep_start(db, NOON + HOUR, "1.2", Shards((1, 2, 3), 4))
    assert starts(db).keys() == {0, 1}
    keep_start(db, NOON, "1.3")
    assert starts(db) == {0: Start(NOON, "1.3")}


def test_the_starts_is_known_with_its_version(db: sqlite3.Connection) -> None:
    assert starts(db) == {}
    keep_start(db, NOON, "1.0")
    keep_start(db, NOON + HOUR, "1.1.dev2")
    assert starts(db) == {0: Start(NOON + HOUR, "1.1.dev2")}
