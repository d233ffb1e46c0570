"""The pings: a mention at the member's own time, in the day's thread or as a direct message."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.checkins import store
from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage
from bot.delivery.due import Due
from bot.delivery.messenger import Direct, Post
from bot.delivery.outbox import Delivery
from bot.localtime import day_ends
from bot.preferences.service import change_preference, preference_of
from bot.routines.pings import DIRECT_PING, DIRECT_SECOND_PING, PING, SECOND_PING
from bot.routines.service import is_away, replan_pings, takes_day_off, wants_pings
from bot.servers.places import in_days_thread
from bot.servers.service import require_server
from bot.texts import mark

NOT_ASKED = mark("not asked for any more")
CHECKED_IN = mark("checked in already")
AWAY = mark("away")
DAY_OFF = mark("took the day off")
PINGED_ELSEWHERE = mark("pinged in another place already")
MOVED = mark("moved to another place")

MENTIONS_IN_A_MESSAGE = 80
"""2000 characters hold 85 mentions of the longest ids; more people than this get a message more."""

PING_LATE_AFTER = timedelta(hours=4)

LATE_AFTER_THE_DAY = timedelta(hours=1)
"""What a clock change has moved to the end of its day or beyond may be this late."""

_OTHER_PLACE = {
    PING: DIRECT_PING,
    SECOND_PING: DIRECT_SECOND_PING,
    DIRECT_PING: PING,
    DIRECT_SECOND_PING: SECOND_PING,
}


@dataclass(frozen=True, slots=True)
class PingContent:
    """A reminder to the members who asked for one at this time.

    `refused` are those among them whom Discord did not let the bot write to directly.
    """

    members: Sequence[int]
    is_second: bool = False
    refused: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class DirectPingContent:
    """The same as a direct message: it speaks of one server, and names it by its check-in channel."""

    guild_id: int
    user_id: int
    channel_id: int
    is_second: bool


class Pings:
    """A ping in the thread: one message for everybody who is due at that minute."""

    rows_in_a_message = MENTIONS_IN_A_MESSAGE

    def __init__(self, kind: str):
        self._kind = kind

    def too_late_at(self, due: Due) -> datetime:
        return _too_late(due)

    def message_key(self, due: Due, part: int) -> str:
        return f"{self._kind}:{due.guild_id}:{int(due.at.timestamp())}:{part}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        skipped = {row.id: reason for row in rows if (reason := _why_not(db, row))}
        kept = [row for row in rows if row.id not in skipped]
        if not kept:
            return Composed(None, skipped)
        refused = [row.user_id for row in kept if row.kept == outbox.REFUSED_DIRECTLY]
        content = PingContent([row.user_id for row in kept], self._kind == SECOND_PING, refused)
        first = rows[0]
        return Composed(in_days_thread(db, first.guild_id, first.local_day, first.due_at, content), skipped)

    def refused(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> None:
        """Nothing follows: there is no other place."""


class DirectPings(OneMessage):
    """A ping as a direct message; if Discord refuses it, it comes in the thread, from then on too."""

    def __init__(self, kind: str):
        self._kind = kind

    def too_late_at(self, due: Due) -> datetime:
        return _too_late(due)

    def message_key(self, due: Due, part: int) -> str:
        return f"{self._kind}:{due.guild_id}:{due.user_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        reason = _why_not(db, row)
        if reason:
            return Composed(None, {row.id: reason})
        # One that may have been sent already is finished, so that none comes twice.
        if row.channel_id is None and not preference_of(db, row.guild_id, row.user_id).direct_pings:
            self._put_in_thread(db, row, now)
            return Composed(None, {row.id: MOVED})
        channel_id = require_server(db, row.guild_id).checkin_channel_id
        content = DirectPingContent(row.guild_id, row.user_id, channel_id, self._kind == DIRECT_SECOND_PING)
        return Composed(Post(Direct(row.guild_id, row.user_id), content))

    def refused(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> None:
        """Ping in the thread instead, and from then on."""
        (row,) = rows
        change_preference(db, row.guild_id, row.user_id, direct_pings=False, direct_refused_on=row.local_day)
        # Before the pings are planned anew: what has been put out for the day is not planned again.
        self._put_in_thread(db, row, now, kept=outbox.REFUSED_DIRECTLY)
        replan_pings(db, row.guild_id, row.user_id, now)

    def _put_in_thread(
        self, db: sqlite3.Connection, row: Delivery, now: datetime, kept: str | None = None
    ) -> None:
        # A message of its own, so that what it has to tell stays between the bot and its member.
        other = _OTHER_PLACE[self._kind]
        due = Due(other, row.guild_id, row.user_id, "UTC", row.local_day, row.due_at)
        part = outbox.messages_at(db, other, row.guild_id, row.due_at)
        key = PINGS[other].message_key(due, part)
        outbox.put(db, due, key, row.too_late_at, now, kept=kept)


PINGS: dict[str, Kind] = {
    PING: Pings(PING),
    SECOND_PING: Pings(SECOND_PING),
    DIRECT_PING: DirectPings(DIRECT_PING),
    DIRECT_SECOND_PING: DirectPings(DIRECT_SECOND_PING),
}


def day_over(due: Due) -> datetime:
    """When it is too late for what belongs to a day: at its end, or an hour after what is due after that."""
    end = day_ends(due.local_day, due.zone)
    return end if due.at < end else due.at + LATE_AFTER_THE_DAY


def _too_late(due: Due) -> datetime:
    return min(due.at + PING_LATE_AFTER, day_over(due))


def _why_not(db: sqlite3.Connection, row: Delivery) -> str | None:
    key = (row.guild_id, row.user_id)
    if not wants_pings(db, *key, row.local_day):
        return NOT_ASKED
    if store.find_checkin(db, *key, row.local_day):
        return CHECKED_IN
    if is_away(db, *key, row.local_day):
        return AWAY
    if takes_day_off(db, *key, row.local_day):
        return DAY_OFF
    if outbox.was_sent(db, _OTHER_PLACE[row.kind], *key, row.local_day):
        return PINGED_ELSEWHERE
    if row.kind in (SECOND_PING, DIRECT_SECOND_PING) and not preference_of(db, *key).second_ping:
        return NOT_ASKED
    return None
