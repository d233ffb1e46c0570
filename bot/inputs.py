"""Reading what people type: zones, times of day, days of the week, minutes. Pure; raises UserErrors."""

import re
from datetime import time

from bot import zones
from bot.errors import UnknownDays, UnknownMinutes, UnknownTime, UnknownZone, UnknownZoneWithHint
from bot.localtime import Weekdays

LONGEST_DAY = 24 * 60
_QUOTED_AT_MOST = 60

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?:(?P<half>[ap])(?:\.?m\.?)?)?",
    re.IGNORECASE | re.ASCII,
)
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
    """Days of the week such as "every day", "mon-fri" or "mon, wed & sat"; raises UnknownDays."""
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
            raise UnknownDays(given=quoted(text))
        days |= Weekdays.of((start + step) % 7 for step in range((end - start) % 7 + 1))
    if not days:
        raise UnknownDays(given=quoted(text))
    return days


def _day_number(text: str) -> int | None:
    if len(text) < 2:
        return None
    return next((number for number, name in enumerate(_DAY_NAMES) if (name + "s").startswith(text)), None)


def read_minutes(text: str) -> int | None:
    """Whole minutes of one day, None for an empty field; raises UnknownMinutes."""
    typed = text.strip()
    if not typed:
        return None
    number = re.fullmatch(r"(\d{1,6})\s*(?:m|min|mins|minutes)?\.?", typed, re.IGNORECASE | re.ASCII)
    if number is None or int(number[1]) > LONGEST_DAY:
        raise UnknownMinutes(given=quoted(text), limit=LONGEST_DAY)
    return int(number[1])
