"""Tracebacks for the log: where something went wrong and what kind of error it was, without strange words.

What an error says often holds the very value that it is about, and that may be what a member wrote. So only
those are let speak whose words come from the program, from SQLite or from the system, and of what Discord
answers only the numbers.
"""

import os
import re
import sqlite3
import traceback

from bot.errors import OperatorError, SendingError

LEFT_OUT = "(what it says is left out)"

CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"

# Of these Python itself is the author, and it names types and names, not values. No subclasses of them.
_SPEAK_OF_CODE = frozenset(
    {
        AttributeError,
        ImportError,
        IndexError,
        MemoryError,
        ModuleNotFoundError,
        NameError,
        NotImplementedError,
        RecursionError,
        TypeError,
        UnboundLocalError,
        ZeroDivisionError,
    }
)

# SQLite's plain errors quote the statement, and a search in full text is a part of it.
_QUOTING = 1
_NO_TABLE = re.compile(r"no such table: \w+")


def traceback_of(error: BaseException) -> str:
    """An error's traceback with those of the errors it came from, as Python writes it, but for the words."""
    parts: list[str] = []
    following: BaseException | None = None
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        if following is not None:
            parts.append(CAUSE if following.__cause__ is current else CONTEXT)
        parts.append(_alone(current))
        following = current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "".join(reversed(parts)).rstrip("\n")


def headline(error: BaseException) -> str:
    """The kind of an error, and what it says if that may be told."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    words = _words(error)
    return f"{name}: {words}" if words else name


def _alone(error: BaseException) -> str:
    where = "".join(traceback.format_tb(error.__traceback__))
    text = f"Traceback (most recent call last):\n{where}{headline(error)}\n"
    if isinstance(error, BaseExceptionGroup):
        for number, each in enumerate(error.exceptions, 1):
            text += f"\nNumber {number} of {len(error.exceptions)} in it:\n\n{traceback_of(each)}\n"
    return text


def _words(error: BaseException) -> str:
    if isinstance(error, OperatorError | SendingError) or type(error) in _SPEAK_OF_CODE:
        return str(error)
    if isinstance(error, sqlite3.Error):
        return _words_of_sqlite(error)
    if type(error).__module__.startswith("discord."):
        numbers = (f"{name} {getattr(error, name, None)}" for name in ("status", "code", "shard_id"))
        told = ", ".join(number for number in numbers if re.search(r" \d+$", number))
        return told or LEFT_OUT
    if isinstance(error, OSError) and error.errno:
        return f"[Errno {error.errno}] {os.strerror(error.errno)}" if error.errno > 0 else ""
    return LEFT_OUT if any(error.args) else ""


def _words_of_sqlite(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return LEFT_OUT
    name, words = error.sqlite_errorname, str(error)
    # An extended code ends in the plain one.
    if code & 0xFF == _QUOTING and not _NO_TABLE.fullmatch(words):
        return f"{name} {LEFT_OUT}"
    return f"{name}: {words}"
