"""When a member is pinged: the due rows of their pings, by what they chose."""

import sqlite3
from datetime import datetime, time, timedelta

from bot.delivery import due
from bot.localtime import Occurrence
from bot.preferences.service import preference_of
from bot.routines.rules import Routine

PING, SECOND_PING = "ping", "second_ping"
DIRECT_PING, DIRECT_SECOND_PING = "direct_ping", "direct_second_ping"
ALL = (PING, SECOND_PING, DIRECT_PING, DIRECT_SECOND_PING)

SECOND_AFTER = timedelta(hours=2)


def second_time(at: time) -> time | None:
    """When the second ping of a day comes; None where that would be the next day."""
    minutes = at.hour * 60 + at.minute + int(SECOND_AFTER.total_seconds()) // 60
    return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else None


def schedule(
    db: sqlite3.Connection, guild_id: int, user_id: int, routine: Routine, now: datetime
) -> Occurrence | None:
    """Plan the pings that a routine and the member's preference ask for, and no others.

    Answers when the first ping is due next.
    """
    preference = preference_of(db, guild_id, user_id)
    first, second = (DIRECT_PING, DIRECT_SECOND_PING) if preference.direct_pings else (PING, SECOND_PING)
    times: dict[str, time] = {}
    if routine.ping:
        times[first] = routine.at
        later = second_time(routine.at)
        if preference.second_ping and later is not None:
            times[second] = later
    planned = None
    for kind in ALL:
        if kind not in times:
            due.unschedule(db, kind, guild_id, user_id)
            continue
        occurrence = due.schedule(
            db,
            kind,
            guild_id,
            user_id,
            zone=routine.zone,
            at=times[kind],
            days=routine.days,
            now=now,
        )
        if kind == first:
            planned = occurrence
    return planned


def next_ping(db: sqlite3.Connection, guild_id: int, user_id: int) -> Occurrence | None:
    """When a member's first ping of a day is due next."""
    return due.planned(db, PING, guild_id, user_id) or due.planned(db, DIRECT_PING, guild_id, user_id)
