"""What is logged: with ids and codes but never what members wrote."""

import asyncio
import logging
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Literal

from bot.errors import OperatorError
from bot.log_formats import JsonLines, Lines
from bot.tracebacks import headline

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
"""Discord's code for an answer that came too late; nothing is wrong with the bot then."""

ANSWERED_BEFORE = 40060
"""Discord's code for a second answer: the first one arrived, and what Discord said to it did not."""

SAID_AGAIN_AFTER = 600.0
"""Seconds between two lines which say that the gateway cannot be reached."""


def set_up(level: str, form: Literal["lines", "json"] = "lines") -> None:
    """Log to stderr. The level is for our own loggers: below info, discord.py logs whole payloads."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else Lines())
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    sys.excepthook = _unforeseen
    chosen: int = logging.getLevelNamesMapping()[level.upper()]
    for name in ("bot", "cogs"):
        logging.getLogger(name).setLevel(chosen)
    # Nothing is said about voice, which this bot does not have, nor by yoyo about each step.
    logging.getLogger("discord.client").addFilter(lambda record: "voice" not in record.getMessage())
    logging.getLogger("discord.app_commands.tree").addFilter(_is_news)
    logging.getLogger("discord.shard").addFilter(NoConnection())
    logging.getLogger("yoyo").setLevel(logging.WARNING)


class NoConnection(logging.Filter):
    """Has a line without a traceback say that a gateway can't be reached, and not each try again."""

    def __init__(self) -> None:
        super().__init__()
        self._said_at: float | None = None
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, OSError) and not type(error).__module__.startswith(("aiohttp.", "discord.")):
            return True
        now = time.monotonic()
        if self._said_at is not None and now - self._said_at < SAID_AGAIN_AFTER:
            self._left_out += 1
            return False
        record.msg = "no connection to Discord's gateway, trying again (%s; %d tries more before)"
        record.args = (headline(error) if error else "", self._left_out)
        record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
        self._said_at, self._left_out = now, 0
        return True


def forgotten(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Log an error that nobody has waited for: a loop's exception handler.

    asyncio's own writes down the task, whose name discord.py makes of the whole custom id of a button.
    """
    error = context.get("exception")
    log.error("%s", context.get("message", "an error that nobody waits for"), exc_info=error)


def last_words(error: OperatorError) -> str:
    """The line with which the program ends that cannot run like this, in the format of the log."""
    if not any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers):
        return f"autodidact: {error}"
    record = logging.LogRecord("bot", logging.CRITICAL, "", 0, str(error), (), None)
    return JsonLines().format(record)


def _unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("an unforeseen error ends the program", exc_info=error)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether it is not just that choices were not taken while somebody typed."""
    error = record.exc_info[1] if record.exc_info else None
    causes = (error, getattr(error, "__cause__", None))
    return not any(
        getattr(cause, "code", None) in (UNKNOWN_INTERACTION, ANSWERED_BEFORE)
        or getattr(cause, "status", 0) >= 500
        or isinstance(cause, ConnectionError | TimeoutError)
        or type(cause).__module__.startswith("aiohttp.")
        for cause in causes
    )
