"""When a server's curators hear what was missed in the week: on Monday morning, in the server's zone."""

import sqlite3
from datetime import datetime, time
from typing import Final

from bot.delivery import due
from bot.localtime import Occurrence, Weekdays
from bot.resources import settings_store
from bot.servers.service import EVERYONE, require_server

WEEK: Final = "resource_week"
"""The kind of delivery that tells curators what was searched and not found, and which links are dead."""

MONDAY_MORNING = time(9)


def replan(db: sqlite3.Connection, guild_id: int, now: datetime) -> Occurrence | None:
    """Plan the weekly report by the server's zone as it is now, if its curators have a channel.

    To be called within the transaction that changes either. Answers when it is due next.
    """
    if settings_store.channel_of(db, guild_id) is None:
        due.unschedule(db, WEEK, guild_id, EVERYONE)
        return None
    return due.schedule(
        db,
        WEEK,
        guild_id,
        EVERYONE,
        zone=require_server(db, guild_id).zone,
        at=MONDAY_MORNING,
        days=Weekdays.MONDAY,
        now=now,
    )


def next_report(db: sqlite3.Connection, guild_id: int) -> Occurrence | None:
    """When a server's curators hear next; None where they have no channel."""
    return due.planned(db, WEEK, guild_id, EVERYONE)
