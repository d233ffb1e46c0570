"""The fixed jobs: each at its interval, one run at a time, whatever goes wrong in one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest

from bot.scheduling import JobStatus, Schedule
from tests.clocks import ManualClock

SOON = timedelta(milliseconds=10)
HOURLY = timedelta(hours=1)
DAY = timedelta(days=1)
PATIENCE = 5.0


@pytest.fixture
async def schedule() -> AsyncIterator[Schedule]:
    schedule = Schedule()
    yield schedule
    schedule.stop()


class Job:
    """Counts its runs, and how many there were at once; goes on when it is let."""

    def __init__(self, *, fails: BaseException | None = None) -> None:
        self.runs = 0
        self.running = 0
        self.most_at_once = 0
        self.cancelled = False
        self.open = asyncio.Event()
        self.open.set()
        self.fails = fails
        self._changed = asyncio.Condition()

    async def __call__(self) -> None:
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        async with self._changed:
            self.runs += 1
            self._changed.notify_all()
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        finally:
            self.running -= 1
        if self.fails is not None:
            raise self.fails

    async def ran(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self.runs >= times)


def status(schedule: Schedule, name: str) -> JobStatus:
    (found,) = [job for job in schedule.status() if job.name == name]
    return found


async def test_a_job_runs_at_once_and_not_again_before_its_time(schedule: Schedule) -> None:
    hourly, quick = Job(), Job()
    schedule.every("hourly", HOURLY, hourly)
    schedule.every("quick", SOON, quick)
    schedule.start()
    await quick.ran(5)
    assert hourly.runs == 1
    next_run = status(schedule, "hourly").next_run
    assert next_run is not None
    assert timedelta(minutes=59) < next_run - datetime.now(UTC) <= HOURLY


async def test_nothing_runs_before_the_start(schedule: Schedule) -> None:
    early, other = Job(), Schedule()
    schedule.every("early", SOON, early)
    clock = Job()
    other.every("clock", SOON, clock)
    other.start()
    await clock.ran(3)
    other.stop()
    assert early.runs == 0


async def test_a_job_that_fails_runs_again_and_the_failures_are_counted_and_logged(
    schedule: Schedule, caplog: pytest.LogCaptureFixture
) -> None:
    failing, sound = Job(fails=ValueError("no luck")), Job()
    schedule.every("failing", SOON, failing)
    schedule.every("sound", SOON, sound)
    schedule.start()
    await failing.ran(3)
    await sound.ran(3)
    assert status(schedule, "failing").failures >= 2
    assert status(schedule, "sound").failures == 0
    assert "the job failing failed" in caplog.text
    assert "no luck" in caplog.text


async def test_a_job_that_goes_on_failing_is_logged_once_and_so_is_its_end(
    schedule: Schedule, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.scheduling")
    job = Job(fails=OSError("no space"))
    schedule.every("job", SOON, job)
    schedule.start()
    await job.ran(5)
    assert caplog.text.count("the job job failed") == 1
    job.fails = ValueError("no luck")
    await job.ran(job.runs + 3)
    assert caplog.text.count("the job job failed") == 2
    job.fails = None
    await job.ran(job.runs + 3)
    assert caplog.text.count("the job job runs again after ") == 1


async def test_a_job_that_takes_longer_than_its_interval_never_runs_twice_at_a_time(
    schedule: Schedule,
) -> None:
    slow, clock = Job(), Job()
    slow.open.clear()
    schedule.every("slow", SOON, slow)
    schedule.every("clock", SOON, clock)
    schedule.start()
    await slow.ran(1)
    await clock.ran(clock.runs + 5)
    assert slow.runs == 1
    slow.open.set()
    await slow.ran(3)
    assert slow.most_at_once == 1
    assert status(schedule, "slow").seconds >= 0


@pytest.mark.parametrize("jump", [-DAY, DAY, timedelta(days=20_000)], ids=["back", "forward", "by decades"])
async def test_a_clock_that_is_set_brings_no_job_forward_and_holds_none_up(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    clock = ManualClock(datetime(2026, 3, 2, tzinfo=UTC))
    monkeypatch.setattr("bot.scheduling.SystemClock", lambda: clock)
    hourly, quick = Job(), Job()
    schedule.every("hourly", HOURLY, hourly)
    schedule.every("quick", SOON, quick)
    schedule.start()
    await quick.ran(2)
    clock.set(clock.now() + jump)
    await quick.ran(quick.runs + 5)
    assert hourly.runs == 1
    next_run = status(schedule, "hourly").next_run
    assert next_run is not None
    assert timedelta(minutes=59) < next_run - clock.now() <= HOURLY


async def test_runs_that_were_missed_are_left_out(schedule: Schedule) -> None:
    held_up, clock = Job(), Job()
    schedule.every("held up", SOON, held_up)
    schedule.every("clock", SOON, clock)
    schedule.start()
    await clock.ran(2)
    before = held_up.runs
    # As when the machine is too busy for anything, for fifty of its intervals.
    sleep(0.5)  # noqa: ASYNC251
    await clock.ran(clock.runs + 2)
    assert 1 <= held_up.runs - before < 25


async def test_a_job_of_which_something_was_cancelled_has_failed_and_runs_again(schedule: Schedule) -> None:
    job = Job(fails=asyncio.CancelledError())
    schedule.every("job", SOON, job)
    schedule.start()
    await job.ran(3)
    assert status(schedule, "job").failures >= 2


async def test_after_a_pause_nothing_begins_and_what_is_under_way_goes_on(schedule: Schedule) -> None:
    under_way, clock, other = Job(), Job(), Schedule()
    under_way.open.clear()
    schedule.every("under way", SOON, under_way)
    schedule.start()
    await under_way.ran(1)
    schedule.pause()
    other.every("clock", SOON, clock)
    other.start()
    under_way.open.set()
    await clock.ran(5)
    other.stop()
    assert (under_way.runs, under_way.running, under_way.cancelled) == (1, 0, False)


async def test_a_stop_cancels_what_is_under_way(schedule: Schedule) -> None:
    job = Job()
    job.open.clear()
    schedule.every("job", SOON, job)
    schedule.start()
    await job.ran(1)
    schedule.stop()
    for _ in range(5):
        await asyncio.sleep(0)
    assert job.cancelled
    assert status(schedule, "job").failures == 0


async def test_pausing_and_stopping_are_harmless_before_the_start_and_twice(schedule: Schedule) -> None:
    schedule.pause()
    schedule.stop()
    schedule.every("job", HOURLY, Job())
    schedule.start()
    for step in (schedule.pause, schedule.pause, schedule.stop, schedule.stop, schedule.pause):
        step()
    assert [job.name for job in schedule.status()] == ["job"]


async def test_the_status_lists_the_jobs_in_the_order_in_which_they_were_added(schedule: Schedule) -> None:
    for name in ("due", "outbox", "backup"):
        schedule.every(name, HOURLY, Job())
    assert [job.name for job in schedule.status()] == ["due", "outbox", "backup"]
    assert all((job.failures, job.seconds) == (0, 0.0) for job in schedule.status())
