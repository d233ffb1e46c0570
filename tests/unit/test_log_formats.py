"""How records are written: as lines and as JSON, with ids, codes and places, and without strange words."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot import logs
from bot.errors import Undeliverable, UnknownZone
from bot.log_formats import JsonLines, Lines, message_of
from bot.operator_errors import DatabaseUnusable
from bot.tracebacks import headline, traceback_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "quetzalcoatlus"
SNOWFLAKE = 1122334455667788990


def record(name: str, message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.WARNING, __file__, 1, message, args, None)
    vars(made).update(extra)
    return made


def caught(error: Exception, cause: Exception | None = None) -> Exception:
    """An error as it is when it has been raised, here, from another one."""
    try:
        if cause is not None:
            raise cause
        raise error
    except Exception as first:
        if first is error:
            return error
        try:
            raise error from first
        except Exception as second:
            return second


def with_error(error: Exception) -> logging.LogRecord:
    made = record("bot.rooms", "job %d failed", 7)
    made.exc_info = (type(error), error, error.__traceback__)
    return made


# -- the two formats


def test_a_line_has_time_level_logger_and_message() -> None:
    line = Lines().format(record("bot.rooms", "%d of %s", 2, "them"))
    assert line.endswith(" WARNING bot.rooms: 2 of them")
    assert datetime.fromisoformat(line.split(" WARNING")[0].replace(",", "."))


def test_a_json_object_is_one_line_with_the_instant_in_utc_and_ids_as_texts() -> None:
    made = record("cogs.ui", "a\nb “c”", guild=SNOWFLAKE, code="ABC234", user=None, text=WORD)
    line = JsonLines().format(made)
    assert "\n" not in line
    found = json.loads(line)
    assert datetime.fromisoformat(found.pop("time")).timestamp() == pytest.approx(made.created, abs=0.001)
    assert found == {
        "level": "warning",
        "logger": "cogs.ui",
        "message": "a\nb “c”",
        "guild": str(SNOWFLAKE),
        "code": "ABC234",
    }


def test_an_error_comes_with_its_kind_and_the_places_where_it_was() -> None:
    made = with_error(caught(ValueError(WORD), KeyError(WORD)))
    found = json.loads(JsonLines().format(made))
    assert found["error"] == "ValueError: (what it says is left out)"
    assert Lines().format(made).partition("\n")[2] == found["traceback"]
    lines = found["traceback"].splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == found["error"]
    assert "KeyError: (what it says is left out)" in lines
    assert "The above exception was the direct cause of the following exception:" in lines
    assert f'  File "{__file__}"' in found["traceback"]
    assert "    raise error from first" in lines
    assert WORD not in found["traceback"]


def test_a_text_that_another_handler_has_made_of_an_error_is_not_taken() -> None:
    made = with_error(caught(ValueError(WORD)))
    assert WORD in logging.Formatter().format(made)
    for formatter in (Lines(), JsonLines()):
        assert WORD not in formatter.format(made)


# -- what errors say


class Strange(Exception):
    """An error of somebody else's."""


def refusal_of_discord(status: int, code: int) -> discord.HTTPException:
    class Response:
        def __init__(self) -> None:
            self.status, self.reason = status, "Bad Request"

    words = {"code": code, "message": f"Invalid Form Body: {WORD}"}
    return discord.HTTPException(Response(), words)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(WORD), "ValueError: (what it says is left out)"),
        (ValueError(), "ValueError"),
        (KeyError(WORD), "KeyError: (what it says is left out)"),
        (UnicodeEncodeError("utf-8", WORD, 0, 1, "no"), "UnicodeEncodeError: (what it says is left out)"),
        (Strange(WORD), f"{__name__}.Strange: (what it says is left out)"),
        (UnknownZone(given=WORD), "bot.errors.UnknownZone: (what it says is left out)"),
        (RuntimeError(WORD), "RuntimeError: (what it says is left out)"),
        (TypeError("'int' object is not callable"), "TypeError: 'int' object is not callable"),
        (
            type("OwnTypeError", (TypeError,), {})(WORD),
            f"{__name__}.OwnTypeError: (what it says is left out)",
        ),
        (FileNotFoundError(2, "there is no", WORD), "FileNotFoundError: [Errno 2] No such file or directory"),
        (OSError(WORD), "OSError: (what it says is left out)"),
        (Undeliverable("the channel is gone"), "bot.errors.Undeliverable: the channel is gone"),
        (
            DatabaseUnusable(path="a.db", reason="it is locked"),
            "bot.operator_errors.DatabaseUnusable: The database a.db cannot be used: it is locked.",
        ),
        (refusal_of_discord(400, 50035), "discord.errors.HTTPException: status 400, code 50035"),
        (discord.ClientException(WORD), "discord.errors.ClientException: (what it says is left out)"),
    ],
)
def test_only_whose_words_are_known_to_be_ours_are_let_speak(error: Exception, told: str) -> None:
    assert headline(error) == told
    assert WORD not in traceback_of(error)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"select * from found where found match '\"{WORD}'", "SQLITE_ERROR (what it says is left out)"),
        (f"select {WORD} from thing", "SQLITE_ERROR (what it says is left out)"),
        ("select * from things", "SQLITE_ERROR: no such table: things"),
        (
            f"insert into thing values (1, '{WORD}')",
            "SQLITE_CONSTRAINT_UNIQUE: UNIQUE constraint failed: thing.id",
        ),
        (
            f"insert into thing values ('{WORD}', 'a')",
            "unknown: cannot store TEXT value in INTEGER column thing.id",
        ),
    ],
)
def test_sqlite_speaks_where_it_does_not_quote(statement: str, told: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create table thing (id integer unique, text text) strict")
    db.execute("create virtual table found using fts5 (text)")
    db.execute("insert into thing values (1, 'a')")
    with pytest.raises(sqlite3.Error) as error:
        db.execute(statement)
    db.close()
    assert headline(error.value).partition(": ")[2] == told
    assert WORD not in traceback_of(error.value)


def test_errors_in_a_group_are_told_like_others() -> None:
    group = ExceptionGroup(WORD, [caught(ValueError(WORD)), caught(TypeError("no"))])
    told = traceback_of(group)
    assert "Number 1 of 2 in it:" in told
    assert told.splitlines()[-1] == "TypeError: no"
    assert WORD not in told


def test_errors_that_lead_in_a_circle_are_told_once() -> None:
    one, other = caught(ValueError()), caught(KeyError())
    one.__cause__, other.__cause__ = other, one
    assert traceback_of(one).count("Traceback") == 2


# -- what libraries say


def test_things_in_the_messages_of_libraries_are_called_by_their_kind() -> None:
    button: discord.ui.Button[Any] = discord.ui.Button(label=WORD)
    assert WORD in repr(button)
    said = message_of(
        record("discord.ui.view", "Ignoring exception in view %r for item %r", object(), button)
    )
    assert said == "Ignoring exception in view <object> for item <Button>"
    assert (
        message_of(record("discord.http", "%s in %.2f s, %d times", "It", 0.5, 3)) == "It in 0.50 s, 3 times"
    )
    assert message_of(record("apscheduler", "100 %")) == "100 %"
    assert message_of(record("bot.rooms", "%s", [1])) == "[1]"


def test_no_message_of_a_library_holds_the_token_of_an_interaction() -> None:
    url = f"https://discord.com/api/v10/webhooks/{SNOWFLAKE}/aW50ZXJhY3Rpb246MTEyMjMzNDQ1NTY2/messages/@original"
    said = message_of(record("discord.http", "We are being rate limited. %s %s", "PATCH", url))
    assert said.endswith(f"/webhooks/{SNOWFLAKE}/…/messages/@original")


# -- set up


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take back afterwards what setting up changes in the whole process."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    names = ("", "bot", "cogs", "yoyo", "discord.client", "discord.app_commands.tree")
    before = [
        (each := logging.getLogger(name), each.level, [*each.filters], [*each.handlers]) for name in names
    ]
    yield
    for logger, level, filters, handlers in before:
        logger.setLevel(level)
        logger.filters, logger.handlers = filters, handlers


def test_at_debug_only_our_own_loggers_say_more(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug", "json")
    assert logging.getLogger("bot.delivery").isEnabledFor(logging.DEBUG)
    assert logging.getLogger("cogs.ui").isEnabledFor(logging.DEBUG)
    for name in ("discord", "discord.gateway", "discord.http", "aiohttp.client", "asyncio", "apscheduler"):
        assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)
    logging.getLogger("bot.rooms").debug("here")
    assert json.loads(capsys.readouterr().err)["message"] == "here"


async def test_an_error_that_nobody_waits_for_is_told_without_the_name_of_its_task(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("info", "json")
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.forgotten)

    async def fail() -> None:
        raise ValueError(WORD)

    # As discord.py names what it does at the press of a button.
    task: asyncio.Task[None] | None = asyncio.create_task(fail(), name=f"discord-ui-dynamic-item-{WORD}")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "Task exception was never retrieved"
    assert WORD not in line
    assert "in fail" in line


def test_the_last_words_are_in_the_format_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    error = DatabaseUnusable(path="100%.db", reason="it is locked")
    assert logs.last_words(error) == "autodidact: The database 100%.db cannot be used: it is locked."
    logs.set_up("info", "json")
    said = json.loads(logs.last_words(error))
    assert (said["level"], said["message"]) == ("critical", str(error))


def test_an_unforeseen_error_that_ends_the_program_is_a_record_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("info", "json")
    error = caught(ValueError(WORD))
    sys.excepthook(type(error), error, error.__traceback__)
    said = json.loads(capsys.readouterr().err)
    assert (said["level"], said["error"]) == ("critical", "ValueError: (what it says is left out)")
