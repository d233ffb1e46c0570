"""What is sent of watches: once a day, to whom something new was found for, directly or as a mention.

The daily round of a server is a row of its own. It looks through what has come, for all watches at once, and
puts out a row for each member who has something to hear of. The instant at which the round was due names the
message: by it is kept what the message tells, so it tells the same however often it is tried.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage
from bot.delivery.due import Due
from bot.delivery.looks import forget_earlier_looks
from bot.delivery.outbox import Delivery
from bot.leads.judging import still_there
from bot.leads.telling import MENTIONS_IN_A_MESSAGE, NEVER, TOLD_WITHIN, kinds_of
from bot.preferences.service import preference_of
from bot.routines.service import is_away, today_of
from bot.servers.service import require_server
from bot.texts import mark
from bot.watches import store
from bot.watches.finding import Match, best_of, look_for, settle_waiting
from bot.watches.planning import WATCH_ROUND, replan
from bot.watches.rules import KEPT_FOR, TOLD_AT_ONCE

WATCH, WATCH_PING = "watch", "watch_ping"

NOBODY = mark("nobody watches any more")
PASSED_ON = mark("what is new was passed on")
NOTHING_NEW = mark("nothing is new")


@dataclass(frozen=True, slots=True)
class WatchContent:
    """What is new for a member's watches in a server, best first; the channel says which server it is.

    `more` is how many there are besides.
    """

    guild_id: int
    channel_id: int
    matches: Sequence[Match]
    more: int


@dataclass(frozen=True, slots=True)
class WatchPingContent:
    """Tells members that there is something new for them, and nothing else, since others read it too.

    `refused` are those among them whom Discord did not let the bot write to directly.
    """

    members: Sequence[int]
    refused: Sequence[int] = ()


class Rounds(OneMessage):
    """The daily look of a server. It says nothing itself; one that is too late is left to the next day's."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + TOLD_WITHIN

    def message_key(self, due: Due, part: int) -> str:
        return f"{WATCH_ROUND}:{due.guild_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        forget_earlier_looks(db, row)
        store.forget_finds_before(db, row.guild_id, now - KEPT_FOR)
        # Whoever watched last may have been forgotten since this was planned.
        if replan(db, row.guild_id, now) is None:
            return Composed(None, {row.id: NOBODY})
        told = _look_and_settle(db, row, now)
        mentioned = 0
        for user_id in told:
            if preference_of(db, row.guild_id, user_id).direct_leads:
                _put(db, WATCH, row, user_id, 0, now)
            else:
                _put(db, WATCH_PING, row, user_id, mentioned // MENTIONS_IN_A_MESSAGE, now)
                mentioned += 1
        return Composed(None, {row.id: PASSED_ON if told else NOTHING_NEW})


class WatchErrand:
    """What a member's watches found, told by `bot.leads.telling`; the round has settled what that is."""

    direct, mention = WATCH, WATCH_PING

    def settle(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> bool:
        """Whether the member still wants to hear of it, and any of it is still there."""
        if store.is_silent(db, row.guild_id, row.user_id):
            self.unsaid(db, row, now)
            return False
        return bool(_told(db, row))

    def unsaid(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> None:
        """Have it wait for the next round in which the member can be told."""
        store.mark_untold(db, row.guild_id, row.user_id, row.due_at)

    def letter(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> WatchContent:
        """The best of what is new, and how much more there is."""
        told, watches = _told(db, row), store.of_member(db, row.guild_id, row.user_id)
        shown = best_of(db, row.guild_id, watches, told, TOLD_AT_ONCE)
        channel_id = require_server(db, row.guild_id).checkin_channel_id
        return WatchContent(row.guild_id, channel_id, shown, len(told) - len(shown))

    def call(self, rows: Sequence[Delivery], refused: Sequence[int]) -> WatchPingContent:
        """A mention that says nothing of what was found."""
        return WatchPingContent([row.user_id for row in rows], refused)


KINDS: dict[str, Kind] = {WATCH_ROUND: Rounds(), **kinds_of(WatchErrand())}


def _look_and_settle(db: sqlite3.Connection, row: Delivery, now: datetime) -> list[int]:
    """The members who hear of something today; what it is, is kept by the instant of the round."""
    guild_id = row.guild_id
    watches = store.at_work(db, guild_id)
    look_for(db, guild_id, watches, now)
    store.save_looked_until(db, guild_id, now)
    silent = store.silent(db, guild_id)
    waiting = {
        user_id: lead_ids
        for user_id, lead_ids in store.untold(db, guild_id).items()
        if user_id not in silent and not _is_away(db, guild_id, user_id, now)
    }
    news = settle_waiting(db, guild_id, watches, waiting)
    for user_id, lead_ids in news.items():
        store.mark_told(db, guild_id, user_id, lead_ids, row.due_at)
    return [user_id for user_id, lead_ids in news.items() if lead_ids]


def _told(db: sqlite3.Connection, row: Delivery) -> list[int]:
    return still_there(db, store.told_by(db, row.guild_id, row.user_id, row.due_at))


def _is_away(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> bool:
    today, _ = today_of(db, guild_id, user_id, now)
    return is_away(db, guild_id, user_id, today)


def _put(db: sqlite3.Connection, kind: str, row: Delivery, user_id: int, part: int, now: datetime) -> None:
    due = Due(kind, row.guild_id, user_id, "UTC", row.local_day, row.due_at)
    outbox.put(db, due, KINDS[kind].message_key(due, part), NEVER, now)
