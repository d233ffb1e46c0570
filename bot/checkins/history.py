"""A member's history and ledger, read within a transaction."""

import sqlite3
from datetime import datetime, time

from bot.checkins import store
from bot.checkins.ledger import History, LedgerDay, ledger
from bot.heartbeat import downtimes
from bot.localtime import ONE_DAY, instant
from bot.routines.service import plans_and_first_day


def history_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> History | None:
    """All on which a member's days depend; None before they plan or check in for the first time."""
    reported = store.days_reported(db, guild_id, user_id)
    plans, first_planned = plans_and_first_day(db, guild_id, user_id)
    firsts = [first_planned, next(iter(reported), None)]
    began = min((day for day in firsts if day is not None), default=None)
    if began is None:
        return None
    # A day begins 14 hours before it does in UTC where it begins first.
    since = instant(began - ONE_DAY, time.min, "UTC")
    return History(began, plans, reported, downtimes(db, guild_id, since))


def ledger_of(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> list[LedgerDay]:
    """What became of every day since a member began; empty before that. The server must be set up."""
    history = history_of(db, guild_id, user_id)
    return ledger(history, now) if history else []
