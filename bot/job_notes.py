"""How the program's fixed jobs are doing, written down for whoever asks from outside."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.scheduling import JobStatus

NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class JobNote:
    """A job as it was when it was noted: `ran_at` is when its last run began; failures since the start."""

    name: str
    interval: timedelta
    ran_at: datetime
    seconds: float
    failures: int


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
