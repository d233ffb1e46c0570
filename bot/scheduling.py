"""A handful of fixed jobs on APScheduler, started beside the Discord client and not by it."""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import SystemClock
from bot.health.figures import NO_FIGURES, Figures

log = logging.getLogger(__name__)


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
    """Runs each job at its interval, never twice at a time; a missed run is made up for once."""

    def __init__(self, figures: Figures = NO_FIGURES) -> None:
        self._figures = figures
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._status: dict[str, JobStatus] = {}
        # A run that takes longer than its interval is no news: the next one is left out.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        # Errors are logged below; what it would add is that a run was cancelled at the end.
        logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)

    def every(self, name: str, interval: timedelta, job: Callable[[], Awaitable[object]]) -> None:
        """Add a job; an error in it is logged, and it runs again next time."""
        status = self._status[name] = JobStatus(name, interval)

        async def run() -> None:
            began = status.began = time.monotonic()
            status.ended, status.ran_at = None, SystemClock().now()
            failed = False
            try:
                await job()
            except Exception:
                failed = True
                status.failures += 1
                log.exception("the job %s failed", name, extra={"job": name})
            finally:
                status.ended = time.monotonic()
                status.seconds = status.ended - began
                self._figures.job_ran(name, status.seconds, failed)

        self._scheduler.add_job(
            run, "interval", seconds=interval.total_seconds(), id=name, next_run_time=SystemClock().now()
        )

    def start(self) -> None:
        """Start the jobs; each runs for the first time at once. Needs a running event loop."""
        self._scheduler.start()

    def pause(self) -> None:
        """Begin no further run; one that is under way goes on."""
        if self._scheduler.running:
            self._scheduler.pause()

    def stop(self) -> None:
        """Stop for good; a run that is under way is cancelled, so `pause` and wait for it first."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def status(self) -> list[JobStatus]:
        """How each job is doing."""
        for job in self._scheduler.get_jobs():
            self._status[job.id].next_run = getattr(job, "next_run_time", None)
        return list(self._status.values())
