"""How a log record is written: as a line for people, or as a JSON object for programs."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from bot.tracebacks import headline, traceback_of

IDS = ("code", "guild", "user", "channel", "interaction", "delivery", "kind", "job", "poll")
"""What a record may be given as `extra`, and what is written of it; texts of members are no such thing."""

OWN = ("bot", "cogs")
"""Whose messages are written as they are."""

# The part of an address by which anybody could answer in the bot's place for a quarter of an hour.
_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}")


class Lines(logging.Formatter):
    """A line with time, level, logger and message; a traceback follows in lines of its own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.message = message_of(record)
        record.asctime = self.formatTime(record, self.datefmt)
        line = self.formatMessage(record)
        error = error_of(record)
        return f"{line}\n{traceback_of(error)}" if error is not None else line


class JsonLines(logging.Formatter):
    """An object in one line: time in UTC, level, logger, message, ids as texts, and an error's traceback."""

    def format(self, record: logging.LogRecord) -> str:
        written: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        # As texts, since the ids of Discord are larger than the numbers that many a reader of JSON can hold.
        written |= {name: str(value) for name in IDS if (value := getattr(record, name, None)) is not None}
        error = error_of(record)
        if error is not None:
            written |= {"error": headline(error), "traceback": traceback_of(error)}
        return json.dumps(written, ensure_ascii=False)


def message_of(record: logging.LogRecord) -> str:
    """What a record says. Of what libraries add to theirs, things are called by their kind only.

    discord.py, for one, writes down whole buttons, of which the label may be a member's.
    """
    if record.name.partition(".")[0] in OWN:
        return record.getMessage()
    message, args = str(record.msg), record.args
    if isinstance(args, tuple):
        message = message % tuple(map(_plain, args)) if args else message
    elif args:
        message = message % {key: _plain(value) for key, value in args.items()}
    return _TOKEN.sub(r"\1…", message)


def error_of(record: logging.LogRecord) -> BaseException | None:
    """The error that a record is about."""
    return record.exc_info[1] if record.exc_info else None


class _Kind(str):
    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _plain(value: object) -> object:
    plain = value is None or isinstance(value, str | int | float)
    return value if plain else _Kind(f"<{type(value).__qualname__}>")
