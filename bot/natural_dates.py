"""Dates in words, such as "next friday", "24 Dec" or "next week", read by dateparser. Pure.

dateparser takes a tenth of a second and 20 MB to load, so it is imported when a date is first read.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from threading import Lock
from typing import Any

from bot.localtime import ONE_DAY, week_of

_LONGEST_TEXT = 50

_WHOLE = re.compile(r"(?:this|next|last) (?:week|month|year)|[a-z]{3,}\.?(?: \d{4})?")
_HAS_A_WORD = re.compile(r"[a-z]{3}|\d(?:st|nd|rd|th)\b")
_COUNTED = re.compile(r"\b(?:week|fortnight|month|year)s?\b")

# The library keeps what it has learnt of a language in the module; the reader and the writer are threads.
_reading = Lock()


@dataclass(frozen=True, slots=True)
class Days:
    """The local days that a text names, both ends included; mostly one day."""

    first: date
    last: date


def days_named(text: str, today: date, *, ahead: bool) -> Days | None:
    """The days that a text in plain English names, or None.

    Where a text fits several days ("friday", "3 May"), it is the first of them from today on, or the last up
    to today.
    """
    typed = " ".join(text.lower().split())
    # The library reads any number as a day or a year, and takes its time over long texts.
    if len(typed) > _LONGEST_TEXT or not _HAS_A_WORD.search(typed):
        return None
    found = _ask(typed, today, "current_period")
    if found is not None and (found.last < today if ahead else found.first > today):
        found = _ask(typed, today, "future" if ahead else "past")
    return found


def _ask(typed: str, today: date, prefer: str) -> Days | None:
    settings = {
        "RELATIVE_BASE": datetime.combine(today, time.min),
        "PREFER_DATES_FROM": prefer,
        "DATE_ORDER": "DMY",
        "PARSERS": ["relative-time", "absolute-time"],
    }
    with _reading:
        found = _library()(languages=["en"], settings=settings).get_date_data(typed)
    moment: datetime | None = found.date_obj
    # A time of day or a zone in it is more than a date.
    if moment is None or moment.tzinfo is not None or moment.time() != time.min:
        return None
    day, period = moment.date(), str(found.period)
    if period == "day" or (_COUNTED.search(typed) and not _WHOLE.fullmatch(typed)):
        return Days(day, day)
    return _whole(day, period) if _WHOLE.fullmatch(typed) else None


def _whole(day: date, period: str) -> Days:
    if period == "week":
        return Days(week_of(day), week_of(day) + timedelta(days=6))
    if period == "month":
        return Days(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))
    return Days(date(day.year, 1, 1), date(day.year + 1, 1, 1) - ONE_DAY)


@cache
def _library() -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser
