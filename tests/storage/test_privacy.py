"""What is stored of a member is told, given out and forgotten: nothing is left out, and nothing is left."""

import csv
import json
import random
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from bot.checkins.rules import Entry
from bot.ideas.rules import IdeaText
from bot.leads.filters import Filters
from bot.personal_data import Purpose, Record
from bot.privacy.export import About, archives
from bot.ranking.criteria import Criterion
from bot.services import Services
from bot.tracker.rules import Job, State
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.led_polls import Leader

GUILD = 1001
# Long enough to be found in any text or file, and in nothing else.
ADA, BEN = 777_000_111_222_333_444, 777_000_555_666_777_888

HERS = "zebrafish"
"""Stands in every text that Ada writes, and in no other."""


async def live(services: Services, clock: ManualClock, guild: int = GUILD) -> None:
    """Ada uses everything there is, and writes her word into every text."""
    link = f"https://{HERS}.example"
    await services.servers.set_up(guild, checkin_channel_id=5, zone="Etc/UTC", prompt_time=time(9))
    leader = Leader(services, clock, FakeMessenger(clock), guild=guild, starter=BEN)
    led = await leader.at_cards(7)
    other = await leader.started(name="Another")
    idea = IdeaText(f"{HERS} title", f"{HERS} problem", f"{HERS} angle", f"{HERS} baseline", link)
    await services.polls.add_idea(guild, ADA, other.id, idea)
    await led.tap(ADA, 4)
    await led.end_cards()
    await services.voting.score(
        guild, ADA, led.id, (await led.poll()).shortlist[0], dict.fromkeys(Criterion, 5)
    )
    await led.end_final()
    await services.routines.plan(guild, ADA, zone="Etc/UTC", days="every day", at="13:00", ping=True)
    await services.checkins.report(
        guild, ADA, Entry(f"{HERS} done {link}", f"{HERS} next", f"{HERS} blocked")
    )
    await services.checkins.report(guild, BEN, Entry("=1+1 of Ben's"))
    await services.goals.add(guild, ADA, f"=cmd|{HERS}")
    await services.focus.start(guild, ADA, minutes=25)
    await services.ideas.add(guild, ADA, IdeaText(f"{HERS} of her own"))
    application = (await services.tracker.add(guild, ADA, Job(HERS, HERS, HERS, link))).application.id
    await services.tracker.move(guild, ADA, application, State.APPLIED)
    await services.tracker.note(guild, ADA, application, f"{HERS} note")
    await services.tracker.add_round(guild, ADA, application, f"{HERS} round")
    await services.introductions.write(
        guild, ADA, location=HERS, technologies=HERS, resume=link, email=f"{HERS}@{HERS}.example", built=HERS
    )
    await services.watches.add(guild, ADA, Filters(words=HERS), f"{HERS} watch")
    await services.curation.suggest(guild, ADA, address=link, title=HERS, good_for=f"Teaches {HERS}.")
    await services.buddies.find(guild, ADA)
    await services.delivery.claim_due()


def tables_with(db: sqlite3.Connection, text: str) -> set[str]:
    names = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table'")]
    return {
        name
        for name in names
        if any(text in str(tuple(row)) for row in db.execute(f'select * from "{name}"'))
    }


async def forget(services: Services) -> None:
    question = await services.privacy.question(GUILD, ADA)
    await services.privacy.forget(GUILD, ADA, asked_by=ADA, until=question.until)


def opened(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def test_nothing_of_what_somebody_wrote_or_did_is_left(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    await live(services, clock)
    written, named = tables_with(db, HERS), tables_with(db, str(ADA))
    assert {"checkin", "evidence", "goal", "idea", "application", "application_note", "watch"} <= written
    assert {"poll_voter", "due", "routine", "focus", "buddy_search"} <= named
    await forget(services)
    assert tables_with(db, HERS) == tables_with(db, str(ADA)) == set()


async def test_nothing_is_left_in_the_file_either(services: Services, clock: ManualClock, path: Path) -> None:
    await live(services, clock)
    await forget(services)
    await services.close()
    with sqlite3.connect(path) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    content = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert b"Ben's" in content
    assert HERS.encode() not in content
    assert ADA.to_bytes(8, "big") not in content


async def test_what_is_told_counts_what_is_there_and_the_question_says_when_it_is_gone(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    await live(services, clock)
    held = await services.privacy.what(GUILD, ADA)
    counts = {table: count for one in held for table, count in one.counts.items()}
    for table in ("checkin", "evidence", "goal", "application_note", "idea", "routine", "due", "delivery"):
        expected = db.execute(f"select count(*) from {table} where user_id = ?", (ADA,)).fetchone()[0]
        assert (table, counts[table]) == (table, expected)
    assert (counts["poll_card"], counts["poll_ballot"], counts["poll_entry"]) == (5, 1, 1)
    question = await services.privacy.question(GUILD, ADA)
    assert question.held == held
    assert question.until == clock.now() + timedelta(minutes=10)
    # Without a folder there are no backups.
    assert question.backups_until is None
    assert all(one.is_empty for one in await services.privacy.what(GUILD, 99))


async def test_the_day_by_which_the_last_backup_is_gone_is_told(path: Path, clock: ManualClock) -> None:
    services = await Services.open(path, clock, backups=path.parent / "backups")
    question = await services.privacy.question(GUILD, ADA)
    assert question.backups_until == services.backups.gone_by(clock.now().date())
    assert question.backups_until is not None
    assert question.backups_until - clock.now().date() <= timedelta(days=35)
    await services.close()


async def test_an_export_has_every_column_of_every_row_as_json_and_as_csv(
    services: Services, clock: ManualClock, db: sqlite3.Connection
) -> None:
    await live(services, clock)
    (content,) = await services.privacy.export(GUILD, ADA, "Study group")
    files = opened(content)
    whole = json.loads(files["everything.json"])
    assert (whole["server"], whole["member"], whole["parts"]) == (str(GUILD), str(ADA), 1)
    tables = {table: rows for feature in whole["features"].values() for table, rows in feature.items()}
    known = [table for feature in services.personal_data for table in feature.purpose.rows]
    assert sorted(tables) == sorted(known)
    for table, rows in tables.items():
        names = [name for (name,) in db.execute("select name from pragma_table_info(?)", (table,))]
        # A mark says besides which resource it is on, since its number tells a reader nothing.
        names += ["title", "address"] if table in ("resource_mark", "resource_report") else []
        assert all(list(row) == names for row in rows), table
        if rows:
            assert files[f"tables/{table}.csv"].startswith("\ufeff")
            lines = list(csv.reader(StringIO(files[f"tables/{table}.csv"][1:], newline="")))
            assert (lines[0], len(lines) - 1) == (names, len(rows))
        else:
            assert f"tables/{table}.csv" not in files
    assert all(mark["title"] and mark["address"].startswith("https://") for mark in tables["resource_mark"])
    (checkin,) = tables["checkin"]
    assert checkin["user_id"] == str(ADA)
    assert checkin["reported_at"] == clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    assert checkin["local_day"] == clock.now().date().isoformat()
    assert tables["watch"][0]["filters"]["words"] == HERS
    assert all(card["picked"] in [*card["shown"], None] for card in tables["poll_card"])
    # What she wrote is in it as often as it is stored, and nothing of others.
    assert "Ben's" not in "".join(files.values())
    assert str(BEN) not in files["everything.json"]
    assert "Study group" in files["README.txt"]
    assert all(f"tables/{table}.csv" in files["README.txt"] for table in tables)


async def test_what_was_planned_once_and_has_come_is_due_never(
    services: Services, clock: ManualClock
) -> None:
    await live(services, clock)
    clock.advance(minutes=30)
    await services.delivery.claim_due()
    (content,) = await services.privacy.export(GUILD, ADA)
    features = json.loads(opened(content)["everything.json"])["features"]
    assert "never" in [row["due_at"] for tables in features.values() for row in tables.get("due", [])]


async def test_a_cell_that_would_be_a_formula_is_none(services: Services, clock: ManualClock) -> None:
    await live(services, clock)
    (content,) = await services.privacy.export(GUILD, ADA)
    files = opened(content)
    assert f"'=cmd|{HERS}" in files["tables/goal.csv"]
    goals = json.loads(files["everything.json"])["features"]["goals"]["goal"]
    assert goals[0]["text"] == f"=cmd|{HERS}"


ONE = Purpose("One", "What", "Kept", "Seen", {"note": lambda n: "{count} notes"})


def notes(content: bytes) -> Iterator[int]:
    (rows,) = json.loads(opened(content)["everything.json"])["features"]["one"].values()
    return (row["id"] for row in rows)


@pytest.mark.parametrize("limit", [1_500, 3_000, 8_000, 10_000_000])
def test_what_is_too_large_for_one_file_is_divided_so_that_none_is(limit: int) -> None:
    # Random letters, which no ZIP makes much shorter than half.
    letters = random.Random(7)
    rows: list[Record] = [
        {"id": n, "text": "".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=200))} for n in range(60)
    ]
    about = About(1, None, 2, datetime(2026, 1, 1, tzinfo=UTC))
    parts = archives({"one": {"note": rows}}, {"one": ONE}, about, limit)
    assert all(len(part) <= limit for part in parts)
    assert [number for part in parts for number in notes(part)] == list(range(60))
    said = [opened(part)["README.txt"] for part in parts]
    assert [f"part {number} of {len(parts)}" in text for number, text in enumerate(said, 1)] == [
        len(parts) > 1
    ] * len(parts)


def test_an_export_of_nobody_is_one_file_with_an_explanation() -> None:
    about = About(1, None, 2, datetime(2026, 1, 1, tzinfo=UTC))
    (content,) = archives({"one": {"note": []}}, {"one": ONE}, about)
    assert sorted(opened(content)) == ["README.txt", "everything.json"]
    (content,) = archives({"one": {"note": [{"id": 1}]}}, {"one": ONE}, about, limit=1)
    assert len(opened(content)) == 3


async def test_all_of_it_goes_or_nothing(
    services: Services, clock: ManualClock, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live(services, clock)
    before = await services.privacy.what(GUILD, ADA)

    def fail(*_arguments: object) -> None:
        raise RuntimeError

    # The last of the features fails, when all others have forgotten her.
    monkeypatch.setattr(services.delivery, "forget_member", fail)
    with pytest.raises(RuntimeError):
        await forget(services)
    assert await services.privacy.what(GUILD, ADA) == before
