"""A handful of fixed jobs, each in a task of its own, started beside the Discord client and not by it."""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import SystemClock
from bot.health.figures import NO_FIGURES, Figures

log = logging.getLogger(__name__)

TOLD_AGAIN_AFTER = 300.0
"""Seconds after which a job that goes on failing in the same way is logged again."""


@dataclass(slots=True)
class JobStatus:
    """How a job is doing: when it runs next, how long its last run took, and how many runs failed.

    `ran_at` is when its last run began. `began` and `ended` are that run's by time.monotonic, which no clock
    that is set and no machine that sleeps disturbs; a run that is under way has not ended.
    """

    name: str
    interval: timedelta = timedelta()
    next_run: datetime | None = None
    ran_at: datetime | None = None
    seconds: float = 0.0
    failures: int = 0
    began: float | None = None
    ended: float | None = None


class Schedule:
    """Runs each job at its interval, never twice at a time; runs that were missed are left out.

    It goes by time.monotonic alone: a machine's clock that is set, by whatever it is, brings no job forward
    and holds none up.
    """

    def __init__(self, figures: Figures = NO_FIGURES) -> None:
        self._figures = figures
        self._jobs: dict[str, _Job] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._paused = False

    def every(self, name: str, interval: timedelta, job: Callable[[], Awaitable[object]]) -> None:
        """Add a job before the start; an error in it is logged, and it runs again next time."""
        self._jobs[name] = _Job(JobStatus(name, interval), job, time.monotonic())

    def start(self) -> None:
        """Start the jobs; each runs for the first time at once. Needs a running event loop."""
        self._tasks = [asyncio.create_task(self._keep_running(job)) for job in self._jobs.values()]

    def pause(self) -> None:
        """Begin no further run; one that is under way goes on."""
        self._paused = True

    def stop(self) -> None:
        """Stop for good; a run that is under way is cancelled, so `pause` and wait for it first."""
        self._paused = True
        for task in self._tasks:
            task.cancel()

    def status(self) -> list[JobStatus]:
        """How each job is doing."""
        monotonic, now = time.monotonic(), SystemClock().now()
        for job in self._jobs.values():
            job.status.next_run = now + timedelta(seconds=job.due - monotonic)
        return [job.status for job in self._jobs.values()]

    async def _keep_running(self, job: "_Job") -> None:
        interval = job.status.interval.total_seconds()
        due = time.monotonic()
        while not self._paused:
            job.due = due + interval
            await self._run(job)
            # A run that takes longer than its interval is no news: the next one is left out.
            due += interval * max(1, math.ceil((time.monotonic() - due) / interval))
            job.due = due
            await asyncio.sleep(due - time.monotonic())

    async def _run(self, job: "_Job") -> None:
        status = job.status
        began = status.began = time.monotonic()
        status.ended, status.ran_at = None, SystemClock().now()
        failed = True
        try:
            await job.work()
            failed = False
        except (Exception, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and _is_stopped():
                failed = False
                raise
            status.failures += 1
            self._tell(job, error)
        else:
            if job.failing:
                log.info("the job %s runs again after %d failures", status.name, job.failing)
            job.failing = 0
        finally:
            status.ended = time.monotonic()
            status.seconds = status.ended - began
            self._figures.job_ran(status.name, status.seconds, failed)

    def _tell(self, job: "_Job", error: BaseException) -> None:
        """In full where it is news: a full disk fails every second, for as long as it is full."""
        name, now = job.status.name, time.monotonic()
        job.failing += 1
        if job.failing == 1 or job.told is not type(error) or now - job.told_at >= TOLD_AGAIN_AFTER:
            job.told, job.told_at = type(error), now
            log.error("the job %s failed", name, exc_info=error, extra={"job": name})


@dataclass(slots=True)
class _Job:
    """A job, what it does, and when it is due next by time.monotonic.

    `failing` counts the runs in a row that failed; `told` and `told_at` are what was logged of them last.
    """

    status: JobStatus
    work: Callable[[], Awaitable[object]]
    due: float
    failing: int = 0
    told: type[BaseException] | None = None
    told_at: float = 0.0


def _is_stopped() -> bool:
    """Whether it is this task that is cancelled, and not something that its job waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
