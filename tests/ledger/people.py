"""Who the simulated members are: where they live, what they plan, and what they mean to do on a day."""

from dataclasses import dataclass
from datetime import time
from random import Random

from tests.ledger.diary import EVERY_DAY

SERVER_ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
HOMES = (
    *("Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Africa/Cairo", "Asia/Beirut"),
    *("Australia/Lord_Howe", "Africa/Casablanca", "America/Havana", "America/Santiago", "Pacific/Chatham"),
    *("Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "Antarctica/Troll", "Asia/Tokyo"),
)
WEEKS = {
    "every day": EVERY_DAY,
    "mon-fri": frozenset({0, 1, 2, 3, 4}),
    "weekend": frozenset({5, 6}),
    "mon, wed & fri": frozenset({0, 2, 4}),
    "tue, thu, sat, sun": frozenset({1, 3, 5, 6}),
}
PINGS_AT = ("07:00", "09:30", "12:00", "18:30", "21:00")
FIRST_TRY, LAST_TRY = 6 * 60, 23 * 60 + 58


@dataclass(frozen=True, slots=True)
class Intent:
    """What a member means to do, and when: that day, or the next where `tomorrow`."""

    what: str
    at: time
    tomorrow: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """How a member lives. Figures between 0 and 1 say how likely something is on any day; others are days."""

    checks_in: float
    is_late: float
    takes_off: float
    second_thoughts: float
    moves: float
    pauses: float
    replans: float
    never_plans: bool
    wants_pings: bool
    wants_direct_pings: bool
    wants_second_pings: bool
    refuses_direct_messages: bool
    begins_on: int
    stays_for: int
    leaves_in_silence: bool


def somebody(chance: Random) -> Character:
    """The keen, the steady, the dabblers and the silent, with travellers among all; most stay for weeks."""
    checks_in, is_late = chance.choice(((0.93, 0.7), (0.7, 0.4), (0.35, 0.2), (0.04, 0.0)))
    wants_direct_pings = chance.random() < 0.15
    return Character(
        checks_in=checks_in,
        is_late=is_late,
        takes_off=chance.choice((0.0, 0.02, 0.3)),
        second_thoughts=chance.choice((0.0, 0.05)),
        moves=chance.choice((0.0, 0.0, 0.003, 0.1)),
        pauses=chance.choice((0.0, 0.01)),
        replans=chance.choice((0.0, 0.02)),
        never_plans=chance.random() < 0.1,
        wants_pings=chance.random() < 0.6,
        wants_direct_pings=wants_direct_pings,
        wants_second_pings=chance.random() < 0.2,
        refuses_direct_messages=wants_direct_pings and chance.random() < 0.3,
        begins_on=chance.choice((0, 1, 20, 90, 200, 330)),
        stays_for=chance.choice((10, 20, 40, 90, 400)),
        leaves_in_silence=chance.random() < 0.2,
    )


def intents(who: Character, chance: Random) -> list[Intent]:
    """What a member means to do in the course of a day, in no order."""
    found = []
    if chance.random() < who.checks_in:
        if chance.random() < 0.03:
            found.append(Intent("send a form left open", time(0, chance.randint(1, 59)), tomorrow=True))
        else:
            found.append(Intent("check in", _some_time(chance)))
    elif chance.random() < who.takes_off:
        found.append(Intent("take the day off", _some_time(chance)))
    elif chance.random() < who.is_late:
        found.append(Intent("report late", time(chance.randint(1, 11), chance.randint(0, 59)), tomorrow=True))
    for what, likely in (
        ("change a check-in", who.second_thoughts),
        ("delete a check-in", who.second_thoughts / 2),
        ("move", who.moves),
        ("pause", who.pauses),
        ("come back", who.pauses * 3),
        ("plan", who.replans),
        ("stop", who.replans / 4),
    ):
        if likely and chance.random() < likely:
            found.append(Intent(what, _some_time(chance)))
    return found


def _some_time(chance: Random) -> time:
    # Never at a full five minutes, at which pings are due.
    minute = chance.randrange(FIRST_TRY, LAST_TRY)
    minute += minute % 5 == 0
    return time(minute // 60, minute % 60)
