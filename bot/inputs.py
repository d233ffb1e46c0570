"""Reading what people type: zones, times, dates, minutes, addresses. Pure; raises UserErrors."""

import re
import unicodedata
from datetime import date, time, timedelta
from urllib.parse import urlsplit

from babel.dates import format_date

from bot import zones
from bot.errors import (
    AmbiguousDate,
    DateIsOver,
    DateToCome,
    DateTooFar,
    NoSuchDate,
    NotALink,
    RangeBackwards,
    RangeTooLong,
    UnknownDate,
    UnknownDays,
    UnknownMinutes,
    UnknownPastDate,
    UnknownTime,
    UnknownZone,
    UnknownZoneWithHint,
    WrongWeekday,
)
from bot.localtime import Weekdays
from bot.natural_dates import Days, days_named
from bot.spanish import dates_in_english, days_in_english
from bot.texts import language

LONGEST_DAY = 24 * 60
LONGEST_RANGE = 366
"""Days, both ends included; also how many days ahead a date may lie."""

_QUOTED_AT_MOST = 60

_JOINERS = "\u200c\u200d"  # Persian and emoji are spelt with them
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # count as letters or symbols, but show nothing

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?:(?P<half>[ap])(?:\.?m\.?)?)?",
    re.IGNORECASE | re.ASCII,
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:\.|\. ?(?P<year>\d{4}|\d{2}))?", re.ASCII)
_EITHER_FIRST = re.compile(r"(?P<one>\d{1,2})([-/])(?P<other>\d{1,2})(?:\2(?P<year>\d{4}|\d{2}))?", re.ASCII)
_LAST_DAYS_OF_MONTH = re.compile(r"\b(?:29|30|31)(?=\D|$)", re.ASCII)
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_SETS = {
    "every day": Weekdays.EVERY_DAY,
    "everyday": Weekdays.EVERY_DAY,
    "daily": Weekdays.EVERY_DAY,
    "all": Weekdays.EVERY_DAY,
    "weekdays": Weekdays.WORKING_DAYS,
    "working days": Weekdays.WORKING_DAYS,
    "workdays": Weekdays.WORKING_DAYS,
    "weekend": Weekdays.SATURDAY | Weekdays.SUNDAY,
    "weekends": Weekdays.SATURDAY | Weekdays.SUNDAY,
}


def clean_text(text: str) -> str:
    """Text with plain spaces and line breaks, and without what is not seen or turns the text around."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text.strip()
    lines = re.sub(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]", "\n", text)
    spaced = re.sub(r"[^\S\n\t]", " ", lines)
    return "".join(char for char in spaced if char in "\n\t" or _is_seen(char)).strip()


def _is_seen(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char)[0] != "C" or _is_new_emoji(char)


def _is_new_emoji(char: str) -> bool:
    # Python may be older than an emoji that a phone can type; their places are set aside by Unicode.
    return "\U0001f000" <= char <= "\U0001faff" and unicodedata.category(char) == "Cn"


def says_something(text: str) -> bool:
    """Whether a text holds anything that can be seen and read."""
    return any(_is_legible(char) for char in text)


def _is_legible(char: str) -> bool:
    return char not in _BLANKS and (unicodedata.category(char)[0] in "LNS" or _is_new_emoji(char))


def quoted(text: str) -> str:
    """What a person typed, short enough to be repeated in an error and with nothing that Discord acts on."""
    plain = re.sub(r"[`*_~|<>@\\\[\]\s]+", " ", text).strip()
    return plain if len(plain) <= _QUOTED_AT_MOST else plain[: _QUOTED_AT_MOST - 1] + "…"


def read_zone(text: str) -> str:
    """The key of a time zone in the zone database; raises UnknownZone, with hints where there are any."""
    zone = zones.resolve(text)
    if zone is not None:
        return zone
    suggestions = zones.suggest(text)
    if suggestions:
        raise UnknownZoneWithHint(given=quoted(text), suggestions=", ".join(suggestions))
    raise UnknownZone(given=quoted(text))


def read_time(text: str) -> time:
    """A time of day such as 7:30, 19:00, 0730, 7pm or 7; raises UnknownTime."""
    typed = text.strip()
    if re.fullmatch(r"\d{4}", typed, re.ASCII):
        typed = f"{typed[:2]}:{typed[2:]}"
    match = _TIME.fullmatch(typed)
    if match is None:
        raise UnknownTime(given=quoted(text))
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise UnknownTime(given=quoted(text))
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise UnknownTime(given=quoted(text))
    return time(hour, minute)


def read_days(text: str) -> Weekdays:
    """Days of the week such as "every day", "mon-fri" or "lun, mié y sáb"; raises UnknownDays."""
    days = _days_of(text) or _days_of(days_in_english(text))
    if days is None:
        raise UnknownDays(given=quoted(text))
    return days


def _days_of(text: str) -> Weekdays | None:
    typed = " ".join(text.lower().split())
    if typed in _DAY_SETS:
        return _DAY_SETS[typed]
    days = Weekdays(0)
    for part in re.split(r"\s*(?:,|;|&|\+|\band\b|\s)\s*", re.sub(r"\s*(?:-|–|\bto\b)\s*", "-", typed)):
        if not part:
            continue
        first, _, last = part.partition("-")
        start, end = _day_number(first), _day_number(last or first)
        if start is None or end is None:
            return None
        days |= Weekdays.of((start + step) % 7 for step in range((end - start) % 7 + 1))
    return days or None


def _day_number(text: str) -> int | None:
    if len(text) < 2:
        return None
    return next((number for number, name in enumerate(_DAY_NAMES) if (name + "s").startswith(text)), None)


def read_minutes(text: str) -> int | None:
    """Whole minutes of one day, None for an empty field; raises UnknownMinutes."""
    typed = text.strip()
    if not typed:
        return None
    number = re.fullmatch(r"(\d{1,6})\s*(?:m|min|mins|minutes|minutos)?\.?", typed, re.IGNORECASE | re.ASCII)
    if number is None or int(number[1]) > LONGEST_DAY:
        raise UnknownMinutes(given=quoted(text), limit=LONGEST_DAY)
    return int(number[1])


def read_link(text: str) -> str:
    """A web address, or nothing where nothing is typed; raises NotALink."""
    typed = clean_text(text)
    if typed and not is_link(typed):
        raise NotALink(given=quoted(text))
    return typed


def is_link(text: str) -> bool:
    """Whether a text is one web address, and no other kind of address."""
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and len(text.split()) == 1
    except ValueError:
        return False


def read_date(text: str, today: date, *, ahead: bool = True) -> date:
    """A date such as "tomorrow", "next friday", "24 Dec", "24 de diciembre", "24.12." or "2026-12-24".

    With `ahead` a day from today on is meant, a year ahead at most; else one up to today. Of "next week" it
    is the first day. Raises UnknownDate or UnknownPastDate, NoSuchDate, AmbiguousDate, WrongWeekday,
    DateIsOver, DateTooFar or DateToCome.
    """
    return read_range(text, None, today, ahead=ahead)[0]


def read_range(
    first: str, last: str | None, today: date, longest: int = LONGEST_RANGE, *, ahead: bool = True
) -> tuple[date, date]:
    """A range of days, both ends included, from two dates; from one, the day, week or month that it names.

    Raises what read_date raises, and RangeBackwards or RangeTooLong.
    """
    begin = _read_days_named(first, today, ahead)
    end = begin if last is None else _read_days_named(last, today, ahead)
    if last is not None and end.last < begin.first and _weekday_in(dates_in_english(last)) is not None:
        # "From next monday to friday" means the Friday after it.
        end = _read_days_named(last, begin.first, ahead=True)
    from_day, to_day = begin.first, end.last
    # Of a week or month under way it is the part that is meant.
    if ahead and from_day < today <= begin.last:
        from_day = today
    if not ahead and end.first <= today < to_day:
        to_day = today
    for day in (from_day, to_day):
        if ahead and day < today:
            raise DateIsOver(day=_in_words(day))
        if ahead and day - today > timedelta(days=LONGEST_RANGE):
            raise DateTooFar(day=_in_words(day))
        if not ahead and day > today:
            raise DateToCome(day=_in_words(day))
    if to_day < from_day:
        raise RangeBackwards(first=_in_words(from_day), last=_in_words(to_day))
    days = (to_day - from_day).days + 1
    if days > longest:
        raise RangeTooLong(days=days, limit=longest)
    return from_day, to_day


def _read_days_named(text: str, today: date, ahead: bool) -> Days:
    typed = dates_in_english(text.strip())
    day = _date_in_figures(typed, today, ahead)
    if day is not None:
        return Days(day, day)
    days = days_named(typed, today, ahead=ahead)
    if days is None:
        one_that_exists = _LAST_DAYS_OF_MONTH.sub("28", typed)
        if one_that_exists != typed and days_named(one_that_exists, today, ahead=ahead):
            raise NoSuchDate(given=quoted(text))
        raise (UnknownDate if ahead else UnknownPastDate)(given=quoted(text))
    weekday = _weekday_in(typed)
    if weekday is not None and weekday != days.first.weekday():
        raise WrongWeekday(given=quoted(text), day=_in_words(days.first, "EEEE, d MMMM y"))
    return days


def _date_in_figures(typed: str, today: date, ahead: bool) -> date | None:
    """A date without a word in it; None where it has words. dateparser takes 2026-13-01 for 13 January."""
    if match := _YEAR_FIRST.fullmatch(typed) or _DAY_FIRST.fullmatch(typed):
        return _existing(typed, match["day"], match["month"], match["year"], today, ahead)
    match = _EITHER_FIRST.fullmatch(typed)
    if match is None:
        return None
    one, other = int(match["one"]), int(match["other"])
    if max(one, other) <= 12 and one != other:
        readings = [
            _existing(typed, day, month, match["year"], today, ahead)
            for day, month in ((one, other), (other, one))
        ]
        raise AmbiguousDate(
            given=quoted(typed), one=_in_words(readings[0], "d MMMM"), other=_in_words(readings[1], "d MMMM")
        )
    return _existing(typed, max(one, other), min(one, other), match["year"], today, ahead)


def _existing(
    typed: str, day: str | int, month: str | int, year: str | None, today: date, ahead: bool
) -> date:
    """The date, or where no year was typed, the nearest such date in the direction that is meant."""
    step = 1 if ahead else -1
    years = [today.year, today.year + step] if year is None else [int(year) + (2000 if len(year) == 2 else 0)]
    for number in years:
        try:
            found = date(number, int(month), int(day))
        except ValueError:
            continue
        if year is not None or (found - today).days * step >= 0:
            return found
    raise NoSuchDate(given=quoted(typed))


def _weekday_in(text: str) -> int | None:
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return next((number for word in words if (number := _day_number(word)) is not None), None)


def _in_words(day: date, pattern: str = "d MMMM y") -> str:
    return format_date(day, pattern if language() == "en" else "long", locale=language())
