"""What is said of a database's file, of its version and of its disk: of real files, and of facts."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.doctor.database import DatabaseFacts, judge, look
from bot.doctor.finding import Finding, Status
from bot.storage.database import connect
from bot.storage.migrations import FOLDER, migrate

GIB = 1024**3
OK, WARNING, WRONG = Status.OK, Status.WARNING, Status.WRONG


def looked_at(path: Path) -> tuple[Finding, Finding]:
    """The finding on the file, and that on its version."""
    database, version, _ = judge(look(path))
    return database, version


def test_a_good_one_is_whole_and_up_to_date_and_stays_as_it_is(database_path: Path) -> None:
    before = database_path.read_bytes()
    database, version = looked_at(database_path)
    assert (database.status, version.status) == (OK, OK)
    assert "is whole and may be written to" in database.found
    newest = max(file.stem for file in FOLDER.glob("*.sql"))
    assert version.found == f"It is up to date: {newest}."
    assert database_path.read_bytes() == before
    assert [file.name for file in database_path.parent.iterdir()] == ["autodidact.db"]


def test_one_that_is_in_use_is_read_with_its_log(database_path: Path) -> None:
    with closing(connect(database_path)) as db:
        db.execute("insert into fact values ('a', 'b')")
        facts = look(database_path)
        assert facts.log_size > 0
        assert [finding.status for finding in judge(facts)[:2]] == [OK, OK]


def nothing(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_letter(path: Path) -> None:
    path.write_text("Dear database,\n" * 100)


def an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192 : 8192 * 3] = b"\xff" * 8192 * 2
    path.write_bytes(content)


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table song (title text)")


@pytest.mark.parametrize(
    ("spoil", "status", "says"),
    [
        (nothing, WARNING, "is not there yet"),
        (a_folder, WRONG, "is no file"),
        (a_letter, WRONG, "it is no SQLite database"),
        (an_empty_file, WRONG, "is the database of another program"),
        (cut_off, WRONG, "it is damaged or was cut off"),
        (damaged, WRONG, "it is damaged"),
        (of_another_program, WRONG, "is the database of another program"),
    ],
)
def test_what_is_no_good_database_is_told_apart(
    spoil: Callable[[Path], None], status: Status, says: str, database_path: Path
) -> None:
    spoil(database_path)
    database, version = looked_at(database_path)
    assert (database.status, says in database.found) == (status, True), database
    assert version.status is WARNING
    assert version.found.startswith("Not looked at: ")


def test_a_newer_one_is_left_alone_and_an_older_one_can_be_brought_up_to_date(tmp_path: Path) -> None:
    newer = shutil.copytree(FOLDER, tmp_path / "newer")
    (newer / "9999_of_tomorrow.sql").write_text("create table tomorrow (x integer) strict;\n")
    migrate(tmp_path / "newer.db", newer)
    database, version = looked_at(tmp_path / "newer.db")
    assert (database.status, version.status) == (WARNING, WRONG)
    assert version.found == "A newer version made it: it knows 9999_of_tomorrow."

    older = shutil.copytree(FOLDER, tmp_path / "older")
    latest = max(older.glob("*.sql"))
    latest.unlink()
    migrate(tmp_path / "older.db", older)
    database, version = looked_at(tmp_path / "older.db")
    assert (database.status, version.status) == (OK, WARNING)
    assert version.found == f"It is of an older version: it lacks {latest.stem}."


def test_one_that_takes_too_long_to_read_is_told(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.backups.checking.LOOKS_UP_EVERY", 1)
    database, version, _ = judge(look(database_path, within=-1))
    assert (database.status, version.status) == (WARNING, OK)
    assert "could not be read to its end" in database.found


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    database, version, disk = judge(look(tmp_path / "nowhere" / "bot.db"))
    assert (database.status, version.status, disk.status) == (WRONG, WARNING, WARNING)
    assert "AUTODIDACT_DATABASE" in (database.advice or "")


GOOD = DatabaseFacts(Path("bot.db"), size=GIB, free=10 * GIB)


@pytest.mark.parametrize(
    ("facts", "of_file", "of_disk"),
    [
        (GOOD, OK, OK),
        (replace(GOOD, folder_writable=False), WRONG, OK),
        (replace(GOOD, writable=False), WRONG, OK),
        (replace(GOOD, readable=False, writable=False), WRONG, OK),
        (replace(GOOD, trouble="SQLITE_IOERR (disk I/O error)"), WRONG, OK),
        (replace(GOOD, log_size=GIB), WARNING, OK),
        (replace(GOOD, free=2 * GIB), OK, WARNING),
        (replace(GOOD, free=GIB - 1), OK, WRONG),
        (replace(GOOD, size=0, free=400 * 1024**2), OK, WARNING),
        (replace(GOOD, size=0, free=50 * 1024**2), OK, WRONG),
    ],
)
def test_facts_lead_to_findings(facts: DatabaseFacts, of_file: Status, of_disk: Status) -> None:
    database, _, disk = judge(facts)
    assert (database.status, disk.status) == (of_file, of_disk)
    for finding in (database, disk):
        assert (finding.advice is None) == (finding.status is OK)
