"""What is logged: with ids and codes but never what members wrote."""

import asyncio
import logging
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Literal

from bot.errors import OperatorError
from bot.log_formats import JsonLines, Lines

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
"""Discord's code for an answer that came too late; nothing is wrong with the bot then."""


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
    logging.getLogger("yoyo").setLevel(logging.WARNING)


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
    error = record.exc_info[1] if record.exc_info else None
    causes = (error, getattr(error, "__cause__", None))
    return all(getattr(cause, "code", None) != UNKNOWN_INTERACTION for cause in causes)
