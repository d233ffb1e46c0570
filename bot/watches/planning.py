"""When the watches of a server are looked through: once a day, at the hour of its leads."""

import sqlite3
from datetime import datetime

from bot.delivery import due
from bot.leads.places import lead_hour
from bot.localtime import Occurrence, Weekdays
from bot.servers.service import EVERYONE
from bot.watches import store

WATCH_ROUND = "watch_round"


def replan(db: sqlite3.Connection, guild_id: int, now: datetime) -> Occurrence | None:
    """Plan the daily look by the server's hour and zone as they are now, if anybody watches there.

    To be called within the transaction that changes either. Answers when it is due next.
    """
    if not store.anybody_watches(db, guild_id):
        due.unschedule(db, WATCH_ROUND, guild_id, EVERYONE)
        return None
    at, zone = lead_hour(db, guild_id)
    return due.schedule(
        db, WATCH_ROUND, guild_id, EVERYONE, zone=zone, at=at, days=Weekdays.EVERY_DAY, now=now
    )


def next_round(db: sqlite3.Connection, guild_id: int) -> Occurrence | None:
    """When the watches of a server are looked through next; None where nobody watches."""
    return due.planned(db, WATCH_ROUND, guild_id, EVERYONE)
