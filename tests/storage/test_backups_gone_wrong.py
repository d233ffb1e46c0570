"""Backups that cannot be made: what is logged, and that nothing half done is left."""

import asyncio
import logging
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.backups import checking, service
from bot.backups.checking import Unsound, check
from bot.backups.copying import Stopped, copy
from bot.backups.service import Backups
from bot.storage.lock import folder_held
from tests.clocks import ManualClock
from tests.storage.backup_files import NOON, names, put, spoil_a_page


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """To a process that may write no larger files, the disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_is_logged_and_leaves_no_half_file(
    backups: Backups, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with no_file_larger_than(100_000):
        assert await backups.tick() is None
    assert "SQLITE_IOERR_WRITE" in caplog.text
    assert backups.trouble is not None
    assert names(folder) == []
    assert await backups.tick() is not None
    assert backups.trouble is None


async def test_a_folder_that_cannot_be_made_is_logged_with_its_code(
    path: Path, tmp_path: Path, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    backups = Backups(path, tmp_path / "file" / "backups", clock)
    assert await backups.tick() is None
    assert "ENOTDIR" in caplog.text
    await backups.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever is root may write everywhere")
async def test_a_folder_that_may_not_be_written_is_logged_with_its_code(
    backups: Backups, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(folder)
    os.chmod(folder, 0o500)  # noqa: PTH101
    assert await backups.tick() is None
    assert "EACCES" in caplog.text


async def test_a_damaged_database_makes_no_backup_and_drops_none(
    backups: Backups, path: Path, folder: Path, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    await backups.tick()
    spoil_a_page(path)
    clock.advance(days=100)
    assert await backups.tick() is None
    assert "damaged" in caplog.text
    assert names(folder) == [NOON]
    check(folder / NOON)


def test_a_copy_whose_rows_belong_to_nothing_is_no_backup(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table child (parent text references fact (name)) strict")
        db.execute("insert into child values ('nobody')")
        db.commit()
    with pytest.raises(Unsound, match="a row of child belongs to one of fact that is not there"):
        copy(path, tmp_path / "copy")
    assert names(tmp_path) == ["autodidact.db"]


async def test_an_end_in_the_middle_of_it_is_quick_and_leaves_nothing(
    backups: Backups, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(service, "PAUSE_SECONDS", 60)
    making = asyncio.create_task(backups.tick())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await backups.close()
    assert await making is None
    assert "the program ends" in caplog.text
    assert names(folder) == []


def test_who_stops_the_check_leaves_nothing_either(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "LOOKS_UP_EVERY", 10)
    asked = iter([False])
    with pytest.raises(Stopped):
        copy(path, tmp_path / "copy", lambda: next(asked, True))
    assert names(tmp_path) == ["autodidact.db"]


async def test_while_another_process_makes_one_it_waits_for_the_next_hour(
    backups: Backups, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(folder)
    with folder_held(folder):
        assert await backups.tick() is None
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert await backups.tick() is not None


async def test_what_a_killed_process_left_is_cleared_away_and_nothing_else(
    backups: Backups, folder: Path
) -> None:
    left = "autodidact.db-2026-03-01-120000.backup.unfinished"
    others = ["holiday.jpg", "bot.db-2026-03-01-120000.backup.unfinished", "autodidact.db.unfinished"]
    put(folder, left, f"{left}-journal", f"{left}-wal", *others)
    await backups.tick()
    assert names(folder) == sorted([*others, NOON])


def test_what_sqlite_mistakes_for_null_is_no_damage(path: Path, db: sqlite3.Connection) -> None:
    # In all of these, SQLite 3.40 calls the server null.
    db.execute("insert into idea_co_author values (1, 2, 3), (2, 2, 3)")
    db.execute("insert into poll_invited values (1, 2, 3)")
    db.execute("insert into build_member values (1, 2, 3, 0, 1, null)")
    check(path)


def test_what_is_null_and_must_not_be_is_damage(path: Path, db: sqlite3.Connection) -> None:
    db.execute("insert into idea_co_author values (1, 2, 3)")
    ruled = "guild_id INTEGER NOT NULL"
    with closing(sqlite3.connect(path)) as careless:
        careless.execute("pragma writable_schema = on")
        change = "update sqlite_schema set sql = replace(sql, ?, ?) where name = 'idea_co_author'"
        careless.execute(change, (ruled, "guild_id INTEGER"))
        careless.commit()
    with closing(sqlite3.connect(path)) as careless:
        careless.execute("insert into idea_co_author values (2, null, 3)")
        careless.execute("pragma writable_schema = on")
        careless.execute(change, ("guild_id INTEGER", ruled))
        careless.commit()
    with pytest.raises(Unsound, match=r"it is damaged \(NULL value in idea_co_author.guild_id\)"):
        check(path)
