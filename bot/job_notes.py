"""Since when the program runs and how its fixed jobs are doing, written down for who asks from outside."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.facts import keep_fact
from bot.shards import ALL, Shards

if TYPE_CHECKING:
    from bot.scheduling import JobStatus

NOTED_EVERY = timedelta(minutes=1)

STARTED = "started"
"""The name of the fact that says when the program was started last, and in which version."""


@dataclass(frozen=True, slots=True)
class JobNote:
    """A job as it was when it was noted: `ran_at` is when its last run began; failures since the start.

    `shard` is the first of those that its process runs.
    """

    name: str
    interval: timedelta
    ran_at: datetime
    seconds: float
    failures: int
    shard: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """When the program was started, and in which version."""

    at: datetime
    version: str


def keep_start(db: sqlite3.Connection, now: datetime, version: str, shards: Shards = ALL) -> None:
    """Write down that a program was started now, in place of those that ran any of its shards before."""
    for shard in starts(db):
        # Shards beyond their number are of another time.
        if shard in shards.ids or shard >= shards.count:
            db.execute("delete from fact where name = ?", (_start_of(shard),))
    keep_fact(db, _start_of(shards.ids[0]), f"{now.isoformat(timespec='seconds')} {version}")


def starts(db: sqlite3.Connection) -> dict[int, Start]:
    """When each process was started last, by its first shard; none of versions that did not say."""
    rows = db.execute(
        "select name, value from fact where name = ? or (name >= ? and name < ?)",
        (STARTED, f"{STARTED}:", f"{STARTED};"),
    )
    found = {}
    for name, value in rows:
        at, _, version = value.partition(" ")
        found[int(name.removeprefix(STARTED)[1:] or 0)] = Start(datetime.fromisoformat(at), version)
    return found


def _start_of(shard: int) -> str:
    return f"{STARTED}:{shard}" if shard else STARTED


def keep(db: sqlite3.Connection, jobs: Sequence["JobStatus"], shards: Shards = ALL) -> None:
    """Write down how all jobs of a process are doing, in place of what was there for any of its shards.

    A job that has not run yet is left out.
    """
    first, names = shards.ids[0], [job.name for job in jobs]
    # Shards beyond their number are of another time.
    db.execute(
        f"""
        delete from job where shard >= ? or shard in ({", ".join(map(str, shards.ids))})
               and (shard <> ? or name not in ({", ".join("?" * len(names))}))
        """,
        (shards.count, first, *names),
    )
    db.executemany(
        """
        insert or replace into job (shard, name, interval_seconds, ran_at, seconds, failures)
        values (?, ?, ?, ?, ?, ?)
        """,
        [
            (
                *(first, job.name, job.interval.total_seconds()),
                *(int(job.ran_at.timestamp()), job.seconds, job.failures),
            )
            for job in jobs
            if job.ran_at is not None
        ],
    )


def kept(db: sqlite3.Connection) -> list[JobNote]:
    """What was noted last of each job of each process, by the process and name."""
    rows = db.execute(
        "select shard, name, interval_seconds, ran_at, seconds, failures from job order by shard, name"
    )
    return [
        JobNote(
            name, timedelta(seconds=interval), datetime.fromtimestamp(ran_at, UTC), seconds, failures, shard
        )
        for shard, name, interval, ran_at, seconds, failures in rows
    ]
