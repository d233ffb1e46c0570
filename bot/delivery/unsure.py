"""What is to be let go, although an earlier try of it may have arrived without anybody hearing of it.

Given up as it is, such a message would stand there for good: nothing would change or delete it any more.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery import outbox
from bot.delivery.outbox import Delivery


@dataclass(frozen=True, slots=True)
class Unsure:
    """In place of a post: the message is looked for first. If it is not there, each row is given up, for a
    reason by its id."""

    reasons: Mapping[int, str]


def may_have_arrived(row: Delivery) -> bool:
    """Whether a message was about to be sent by an earlier try of which nothing is known."""
    return row.message_id is None and row.channel_id is not None and row.attempts > 1


def settle(
    db: sqlite3.Connection, rows: Sequence[Delivery], unsure: Unsure, message_id: int | None, now: datetime
) -> None:
    """Give the rows up, or know their message, which is brought up to date next."""
    if message_id is None:
        for row in rows:
            outbox.mark_skipped(db, [row], unsure.reasons[row.id])
        return
    outbox.mark_sent(db, rows, message_id, now)
    db.executemany(
        "update delivery set shown = wanted - 1, next_try_at = ? where id = ?",
        [(int(now.timestamp()), row.id) for row in rows],
    )
