"""kill -9 in the middle of a backup or of a restore: the database is good, and the next try succeeds."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.backups.checking import check
from bot.backups.copying import copy
from bot.backups.restoring import restore
from bot.storage.database import connect
from tests.conftest import REPOSITORY
from tests.storage.killed_at_each_step import NOW

KEPT = "bot.db-2026-03-05-173000.replaced"


@pytest.fixture
def template(database_path: Path, tmp_path: Path) -> Path:
    """A database as a killed bot leaves it, with its last change in the log only, and a good backup."""
    folder = tmp_path / "template"
    folder.mkdir()
    copy(database_path, folder / "good")
    with closing(connect(database_path)) as db:
        db.execute("insert into fact values ('later', 'only in the log')")
        for ending in ("", "-wal"):
            shutil.copy(f"{database_path}{ending}", folder / f"bot.db{ending}")
    return folder


def killed(work: str, template: Path, folder: Path, every: int) -> list[Path]:
    """The folders that the killed processes left, the earliest first."""
    command = [
        sys.executable,
        "-m",
        "tests.storage.killed_at_each_step",
        work,
        str(template),
        str(folder),
        str(every),
    ]
    subprocess.run(command, check=True, cwd=REPOSITORY, timeout=60)
    assert (folder / "whole").is_dir()
    return sorted(
        (left for left in folder.iterdir() if left.name != "whole"), key=lambda left: int(left.name)
    )


def has_later(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("select 1 from fact where name = 'later'").fetchone())


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm", "-lock"))}


def test_a_backup_that_was_killed_is_there_whole_or_not_at_all(template: Path, tmp_path: Path) -> None:
    half = 0
    for folder in killed("backup", template, tmp_path / "killed", every=7):
        check(folder / "bot.db")
        assert has_later(folder / "bot.db")
        half += (folder / "target.unfinished").exists()
        if (folder / "target").exists():
            check(folder / "target")
        else:
            copy(folder / "bot.db", folder / "target")
        assert has_later(folder / "target")
        assert names(folder) == {"bot.db", "good", "target"}
    assert half > 1


def test_a_restore_that_was_killed_left_the_old_database_or_the_new(template: Path, tmp_path: Path) -> None:
    states = []
    # Some seven steps come after the new one is there, so that at least one of them is met.
    for folder in killed("restore", template, tmp_path / "killed", every=4):
        check(folder / "bot.db")
        states.append(has_later(folder / "bot.db"))
        if (folder / KEPT).exists():
            check(folder / KEPT)
            assert has_later(folder / KEPT)
        else:
            # What is not kept yet is not replaced yet.
            assert states[-1]
        kept = restore(folder / "good", folder / "bot.db", NOW).kept
        assert kept is not None
        assert has_later(kept) == states[-1]
        assert not has_later(folder / "bot.db")
        assert names(folder) <= {"bot.db", "good", KEPT, kept.name}
    assert states == sorted(states, reverse=True)
    assert set(states) == {True, False}
