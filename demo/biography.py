"""The invented people, as the files in people/ describe them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zlib import crc32

from bot.inputs import read_days
from bot.localtime import ONE_DAY, instant
from demo.pursuits import Pursuit, read_pursuit

EARLIEST, LATEST = -35, 45
"""Minutes before and after the time of their routine at which people check in."""

NEXT_MORNING = time(9, 10)
"""About when people report what they did not report the evening before."""

GOALS_SET_AT, GOALS_KEPT_AT = time(10, 15), time(21, 50)


@dataclass(frozen=True, slots=True)
class PastCheckIn:
    """What somebody reported for a local day, and when; late if it was on the next one."""

    at: datetime
    on: date
    done: str
    next: str
    blocked: str
    kind: str
    minutes: int
    late: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """What somebody committed to, and what became of it when: "kept", "carried", or nothing so far."""

    set_at: datetime
    text: str
    outcome: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody was away, both included, and when they said so."""

    said_at: datetime
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FocusBlock:
    """A block of focus."""

    at: datetime
    minutes: int
    effort: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody chose: what others see of them, and how they want to be reached."""

    shown: str
    named: bool
    second_ping: bool
    direct_pings: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A member: who, where, since when, with which routine; and whether a page looks through their eyes."""

    key: str
    name: str
    username: str
    zone: str
    joined: date
    days: str
    at: time
    ping: bool
    viewer: bool
    wishes: Wishes
    checkins: Sequence[PastCheckIn]
    goals: Sequence[Goal]
    absences: Sequence[Away]
    days_off: Sequence[datetime]
    blocks: Sequence[FocusBlock]
    seeks_buddy: datetime | None
    nudges: Sequence[datetime]
    pursuit: Pursuit

    @property
    def city(self) -> str:
        """The city their time zone is named after."""
        return self.zone.rsplit("/", 1)[-1].replace("_", " ")


def read_person(key: str, table: Mapping[str, Any]) -> Person:
    """A person from their file; the months before the check-ins it tells are made up from its `earlier`."""
    seeks = table.get("seeks_buddy")
    absences = list(_absences(table))
    earlier = [entry for part in table.get("earlier", ()) for entry in _made_up(key, table, part, absences)]
    return Person(
        key=key,
        name=table["name"],
        username=table["username"],
        zone=table["zone"],
        joined=table["joined"],
        days=table["days"],
        at=table["at"],
        ping=table["ping"],
        viewer=table.get("viewer", False),
        wishes=Wishes(
            shown=table.get("shown", "nothing"),
            named=table.get("named", False),
            second_ping=table.get("second_ping", False),
            direct_pings=table.get("direct_pings", False),
        ),
        checkins=[_checkin(key, table, entry) for entry in [*earlier, *table["checkin"]]],
        goals=[*_earlier_goals(table), *(_goal(table, entry) for entry in table.get("goal", ()))],
        absences=absences,
        days_off=[instant(day, table["at"], table["zone"]) for day in table.get("days_off", ())],
        blocks=[
            FocusBlock(entry["at"].astimezone(UTC), entry["minutes"], entry["effort"])
            for entry in table.get("focus", ())
        ],
        seeks_buddy=seeks.astimezone(UTC) if seeks else None,
        nudges=[nudge.astimezone(UTC) for nudge in table.get("nudges", ())],
        pursuit=read_pursuit(table),
    )


def _checkin(key: str, person: Mapping[str, Any], entry: Mapping[str, Any]) -> PastCheckIn:
    # People are neither punctual nor random: the same day has the same minute at every start.
    minutes = EARLIEST + _chance(key, entry["on"], LATEST - EARLIEST)
    late = entry.get("late", False)
    day, at = (entry["on"] + ONE_DAY, NEXT_MORNING) if late else (entry["on"], person["at"])
    return PastCheckIn(
        at=instant(day, at, person["zone"]) + timedelta(minutes=minutes),
        on=entry["on"],
        done=entry["done"],
        next=entry.get("next", ""),
        blocked=entry.get("blocked", ""),
        kind=entry["kind"],
        minutes=entry["minutes"],
        late=late,
    )


def _made_up(
    key: str, person: Mapping[str, Any], part: Mapping[str, Any], absences: Sequence[Away]
) -> Iterator[dict[str, Any]]:
    """Check-ins for a share of the planned days of a time, with lines and minutes from what is given."""
    days, (least, most) = read_days(person["days"]), part["minutes"]
    day = part["from"]
    while day <= part["to"]:
        away = any(absence.first <= day <= absence.last for absence in absences)
        if days.has(day) and not away and _chance(f"{key} came", day, 100) < part["share"]:
            line = part["lines"][_chance(f"{key} did", day, len(part["lines"]))]
            minutes = least + 5 * _chance(f"{key} took", day, (most - least) // 5 + 1)
            late = _chance(f"{key} was late", day, 100) < part.get("late", 0)
            yield {"on": day, **line, "minutes": minutes, "late": late}
        day += ONE_DAY


def _chance(what: str, day: date, sides: int) -> int:
    """A throw of dice that falls the same way at every start."""
    return crc32(f"{what} {day}".encode()) % sides


def _absences(person: Mapping[str, Any]) -> Iterator[Away]:
    for entry in person.get("away", ()):
        yield Away(instant(entry["from"] - ONE_DAY, person["at"], person["zone"]), entry["from"], entry["to"])


def _goal(person: Mapping[str, Any], entry: Mapping[str, Any]) -> Goal:
    set_at = instant(entry["set"], GOALS_SET_AT, person["zone"])
    for outcome in ("kept", "carried"):
        if outcome in entry:
            return Goal(
                set_at, entry["text"], outcome, instant(entry[outcome], GOALS_KEPT_AT, person["zone"])
            )
    return Goal(set_at, entry["text"])


def _earlier_goals(person: Mapping[str, Any]) -> Iterator[Goal]:
    """A goal every other week of the earlier months, kept on the Friday or, every third one, not at all."""
    for part in person.get("earlier", ()):
        monday = part["from"] + (7 - part["from"].weekday()) % 7 * ONE_DAY
        for number, text in enumerate(part.get("goals", ())):
            entry = {"set": monday + 14 * number * ONE_DAY, "text": text}
            kept = {"kept": entry["set"] + 4 * ONE_DAY} if number % 3 != 2 else {}
            yield _goal(person, {**entry, **kept})
