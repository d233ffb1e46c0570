"""The look at a server's polls when a phase of one is over. It says nothing itself."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.delivery import outbox
from bot.delivery.due import Due
from bot.delivery.outbox import Delivery
from bot.delivery.service import Composed, Kind, OneMessage
from bot.polls import store
from bot.polls.phases import advance
from bot.polls.planning import POLL_ROUND, plan
from bot.texts import mark

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

LOOKED = mark("the phases that were over were ended")


class Rounds(OneMessage):
    """Ends the phases whose time is over. It is never too late: people wait for what follows."""

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{POLL_ROUND}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        outbox.forget_earlier_looks(db, row)
        for poll in store.open_in(db, row.guild_id):
            advance(db, poll, now)
        plan(db, row.guild_id)
        return Composed(None, {row.id: LOOKED})


KINDS: dict[str, Kind] = {POLL_ROUND: Rounds()}
