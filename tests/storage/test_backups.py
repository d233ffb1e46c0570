"""Daily backups: made beside a bot that goes on, checked, and deleted when their time is over."""

import asyncio
import logging
import os
import resource
import sqlite3
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups import checking, copying, service
from bot.backups.checking import Unsound, check
from bot.backups.copying import Stopped, copy
from bot.backups.service import Backups
from bot.facts import fact_of, keep_fact
from bot.operator_errors import DatabaseInUse, DatabaseUnusable
from bot.services import Services
from bot.storage.database import connect
from bot.storage.lock import alone, folder_held
from tests.clocks import ManualClock

NOON = "autodidact.db-2026-03-02-120000.backup"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
async def backups(path: Path, folder: Path, clock: ManualClock) -> AsyncIterator[Backups]:
    backups = Backups(path, folder, clock)
    yield backups
    await backups.close()


@pytest.fixture
def little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy takes many steps, as that of a large database does."""
    monkeypatch.setattr(copying, "PAGES_AT_ONCE", 4)
    monkeypatch.setattr(service, "PAUSE_SECONDS", 0.001)


def names(folder: Path) -> list[str]:
    """The files of a folder, without what SQLite keeps beside a database that is open."""
    files = [file.name for file in folder.iterdir()] if folder.exists() else []
    return sorted(name for name in files if name not in ("autodidact.db-wal", "autodidact.db-shm"))


def put(folder: Path, *names: str) -> None:
    """Make a folder with empty files."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def dump(path: Path) -> list[str]:
    """All that a database holds, read without leaving anything beside it."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return list(db.iterdump())


def facts(path: Path) -> set[str]:
    with closing(connect(path, writes=False)) as db:
        return {str(value) for (value,) in db.execute("select value from fact")}


def spoil_a_page(path: Path) -> None:
    """Write nonsense over the table of resources, as a failing disk does."""
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("select rootpage from sqlite_schema where name = 'resource'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)


# -- making them


async def test_a_backup_is_made_where_todays_is_missing_and_holds_everything(
    backups: Backups, path: Path, folder: Path, clock: ManualClock
) -> None:
    made = await backups.tick()
    assert made is not None
    assert (made.path, made.made_at) == (folder / NOON, clock.now())
    assert made.size == (folder / NOON).stat().st_size
    assert dump(made.path) == dump(path)
    clock.advance(hours=11)
    assert await backups.tick() is None
    clock.advance(hours=1)
    assert await backups.tick() is not None
    assert names(folder) == [NOON, "autodidact.db-2026-03-03-000000.backup"]


async def test_after_a_downtime_one_is_made_at_once(
    backups: Backups, folder: Path, clock: ManualClock
) -> None:
    await backups.tick()
    clock.advance(days=3, hours=5)
    await backups.tick()
    assert names(folder) == [NOON, "autodidact.db-2026-03-05-170000.backup"]


async def test_a_backup_is_one_file_for_its_owner_only(backups: Backups, folder: Path) -> None:
    made = await backups.tick()
    assert made is not None
    assert names(folder) == [NOON]
    assert (mode(made.path), mode(folder)) == (0o600, 0o700)
    # It can be opened where nothing can be written: it needs no log beside it.
    assert made.path.read_bytes()[18:20] == b"\x01\x01"


def test_a_writer_that_never_rests_is_not_held_up_and_does_not_make_it_begin_anew(
    path: Path, tmp_path: Path, little_at_once: None
) -> None:
    """Between any two steps another connection commits, on a page that was copied and on new ones."""
    pages = path.stat().st_size // 4096
    written: list[str] = []
    before = dump(path)
    with closing(connect(path)) as writer:

        def write() -> bool:
            written.append(f"fact {len(written)}")
            keep_fact(writer, written[-1], "x" * 5000)
            return False

        copy(path, tmp_path / "copy", write)
    # Checking the copy asks as well, now and then.
    assert pages / 4 <= len(written) <= pages / 4 + 10
    assert dump(tmp_path / "copy") == before
    assert len(dump(path)) == len(before) + len(written)


async def test_the_bot_goes_on_while_a_backup_is_made(
    services: Services, backups: Backups, little_at_once: None
) -> None:
    """Two facts are always kept in one transaction, so no copy may hold one without the other."""

    def keep_two(db: sqlite3.Connection, number: int) -> None:
        keep_fact(db, f"left {number}", f"pair {number}")
        keep_fact(db, f"right {number}", f"pair {number}")

    making = asyncio.create_task(backups.tick())
    number = 0
    while not making.done():
        await services.database.write(keep_two, number)
        number += 1
    made = making.result()
    assert made is not None
    assert number > 10
    with closing(connect(made.path, writes=False)) as db:
        counts = {
            count
            for (count,) in db.execute("select count(*) from fact where value like 'pair%' group by value")
        }
    assert counts <= {2}


async def test_what_was_deleted_before_is_in_no_byte_of_a_backup(
    services: Services, backups: Backups, clock: ManualClock
) -> None:
    def forget(db: sqlite3.Connection) -> None:
        db.execute("delete from fact where name like 'secret%'")

    for number in range(50):
        await services.facts.put(f"secret {number}", f"told in confidence {number} " * 50)
    earlier = await backups.tick()
    await services.database.write(forget)
    clock.advance(days=1)
    later = await backups.tick()
    assert earlier is not None
    assert later is not None
    assert b"told in confidence" in earlier.path.read_bytes()
    assert b"told in confidence" not in later.path.read_bytes()


async def test_the_writer_writes_over_what_is_deleted(services: Services) -> None:
    """Wherever SQLite was built: not all of them do so by themselves."""
    (on,) = await services.database.write(lambda db: db.execute("pragma secure_delete").fetchone())
    assert on == 1


# -- what goes wrong


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


# -- which are kept


async def test_old_ones_are_deleted_and_what_others_put_there_stays(
    backups: Backups, path: Path, folder: Path, tmp_path: Path
) -> None:
    old = ["autodidact.db-2025-12-01-030000.backup", "autodidact.db-2026-02-23-030000.backup"]
    kept = ["autodidact.db-2026-02-08-030000.backup", "autodidact.db-2026-03-01-030000.backup"]
    others = ["autodidact.db", "bot.db-2025-12-01-030000.backup", "notes-2025-12-01.txt", old[0] + ".gz"]
    put(folder, *old, *kept, *others)
    replaced = ["autodidact.db-2026-01-20-030000.replaced", "autodidact.db-2026-02-20-030000.replaced"]
    put(tmp_path, *replaced, f"{replaced[0]}-wal")
    await backups.tick()
    assert names(folder) == sorted([*kept, *others, NOON])
    # What was replaced on 20 January was gone by Monday, 23 February; of 20 February it stays until 23 March.
    assert names(tmp_path) == sorted([path.name, folder.name, replaced[1]])


async def test_a_year_of_days_leaves_a_week_of_days_and_four_weeks(
    folder: Path, path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "copy", lambda database, target, stopping: target.touch())
    backups = Backups(path, folder, clock)
    for _ in range(365):
        await backups.tick()
        clock.advance(days=1)
    last = clock.now().date() - timedelta(days=1)
    assert last == date(2027, 3, 1)
    days = [
        date(2027, 2, 7),
        date(2027, 2, 14),
        date(2027, 2, 21),
        *(last - timedelta(n) for n in range(6, -1, -1)),
    ]
    assert [name[len("autodidact.db-") :][:10] for name in names(folder)] == [day.isoformat() for day in days]
    await backups.close()


async def test_the_newest_is_known_and_by_when_a_day_is_in_none(
    backups: Backups, folder: Path, clock: ManualClock
) -> None:
    assert backups.latest() is None
    await backups.tick()
    clock.advance(days=1, hours=2)
    made = await backups.tick()
    (folder / "autodidact.db-2026-09-09-090909.backup.unfinished").touch()
    assert backups.latest() == made
    assert backups.gone_by(date(2026, 3, 3)) == date(2026, 4, 6)


async def test_where_backups_are_turned_off_none_are_made(
    path: Path, tmp_path: Path, clock: ManualClock
) -> None:
    backups = Backups(path, None, clock)
    assert await backups.tick() is None
    assert (backups.latest(), backups.gone_by(date(2026, 3, 3))) == (None, None)
    assert names(tmp_path) == ["autodidact.db"]
    await backups.close()


async def test_the_services_bring_the_backups_of_their_database(
    path: Path, folder: Path, clock: ManualClock
) -> None:
    services = await Services.open(path, clock, backups=folder)
    await services.facts.put("greeting", "hello")
    made = await services.backups.tick()
    await services.close()
    assert made is not None
    assert "hello" in facts(made.path)


# -- one made by hand


def test_one_by_hand_goes_where_it_is_told_and_over_nothing(
    backups: Backups, path: Path, tmp_path: Path
) -> None:
    made = backups.make(tmp_path / "mine.db")
    assert made.made_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert dump(tmp_path / "mine.db") == dump(path)
    (tmp_path / "shelf").mkdir()
    assert backups.make(tmp_path / "shelf").path == tmp_path / "shelf" / NOON
    (tmp_path / "dangling").symlink_to("nowhere")
    for taken in ("mine.db", "dangling", "autodidact.db"):
        before = names(tmp_path)
        with pytest.raises(FileExistsError):
            backups.make(tmp_path / taken)
        assert names(tmp_path) == before
    with pytest.raises(FileNotFoundError):
        backups.make(tmp_path / "nowhere" / "mine.db")


# -- the lock of whoever runs


def test_one_at_a_time_has_a_database(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(path)
    with alone(path):
        for same in (path, tmp_path / "link.db"):
            with pytest.raises(DatabaseInUse, match=same.name), alone(same):
                pass
        with alone(tmp_path / "other.db"):
            pass
    with alone(path):
        pass


def test_a_lock_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="no such folder"), alone(tmp_path / "nowhere" / "bot.db"):
        pass


async def test_beside_a_running_bot_others_may_read_and_write(
    path: Path, clock: ManualClock, tmp_path: Path
) -> None:
    with alone(path):
        services = await Services.open(path, clock)
        await services.facts.put("greeting", "hello")
        await services.close()
        copy(path, tmp_path / "copy")
    with closing(connect(tmp_path / "copy", writes=False)) as db:
        assert fact_of(db, "greeting") == "hello"
