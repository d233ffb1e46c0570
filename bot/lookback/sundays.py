"""When a member's week is sent: on Sunday evening of their own."""

import sqlite3
from datetime import datetime, time

from bot.delivery import due
from bot.localtime import Occurrence, Weekdays
from bot.preferences.service import preference_of
from bot.routines.service import today_of

WEEK = "week"
SUNDAY_EVENING = time(18, 0)


def replan(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> Occurrence | None:
    """Plan a member's week by their zone as it is now, if they want it sent; answers when the next is due.

    To be called within the transaction that changes a member's zone. Raises NotSetUp.
    """
    if not preference_of(db, guild_id, user_id).direct_weeks:
        due.unschedule(db, WEEK, guild_id, user_id)
        return None
    _, zone = today_of(db, guild_id, user_id, now)
    return due.schedule(
        db, WEEK, guild_id, user_id, zone=zone, at=SUNDAY_EVENING, days=Weekdays.SUNDAY, now=now
    )
