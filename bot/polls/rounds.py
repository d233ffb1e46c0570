"""The look at a server's polls when a phase of one is over. It says nothing itself."""

import logging
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.delivery.composed import Composed, Kind, OneMessage, Waiting
from bot.delivery.due import Due
from bot.delivery.looks import forget_earlier_looks
from bot.delivery.outbox import Delivery
from bot.heartbeat import is_out_of_reach
from bot.localtime import ONE_DAY
from bot.polls import store
from bot.polls.phases import advance
from bot.polls.planning import POLL_ROUND, plan
from bot.polls.rules import Poll, put_off
from bot.storage.trouble import ends_all
from bot.texts import mark

log = logging.getLogger(__name__)

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

LOOKED = mark("the phases that were over were ended")
OUT_OF_REACH = "out-of-reach"
"""Why a look waits, for whoever reads the outbox."""


class Rounds(OneMessage):
    """Ends the phases whose time is over. It is never too late: people wait for what follows."""

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{POLL_ROUND}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        if is_out_of_reach(db, row.guild_id, now):
            # What ends later than its time takes no time from anybody who could not vote meanwhile.
            return Composed(Waiting(OUT_OF_REACH))
        forget_earlier_looks(db, row)
        for poll in store.open_in(db, row.guild_id):
            _advance_alone(db, poll, now)
        plan(db, row.guild_id)
        return Composed(None, {row.id: LOOKED})


def _advance_alone(db: sqlite3.Connection, poll: Poll, now: datetime) -> None:
    """End the phase of a poll; if that fails, it is put off for a day, so that it cannot stop the others."""
    try:
        with store.all_or_nothing(db):
            advance(db, poll, now)
    except Exception as error:
        if ends_all(db, error):
            raise
        log.exception("the phase of poll %d could not be ended, and was put off for a day", poll.id)
        late = now - (poll.until or now)
        store.save(db, put_off(poll, late + ONE_DAY))


KINDS: dict[str, Kind] = {POLL_ROUND: Rounds()}
