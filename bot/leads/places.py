"""Where what concerns leads is posted, and when: for other features, within their transactions."""

import sqlite3
from datetime import date, datetime, time

from bot.delivery.messenger import Place, Post
from bot.leads.judging import settings_of
from bot.servers.places import in_days_thread
from bot.servers.service import require_server


def lead_place(db: sqlite3.Connection, guild_id: int, local_day: date, at: datetime, content: object) -> Post:
    """A post in the lead channel, or where there is none, in the thread of a day; raises NotSetUp."""
    channel_id = settings_of(db, guild_id).channel_id
    if channel_id is None:
        return in_days_thread(db, guild_id, local_day, at, content)
    return Post(Place(guild_id, channel_id), content)


def lead_hour(db: sqlite3.Connection, guild_id: int) -> tuple[time, str]:
    """At what time of day a server hears of leads, and in which zone; raises NotSetUp."""
    return settings_of(db, guild_id).hour, require_server(db, guild_id).zone
