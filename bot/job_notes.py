"""Since when the program runs and how its fixed jobs are doing, written down for who asks from outside."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.facts import fact_of, keep_fact

if TYPE_CHECKING:
    from bot.scheduling import JobStatus

NOTED_EVERY = timedelta(minutes=1)

STARTED = "started"
"""The name of the fact that says when the program was started last, and in which version."""


@dataclass(frozen=True, slots=True)
class JobNote:
    """A job as it was when it was noted: `ran_at` is when its last run began; failures since the start."""

    name: str
    interval: timedelta
    ran_at: datetime
    seconds: float
    failures: int


@dataclass(frozen=True, slots=True)
class Start:
    """When the program was started, and in which version."""

    at: datetime
    version: str


def keep_start(db: sqlite3.Connection, now: datetime, version: str) -> None:
    """Write down that the program was started now."""
    keep_fact(db, STARTED, f"{now.isoformat(timespec='seconds')} {version}")


def last_start(db: sqlite3.Connection) -> Start | None:
    """When the program was started last; None where it never was, or only in versions that did not say."""
    at, _, version = (fact_of(db, STARTED) or "").partition(" ")
    return Start(datetime.fromisoformat(at), version) if at else None


def keep(db: sqlite3.Connection, jobs: Sequence["JobStatus"]) -> None:
    """Write down how all jobs are doing, in place of what was there; one that has not run yet is left out."""
    names = [job.name for job in jobs]
    db.execute(f"delete from job where name not in ({', '.join('?' * len(names))})", names)
    db.executemany(
        """
        insert or replace into job (name, interval_seconds, ran_at, seconds, failures)
        values (?, ?, ?, ?, ?)
        """,
        [
            (job.name, job.interval.total_seconds(), int(job.ran_at.timestamp()), job.seconds, job.failures)
            for job in jobs
            if job.ran_at is not None
        ],
    )


def kept(db: sqlite3.Connection) -> list[JobNote]:
    """What was noted last of each job, by name."""
    rows = db.execute("select name, interval_seconds, ran_at, seconds, failures from job order by name")
    return [
        JobNote(name, timedelta(seconds=interval), datetime.fromtimestamp(ran_at, UTC), seconds, failures)
        for name, interval, ran_at, seconds, failures in rows
    ]
