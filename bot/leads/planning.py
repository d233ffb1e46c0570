"""When a server hears of leads: once a day, at the hour that was set, in the server's zone."""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.delivery import due, outbox
from bot.leads import settings_store, shown_store
from bot.localtime import Occurrence, Weekdays
from bot.servers.service import EVERYONE, require_server

LEADS: Final = "leads"
"""The kind of delivery that looks, once a day, whether a server has something to hear of. It says nothing."""

DIGEST: Final = "lead_digest"
"""The best of what is new."""

STRUCK_OUT_FOR = timedelta(days=40)
"""How long a digest is kept true: for as long as its thread is read, and somewhat longer."""


def replan(db: sqlite3.Connection, guild_id: int, now: datetime) -> Occurrence | None:
    """Plan the daily look by the server's hour and zone as they are now, if it has a lead channel.

    To be called within the transaction that changes any of these. Answers when it is due next.
    """
    settings = settings_store.find(db, guild_id)
    if settings is None or settings.channel_id is None:
        due.unschedule(db, LEADS, guild_id, EVERYONE)
        return None
    return due.schedule(
        db,
        LEADS,
        guild_id,
        EVERYONE,
        zone=require_server(db, guild_id).zone,
        at=settings.hour,
        days=Weekdays.EVERY_DAY,
        now=now,
    )


def next_look(db: sqlite3.Connection, guild_id: int) -> Occurrence | None:
    """When a server hears of leads next; None where it has no lead channel."""
    return due.planned(db, LEADS, guild_id, EVERYONE)


def refresh_digests_with(db: sqlite3.Connection, lead_ids: Collection[int], now: datetime) -> None:
    """Have the digests that show some leads show them as they are now."""
    since = (now - STRUCK_OUT_FOR).date()
    for guild_id, day in shown_store.digests_with(db, lead_ids, since):
        outbox.refresh(db, DIGEST, guild_id, EVERYONE, day, now)
