"""Numbers and spans of time as people say them."""

from babel.numbers import format_decimal

from bot.texts import gettext as _
from bot.texts import language


def number(count: int) -> str:
    """A number as the reader's language writes it, such as "3,652"."""
    return format_decimal(count, locale=language())


def hours(minutes: int) -> str:
    """Minutes as minutes, from an hour on as hours: "45 min", "1.5 h", "52 h"."""
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    return in_hours(minutes)


def in_hours(minutes: int) -> str:
    """Minutes as hours, where there is room for nothing longer: "0.8 h", "1.5 h", "52 h"."""
    pattern = "0.#" if minutes < 600 else "#,##0"
    return _("{count} h").format(count=format_decimal(minutes / 60, pattern, locale=language()))
