"""Opening a file that is no good, and closing without hanging and without losing anything."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.operator_errors import DatabaseUnusable
from bot.storage.database import Database

FORGETFUL = """
import asyncio, sys
from pathlib import Path
from bot.storage.database import Database

async def main():
    database = await Database.open(Path(sys.argv[1]))
    await database.write(lambda db: db.execute("insert into note values ('kept')"))
    await database.read(lambda db: db.execute("select * from note").fetchall())
    if sys.argv[2] == "raise":
        raise SystemExit(3)

asyncio.run(main())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "test.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table note (text text) strict")
    return path


def note(db: sqlite3.Connection, text: str) -> None:
    db.execute("insert into note values (?)", (text,))


def notes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [text for (text,) in db.execute("select text from note order by text")]


def files_beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def database_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("database-")]


async def test_closing_finishes_the_jobs_that_wait(path: Path) -> None:
    database = await Database.open(path)
    tasks = [asyncio.create_task(database.write(note, f"{number:02}")) for number in range(50)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*tasks)
    assert notes(path) == [f"{number:02}" for number in range(50)]


async def test_closing_twice_is_harmless_and_at_once_too(path: Path) -> None:
    database = await Database.open(path)
    await asyncio.gather(database.close(), database.close())
    await database.close()
    assert database_threads() == []


async def test_after_closing_no_log_file_is_left_beside_the_database(path: Path) -> None:
    database = await Database.open(path)
    await database.write(note, "a")
    await database.close()
    assert files_beside(path) == ["test.db"]


async def test_a_closed_database_takes_no_more_jobs(path: Path) -> None:
    database = await Database.open(path)
    await database.close()
    for run in (database.write, database.read):
        with pytest.raises((RuntimeError, sqlite3.ProgrammingError)):
            await run(note, "late")
    assert notes(path) == []


@pytest.mark.parametrize(("ending", "status"), [("return", 0), ("raise", 3)])
def test_a_program_that_forgets_to_close_still_ends(path: Path, ending: str, status: int) -> None:
    command = [sys.executable, "-c", FORGETFUL, str(path), ending]
    assert subprocess.run(command, timeout=30, check=False).returncode == status
    assert notes(path) == ["kept"]


def test_a_program_that_is_killed_loses_nothing_that_was_stored(path: Path) -> None:
    killed = FORGETFUL.replace(
        "raise SystemExit(3)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", killed, str(path), "raise"]
    assert subprocess.run(command, timeout=30, check=False).returncode < 0
    assert notes(path) == ["kept"]
    assert (
        subprocess.run([*command[:2], FORGETFUL, str(path), "return"], timeout=30, check=False).returncode
        == 0
    )
    assert notes(path) == ["kept", "kept"]


NAMES = ["with space.db", "a#b.db", "a?b=c.db", "50%20.db", "ü.db", "memory:.db"]


@pytest.fixture(params=NAMES)
def oddly_named(path: Path, request: pytest.FixtureRequest) -> Path:
    return path.rename(path.parent / request.param)


async def test_a_file_may_be_called_anything(oddly_named: Path) -> None:
    database = await Database.open(oddly_named)
    await database.write(note, "found")
    await database.close()
    assert notes(oddly_named) == ["found"]
    assert files_beside(oddly_named) == [oddly_named.name]


def unusable(folder: Path) -> dict[str, Path]:
    (folder / "directory.db").mkdir()
    (folder / "letter.db").write_text("Dear database,\n" * 100)
    return {
        "a directory": folder / "directory.db",
        "no database": folder / "letter.db",
        "in no folder": folder / "none" / "test.db",
        "not there": folder / "none.db",
    }


@pytest.mark.parametrize("what", ["a directory", "no database", "in no folder", "not there"])
async def test_what_cannot_be_used_is_named_with_the_reason(tmp_path: Path, what: str) -> None:
    path = unusable(tmp_path)[what]
    before = path.exists()
    with pytest.raises(DatabaseUnusable) as caught:
        await Database.open(path)
    assert str(path) in str(caught.value)
    assert ("not a database" if what == "no database" else "unable to open") in str(caught.value)
    assert database_threads() == []
    assert path.exists() == before


@pytest.fixture
def unwritable(path: Path) -> Iterator[Path]:
    if os.geteuid() == 0:
        pytest.skip("root may write to every file, whatever its rights say")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    yield path
    path.parent.chmod(0o755)


async def test_a_file_that_may_only_be_read_is_refused_when_it_is_opened(unwritable: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="readonly"):
        await Database.open(unwritable)
