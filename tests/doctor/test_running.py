"""What is said of the process, its jobs, deliveries and backups: facts on one side, lines on the other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups.service import Backup
from bot.doctor import backups, deliveries, running
from bot.doctor.finding import Status
from bot.doctor.running import Process
from bot.doctor.stored import Links, Stored
from bot.job_notes import JobNote, Start
from bot.shards import Shards

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OK, WARNING, WRONG = Status.OK, Status.WARNING, Status.WRONG
RUNS, RESTS = Process(True, (4242,)), Process(False)


def ago(**parts: float) -> datetime:
    return NOW - timedelta(**parts)


def job(name: str, ran_at: datetime, *, failures: int = 0, **interval: float) -> JobNote:
    return JobNote(name, timedelta(**interval), ran_at, 0.5, failures)


WELL = Stored(
    starts={0: Start(ago(days=3), "1.0")},
    beats={0: ago(seconds=20)},
    jobs=(job("outbox", ago(seconds=40), seconds=5), job("departures", ago(hours=20), days=1)),
)


def told(process: Process, stored: Stored) -> dict[str, tuple[Status, str]]:
    findings = running.judge(process, stored, "1.0", NOW)
    assert all((finding.advice is None) == (finding.status is OK) for finding in findings)
    return {finding.name: (finding.status, finding.found) for finding in findings}


def test_a_bot_that_is_well_is_told_with_each_job() -> None:
    assert told(RUNS, WELL) == {
        "bot": (OK, "A bot holds the database's lock (process 4242), started 3 d ago in version 1.0."),
        "gateway": (OK, "The bot was connected to Discord 20 s ago."),
        "job outbox": (OK, "It ran 40 s ago, every 5 s, for 0.5 s."),
        "job departures": (OK, "It ran 20 h ago, every 1 d, for 0.5 s."),
    }


def test_a_bot_that_rests_is_one_line_with_when_it_worked_last() -> None:
    assert told(RESTS, WELL) == {
        "bot": (WARNING, "The bot is not running on this database, and did its jobs last 20 s ago.")
    }
    assert told(RESTS, Stored())["bot"][1] == (
        "The bot is not running on this database, and it has never run."
    )


def test_a_bot_of_another_version_than_is_installed_is_told() -> None:
    status, found = told(RUNS, replace(WELL, starts={0: Start(ago(hours=2), "0.9")}))["bot"]
    assert (status, found.endswith("in version 0.9; installed is 1.0.")) == (WARNING, True)


@pytest.mark.parametrize(
    ("beat_at", "started", "status"),
    [
        (ago(minutes=2), ago(days=1), OK),
        (ago(minutes=4), ago(days=1), WRONG),
        # Back after a night, and not connected yet.
        (ago(hours=9), ago(minutes=1), OK),
        (ago(hours=9), ago(minutes=5), WRONG),
        (None, ago(minutes=1), OK),
    ],
)
def test_a_bot_that_members_cannot_reach_is_told(
    beat_at: datetime | None, started: datetime, status: Status
) -> None:
    stored = Stored(beats={0: beat_at} if beat_at else {}, starts={0: Start(started, "1.0")})
    assert told(RUNS, stored)["gateway"][0] is status


@pytest.mark.parametrize(
    ("noted", "status"),
    [
        (job("a", ago(minutes=3), seconds=5), OK),
        (job("a", ago(minutes=6), seconds=5), WARNING),
        (job("a", ago(minutes=30), seconds=5), WRONG),
        (job("a", ago(minutes=62), hours=1), OK),
        (job("a", ago(hours=2), hours=1), WRONG),
        (job("a", ago(seconds=30), failures=2, seconds=5), WARNING),
        # Before the last start: it should have run again since.
        (job("a", ago(days=4), days=7), OK),
    ],
)
def test_a_job_is_late_by_its_own_interval(noted: JobNote, status: Status) -> None:
    assert told(RUNS, replace(WELL, jobs=(noted,)))["job a"][0] is status


def test_a_job_that_has_not_run_since_the_start_has_a_few_minutes() -> None:
    old = (job("a", ago(hours=9), seconds=5),)
    just_started = Stored(starts={0: Start(ago(minutes=1), "1.0")}, jobs=old)
    assert told(RUNS, just_started)["job a"][0] is OK
    assert told(RUNS, replace(just_started, starts={0: Start(ago(hours=1), "1.0")}))["job a"][0] is WRONG


# -- several processes on one database

SHARED = Stored(
    starts={0: Start(ago(days=3), "1.0"), 2: Start(ago(hours=5), "1.0")},
    beats={0: ago(seconds=20), 1: ago(seconds=20), 2: ago(seconds=25), 3: ago(seconds=25)},
    jobs=(
        job("outbox", ago(seconds=40), seconds=5),
        replace(job("outbox", ago(seconds=50), seconds=5), shard=2),
    ),
)
SHARING = Process(True, (41, 42), Shards((0, 1, 2, 3), 4))


def test_processes_that_share_a_database_are_told_with_the_jobs_of_each() -> None:
    assert told(SHARING, SHARED) == {
        "bot": (
            OK,
            "The database is shared by bots for shards 0, 1, 2 and 3 of 4 (processes 41, 42), "
            "started 3 d to 5 h ago in version 1.0.",
        ),
        "gateway": (OK, "The bot was connected to Discord 25 s ago."),
        "job outbox": (OK, "It ran 40 s ago, every 5 s, for 0.5 s."),
        "job outbox, shard 2": (OK, "It ran 50 s ago, every 5 s, for 0.5 s."),
    }


def test_shards_that_nobody_runs_are_told_once() -> None:
    one_left = replace(SHARING, pids=(41,), shards=Shards((0, 1), 4))
    hours_later = replace(SHARED, beats={**SHARED.beats, 2: ago(hours=3), 3: ago(hours=3)})
    found = told(one_left, hours_later)
    assert found["bot"] == (
        WRONG,
        "The database is shared by bots for shards 0 and 1 of 4 (process 41). "
        "Nobody runs shards 2 and 3, whose servers hear nothing.",
    )
    assert found["gateway"][0] is OK
    assert "job outbox, shard 2" not in found


def test_a_shard_that_is_not_connected_is_named() -> None:
    stored = replace(SHARED, beats={**SHARED.beats, 3: ago(minutes=40)})
    assert told(SHARING, stored)["gateway"] == (
        WRONG,
        "Members in the servers of shard 3 of 4 have not been able to reach the bot for 40 min.",
    )


def test_one_process_of_another_version_is_told() -> None:
    stored = replace(SHARED, starts={**SHARED.starts, 2: Start(ago(hours=5), "0.9")})
    status, found = told(SHARING, stored)["bot"]
    assert (status, found.endswith("in version 0.9; installed is 1.0.")) == (WARNING, True)


# -- deliveries


REFUSALS = {"the channel is gone", "I lack a right in the channel", "the message is gone"}
NO_DIRECT = "Discord does not let me write to them directly"


def delivered(stored: Stored, *, is_running: bool = True) -> list[tuple[Status, str]]:
    findings = deliveries.judge(stored, REFUSALS | {NO_DIRECT}, is_running, NOW)
    assert all((finding.advice is None) == (finding.status is OK) for finding in findings)
    return [(finding.status, finding.found) for finding in findings]


@pytest.mark.parametrize(
    ("oldest", "is_running", "status"),
    [
        (timedelta(minutes=4), True, OK),
        (timedelta(minutes=6), True, WARNING),
        (timedelta(hours=1), True, WRONG),
        (timedelta(hours=1), False, WARNING),
    ],
)
def test_what_waits_too_long_is_told(oldest: timedelta, is_running: bool, status: Status) -> None:
    stored = Stored(oldest_unsent=oldest, outstanding=3, overdue=1)
    (unsent, _) = delivered(stored, is_running=is_running)
    assert unsent[0] is status
    assert unsent[1].startswith("3 wait to be sent or changed, 1 is due, the oldest for ")


def test_where_nothing_waits_that_is_all_there_is_to_say() -> None:
    assert delivered(Stored())[0] == (OK, "Nothing waits to be sent.")


@pytest.mark.parametrize(
    ("given_up", "status", "says"),
    [
        ({}, OK, "None in the last 7 d."),
        ({"nothing is new": 7, "checked in already": 90}, OK, "None in the last 7 d."),
        (
            {NO_DIRECT: 2, "the message is gone": 1},
            OK,
            f"In the last 7 d: 2 × {NO_DIRECT}; 1 × the message is gone.",
        ),
        ({"too late": 3, "nothing is new": 7}, WARNING, "In the last 7 d: 3 × too late."),
        (
            {NO_DIRECT: 1, "I lack a right in the channel": 4},
            WARNING,
            f"In the last 7 d: 4 × I lack a right in the channel; 1 × {NO_DIRECT}.",
        ),
        (
            {"Discord refused it with code 50001": 1},
            WARNING,
            "In the last 7 d: 1 × Discord refused it with code 50001.",
        ),
        ({"an unforeseen error": 1}, WARNING, "In the last 7 d: 1 × an unforeseen error."),
    ],
)
def test_failures_are_told_by_their_reasons_and_all_else_that_was_not_sent_is_none(
    given_up: dict[str, int], status: Status, says: str
) -> None:
    assert delivered(Stored(given_up=given_up))[1] == (status, says)


@pytest.mark.parametrize(
    ("links", "is_running", "status"),
    [
        (Links(90, 1, 2, due=5, looked_at=ago(hours=2)), True, OK),
        (Links(90, 1, 2, due=5, looked_at=ago(hours=4)), True, WARNING),
        (Links(90, 1, 2, due=0, looked_at=ago(hours=4)), True, OK),
        (Links(90, 1, 2, due=5, looked_at=ago(hours=4)), False, OK),
        (Links(90, 0, 0, due=90, looked_at=None), True, OK),
    ],
)
def test_a_pause_in_the_looking_at_links_is_told(links: Links, is_running: bool, status: Status) -> None:
    assert delivered(Stored(links=links), is_running=is_running)[2][0] is status


# -- backups


def newest(made_at: datetime) -> Backup:
    return Backup(Path("backups/bot.db-2026-03-01-000000.backup"), made_at, 3 * 1024**2)


@pytest.mark.parametrize(
    ("latest", "is_running", "status"),
    [
        (newest(ago(hours=25)), True, OK),
        (newest(ago(hours=27)), True, WARNING),
        (newest(ago(days=4)), True, WRONG),
        (newest(ago(days=40)), False, WARNING),
        (newest(NOW + timedelta(hours=1)), True, WARNING),
        (None, True, WARNING),
    ],
)
def test_the_newest_backup_has_an_age(latest: Backup | None, is_running: bool, status: Status) -> None:
    finding = backups.judge(Path("backups"), latest, 10**9, 10**6, is_running, NOW)
    assert finding.status is status
    assert (finding.advice is None) == (status is OK)


def test_a_disk_without_room_for_another_backup_is_wrong() -> None:
    finding = backups.judge(Path("backups"), newest(NOW), 10**6, 10**9, True, NOW)
    assert (finding.status, finding.found) == (WRONG, "backups has room for 976.6 KiB only.")
