"""When the phases of a server's polls end by time: one plan a server, for the first of them."""

import sqlite3
from typing import Final

from bot.delivery import due
from bot.polls import store

POLL_ROUND: Final = "poll_round"
"""The kind of delivery that looks which phases are over. It says nothing itself."""


def plan(db: sqlite3.Connection, guild_id: int) -> None:
    """Plan the next look at a server's polls, by the deadlines they have now.

    To be called within the transaction that starts a poll, ends a phase, or moves a deadline.
    """
    first = min((poll.until for poll in store.open_in(db, guild_id) if poll.until is not None), default=None)
    due.schedule_look(db, POLL_ROUND, guild_id, first)
