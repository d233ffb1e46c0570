"""When a member is told of follow-ups: on the morning of the first day on which one is due."""

import sqlite3
from datetime import date, datetime, time, timedelta

from bot.delivery import due
from bot.localtime import Occurrence, Weekdays, instant, next_occurrence
from bot.preferences.service import preference_of
from bot.routines.service import today_of
from bot.tracker import store
from bot.tracker.follow_ups import TOLD_AT, FollowUp
from bot.tracker.rules import Application, State

FOLLOW_UP, FOLLOW_UP_PING = "follow_up", "follow_up_ping"


def plan(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> Occurrence | None:
    """Plan when a member is told next, by their jobs, zone and preferences as they are now.

    To be called within the transaction that changes any of these. Raises NotSetUp.
    """
    days = [each.next_told_on for _, each in waiting(db, guild_id, user_id)]
    first = min((day for day in days if day is not None), default=None)
    direct = preference_of(db, guild_id, user_id).direct_leads
    kind, other = (FOLLOW_UP, FOLLOW_UP_PING) if direct else (FOLLOW_UP_PING, FOLLOW_UP)
    for name in (kind, other):
        waits = due.planned(db, name, guild_id, user_id)
        # What is due this very moment is settled when it goes out, which plans anew.
        if waits is not None and waits.at <= now:
            return waits
        due.unschedule(db, name, guild_id, user_id)
    if first is None:
        return None
    _, zone = today_of(db, guild_id, user_id, now)
    after = max(now, instant(first, time.min, zone) - timedelta(seconds=1))
    # It comes again every morning until it is planned anew, so that a crash or an error loses nothing.
    return due.schedule(
        db, kind, guild_id, user_id, zone=zone, at=TOLD_AT, days=Weekdays.EVERY_DAY, now=after
    )


def waiting(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[tuple[Application, FollowUp]]:
    """The jobs for which a member waits for an answer and wants to be told, with their follow-ups."""
    if not store.choice(db, guild_id, user_id).follow_ups:
        return []
    return [
        (application, application.follow_up)
        for application in store.of_member(db, guild_id, user_id, [State.APPLIED])
        if application.follow_ups and application.follow_up is not None
    ]


def earliest_day(zone: str, now: datetime) -> date:
    """The first day of a zone on which anything can still be told."""
    first = next_occurrence(now, zone, TOLD_AT)
    assert first is not None, "there is a morning every day"
    return first.day
