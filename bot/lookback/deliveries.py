"""What is sent of looking back: the server's week in the check-in channel, a member's as a direct message."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.delivery import due, outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.messenger import Direct, Place, Post
from bot.delivery.outbox import Delivery
from bot.localtime import week_of
from bot.lookback.gathering import members_week, servers_week
from bot.lookback.rules import MembersWeek, ServersWeek
from bot.lookback.sundays import WEEK, replan
from bot.preferences.service import change_preference, preference_of
from bot.routines.service import is_away, today_of
from bot.servers.places import in_days_thread
from bot.servers.service import LOOKBACK, require_server
from bot.texts import mark

WEEK_REFUSED = "week_refused"

NOBODY = mark("nobody checked in")
NOT_ASKED = mark("not asked for any more")
AWAY = mark("the member is away")
EMPTY = mark("there is nothing to look back on")

LATE_AFTER = timedelta(days=1)
WEEK_LATE_AFTER = timedelta(hours=18)
"""Sent at six on Sunday evening, a week may still come on Monday morning."""


@dataclass(frozen=True, slots=True)
class LookbackContent:
    """The server's week; `posting_day` is the local day that the message belongs to."""

    posting_day: date
    week: ServersWeek


@dataclass(frozen=True, slots=True)
class WeekContent:
    """A member's week in a server, for that member alone; the check-in channel says which server it is."""

    guild_id: int
    channel_id: int
    week: MembersWeek


@dataclass(frozen=True, slots=True)
class WeekRefusedContent:
    """Tells a member that Discord took no direct message for them."""

    user_id: int


class Lookbacks(OneMessage):
    """The server's week, on the day and at the hour that an admin chose, if anybody checked in."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + LATE_AFTER

    def message_key(self, due: Due, part: int) -> str:
        return f"{LOOKBACK}:{due.guild_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        server = require_server(db, row.guild_id)
        if row.message_id is None and server.lookback_weekday is None:
            return Composed(Withdrawn(NOT_ASKED))
        week = servers_week(db, row.guild_id, row.local_day, now)
        if week is None:
            return Composed(Withdrawn(NOBODY))
        place = Place(row.guild_id, server.checkin_channel_id)
        return Composed(Post(place, LookbackContent(row.local_day, week)))


class Weeks(OneMessage):
    """A member's week, on Sunday evening of their own, to those who chose it by a button."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + WEEK_LATE_AFTER

    def message_key(self, due: Due, part: int) -> str:
        return f"{WEEK}:{due.guild_id}:{due.user_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        guild_id, user_id = row.guild_id, row.user_id
        if not preference_of(db, guild_id, user_id).direct_weeks:
            return Composed(None, {row.id: NOT_ASKED})
        # The server's zone, which is theirs until they plan a routine, may have changed since it was planned.
        replan(db, guild_id, user_id, now)
        if is_away(db, guild_id, user_id, row.local_day):
            return Composed(None, {row.id: AWAY})
        week = members_week(db, guild_id, user_id, week_of(row.local_day), now)
        if week.is_empty:
            return Composed(None, {row.id: EMPTY})
        channel_id = require_server(db, guild_id).checkin_channel_id
        return Composed(Post(Direct(guild_id, user_id), WeekContent(guild_id, channel_id, week)))

    def refused(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> None:
        """Send the member no more of them, and say so where the others talk."""
        for row in rows:
            guild_id, user_id = row.guild_id, row.user_id
            today, zone = today_of(db, guild_id, user_id, now)
            change_preference(db, guild_id, user_id, direct_weeks=False, direct_refused_on=today)
            due.unschedule(db, WEEK, guild_id, user_id)
            notice, kind = Due(WEEK_REFUSED, guild_id, user_id, zone, today, now), KINDS[WEEK_REFUSED]
            outbox.put(db, notice, kind.message_key(notice, 0), kind.too_late_at(notice), now)


class RefusedWeeks(OneMessage):
    """Says once, in the day's thread, that a member's week could not be sent."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + LATE_AFTER

    def message_key(self, due: Due, part: int) -> str:
        return f"{WEEK_REFUSED}:{due.guild_id}:{due.user_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        content = WeekRefusedContent(row.user_id)
        return Composed(in_days_thread(db, row.guild_id, row.local_day, row.due_at, content))


KINDS: dict[str, Kind] = {LOOKBACK: Lookbacks(), WEEK: Weeks(), WEEK_REFUSED: RefusedWeeks()}
