"""What the bot says by itself about buddies: who found each other, and the nudge of one to the other."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.buddies import rules, store
from bot.checkins.service import checkins_between, ledger_of
from bot.delivery import due as due_table
from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage
from bot.delivery.due import Due
from bot.delivery.forgetting import take_back
from bot.delivery.messenger import Direct, Post
from bot.delivery.outbox import Delivery
from bot.localtime import day_ends, local_day
from bot.preferences.service import change_preference, preference_of
from bot.routines.service import is_away, replan_pings, takes_day_off
from bot.servers.places import in_days_thread
from bot.servers.service import require_server
from bot.texts import mark

BUDDIES, NUDGE, DIRECT_NUDGE = "buddies", "nudge", "direct_nudge"

PARTED = mark("they are not buddies any more")
AWAY = mark("away")
DAY_OFF = mark("took the day off")
CHECKED_IN = mark("checked in already")
NOT_FITTING = mark("there is nothing to nudge about any more")
WANTED_ELSEWHERE = mark("wanted in another place by now")

BUDDIES_LATE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BuddiesContent:
    """Two members who have become buddies; both are mentioned."""

    one: int
    other: int


@dataclass(frozen=True, slots=True)
class NudgeContent:
    """A warm word from one buddy to the other, who alone is mentioned. It says nothing of days gone by.

    `was_refused`: Discord did not let the bot write it to them directly, as they had chosen.
    """

    user_id: int
    by_user_id: int
    was_refused: bool = False


@dataclass(frozen=True, slots=True)
class DirectNudgeContent:
    """The same as a direct message; the channel stands for the server it comes from."""

    guild_id: int
    channel_id: int
    by_user_id: int


class Buddies(OneMessage):
    """Tells a new pair of each other, in the thread of the server's day.

    The row belongs to one of the two; its serial is the instant at which the pair was made.
    """

    def too_late_at(self, due: Due) -> datetime:
        return due.at + BUDDIES_LATE_AFTER

    def message_key(self, due: Due, part: int) -> str:
        return f"{BUDDIES}:{due.guild_id}:{due.user_id}:{due.local_day}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        pair = store.pair_of(db, row.guild_id, row.user_id)
        if pair is None or int(pair.since.timestamp()) != row.serial:
            return Composed(None, {row.id: PARTED})
        content = BuddiesContent(pair.user_id, pair.buddy_id)
        return Composed(in_days_thread(db, row.guild_id, row.local_day, row.due_at, content))


class Nudges(OneMessage):
    """A nudge in the thread of the day."""

    def too_late_at(self, due: Due) -> datetime:
        return day_ends(due.local_day, due.zone)

    def message_key(self, due: Due, part: int) -> str:
        return f"{NUDGE}:{due.guild_id}:{due.user_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        by_user_id = _nudger(db, row, now)
        if isinstance(by_user_id, str):
            return Composed(None, {row.id: by_user_id})
        if _wants_other_place(db, row, direct=False) and _put_instead(db, DIRECT_NUDGE, row, now):
            return Composed(None, {row.id: WANTED_ELSEWHERE})
        was_refused = row.kept == outbox.REFUSED_DIRECTLY
        content = NudgeContent(row.user_id, by_user_id, was_refused=was_refused)
        return Composed(in_days_thread(db, row.guild_id, row.local_day, row.due_at, content))


class DirectNudges(OneMessage):
    """A nudge as a direct message; if Discord refuses it, it comes in the thread, and so do pings then."""

    def too_late_at(self, due: Due) -> datetime:
        return day_ends(due.local_day, due.zone)

    def message_key(self, due: Due, part: int) -> str:
        return f"{DIRECT_NUDGE}:{due.guild_id}:{due.user_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        by_user_id = _nudger(db, row, now)
        if isinstance(by_user_id, str):
            return Composed(None, {row.id: by_user_id})
        if _wants_other_place(db, row, direct=True):
            _put_instead(db, NUDGE, row, now)
            return Composed(None, {row.id: WANTED_ELSEWHERE})
        channel_id = require_server(db, row.guild_id).checkin_channel_id
        content = DirectNudgeContent(row.guild_id, channel_id, by_user_id)
        return Composed(Post(Direct(row.guild_id, row.user_id), content))

    def refused(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> None:
        """Nudge in the thread instead; pings come there too from then on."""
        (row,) = rows
        change_preference(db, row.guild_id, row.user_id, direct_pings=False, direct_refused_on=row.local_day)
        replan_pings(db, row.guild_id, row.user_id, now)
        _put_instead(db, NUDGE, row, now, kept=outbox.REFUSED_DIRECTLY)


KINDS: dict[str, Kind] = {BUDDIES: Buddies(), NUDGE: Nudges(), DIRECT_NUDGE: DirectNudges()}


def announce(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> datetime:
    """Have a pair told of each other; answers since when they are one.

    The row is found by that instant: two pairs that one member is in never have the same.
    """
    zone = require_server(db, guild_id).zone
    since = now
    while True:
        serial = int(since.timestamp())
        due = Due(BUDDIES, guild_id, user_id, zone, local_day(now, zone), now, serial)
        kind = KINDS[BUDDIES]
        if outbox.put(db, due, kind.message_key(due, 0), kind.too_late_at(due), now):
            return since
        since += timedelta(seconds=1)


def send_nudge(
    db: sqlite3.Connection, guild_id: int, user_id: int, today: date, zone: str, now: datetime
) -> None:
    """Have a member nudged, where they want it, now or when their day begins."""
    name = DIRECT_NUDGE if preference_of(db, guild_id, user_id).direct_pings else NUDGE
    at = rules.when_to_nudge(now, zone)
    if at > now:
        due_table.schedule_once(db, name, guild_id, user_id, zone=zone, local_day=today, at=at)
        return
    due = Due(name, guild_id, user_id, zone, today, now)
    outbox.put(db, due, KINDS[name].message_key(due, 0), KINDS[name].too_late_at(due), now)


def take_back_naming(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> None:
    """Have the messages deleted that tell others of a member as their buddy or as who nudged them."""
    take_back(db, store.messages_naming(db, guild_id, user_id, (BUDDIES, NUDGE, DIRECT_NUDGE)), now)


def _wants_other_place(db: sqlite3.Connection, row: Delivery, *, direct: bool) -> bool:
    """Whether a nudge that has not been tried yet is not wanted directly, or in the thread, any more."""
    return row.channel_id is None and preference_of(db, row.guild_id, row.user_id).direct_pings is not direct


def _put_instead(
    db: sqlite3.Connection, name: str, row: Delivery, now: datetime, kept: str | None = None
) -> bool:
    """Have a nudge come in the other place; False where that had it already."""
    due = Due(name, row.guild_id, row.user_id, "UTC", row.local_day, row.due_at)
    return outbox.put(db, due, KINDS[name].message_key(due, 0), row.too_late_at, now, kept=kept)


def _nudger(db: sqlite3.Connection, row: Delivery, now: datetime) -> int | str:
    """Who nudges, or why nobody does any more."""
    member = (row.guild_id, row.user_id)
    by_user_id = store.last_nudged_by(db, *member)
    pair = store.pair_of(db, *member)
    if by_user_id is None or pair is None or pair.buddy_id != by_user_id:
        return PARTED
    if is_away(db, *member, row.local_day):
        return AWAY
    if takes_day_off(db, *member, row.local_day):
        return DAY_OFF
    if checkins_between(db, *member, row.local_day, row.local_day):
        return CHECKED_IN
    # A nudge that waited for the morning may have been overtaken by a late report or another routine.
    spell = rules.spell_without_work(ledger_of(db, *member, now), row.local_day)
    return by_user_id if spell is not None else NOT_FITTING
