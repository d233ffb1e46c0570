"""The command line as a person meets it: what it prints, where, and with which exit status."""

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version as installed_version
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.storage.migrations import FOLDER, migrate
from tests.warm_starts import Order, warm_starts

ALL_MIGRATIONS = ", ".join(file.stem for file in sorted(FOLDER.glob("*.sql")))
# The application's id, 1234, in base 64, as the first part of every bot token is.
TOKEN = "MTIzNA.abcdef.secret-part-of-the-token"


def autodidact(folder: Path, *words: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder with just these settings in its environment, and nothing on its input."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AUTODIDACT_")}
    environment |= {f"AUTODIDACT_{name.upper()}": str(value) for name, value in settings.items()}
    return warm_starts().run(Order("bot", words, str(folder), environment))


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that says why a command ended; nothing but log lines may stand before it."""
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    assert "secret-part" not in done.stderr + done.stdout
    last = done.stderr.splitlines()[-1]
    assert last.startswith("autodidact: ")
    return last.removeprefix("autodidact: ")


@contextmanager
def refusing_discord() -> Iterator[str]:
    """The address of a Discord that knows no token."""

    class Refuse(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"message": "401: Unauthorized", "code": 0}'
            self.send_response(401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refuse) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/api/v10"
        finally:
            server.shutdown()
            thread.join()


def test_version_prints_the_version(tmp_path: Path) -> None:
    done = autodidact(tmp_path, "version")
    assert (done.returncode, done.stdout, done.stderr) == (0, installed_version("autodidact") + "\n", "")


def test_help_names_every_command_and_touches_nothing(tmp_path: Path) -> None:
    done = autodidact(tmp_path, "--help")
    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in ("run", "invite", "migrate", "version"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["nonsense"], ["run", "--now"]])
def test_what_it_does_not_know_is_status_two(tmp_path: Path, words: list[str]) -> None:
    done = autodidact(tmp_path, *words)
    assert done.returncode == 2
    assert words[-1] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("word", ["run", "invite"])
def test_without_a_token_one_sentence_says_what_to_do(tmp_path: Path, word: str) -> None:
    done = autodidact(tmp_path, word)
    sentence = told(done)
    assert done.stderr.count("\n") == 1
    assert ".env.example" in sentence
    assert "docs/discord-setup.md" in sentence
    assert list(tmp_path.iterdir()) == []


def test_invite_prints_the_link_and_nothing_else(tmp_path: Path) -> None:
    done = autodidact(tmp_path, "invite", token=TOKEN)
    assert (done.returncode, done.stderr) == (0, "")
    link = urlsplit(done.stdout.strip())
    assert link.hostname == "discord.com"
    assert parse_qs(link.query)["client_id"] == ["1234"]


def test_the_token_may_stand_in_a_file_of_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"AUTODIDACT_TOKEN={TOKEN}\n")
    assert "client_id=1234&" in autodidact(tmp_path, "invite").stdout


# Not base 64, no number in it, a negative number (-123), the whole line copied, an "ä".
@pytest.mark.parametrize("token", ["your-token-here", "YWJj.x.y", "LTEyMw.x.y", f"Bot {TOKEN}", "ä.x.y", "."])
def test_invite_with_something_that_is_no_token_says_so(tmp_path: Path, token: str) -> None:
    assert "token" in told(autodidact(tmp_path, "invite", token=token))


def test_spaces_around_the_token_do_no_harm(tmp_path: Path) -> None:
    assert "client_id=1234&" in autodidact(tmp_path, "invite", token=f" {TOKEN} ").stdout


@pytest.mark.parametrize("token", [TOKEN, "no token at all", "secret-part\nof two lines"])
def test_a_token_that_discord_refuses_ends_with_one_sentence(tmp_path: Path, token: str) -> None:
    with refusing_discord() as address:
        sentence = told(autodidact(tmp_path, "run", token=token, discord_api_url=address))
    assert "refuses the token" in sentence


def test_a_discord_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    sentence = told(autodidact(tmp_path, "run", token=TOKEN, discord_api_url="http://127.0.0.1:9/api"))
    assert sentence.startswith("Discord could not be reached")


@pytest.mark.parametrize("word", ["run", "invite", "migrate"])
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, word: str) -> None:
    done = autodidact(tmp_path, word, token=TOKEN, tick_seconds="never")
    assert told(done).startswith("AUTODIDACT_TICK_SECONDS: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_settings_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# Schlüssel\nAUTODIDACT_LOG_LEVEL=info\n".encode("latin-1"))
    assert ".env" in told(autodidact(tmp_path, "migrate"))


def test_migrate_makes_the_database_and_says_what_it_did(tmp_path: Path) -> None:
    first = autodidact(tmp_path, "migrate")
    assert (first.returncode, first.stdout) == (0, f"autodidact.db: {ALL_MIGRATIONS}\n")
    second = autodidact(tmp_path, "migrate")
    assert (second.returncode, second.stdout) == (0, "autodidact.db: is up to date\n")
    assert (tmp_path / "autodidact.db").is_file()


def bad_databases(folder: Path) -> dict[str, Path]:
    (folder / "directory.db").mkdir()
    (folder / "letter.db").write_text("Dear database,\n" * 100)
    return {
        "a directory": folder / "directory.db",
        "in no folder": folder / "none" / "bot.db",
        "no database": folder / "letter.db",
        "where no file can be": Path("/proc/autodidact.db"),
    }


@pytest.mark.parametrize("what", ["a directory", "in no folder", "no database", "where no file can be"])
@pytest.mark.parametrize("word", ["migrate", "run"])
def test_a_database_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, what: str, word: str
) -> None:
    path = bad_databases(tmp_path)[what]
    sentence = told(autodidact(tmp_path, word, token=TOKEN, database=path))
    assert sentence.startswith(f"The database {path} cannot be used: ")


@pytest.mark.parametrize("word", ["migrate", "run"])
def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path, word: str) -> None:
    path = tmp_path / "bot.db"
    newer = shutil.copytree(FOLDER, tmp_path / "newer")
    (newer / "9999_of_tomorrow.sql").write_text("create table tomorrow (x integer) strict;\n")
    migrate(path, newer)
    sentence = told(autodidact(tmp_path, word, token=TOKEN, database=path))
    assert "newer version" in sentence
    assert "9999_of_tomorrow" in sentence
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select count(*) from tomorrow").fetchone() == (0,)
