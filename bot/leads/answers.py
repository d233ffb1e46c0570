"""What Hacker News answers, read with care: any field may be absent, null or of another kind. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeGuard

EARLIEST = datetime(2006, 1, 1, tzinfo=UTC)
LATEST = datetime(3000, 1, 1, tzinfo=UTC)
"""Instants outside of these are no date of a post."""

GREATEST_ID = 2**53


def is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def objects(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; nothing where it is no list."""
    return [one for one in value if is_object(one)] if isinstance(value, list) else []


def number(value: object) -> int | None:
    """An id, given as a number or in figures."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < GREATEST_ID:
        return value
    return None


def text(value: object) -> str:
    """A text; the empty one where there is none."""
    return value if isinstance(value, str) else ""


def instant(seconds: object, written: object = None) -> datetime | None:
    """An instant, from seconds since 1970 or else from how it is written: with milliseconds or without."""
    found = number(seconds)
    try:
        if found is not None:
            at = datetime.fromtimestamp(found, UTC)
        else:
            at = datetime.fromisoformat(text(written))
            at = at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at.replace(microsecond=0) if EARLIEST <= at < LATEST else None
