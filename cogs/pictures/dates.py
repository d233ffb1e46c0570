"""Dates as the pictures write them, in the language being spoken."""

from datetime import date

from babel.dates import format_date

from bot.texts import language


def short_day(day: date) -> str:
    """A day and its month, such as "3 Mar"."""
    return format_date(day, "d MMM", locale=language())


def day_range(first: date, last: date) -> str:
    """A range of days, such as "3 Mar – 20 Nov"; with their years if they are of two."""
    if first == last:
        return short_day(first)
    if first.year == last.year:
        return f"{short_day(first)} – {short_day(last)}"
    return " – ".join(format_date(day, "d MMM y", locale=language()) for day in (first, last))


def month_name(day: date) -> str:
    """The month of a day in short, such as "Mar"."""
    return format_date(day, "LLL", locale=language())


def month_title(day: date) -> str:
    """The month of a day and its year, such as "March 2026"."""
    return format_date(day, "LLLL y", locale=language())


def short_month_title(day: date) -> str:
    """The month of a day in short and its year, such as "Mar 2026"."""
    return format_date(day, "LLL y", locale=language())


def weekday_name(day: date) -> str:
    """The weekday of a day in short, such as "Mon"."""
    return format_date(day, "ccc", locale=language())


def weekday_letter(day: date) -> str:
    """The weekday of a day in one letter, such as "M"."""
    return format_date(day, "ccccc", locale=language())
