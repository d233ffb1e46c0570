"""When teams are asked whether their baselines are there: one plan a server, for the first of them."""

import sqlite3
from datetime import datetime
from typing import Final

from bot.builds import store
from bot.builds.rules import Build, asked_at
from bot.delivery import due

ROUND: Final = "build_round"
"""The kind of delivery that looks whose week is over. It says nothing itself."""


def plan(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    """Plan the next look at a server's builds, by those that wait for it now.

    To be called within the transaction in which one begins or ends, or was looked at.
    """
    first = min((_asked_at(build, now) for build in store.not_asked(db, guild_id)), default=None)
    due.schedule_look(db, ROUND, guild_id, first)


def whose_week_is_over(db: sqlite3.Connection, guild_id: int, now: datetime) -> list[Build]:
    """The builds whose teams are to be asked now; at night, none of that team's zone."""
    return [build for build in store.not_asked(db, guild_id) if _asked_at(build, now) <= now]


def _asked_at(build: Build, now: datetime) -> datetime:
    # After a downtime it may be night by now.
    return asked_at(max(build.until, now), build.zone)
