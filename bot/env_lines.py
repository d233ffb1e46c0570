"""Which lines of .env set nothing, or not what they were meant to. Pure."""

import io
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from dotenv.parser import Binding, parse_stream

PREFIX = "AUTODIDACT_"
QUOTES = ('"', "'")


class Fault(Enum):
    """What is wrong with a line."""

    QUOTE_MISSING = auto()
    """It is left out, and perhaps the next."""

    QUOTE_IN_VALUE = auto()
    """What stands there belongs to the value, and perhaps the next lines too."""

    NOT_A_SETTING = auto()
    """It is not NAME=value."""


def bindings_of(text: str) -> list[Binding]:
    """The lines of a file, as python-dotenv reads them."""
    return list(parse_stream(io.StringIO(text)))


def faults(bindings: Sequence[Binding]) -> Iterator[tuple[int, Fault]]:
    """What is wrong, each with the number of its line."""
    for binding in bindings:
        line = binding.original.line + _blank_lines_before(binding)
        if binding.error and _ends_unquoted(binding):
            yield line, Fault.QUOTE_MISSING
        elif binding.error or (binding.key and binding.value is None):
            yield line, Fault.NOT_A_SETTING
        elif binding.key and is_ours(binding.key) and _is_misquoted(binding.value or ""):
            yield line, Fault.QUOTE_IN_VALUE


def is_ours(name: str) -> bool:
    """Whether a name is one of this program's."""
    return name.upper().startswith(PREFIX)


def _blank_lines_before(binding: Binding) -> int:
    text = binding.original.string
    return text[: len(text) - len(text.lstrip())].count("\n")


def _ends_unquoted(binding: Binding) -> bool:
    line = binding.original.string.strip()
    value = line.partition("=")[2].lstrip()
    # Up to a quote further down, several lines are read as one value.
    return value[:1] in QUOTES and ("\n" in line or value.count(value[0]) % 2 == 1)


def _is_misquoted(value: str) -> bool:
    return "\n" in value or any(
        value.count(quote) == 1 and quote in (value[0], value[-1]) for quote in QUOTES
    )
