"""Whether the bot runs, reaches Discord, and does its jobs on time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.stored import Stored
from bot.doctor.wording import span
from bot.heartbeat import GAP
from bot.job_notes import NOTED_EVERY, JobNote, Start
from bot.shards import Shards, numbers_in_words

BOT, GATEWAY, JOBS = "bot", "gateway", "jobs"

LATE_AFTER = timedelta(minutes=3) + NOTED_EVERY
"""Beyond its interval. What has run since the last note is not known yet."""

HANGS_AFTER = timedelta(minutes=15) + NOTED_EVERY


@dataclass(frozen=True, slots=True)
class Process:
    """Whether the database's lock is held, and by which processes where that is known.

    `shards` are those that several of them run, and None for one that is alone.
    """

    held: bool
    pids: tuple[int, ...] = ()
    shards: Shards | None = None

    def runs(self, shard: int) -> bool:
        """Whether somebody runs a shard."""
        return self.shards is None or shard in self.shards.ids


def judge(process: Process, stored: Stored, version: str, now: datetime) -> list[Finding]:
    """A finding for the processes, one for their connections, and one for each job that has been noted."""
    if not process.held:
        return [_at_rest(stored, now)]
    jobs = _jobs(process, stored, now)
    return [_process(process, stored, version, now), _gateway(process, stored, now), *jobs]


def _at_rest(stored: Stored, now: datetime) -> Finding:
    last = max([*(job.ran_at for job in stored.jobs), *stored.beats.values()], default=None)
    when = "and it has never run" if last is None else f"and did its jobs last {span(now - last)} ago"
    return warning(BOT, f"The bot is not running on this database, {when}.", "Start it: autodidact run.")


def _process(process: Process, stored: Stored, version: str, now: datetime) -> Finding:
    which = _who(process)
    if process.shards is not None and not process.shards.is_all:
        left = numbers_in_words(set(range(process.shards.count)).difference(process.shards.ids))
        return wrong(
            BOT,
            f"{which}. Nobody runs {left}, whose servers hear nothing.",
            "Start a process for it: AUTODIDACT_SHARD_IDS.",
        )
    starts = [start for shard, start in stored.starts.items() if process.runs(shard)]
    if not starts:
        return ok(BOT, f"{which}.")
    since = f"{which}, {_started(starts, now)}"
    others = sorted({start.version for start in starts} - {version})
    if others:
        return warning(
            BOT,
            f"{since} in version {', '.join(others)}; installed is {version}.",
            "Restart it, if it was not meant to go on as it is.",
        )
    return ok(BOT, f"{since} in version {version}.")


def _who(process: Process) -> str:
    if process.shards is None:
        pid = f" (process {process.pids[0]})" if len(process.pids) == 1 else ""
        return f"A bot holds the database's lock{pid}"
    processes = "processes" if len(process.pids) > 1 else "process"
    pids = f" ({processes} {', '.join(map(str, process.pids))})" if process.pids else ""
    return f"The database is shared by bots for {process.shards}{pids}"


def _started(starts: Sequence[Start], now: datetime) -> str:
    ago = [span(now - start.at) for start in sorted(starts, key=lambda start: start.at)]
    return f"started {ago[0]} ago" if len(ago) == 1 else f"started {ago[0]} to {ago[-1]} ago"


def _gateway(process: Process, stored: Stored, now: datetime) -> Finding:
    beats = {shard: at for shard, at in stored.beats.items() if process.runs(shard)}
    started = max((start.at for start in stored.starts.values()), default=None)
    known = [at for at in (*beats.values(), started) if at]
    if not known:
        return warning(GATEWAY, "It has not reached Discord yet.", "Wait a minute, then look into its log.")
    # One that has just been started has some time to connect, and the others with it.
    since = {shard: max(at, started or at) for shard, at in beats.items()} or {0: max(known)}
    silent = {shard: at for shard, at in since.items() if now - at > GAP}
    if silent:
        members = "Members"
        if len(silent) < len(since):
            members = f"Members in the servers of {numbers_in_words(silent)} of {len(stored.beats)}"
        return wrong(
            GATEWAY,
            f"{members} have not been able to reach the bot for {span(now - min(silent.values()))}.",
            "Look into its log, at this machine's connection, and at https://discordstatus.com.",
        )
    first = min(beats.values(), default=None)
    if first is None or (started is not None and first < started):
        return ok(GATEWAY, "The bot has only just been started.")
    return ok(GATEWAY, f"The bot was connected to Discord {span(now - first)} ago.")


def _jobs(process: Process, stored: Stored, now: datetime) -> Iterator[Finding]:
    for job in stored.jobs:
        # That its process does not run is told already.
        if process.runs(job.shard):
            start = stored.starts.get(job.shard)
            name = f"job {job.name}" + (f", shard {job.shard}" if job.shard else "")
            yield _job(name, job, start.at if start else None, now)
    if not stored.jobs:
        yield warning(JOBS, "No job has been noted yet.", "Wait a minute, then run this again.")


def _job(name: str, job: JobNote, since: datetime | None, now: datetime) -> Finding:
    if since is not None and job.ran_at < since:
        if now - since < LATE_AFTER:
            return ok(name, "Not noted since the bot's start, which is not long ago.")
        # It runs for the first time as soon as the bot is ready.
        job = replace(job, ran_at=since)
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
