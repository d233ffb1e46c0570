"""The kind of delivery by which messages about somebody who is forgotten are deleted in Discord."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.forgetting import TAKEN_BACK, TRIED_FOR, forget_done
from bot.delivery.outbox import Delivery
from bot.texts import mark

FORGOTTEN = mark("whoever it was about is forgotten")


class TakenBack(OneMessage):
    """A message that is deleted. Its rows come from `bot.delivery.forgetting`, never from what is due."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + TRIED_FOR

    def message_key(self, due: Due, part: int) -> str:
        return f"{TAKEN_BACK}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        forget_done(db, rows[0].guild_id)
        return Composed(Withdrawn(FORGOTTEN))


KINDS: dict[str, Kind] = {TAKEN_BACK: TakenBack()}
