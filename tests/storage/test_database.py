"""The writer and the reader over one file: every trap that SQLite and cancelled tasks set."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest

from bot.storage import database as storage
from bot.storage.database import Database

SCHEMA = """
    create table counter (name text primary key, value integer not null) strict;
    create table child (name text references counter (name)) strict;
    insert into counter values ('visits', 0);
"""
PATIENCE = 10


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "test.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA)
    return path


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(path)
    yield database
    await database.close()


def visits(db: sqlite3.Connection) -> int:
    (value,) = db.execute("select value from counter where name = 'visits'").fetchone()
    return int(value)


def visit(db: sqlite3.Connection) -> None:
    db.execute("update counter set value = ? where name = 'visits'", (visits(db) + 1,))


def put(db: sqlite3.Connection, name: str, value: int = 1) -> None:
    db.execute("insert into counter values (?, ?)", (name, value))


def names(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("select name from counter")} - {"visits"}


class Gate:
    """A job that waits in the database's thread until it is let go on."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._open = threading.Event()

    def wait(self, db: sqlite3.Connection, name: str | None = None) -> None:
        if name is not None:
            put(db, name)
        self.pause()

    def pause(self) -> None:
        self._reached.set()
        assert self._open.wait(PATIENCE)

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, PATIENCE)

    def open(self) -> None:
        self._open.set()


async def test_a_job_gets_its_arguments_and_answers_with_its_result(database: Database) -> None:
    await database.write(put, "a", value=7)
    assert await database.read(names) == {"a"}
    assert (
        await database.read(lambda db: db.execute("select value from counter where name = 'a'").fetchone()[0])
        == 7
    )


async def test_two_hundred_readings_and_writings_at_once_count_to_two_hundred(database: Database) -> None:
    await asyncio.gather(*(database.write(visit) for _ in range(200)))
    assert await database.read(visits) == 200


async def test_writers_that_fail_take_nothing_of_the_others_with_them(database: Database) -> None:
    def put_and_fail(db: sqlite3.Connection, name: str) -> None:
        put(db, name)
        raise LookupError(name)

    jobs = [database.write(put_and_fail if number % 3 == 0 else put, str(number)) for number in range(60)]
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert [isinstance(result, LookupError) for result in results] == [
        number % 3 == 0 for number in range(60)
    ]
    assert await database.read(names) == {str(number) for number in range(60) if number % 3}


async def test_a_job_that_breaks_a_rule_stores_nothing_and_the_next_one_works(database: Database) -> None:
    def twice(db: sqlite3.Connection) -> None:
        put(db, "same")
        put(db, "same")

    with pytest.raises(sqlite3.IntegrityError):
        await database.write(twice)
    await database.write(put, "next")
    assert await database.read(names) == {"next"}


async def test_a_task_cancelled_while_its_job_runs_leaves_no_open_transaction(database: Database) -> None:
    gate = Gate()
    task = asyncio.create_task(database.write(gate.wait, "whole"))
    await gate.reached()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.open()
    await database.write(put, "next")
    assert await database.read(names) == {"whole", "next"}


async def test_a_task_cancelled_while_its_job_waits_leaves_the_job_to_finish(database: Database) -> None:
    gate = Gate()
    running = asyncio.create_task(database.write(gate.wait))
    await gate.reached()
    waiting = asyncio.create_task(database.write(put, "waited"))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.open()
    await running
    await database.write(put, "next")
    assert await database.read(names) == {"waited", "next"}


async def test_a_write_holds_the_lock_before_its_first_statement(database: Database, path: Path) -> None:
    def other_writer_is_kept_out(_: sqlite3.Connection) -> None:
        with (
            closing(sqlite3.connect(path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="lock"),
        ):
            other.execute("begin immediate")

    await database.write(other_writer_is_kept_out)


async def test_a_write_waits_for_another_program_that_holds_the_lock(database: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        visit(other)
        task = asyncio.create_task(database.write(visit))
        done, _ = await asyncio.wait({task}, timeout=0.05)
        assert not done
        other.execute("commit")
        await task
    assert await database.read(visits) == 2


async def test_a_write_that_has_waited_long_enough_fails_and_the_next_one_works(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "BUSY_TIMEOUT_MS", 30)
    database = await Database.open(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                await database.write(visit)
            assert await database.read(visits) == 0
        await database.write(visit)
        assert await database.read(visits) == 1
    finally:
        await database.close()


async def test_a_read_sees_one_state_while_a_write_goes_through(database: Database) -> None:
    gate = Gate()

    def look_twice(db: sqlite3.Connection) -> tuple[int, int]:
        before = visits(db)
        gate.pause()
        return before, visits(db)

    reading = asyncio.create_task(database.read(look_twice))
    await gate.reached()
    await database.write(visit)
    gate.open()
    assert await reading == (0, 0)
    assert await database.read(visits) == 1


async def test_a_read_does_not_see_what_is_not_stored_yet(database: Database) -> None:
    gate = Gate()
    writing = asyncio.create_task(database.write(gate.wait, "unstored"))
    await gate.reached()
    assert await database.read(names) == set()
    gate.open()
    await writing
    assert await database.read(names) == {"unstored"}


@pytest.mark.parametrize(
    "statement",
    ["insert into counter values ('a', 1)", "delete from counter", "create table t (x)", "drop table child"],
)
async def test_the_reader_cannot_write(database: Database, statement: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(lambda db: db.execute(statement))
    assert await database.read(visits) == 0


async def test_each_connection_is_set_as_it_should_be(database: Database) -> None:
    def pragma(db: sqlite3.Connection, name: str) -> object:
        return db.execute(f"pragma {name}").fetchone()[0]

    for run in (database.read, database.write):
        assert await run(pragma, "foreign_keys") == 1
        assert await run(pragma, "journal_mode") == "wal"
    assert await database.read(pragma, "busy_timeout") == storage.BUSY_TIMEOUT_MS
    assert await database.write(pragma, "synchronous") == 1


async def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        await database.write(lambda db: db.execute("insert into child values ('nobody')"))


async def test_an_error_that_ends_the_transaction_itself_is_the_one_that_is_raised(
    database: Database,
) -> None:
    def clash(db: sqlite3.Connection) -> None:
        put(db, "a")
        db.execute("insert or rollback into counter values ('a', 2)")

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        await database.write(clash)
    await database.write(put, "next")
    assert await database.read(names) == {"next"}


async def test_a_full_disk_is_called_a_full_disk(database: Database) -> None:
    def fill(db: sqlite3.Connection) -> None:
        (pages,) = db.execute("pragma page_count").fetchone()
        db.execute(f"pragma max_page_count = {pages}")
        db.execute("insert into counter values (?, 1)", ("x" * 100_000,))

    with pytest.raises(sqlite3.OperationalError, match="full"):
        await database.write(fill)
    await database.write(visit)
    assert await database.read(visits) == 1


def size_of(path: Path) -> int:
    return path.stat().st_size


async def test_the_size_is_that_of_the_file(database: Database, path: Path) -> None:
    await database.write(lambda db: db.execute("insert into counter values (?, 1)", ("x" * 100_000,)))
    await database.write(lambda db: put(db, "more"))
    size = await database.read(Database.size)
    assert size > 100_000
    await database.close()
    assert size == size_of(path)


async def test_whoever_writes_while_another_process_does_waits_for_it(database: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        writes = [asyncio.create_task(database.write(put, f"{number}")) for number in range(5)]
        _, waiting = await asyncio.wait(writes, timeout=0.3)
        assert len(waiting) == 5
        other.execute("commit")
        await asyncio.gather(*writes)
    with pytest.raises(sqlite3.IntegrityError):
        await database.write(put, "4")


async def test_all_who_wait_for_another_process_give_up_in_time_to_say_so(
    database: Database, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        began = perf_counter()
        writes = [database.write(put, f"{number}") for number in range(5)]
        ends = await asyncio.gather(*writes, return_exceptions=True)
        assert storage.PATIENCE <= perf_counter() - began < 2 * storage.PATIENCE
        assert [getattr(end, "sqlite_errorname", end) for end in ends] == ["SQLITE_BUSY"] * 5
        other.execute("rollback")
    await database.write(put, "0")
