"""The examination as a whole: its report, its exit codes, and that one look that fails spoils no other."""

from __future__ import annotations

import json
import logging
import os
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import typer
from aiohttp import web

from bot.doctor import report
from bot.doctor.command_line import doctor
from bot.doctor.finding import Finding, Status, ok, warning, wrong
from bot.doctor.reach import ask_hacker_news
from bot.doctor.stored import CHECKINS, CURATORS, LEADS, POLL, Channel, Links, Stored, read
from bot.servers.store import Server, save
from bot.settings import Settings
from bot.shards import Shards
from bot.storage.database import connect
from bot.storage.lock import alone, among_others

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOKEN = "MTIzNA.abcdef.secretpart"

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["status", "version", "at", "checks"],
    "properties": {
        "status": {"enum": ["ok", "warning", "wrong"]},
        "version": {"type": "string"},
        "at": {"type": "string", "format": "date-time"},
        "checks": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "status", "found", "advice"],
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "status": {"enum": ["ok", "warning", "wrong"]},
                    "found": {"type": "string", "minLength": 1},
                    "advice": {"type": ["string", "null"]},
                },
            },
        },
    },
}


class SilentDiscord:
    """A Discord where all is well, or where the look fails."""

    refusals = frozenset({"the channel is gone"})

    def __init__(self, fails: Exception | None = None):
        self.fails = fails
        self.seen: Stored | None = None

    async def look(self, settings: Settings, stored: Stored) -> list[Finding]:
        self.seen = stored
        if self.fails is not None:
            raise self.fails
        assert settings.token is not None
        return [ok("login", f"It is {settings.token.get_secret_value()}.")]

    def fonts(self) -> list[Finding]:
        return [ok("fonts", "There are some.")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, database_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and a .env, and a Discord that nobody can ask the time."""
    for name in [name for name in os.environ if name.upper().startswith("AUTODIDACT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        f"AUTODIDACT_TOKEN={TOKEN}\nAUTODIDACT_READ_HACKER_NEWS=False\n"
        "AUTODIDACT_DISCORD_API_URL=http://127.0.0.1:9/api\n"
    )
    (tmp_path / ".env").chmod(0o600)
    return tmp_path


def examined(
    capsys: pytest.CaptureFixture[str], discord: SilentDiscord | None = None, *, strict: bool = False
) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code, and the checks of the JSON report by name."""
    with pytest.raises(typer.Exit) as ended:
        doctor(discord or SilentDiscord(), lambda _: None, as_json=True, strict=strict)
    out, err = capsys.readouterr()
    assert err == ""
    assert "secretpart" not in out
    told = json.loads(out)
    jsonschema.validate(told, SCHEMA)
    return ended.value.exit_code, {check["name"]: check for check in told["checks"]}


def test_everything_is_looked_at_and_the_token_is_in_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    level = logging.getLogger("discord").level
    code, checks = examined(capsys)
    assert code == 0
    assert checks["login"]["found"] == "It is (the token)."
    assert checks.keys() >= {
        *("settings", "token", "login", "database", "database version", "disk", "backups", "bot"),
        *("deliveries", "failed deliveries", "hacker news", "clock", "zone data", "fonts", "versions"),
    }
    assert checks["settings"]["found"].startswith("3 settings from .env and the environment")
    assert logging.getLogger("discord").level == level


def test_warnings_are_no_failure_unless_they_are_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    code, checks = examined(capsys, strict=True)
    assert (code, checks["bot"]["status"]) == (1, "warning")


def test_a_look_that_fails_is_told_without_its_text_and_spoils_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, checks = examined(capsys, SilentDiscord(ValueError(f"{TOKEN} is odd")))
    assert code == 1
    assert checks["login"]["found"] == "The look at it failed (ValueError)."
    assert checks["database"]["status"] == "ok"


def test_wrong_settings_are_all_told_and_the_rest_is_looked_at(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / ".env").open("a") as file:
        file.write("AUTODIDACT_SHARDS=many\nAUTODIDACT_TICK_SECONDS=never\nAUTODIDACT_DATABASE='a\n")
    monkeypatch.setenv("AUTODIDACT_BACKUPS", "none")
    with pytest.raises(typer.Exit) as ended:
        doctor(SilentDiscord(), lambda _: None, as_json=False, strict=False)
    assert ended.value.exit_code == 1
    out, err = capsys.readouterr()
    # Nothing else tells it in words of its own.
    assert err == ""
    assert "wrong    settings           AUTODIDACT_SHARDS: " in out
    assert "wrong    settings           AUTODIDACT_TICK_SECONDS: " in out
    assert "wrong    settings           .env, line 6: a quote is missing" in out
    assert "ok       database " in out
    assert "They are turned off by AUTODIDACT_BACKUPS." in out


def test_a_damaged_database_is_one_line_and_what_it_would_tell_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray((folder / "autodidact.db").read_bytes())
    content[100:4096] = b"\xff" * 3996
    (folder / "autodidact.db").write_bytes(content)
    code, checks = examined(capsys)
    assert code == 1
    assert checks["database"]["status"] == "wrong"
    assert checks["database content"]["found"] == "Not looked at: the database cannot be read."


def test_the_lock_tells_that_a_bot_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with alone(folder / "autodidact.db"):
        _, checks = examined(capsys)
    assert checks["bot"]["found"].startswith("A bot holds the database's lock")
    # It has just been started for the first time, as far as the database knows.
    assert checks["gateway"]["status"] == checks["jobs"]["status"] == "warning"


def test_the_locks_tell_which_shards_are_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with among_others(folder / "autodidact.db", Shards((0, 1), 3)):
        code, checks = examined(capsys)
    assert code == 1
    assert checks["bot"]["status"] == "wrong"
    assert "for shards 0 and 1 of 3" in checks["bot"]["found"]
    assert "Nobody runs shard 2" in checks["bot"]["found"]


def test_backups_in_a_folder_that_is_a_file_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "backups").write_text("not here")
    _, checks = examined(capsys)
    assert checks["backups"]["status"] == "wrong"


# -- what is read from the database


def test_the_database_tells_of_channels_zones_failures_and_departures(database_path: Path) -> None:
    instant = int(NOW.timestamp())
    with closing(connect(database_path)) as db:
        save(db, Server(1, 11, "Europe/Berlin", time(9)), NOW)
        save(db, Server(2, 21, "Asia/Tokyo", time(9)), NOW)
        db.execute("insert into lead_settings values (1, 12, '18:00', 50, '[]', '[]', 0)")
        db.execute("insert into lead_settings values (2, null, '18:00', 50, '[]', '[]', 0)")
        db.execute("insert into resource_settings values (2, 22, 0)")
        for phase, channel in (("cards", 23), ("closed", 24)):
            db.execute(
                """
                insert into poll (guild_id, channel_id, name, purpose, scope, method, standing_open, seed,
                                  phase, collect_until, cards_until, final_until, started_at, phase_since)
                values (2, ?, 'a', 'b', 'everyone', 'scores', 0, 1, ?, 0, 0, 0, 0, 0)
                """,
                (channel, phase),
            )
        for number, (failed_on, checked_at) in enumerate((("[]", instant - 60), ('["2026-03-01"]', None))):
            db.execute(
                """
                insert into resource_link values (?, ?, ?, ?, ?, '', null)
                """,
                (f"k{number}", "https://example.org", instant + number, checked_at, failed_on),
            )
        db.execute("insert into departed_server values (3, ?)", (instant,))
        db.execute("insert into fact values ('heartbeat', ?)", (str(instant - 9),))
        rows = [
            # Number, server, reason, wanted and shown, days since it was due.
            (1, 1, "the channel is gone", 1, 1, 1),
            (2, 1, "the channel is gone", 2, 2, 6),
            (3, 2, "nothing is new", 1, 1, 2),
            (4, 2, "too late", 1, 1, 9),
            (5, 2, "Discord answered 500", 1, 0, 0),
            (6, 2, None, 1, 1, 0),
        ]
        db.executemany(
            """
            insert into delivery (id, kind, guild_id, user_id, local_day, message_key, due_at, too_late_at,
                                  state, reason, wanted, shown, next_try_at)
            values (?, 'ping', ?, 0, ?, 'key', ?, 0, ?, ?, ?, ?, 0)
            """,
            [
                (
                    number,
                    guild,
                    f"2026-01-0{number}",
                    instant - days * 24 * 60 * 60 - 90,
                    "pending" if shown < wanted else "skipped",
                    reason,
                    wanted,
                    shown,
                )
                for number, guild, reason, wanted, shown, days in rows
            ],
        )
        stored = read(db, NOW)
    assert set(stored.channels) == {
        Channel(1, 11, CHECKINS),
        Channel(2, 21, CHECKINS),
        Channel(1, 12, LEADS),
        Channel(2, 22, CURATORS),
        Channel(2, 23, POLL),
    }
    assert stored.links == Links(2, failing=1, dead=0, due=1, looked_at=NOW - timedelta(minutes=1))
    assert stored.zones == {"Europe/Berlin", "Asia/Tokyo"}
    assert stored.departed == {3: NOW}
    assert stored.beats == {0: NOW - timedelta(seconds=9)}
    assert stored.given_up == {"the channel is gone": 2, "nothing is new": 1}
    assert stored.troubled_servers == {1: 2, 2: 1}
    assert (stored.outstanding, stored.oldest_unsent) == (1, timedelta(seconds=90))


def test_what_an_older_database_does_not_have_is_nothing(database_path: Path) -> None:
    with closing(connect(database_path)) as db:
        for table in ("job", "resource_settings", "lead_settings", "poll", "departed_server"):
            db.execute("pragma foreign_keys = off")
            db.execute(f"drop table {table}")
        save(db, Server(1, 11, "UTC", time(9)), NOW)
        stored = read(db, NOW)
    assert stored.channels == (Channel(1, 11, CHECKINS),)
    assert stored.jobs == ()


# -- Hacker News


async def answering(*bodies: str, status: int = 200) -> list[tuple[Status, str]]:
    """What is found where the two ways to Hacker News answer with these bodies."""

    async def algolia(_: web.Request) -> web.Response:
        return web.Response(text=bodies[0], status=status)

    async def firebase(_: web.Request) -> web.Response:
        return web.Response(text=bodies[1])

    served = web.Application()
    served.router.add_get("/search_by_date", algolia)
    served.router.add_get("/user/whoishiring.json", firebase)
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        settings = Settings(
            read_hacker_news=True,
            hacker_news_url=address,  # type: ignore[arg-type]
            hacker_news_firebase_url=address,  # type: ignore[arg-type]
        )
        return [
            (finding.status, finding.found.partition(" ")[2]) for finding in await ask_hacker_news(settings)
        ]
    finally:
        await runner.cleanup()


async def test_hacker_news_is_well_where_both_ways_answer_with_what_is_expected() -> None:
    assert await answering('{"hits": []}', '{"submitted": [1, 2]}') == [
        (Status.OK, "answers."),
        (Status.OK, "answers."),
    ]


@pytest.mark.parametrize("body", ["<html>Log in to this hotel</html>", "[]", "null", '{"hits": 5}'])
async def test_what_is_not_of_hacker_news_is_told(body: str) -> None:
    something_else = (Status.WARNING, "does not answer as it should: what came is something else.")
    assert (await answering(body, body)) == [something_else, something_else]


async def test_a_status_of_trouble_is_told() -> None:
    (first, second) = await answering("", '{"submitted": []}', status=503)
    assert first == (Status.WARNING, "does not answer as it should: status 503.")
    assert second[0] is Status.OK


# -- the report


GOOD, SO_SO, BAD = ok("clock", "It is right."), warning("disk", "5 GiB", "Make room."), wrong("bot", "x", "y")


@pytest.mark.parametrize(
    ("findings", "code", "strict_code"),
    [([GOOD], 0, 0), ([GOOD, SO_SO], 0, 1), ([GOOD, BAD, SO_SO], 1, 1), ([], 0, 0)],
)
def test_the_exit_code_is_that_of_the_worst(findings: list[Finding], code: int, strict_code: int) -> None:
    assert report.exit_code(findings) == code
    assert report.exit_code(findings, strict=True) == strict_code


def test_people_read_aligned_lines_with_what_to_do_beneath() -> None:
    again = warning("backups", "5 GiB", "Make room.")
    assert report.for_people([GOOD, SO_SO, again, BAD]).splitlines() == [
        "ok       clock    It is right.",
        "warning  disk     5 GiB",
        "                  → Make room.",
        "warning  backups  5 GiB",
        "wrong    bot      x",
        "                  → y",
        "",
        "1 wrong, 2 warnings.",
    ]
    assert report.for_people([GOOD]).endswith("All is well.")


def test_what_others_named_can_obey_no_terminal() -> None:
    odd = ok("rights", "#a\x1b[31m\nwrong    token")
    assert "\x1b" not in report.for_people([odd])
    assert len(report.for_people([odd]).splitlines()) == 3
    assert "\\u001b" not in report.for_programs([odd], NOW)
