"""`autodidact backup` and `autodidact restore` as an operator meets them."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import OperatorError
from bot.settings import load


@pytest.fixture(autouse=True)
def folder(database_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUTODIDACT_BACKUPS", raising=False)
    monkeypatch.setenv("AUTODIDACT_DATABASE", "autodidact.db")
    return tmp_path


def said(*words: str) -> list[str]:
    return CliRunner().invoke(app, words, catch_exceptions=False).stdout.splitlines()


def refused(*words: str) -> str:
    with pytest.raises(OperatorError) as caught:
        CliRunner().invoke(app, words, catch_exceptions=False)
    return str(caught.value)


def test_backup_says_where_it_is_how_large_and_how_it_was_checked() -> None:
    first, second = said("backup")
    path, size = re.fullmatch(r"(backups/autodidact\.db-[-0-9]{17}\.backup): ([0-9,]+) bytes", first).groups()  # type: ignore[union-attr]
    assert Path(path).stat().st_size == int(size.replace(",", ""))
    assert "integrity_check, foreign_key_check" in second


def test_restore_says_what_it_did_and_where_the_old_one_is(folder: Path) -> None:
    said("backup", "--to", "mine.db")
    first, second = said("restore", "mine.db")
    assert first == "autodidact.db now holds what mine.db holds."
    (kept,) = folder.glob("*.replaced")
    assert second == f"What was there before is kept in {kept}."


def test_a_file_that_is_there_is_not_written_over() -> None:
    said("backup", "--to", "mine.db")
    assert (
        refused("backup", "--to", "mine.db") == "No backup was made as mine.db: there is such a file already."
    )


def test_a_folder_that_is_not_there_is_said() -> None:
    assert refused("backup", "--to", "nowhere/mine.db") == (
        "No backup was made as nowhere/mine.db: No such file or directory."
    )


def test_a_database_that_is_not_there_is_said_and_not_made(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("AUTODIDACT_DATABASE", "other.db")
    assert refused("backup", "--to", "mine.db") == (
        "No backup was made as mine.db: other.db could not be copied (unable to open database file)."
    )
    assert not list(folder.glob("other.db*")) + list(folder.glob("mine.db*"))


def test_a_file_that_is_no_backup_is_said() -> None:
    Path("diary.txt").write_text("Dear diary, " * 100)
    assert refused("restore", "diary.txt") == (
        "diary.txt cannot be restored: it is no SQLite database. Nothing was changed."
    )


@pytest.mark.parametrize("off", ["none", "None"])
def test_where_backups_are_turned_off_a_file_has_to_be_named(
    off: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("AUTODIDACT_BACKUPS", off)
    assert refused("backup").startswith("Backups are turned off by AUTODIDACT_BACKUPS: say with --to")
    assert said("backup", "--to", "mine.db")
    assert (folder / "mine.db").exists()


@pytest.mark.parametrize(
    ("database", "backups", "folder_is"),
    [
        ("autodidact.db", "backups", "backups"),
        ("/data/autodidact.db", "backups", "/data/backups"),
        ("/data/autodidact.db", "../kept", "/data/../kept"),
        ("/data/autodidact.db", "/mnt/backups", "/mnt/backups"),
        ("/data/autodidact.db", "./none-such", "/data/none-such"),
    ],
)
def test_the_folder_is_seen_from_the_database(
    database: str, backups: str, folder_is: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTODIDACT_DATABASE", database)
    monkeypatch.setenv("AUTODIDACT_BACKUPS", backups)
    assert load().backup_folder == Path(folder_is)
