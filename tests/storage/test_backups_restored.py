"""Putting a backup in the place of the database: the drill, and every file that must be refused."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backups import restoring
from bot.backups.checking import check
from bot.backups.copying import copy
from bot.backups.restoring import Restored, restore
from bot.operator_errors import DatabaseInUse, NotReplaced, NotRestorable
from bot.services import Services
from bot.storage.database import connect
from bot.storage.lock import alone
from bot.storage.migrations import FOLDER, known_in, migrate
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import ADA, BEN, Study

NOW = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)
KEPT = "autodidact.db-2026-03-05-173000.replaced"
ADDED = "insert into fact (name, value) values (?, 'added')"


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def names(folder: Path) -> set[str]:
    sides = ("-wal", "-shm", "-lock")
    return {file.name for file in folder.iterdir() if not file.name.endswith(sides)}


def add(path: Path, name: str) -> None:
    with closing(connect(path)) as db:
        db.execute(ADDED, (name,))


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    """A backup of the database, which holds one fact less."""
    file = tmp_path / "backups" / "autodidact.db-2026-03-02-120000.backup"
    file.parent.mkdir()
    copy(path, file)
    add(path, "later")
    return file


# -- the drill


async def test_the_drill(path: Path, tmp_path: Path, clock: ManualClock) -> None:
    """Back up, go on, restore: all is as it was, the outbox too, and what was there instead is kept."""
    messenger = FakeMessenger(clock)
    services = await Services.open(path, clock, openings_every=None, backups=tmp_path / "backups")
    study = Study(services, clock, messenger)
    await study.set_up()
    await study.plan(ADA)
    await study.check_in(ADA)
    made = await services.backups.tick()
    assert made is not None
    then = dump(path)
    (card,) = [line for line in then if line.startswith('INSERT INTO "delivery"')]
    assert "'pending'" in card

    await study.plan(BEN)
    await study.check_in(ADA, "Read two papers")
    await study.check_in(BEN)
    assert await services.delivery.tick(messenger) == 2
    now = dump(path)
    await services.close()

    clock.set(NOW)
    assert restore(made.path, path, clock.now()) == Restored([], tmp_path / KEPT)
    assert dump(path) == then
    assert dump(tmp_path / KEPT) == now
    check(tmp_path / KEPT)

    # The bot starts on it and goes on from there.
    services = await Services.open(path, clock, openings_every=None)
    messenger = FakeMessenger(clock)
    study = Study(services, clock, messenger)
    await services.delivery.resume()
    await study.plan(BEN)
    await study.check_in(BEN)
    await services.delivery.tick(messenger)
    assert await study.fates("card") == [("2026-03-02", "skipped", "too late"), ("2026-03-05", "sent", None)]
    await services.close()
    check(path)

    # And back again: a restore is undone by restoring what it replaced.
    assert restore(tmp_path / KEPT, path, clock.now()).kept == tmp_path / KEPT.replace("173000", "173001")
    assert dump(path) == now


def test_a_restored_database_is_the_same_file_in_the_same_mode(path: Path, backup: Path) -> None:
    path.chmod(0o640)
    before = path.stat()
    restore(backup, path, NOW)
    after = path.stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert path.read_bytes()[18:20] == b"\x02\x02"
    assert names(path.parent) == {"autodidact.db", "backups", KEPT}
    assert names(backup.parent) == {backup.name}
    assert (path.parent / KEPT).stat().st_mode & 0o077 == 0


def test_a_backup_of_an_older_version_is_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    known = known_in()
    (tmp_path / "older").mkdir()
    for name in known[:-2]:
        shutil.copy(FOLDER / f"{name}.sql", tmp_path / "older")
    migrate(tmp_path / "old.db", tmp_path / "older")
    add(tmp_path / "old.db", "from long ago")
    before = (tmp_path / "old.db").read_bytes()
    assert restore(tmp_path / "old.db", path, NOW) == Restored(known[-2:], tmp_path / KEPT)
    assert (tmp_path / "old.db").read_bytes() == before
    assert any("from long ago" in line for line in dump(path))
    assert migrate(path) == []
    check(path)


def test_on_a_new_machine_it_is_simply_put_there(path: Path, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    database = tmp_path / "new" / "bot.db"
    assert restore(backup, database, NOW) == Restored([], None)
    assert names(tmp_path / "new") == {"bot.db"}
    # What members wrote for themselves alone is not for everybody on the machine.
    assert database.stat().st_mode & 0o077 == 0
    assert dump(database) == dump(backup)


def test_a_database_behind_a_link_is_restored_where_it_is(path: Path, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "bot.db"
    link.symlink_to(path)
    assert restore(backup, link, NOW).kept == tmp_path / KEPT
    assert link.is_symlink()
    assert dump(path) == dump(backup)


# -- what it replaces


def killed_in_the_middle(path: Path, folder: Path) -> Path:
    """A database as a killed bot leaves it: its last changes are in the log only."""
    folder.mkdir()
    with closing(connect(path)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        db.execute(ADDED, ("only in the log",))
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", folder / f"bot.db{ending}")
    assert b"only in the log" not in (folder / "bot.db").read_bytes()
    return folder / "bot.db"


def test_what_is_only_in_the_log_is_kept_and_comes_not_back(path: Path, backup: Path, tmp_path: Path) -> None:
    database = killed_in_the_middle(path, tmp_path / "killed")
    kept = restore(backup, database, NOW).kept
    assert kept is not None
    assert any("only in the log" in line for line in dump(kept))
    assert dump(database) == dump(backup)


def test_a_backup_may_have_a_log_beside_it(path: Path, backup: Path, tmp_path: Path) -> None:
    other = killed_in_the_middle(path, tmp_path / "killed")
    restore(other, path, NOW)
    assert any("only in the log" in line for line in dump(path))


@pytest.mark.parametrize("content", [b"Dear diary, " * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_database_that_cannot_be_read_is_kept_as_it_is(
    path: Path, backup: Path, tmp_path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    path.chmod(0o640)
    (tmp_path / "autodidact.db-wal").write_bytes(b"an old log")
    assert restore(backup, path, NOW) == Restored([], tmp_path / KEPT)
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / KEPT).read_bytes() == content
    assert (tmp_path / f"{KEPT}-wal").read_bytes() == b"an old log"
    assert dump(path) == dump(backup)
    check(path)


def test_a_database_with_a_page_of_nonsense_is_kept_with_it(path: Path, backup: Path, tmp_path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[40_960:45_056] = b"\xff" * 4096
    path.write_bytes(content)
    restore(backup, path, NOW)
    check(path)
    assert (tmp_path / KEPT).read_bytes()[40_960:45_056] == b"\xff" * 4096


def test_an_old_log_without_its_database_does_no_harm(path: Path, backup: Path, tmp_path: Path) -> None:
    database = killed_in_the_middle(path, tmp_path / "killed")
    database.unlink()
    assert restore(backup, database, NOW).kept == database.with_name(
        KEPT.replace("autodidact", "bot") + "-wal"
    )
    assert dump(database) == dump(backup)


def test_who_writes_to_it_all_the_time_keeps_it_as_it_is(
    path: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "WAITS_SECONDS", 0)
    before = names(tmp_path)
    with closing(connect(path)) as writer:
        writer.execute("begin immediate")
        with pytest.raises(NotReplaced, match="locked"):
            restore(backup, path, NOW)
        writer.execute("rollback")
    assert names(tmp_path) == before
    assert any("later" in line for line in dump(path))


# -- what is refused


def nothing(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def an_empty_file(file: Path) -> None:
    file.write_bytes(b"")


def a_diary(file: Path) -> None:
    file.write_text("Dear diary, today I learned about file formats.\n" * 100)


def another_programs(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table bookmark (url text)")


def another_programs_with_migrations(file: Path) -> None:
    """Made by another program that uses the same library for its migrations."""
    folder = file.with_name("migrations")
    folder.mkdir()
    (folder / "0001_bookmarks.sql").write_text("create table bookmark (url text);")
    file.unlink()
    migrate(file, folder)


def a_newer_one(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(
            """
            insert into _yoyo_migration (migration_hash, migration_id, applied_at_utc)
            values ('0', '9999_things_to_come', '2100-01-01 00:00:00')
            """
        )


def half_of_it(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def its_first_kilobyte(file: Path) -> None:
    os.truncate(file, 1000)


def all_but_the_last_page(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 4096)


def a_page_of_nonsense(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("select rootpage from sqlite_schema where name = 'resource'").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(content)


def a_row_that_belongs_to_nothing(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("create table child (parent text references fact (name)) strict")
        db.execute("insert into child values ('nobody')")


def the_database(file: Path) -> None:
    file.unlink()
    file.hardlink_to(file.parents[1] / "autodidact.db")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (nothing, "there is no such file"),
        (a_folder, "it is no file"),
        (an_empty_file, "it is empty"),
        (a_diary, "it is no SQLite database"),
        (another_programs, "it is the database of another program"),
        (another_programs_with_migrations, "it is the database of another program"),
        (a_newer_one, "it was made by a newer version (it knows 9999_things_to_come)"),
        (half_of_it, "it is damaged or was cut off"),
        (its_first_kilobyte, "it is damaged or was cut off"),
        (all_but_the_last_page, "it is damaged"),
        (a_page_of_nonsense, "it is damaged"),
        (a_row_that_belongs_to_nothing, "it is damaged"),
        (the_database, "it is the database itself"),
    ],
)
def test_what_is_no_good_backup_is_refused_and_nothing_is_changed(
    path: Path, backup: Path, tmp_path: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    spoil(backup)
    before, there = path.read_bytes(), names(tmp_path)
    with pytest.raises(NotRestorable) as caught:
        restore(backup, path, NOW)
    assert str(caught.value).startswith(f"{backup} cannot be restored: {reason}")
    assert str(caught.value).endswith(". Nothing was changed.")
    assert (path.read_bytes(), names(tmp_path)) == (before, there)


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever is root may read everything")
def test_a_file_that_may_not_be_read_is_refused(path: Path, backup: Path) -> None:
    backup.chmod(0)
    with pytest.raises(NotRestorable, match="it may not be read"):
        restore(backup, path, NOW)


def test_while_a_bot_runs_nothing_is_restored(path: Path, backup: Path) -> None:
    before = path.read_bytes()
    with alone(path), pytest.raises(DatabaseInUse, match="stop that first"):
        restore(backup, path, NOW)
    assert path.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(
    path: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> list[str]:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(restoring, "migrate", full)
    before, there = path.read_bytes(), names(tmp_path)
    with pytest.raises(NotReplaced, match="disk is full"):
        restore(backup, path, NOW)
    assert (path.read_bytes(), names(tmp_path)) == (before, there)
