"""Whether the bot runs, reaches Discord, and does its jobs on time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.stored import Stored
from bot.doctor.wording import span
from bot.heartbeat import GAP
from bot.job_notes import NOTED_EVERY, JobNote

BOT, GATEWAY, JOBS = "bot", "gateway", "jobs"

LATE_AFTER = timedelta(minutes=3) + NOTED_EVERY
"""Beyond its interval. What has run since the last note is not known yet."""

HANGS_AFTER = timedelta(minutes=15) + NOTED_EVERY


@dataclass(frozen=True, slots=True)
class Process:
    """Whether the database's lock is held, and by which process where that is known."""

    held: bool
    pid: int | None = None


def judge(process: Process, stored: Stored, version: str, now: datetime) -> list[Finding]:
    """A finding for the process, one for its connection, and one for each job that has been noted."""
    if not process.held:
        return [_at_rest(stored, now)]
    return [_process(process, stored, version, now), _gateway(stored, now), *_jobs(stored, now)]


def _at_rest(stored: Stored, now: datetime) -> Finding:
    last = max(
        [*(job.ran_at for job in stored.jobs), *([stored.beat_at] if stored.beat_at else [])], default=None
    )
    when = "and it has never run" if last is None else f"and did its jobs last {span(now - last)} ago"
    return warning(BOT, f"The bot is not running on this database, {when}.", "Start it: autodidact run.")


def _process(process: Process, stored: Stored, version: str, now: datetime) -> Finding:
    which = "A bot holds the database's lock" + (f" (process {process.pid})" if process.pid else "")
    start = stored.started
    if start is None:
        return ok(BOT, f"{which}.")
    since = f"{which}, started {span(now - start.at)} ago"
    if start.version != version:
        return warning(
            BOT,
            f"{since} in version {start.version}; installed is {version}.",
            "Restart it, if it was not meant to go on as it is.",
        )
    return ok(BOT, f"{since} in version {version}.")


def _gateway(stored: Stored, now: datetime) -> Finding:
    known = [at for at in (stored.beat_at, stored.started.at if stored.started else None) if at]
    if not known:
        return warning(GATEWAY, "It has not reached Discord yet.", "Wait a minute, then look into its log.")
    if now - max(known) > GAP:
        return wrong(
            GATEWAY,
            f"Members have not been able to reach the bot for {span(now - max(known))}.",
            "Look into its log, at this machine's connection, and at https://discordstatus.com.",
        )
    if stored.beat_at is None or stored.beat_at < max(known):
        return ok(GATEWAY, "The bot has only just been started.")
    return ok(GATEWAY, f"The bot was connected to Discord {span(now - stored.beat_at)} ago.")


def _jobs(stored: Stored, now: datetime) -> Iterator[Finding]:
    since = stored.started.at if stored.started else None
    for job in stored.jobs:
        yield _job(job, since, now)
    if not stored.jobs:
        yield warning(JOBS, "No job has been noted yet.", "Wait a minute, then run this again.")


def _job(job: JobNote, since: datetime | None, now: datetime) -> Finding:
    name = f"job {job.name}"
    if since is not None and job.ran_at < since:
        if now - since < LATE_AFTER:
            return ok(name, "Not noted since the bot's start, which is not long ago.")
        # It runs for the first time as soon as the bot is ready.
        job = JobNote(job.name, job.interval, since, job.seconds, job.failures)
    ago = now - job.ran_at
    late = ago - job.interval
    told = f"ran {span(ago)} ago, every {span(job.interval)}, for {job.seconds:.1f} s"
    if late > HANGS_AFTER:
        return wrong(
            name, f"It is {span(late)} late: {told}.", "Look into the bot's log, then restart the bot."
        )
    if late > LATE_AFTER:
        return warning(name, f"It is {span(late)} late: {told}.", "Run this again in some minutes.")
    if job.failures:
        return warning(
            name,
            f"It {told}; {job.failures} of its runs have failed since the bot's start.",
            f"Look in the bot's log for: the job {job.name} failed.",
        )
    return ok(name, f"It {told}.")
