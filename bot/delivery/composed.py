"""What a kind of delivery is, and what it makes of what is due: the part that the features give."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.delivery import due
from bot.delivery.messenger import Post
from bot.delivery.outbox import Delivery as Row


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """In place of a post: there is nothing to show any more, and what was sent is deleted, for a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """In place of a post: something else has to be said first, so it is tried again a little later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Composed:
    """What a message's rows come to: a post for those that still count, and why the others do not.

    `kept` is stored with the rows, for the message to go on saying it when it is changed.
    """

    post: Post | Withdrawn | Waiting | None
    skipped: Mapping[int, str] = field(default_factory=dict)
    kept: str | None = None


class Kind(due.Kind, Protocol):
    """A kind of delivery, as the feature it belongs to defines it."""

    def compose(self, db: sqlite3.Connection, rows: Sequence[Row], now: datetime) -> Composed:
        """What to say now, from what is stored now. `skipped` is keyed by row id."""
        ...

    def refused(self, db: sqlite3.Connection, rows: Sequence[Row], now: datetime) -> None:
        """What follows when Discord will never take the message; within the transaction that notes it."""
        ...


class OneMessage:
    """A kind of which each row is a message of its own; what cannot be sent is let go."""

    rows_in_a_message = 1

    def refused(self, db: sqlite3.Connection, rows: Sequence[Row], now: datetime) -> None:
        """Nothing follows."""
