"""Dates as the reader's language writes them, and as custom ids hold them."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from bot.errors import ButtonOutdated
from bot.texts import language

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


def long_date(day: date) -> str:
    """A date with its weekday, as the reader's language writes it, without the year."""
    return _formatted(day, "EEEE, d MMMM" if language() == "en" else "full", language())


def short_date(day: date) -> str:
    """A date as the reader's language writes it in short."""
    return _formatted(day, "d MMM", language()) if language() == "en" else _like("MMMd", day, language())


def day_and_month(day: date) -> str:
    """A date without its weekday and year, as the reader's language writes it."""
    return _formatted(day, "d MMMM", language()) if language() == "en" else _like("MMMMd", day, language())


def full_date(day: date) -> str:
    """A date with its year, as the reader's language writes it."""
    return _formatted(day, "d MMMM y" if language() == "en" else "long", language())


def month_and_year(month: date) -> str:
    """A month with its year, as the reader's language writes it."""
    return _formatted(month, "LLLL y", language())


def weekday_name(number: int) -> str:
    """A day of the week as the reader's language calls it; 0 is Monday."""
    # 1 January 2024 was a Monday.
    return _formatted(date(2024, 1, 1 + number), "EEEE", language())


@lru_cache(maxsize=512)
def _formatted(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale)


@lru_cache(maxsize=512)
def _like(skeleton: str, day: date, locale: str) -> str:
    return format_skeleton(skeleton, day, locale=locale)


def date_or_none(text: str) -> date | None:
    """The date that a text names, or None where there is no such day, or none that anybody lives to see."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Weeks before and after it can be reckoned, too.
    return day if EARLIEST <= day <= LATEST else None


def day_named(text: str) -> date:
    """The day that a custom id or an option names; raises ButtonOutdated for one that does not exist."""
    day = date_or_none(text)
    if day is None:
        raise ButtonOutdated
    return day
