"""Bringing the schema up to date: whole, once, and never on top of what this program does not know."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from yoyo.backends.base import DatabaseBackend

from bot.operator_errors import DatabaseNewer, DatabaseUnusable, MigrationFailed
from bot.storage.database import connect
from bot.storage.migrations import FOLDER, migrate, newest

KNOWN = [file.stem for file in sorted(FOLDER.glob("*.sql")) if not file.stem.endswith(".rollback")]

PEOPLE = """
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE pet (name TEXT, owner INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE) STRICT;
    INSERT INTO person VALUES (1, 'Ada; or "Ada"'), (2, 'Ben');
    INSERT INTO pet VALUES ('Cat', 1), ('Dog', 2), ('Eel', 2);
"""
SEARCH = """
    -- Full text; with a semicolon in a comment.
    CREATE VIRTUAL TABLE person_text USING fts5 (
        name, content=person, content_rowid=id, tokenize='porter unicode61'
    );
    CREATE TRIGGER person_added AFTER INSERT ON person BEGIN
        INSERT INTO person_text (rowid, name) VALUES (new.id, new.name);
        UPDATE pet SET name = CASE WHEN new.id > 2 THEN name || ';' ELSE name END WHERE owner = new.id;
    END;
    CREATE TRIGGER person_removed AFTER DELETE ON person BEGIN
        INSERT INTO person_text (person_text, rowid, name) VALUES ('delete', old.id, old.name);
    END;
    INSERT INTO person_text (person_text) VALUES ('rebuild');
"""
REBUILD = """
    CREATE TABLE person_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born INTEGER) STRICT;
    INSERT INTO person_new SELECT id, name, NULL FROM person;
    DROP TABLE person;
    ALTER TABLE person_new RENAME TO person;
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_people.sql").write_text(PEOPLE)
    return folder


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def tables(path: Path) -> set[object]:
    return {name for (name,) in rows(path, "select name from sqlite_schema where type = 'table'")}


def test_a_new_database_gets_everything_and_a_second_run_has_nothing_to_do(path: Path) -> None:
    assert migrate(path) == KNOWN
    before = path.read_bytes()
    assert migrate(path) == []
    assert path.read_bytes() == before
    with closing(connect(path)) as db:
        assert newest(db) == KNOWN[-1]
        assert db.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert db.execute("pragma integrity_check").fetchone()[0] == "ok"


def test_every_table_of_ours_is_strict(path: Path) -> None:
    migrate(path)
    ours = rows(path, "select name, strict from pragma_table_list where type = 'table' and schema = 'main'")
    lax = {name for name, strict in ours if not strict}
    assert {name for name in lax if not str(name).startswith(("_yoyo", "yoyo_", "sqlite_"))} == set()
    assert len(ours) > len(lax)


def test_only_what_is_missing_is_applied_and_what_is_there_stays(path: Path, folder: Path) -> None:
    assert migrate(path, folder) == ["0001_people"]
    (folder / "0002_search.sql").write_text(SEARCH)
    (folder / "0002_search.rollback.sql").write_text("DROP TABLE person_text;")
    (folder / "notes.txt").write_text("no migration")
    assert migrate(path, folder) == ["0002_search"]
    assert rows(path, "select name from person where id = 1") == [('Ada; or "Ada"',)]


def test_triggers_and_full_text_search_work_after_a_migration(path: Path, folder: Path) -> None:
    (folder / "0002_search.sql").write_text(SEARCH)
    migrate(path, folder)
    with closing(connect(path)) as db:
        db.execute("insert into person values (3, 'Eva running')")
        found = "select rowid from person_text where person_text match ?"
        assert [tuple(row) for row in db.execute(found, ("run",))] == [(3,)]
        assert [tuple(row) for row in db.execute(found, ("ben",))] == [(2,)]
        db.execute("delete from person where id = 3")
        assert db.execute(found, ("run",)).fetchall() == []


@pytest.mark.parametrize(
    "broken", ["INSERT INTO nowhere VALUES (1);", "SELEKT 1;", "INSERT INTO person VALUES (1, 'x');"]
)
def test_a_migration_that_fails_names_itself_and_leaves_nothing_of_itself(
    path: Path, folder: Path, broken: str
) -> None:
    migrate(path, folder)
    before = tables(path)
    file = folder / "0002_search.sql"
    file.write_text(f"{SEARCH}\nUPDATE person SET name = 'gone';\n{broken}")
    (folder / "0003_later.sql").write_text("CREATE TABLE later (x INTEGER) STRICT;")
    with pytest.raises(MigrationFailed) as caught:
        migrate(path, folder)
    sentence = str(caught.value)
    assert "0002_search" in sentence
    assert str(path) in sentence
    assert str(caught.value.__cause__) in sentence
    assert tables(path) == before
    assert rows(path, "select name from person order by id") == [('Ada; or "Ada"',), ("Ben",)]
    # Once it is mended, it goes on from there.
    file.write_text(SEARCH)
    assert migrate(path, folder) == ["0002_search", "0003_later"]


def test_nothing_was_changed_is_said_only_when_nothing_was(path: Path, folder: Path) -> None:
    (folder / "0002_broken.sql").write_text("SELEKT 1;")
    with pytest.raises(MigrationFailed) as caught:
        migrate(path, folder)
    assert "person" not in tables(path) or "Nothing was changed" not in str(caught.value)


def test_a_newer_database_is_refused_by_the_name_of_what_is_not_known(path: Path, folder: Path) -> None:
    (folder / "0002_tomorrow.sql").write_text("CREATE TABLE tomorrow (x INTEGER) STRICT;")
    (folder / "0003_after.sql").write_text("CREATE TABLE after (x INTEGER) STRICT;")
    migrate(path, folder)
    for file in (folder / "0002_tomorrow.sql", folder / "0003_after.sql"):
        file.unlink()
    (folder / "0002_other.sql").write_text("CREATE TABLE other (x INTEGER) STRICT;")
    before = path.read_bytes()
    with pytest.raises(DatabaseNewer) as caught:
        migrate(path, folder)
    assert "0002_tomorrow" in str(caught.value)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(path: Path, folder: Path) -> None:
    migrate(path, folder)
    (folder / "0002_rebuild.sql").write_text(REBUILD)
    assert migrate(path, folder) == ["0002_rebuild"]
    assert rows(path, "select name, owner from pet order by name") == [("Cat", 1), ("Dog", 2), ("Eel", 2)]
    assert rows(path, "pragma foreign_key_check") == []
    with closing(connect(path)) as db:
        db.execute("delete from person where id = 2")
    assert rows(path, "select name from pet") == [("Cat",)]


def test_the_same_rebuild_with_foreign_keys_on_would_delete_them(path: Path, folder: Path) -> None:
    # What the test above guards against; should SQLite ever change this, it guards nothing any more.
    migrate(path, folder)
    with closing(connect(path)) as db:
        db.executescript(REBUILD)
    assert rows(path, "select name from pet") == []


@pytest.mark.parametrize("name", ["with space.db", "a#b.db", "a?b=c.db", "50%20.db", "ü.db", "memory:.db"])
def test_the_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert migrate(path) == KNOWN
    assert "checkin" in tables(path)
    assert migrate(path) == []
    assert {file.name for file in tmp_path.iterdir()} <= {name, f"{name}-wal", f"{name}-shm"}


def test_the_file_may_be_named_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    migrate(Path("here.db"))
    assert "checkin" in tables(tmp_path / "here.db")


@pytest.mark.parametrize("what", ["a directory", "no database", "in no folder"])
def test_what_cannot_be_used_is_named_with_the_reason(tmp_path: Path, what: str) -> None:
    (tmp_path / "directory.db").mkdir()
    (tmp_path / "letter.db").write_text("Dear database,\n" * 100)
    path = {
        "a directory": tmp_path / "directory.db",
        "no database": tmp_path / "letter.db",
        "in no folder": tmp_path / "none" / "test.db",
    }[what]
    with pytest.raises(DatabaseUnusable) as caught:
        migrate(path)
    assert str(path) in str(caught.value)
    assert (tmp_path / "letter.db").read_text().startswith("Dear database")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to every file, whatever its rights say")
def test_a_file_that_may_only_be_read_is_refused(path: Path, folder: Path) -> None:
    migrate(path, folder)
    (folder / "0002_search.sql").write_text(SEARCH)
    path.chmod(0o444)
    with pytest.raises((DatabaseUnusable, MigrationFailed), match="readonly"):
        migrate(path, folder)


# In a container every run may have the same number.
@pytest.mark.parametrize("own_number", [False, True])
def test_a_run_that_was_killed_does_not_lock_out_the_next(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, own_number: bool
) -> None:
    migrate(path, folder)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    killed = os.getpid() if own_number else gone.pid
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "insert into yoyo_lock (locked, ctime, pid) values (1, '2026-01-01T00:00:00', ?)", (killed,)
        )
    # yoyo would wait for ten seconds.
    insert = DatabaseBackend._insert_lock_row
    monkeypatch.setattr(
        DatabaseBackend, "_insert_lock_row", lambda self, pid, timeout: insert(self, pid, 0.05)
    )
    (folder / "0002_search.sql").write_text(SEARCH)
    assert migrate(path, folder) == ["0002_search"]


def test_a_run_that_was_killed_just_after_applying_goes_on_from_there(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(self: DatabaseBackend, *_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(DatabaseBackend, "mark_one", kill)
        with pytest.raises(Killed):
            migrate(path, folder)
    assert migrate(path, folder) == ["0001_people"]
    assert rows(path, "select count(*) from person") == [(2,)]


STUDY_SERVER_OF_0001 = """
    INSERT INTO server VALUES
        (1, 11, 'Europe/Berlin', '09:00', 1000, 2000),
        (2, 22, 'Asia/Tokyo', '07:30', 5, 5);
    INSERT INTO routine VALUES (1, 10, 1500, '2026-01-01', 'Asia/Kolkata', 31, '07:30', 1);
    INSERT INTO checkin VALUES
        (1, 10, '2026-01-01', 'Asia/Kolkata', 'https://a.example', 'n', 'b', 'building', 50, 1600, 1700, 1),
        (1, 10, '2026-01-02', 'Asia/Kolkata', 'Zażółć; "it"', '', '', 'learning', NULL, 1800, 1800, 0);
    INSERT INTO due VALUES
        (7, 'prompt', 1, 0, 'Europe/Berlin', '09:00', 127, '2026-01-03', 9000),
        (9, 'ping', 1, 10, 'Asia/Kolkata', '07:30', 31, '2026-01-05', 9500);
    INSERT INTO delivery VALUES
        (3, 'prompt', 1, 0, '2026-01-02', 'prompt:1:2026-01-02', 10, 20, 'sent', NULL, 4, 4, 0, 30, 11, 11,
         500, 12),
        (8, 'card', 1, 10, '2026-01-02', 'card:1:10:2026-01-02', 40, 50, 'pending', 'late', 2, 1, 3, 60, 41,
         11, 501, 42),
        (12, 'ping', 1, 10, '2026-01-02', 'ping:1:70:0', 70, 80, 'skipped', 'late', 1, 1, 0, 70, NULL, NULL,
         NULL, NULL);
    INSERT INTO fact VALUES ('commands', 'abc');
"""


def of_the_first_version(path: Path, folder: Path) -> sqlite3.Connection:
    folder.mkdir()
    (folder / f"{KNOWN[0]}.sql").write_text((FOLDER / f"{KNOWN[0]}.sql").read_text())
    migrate(path, folder)
    db = connect(path)
    db.executescript(STUDY_SERVER_OF_0001)
    return db


def test_an_upgraded_database_of_the_first_version_keeps_all_that_it_held(path: Path, tmp_path: Path) -> None:
    with closing(of_the_first_version(path, tmp_path / "first")) as db:
        held = {
            table: [dict(row) for row in db.execute(f"select * from {table}")]
            for table in ("server", "routine", "checkin", "due", "delivery", "fact")
        }
    assert migrate(path) == KNOWN[1:]
    with closing(connect(path)) as db:
        for table, earlier in held.items():
            now = [dict(row) for row in db.execute(f"select * from {table}")]
            assert [{name: row[name] for name in earlier[0]} for row in now] == earlier
        zones = db.execute("select * from server_zone order by guild_id")
        assert [tuple(row) for row in zones] == [(1, 1000, "Europe/Berlin"), (2, 5, "Asia/Tokyo")]
        assert [row[0] for row in db.execute("select serial from delivery")] == [0, 0, 0]
        assert db.execute("pragma integrity_check").fetchone()[0] == "ok"


def test_an_upgraded_database_has_the_tables_and_indexes_of_a_new_one(path: Path, tmp_path: Path) -> None:
    of_the_first_version(path, tmp_path / "first").close()
    migrate(path)
    new = tmp_path / "new.db"
    migrate(new)
    schema = "select type, name, tbl_name, sql from sqlite_schema where name not like '%yoyo%' order by 1, 2"
    assert rows(path, schema) == rows(new, schema)
    of_delivery = (
        "select name from sqlite_schema where type = 'index' and tbl_name = 'delivery' and sql <> ''"
    )
    assert rows(path, f"{of_delivery} order by 1") == [
        (f"delivery_{name}",)
        for name in ("by_channel", "by_message", "by_time", "given_up", "to_do", "waiting")
    ]
