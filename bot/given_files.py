"""Files that commands are given: a path, or - for what is piped in."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.errors import OperatorError


def named(file: str) -> str:
    """What a file is called in a sentence about it."""
    return "What was piped in" if file == "-" else file


def opened(file: str) -> TextIO:
    """A file to read, in UTF-8 with or without a mark of that."""
    if file == "-":
        return open(sys.stdin.fileno(), encoding="utf-8-sig", closefd=False)
    return Path(file).open(encoding="utf-8-sig")


def text_of(file: str) -> str:
    """All that a file says."""
    with opened(file) as told:
        return told.read()


@contextmanager
def read_or(error: type[OperatorError], file: str) -> Iterator[None]:
    """Raises an error, of which the name and the reason are filled in, where a file cannot be read."""
    try:
        yield
    except UnicodeDecodeError:
        raise error(name=named(file), reason="it is not written in UTF-8") from None
    except OSError as problem:
        raise error(name=named(file), reason=problem.strerror or type(problem).__name__) from None


@contextmanager
def printing() -> Iterator[None]:
    """Print in UTF-8 whatever the terminal's language, for as long as anybody reads along."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read along has seen enough. What is left in the buffer must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
