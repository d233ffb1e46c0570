"""The local days of those who are in a build; a server need not be set up for one."""

import sqlite3
from datetime import date, datetime

from bot.builds.rules import Build
from bot.errors import NotSetUp
from bot.localtime import local_day
from bot.routines.service import is_away, takes_day_off, today_of
from bot.servers.service import require_server


def day_of(db: sqlite3.Connection, build: Build, user_id: int, now: datetime) -> date:
    """A member's local day: by their routine, else by the server, else by the build itself."""
    try:
        return today_of(db, build.guild_id, user_id, now)[0]
    except NotSetUp:
        return local_day(now, build.zone)


def servers_day(db: sqlite3.Connection, guild_id: int, now: datetime) -> date | None:
    """A server's local day; None where it was never set up."""
    try:
        return local_day(now, require_server(db, guild_id).zone)
    except NotSetUp:
        return None


def to_be_mentioned(db: sqlite3.Connection, build: Build, now: datetime) -> list[int]:
    """Who wants to be mentioned when the week is over, and is neither away on this day nor takes it off."""
    return [user_id for user_id in build.to_mention if not _rests(db, build, user_id, now)]


def _rests(db: sqlite3.Connection, build: Build, user_id: int, now: datetime) -> bool:
    day = day_of(db, build, user_id, now)
    return is_away(db, build.guild_id, user_id, day) or takes_day_off(db, build.guild_id, user_id, day)
