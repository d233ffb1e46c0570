"""Daily backups: made beside a bot that goes on, checked, and deleted when their time is over."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups import copying, service
from bot.backups.copying import copy
from bot.backups.service import Backups
from bot.facts import fact_of, keep_fact
from bot.operator_errors import DatabaseInUse, DatabaseUnusable
from bot.services import Services
from bot.storage.database import connect
from bot.storage.lock import alone
from tests.clocks import ManualClock
from tests.storage.backup_files import NOON, dump, facts, mode, names, put


@pytest.fixture
def little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy takes many steps, as that of a large database does."""
    monkeypatch.setattr(copying, "PAGES_AT_ONCE", 4)
    monkeypatch.setattr(service, "PAUSE_SECONDS", 0.001)


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
