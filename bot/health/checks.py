"""Whether the bot is well: three things are looked at, and each says in a few words what is wrong."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.facts import keep_fact
from bot.health.gateway import Gateway, Line
from bot.scheduling import JobStatus, Schedule
from bot.storage.database import Database

LATE_AFTER = timedelta(minutes=2)
"""When a job that is not running has been due for so long, it is late."""

HANGS_AFTER = timedelta(minutes=15)
"""When a run has been under way for so long beyond its interval. Ten thousand prompts at noon take four."""

WRITES_EVERY = 5.0
"""Seconds; whoever asks more often hears what the last write came to."""

WRITES_WITHIN = 2.0
LAST_WRITE = "health"
"""The name of the fact that is written."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what is wrong with it; None when nothing is."""

    name: str
    problem: str | None


class Checks:
    """Looks at the gateway, the jobs and the database."""

    def __init__(self, database: Database, clock: Clock, schedule: Schedule, gateway: Gateway):
        self._schedule = schedule
        self._gateway = gateway
        self._writing = _Writing(database, clock)

    async def look(self) -> list[Finding]:
        """How all of it is now."""
        return [
            Finding("gateway", wrong_with_line(self._gateway())),
            Finding("jobs", wrong_with_jobs(self._schedule.status(), time.monotonic())),
            Finding("database", await self._writing.problem()),
        ]


def wrong_with_line(line: Line) -> str | None:
    """What is wrong with the connection to Discord."""
    if not line.ready:
        return "not ready yet"
    if not line.is_open:
        return f"{line.shards - line.open} of {line.shards} shards not connected"
    return None if line.answers else "Discord's API does not answer"


def wrong_with_jobs(jobs: Sequence[JobStatus], now: float) -> str | None:
    """Which jobs are not on time at an instant of time.monotonic."""
    if all(job.began is None for job in jobs):
        return "not started yet"
    wrong = [f"{job.name} {problem}" for job in jobs if (problem := _wrong_with_job(job, now))]
    return "; ".join(wrong) or None


def _wrong_with_job(job: JobStatus, now: float) -> str | None:
    if job.began is None:
        return "has not run yet"
    if job.ended is None:
        ago = now - job.began
        return (
            f"began {ago:.0f} s ago and goes on"
            if ago > (job.interval + HANGS_AFTER).total_seconds()
            else None
        )
    ago = now - job.ended
    return f"ended {ago:.0f} s ago" if ago > (job.interval + LATE_AFTER).total_seconds() else None


class _Writing:
    """Writes a little every few seconds, if anybody asks, and remembers how that went."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock
        self._began = 0.0
        self._write: asyncio.Task[str | None] | None = None

    async def problem(self) -> str | None:
        now = time.monotonic()
        # A write that waits is not followed by another.
        if self._write is None or (self._write.done() and now - self._began >= WRITES_EVERY):
            self._began, self._write = now, asyncio.create_task(self._try())
        done, _ = await asyncio.wait([self._write], timeout=WRITES_WITHIN)
        return self._write.result() if done else f"a write has waited for {now - self._began:.0f} s"

    async def _try(self) -> str | None:
        try:
            await self._database.write(keep_fact, LAST_WRITE, self._clock.now().isoformat(timespec="seconds"))
        except sqlite3.Error as error:
            return f"cannot be written ({getattr(error, 'sqlite_errorname', type(error).__name__)})"
        return None
