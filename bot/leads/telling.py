"""How what is a member's own reaches them: directly if they chose it, else by a mention that tells nothing.

Follow-ups and drafts of introductions are nobody else's business, so the mention, one for all who are due at
that instant, says only that there is something. What Discord refuses as a direct message comes as a mention
at once, and from then on; what the lead channel refuses comes in the day's thread.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.messenger import Direct, Post
from bot.delivery.outbox import TOO_LATE, Delivery
from bot.leads.places import lead_place
from bot.preferences.service import change_preference, preference_of
from bot.routines.service import is_away, today_of
from bot.servers.places import in_days_thread
from bot.texts import mark

AWAY = mark("away")
NOTHING_TO_TELL = mark("there is nothing to tell any more")
MOVED = mark("moved to another place")

MENTIONS_IN_A_MESSAGE = 80
"""2000 characters hold 85 mentions of the longest ids; more people than this get a message more."""

TOLD_WITHIN = timedelta(hours=10)
"""What is due in the morning may come until the evening; after that it waits for another day."""

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""No row is too late for the outbox: what was not told has to be planned anew, by `Errand.unsaid`."""


class Errand(Protocol):
    """What a feature has to tell its members. All its methods run within the delivery's transaction."""

    direct: str
    """The kind of the direct messages."""

    mention: str
    """The kind of the mentions in the lead channel; those in the day's thread are named after it."""

    def settle(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> bool:
        """Write down that the member is told what is due, however often; False where nothing is due."""
        ...

    def unsaid(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> None:
        """Take back what `settle` wrote down, since it was not told, and plan it for another day."""
        ...

    def letter(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> object:
        """The content of the direct message."""
        ...

    def call(self, rows: Sequence[Delivery], refused: Sequence[int]) -> object:
        """The content of a mention of all rows' members; of the `refused`, Discord took no direct message."""
        ...


def kinds_of(errand: Errand) -> dict[str, Kind]:
    """The kinds of delivery by which an errand is done."""
    instead = f"{errand.mention}_instead"
    return {
        errand.direct: _Letters(errand),
        errand.mention: _Calls(errand, errand.mention, instead),
        instead: _Calls(errand, instead, None),
    }


class _Letters(OneMessage):
    def __init__(self, errand: Errand):
        self._errand = errand

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{due.kind}:{due.guild_id}:{due.user_id}:{due.local_day}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        if reason := _why_not(db, self._errand, row, now):
            return Composed(Withdrawn(reason))
        # One that may have been sent already is finished, so that none comes twice.
        if row.channel_id is None and not preference_of(db, row.guild_id, row.user_id).direct_leads:
            self._mention(db, row, now)
            return Composed(None, {row.id: MOVED})
        content = self._errand.letter(db, row, now)
        return Composed(Post(Direct(row.guild_id, row.user_id), content))

    def refused(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> None:
        (row,) = rows
        today, _ = today_of(db, row.guild_id, row.user_id, now)
        change_preference(db, row.guild_id, row.user_id, direct_leads=False, direct_refused_on=today)
        self._mention(db, row, now, kept=outbox.REFUSED_DIRECTLY)

    def _mention(self, db: sqlite3.Connection, row: Delivery, now: datetime, kept: str | None = None) -> None:
        # A message of its own, so that what it has to tell stays between the bot and its member.
        key = f"{self._errand.mention}:{row.guild_id}:of:{row.user_id}:{row.local_day}:{row.serial}"
        if not _pass_on(db, self._errand.mention, row, key, now, kept):
            self._errand.unsaid(db, row, now)


class _Calls:
    rows_in_a_message = MENTIONS_IN_A_MESSAGE

    def __init__(self, errand: Errand, kind: str, instead: str | None):
        self._errand, self._kind, self._instead = errand, kind, instead

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{self._kind}:{due.guild_id}:{int(due.at.timestamp())}:{part}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        skipped = {row.id: reason for row in rows if (reason := self._why_not(db, row, now))}
        kept = [row for row in rows if row.id not in skipped]
        if not kept:
            may_have_been_sent = rows[0].channel_id is not None
            return Composed(Withdrawn(skipped[rows[0].id])) if may_have_been_sent else Composed(None, skipped)
        refused = [row.user_id for row in kept if row.kept == outbox.REFUSED_DIRECTLY]
        content = self._errand.call(kept, refused)
        where = lead_place if self._instead else in_days_thread
        first = kept[0]
        return Composed(where(db, first.guild_id, first.local_day, first.due_at, content), skipped)

    def refused(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> None:
        for row in rows:
            key = f"{rows[0].message_key}:instead"
            if not self._instead or not _pass_on(db, self._instead, row, key, now, row.kept):
                self._errand.unsaid(db, row, now)

    def _why_not(self, db: sqlite3.Connection, row: Delivery, now: datetime) -> str | None:
        if reason := _why_not(db, self._errand, row, now):
            return reason
        chose_direct = preference_of(db, row.guild_id, row.user_id).direct_leads
        key = f"{self._errand.direct}:{row.guild_id}:{row.user_id}:{row.local_day}:{row.serial}"
        if row.channel_id is None and chose_direct and _pass_on(db, self._errand.direct, row, key, now):
            return MOVED
        return None


def _why_not(db: sqlite3.Connection, errand: Errand, row: Delivery, now: datetime) -> str | None:
    """Why a member is not told now. What waits for another day has been planned for it.

    A try of which nobody knows whether it arrived has to be taken back then.
    """
    today, _ = today_of(db, row.guild_id, row.user_id, now)
    away = is_away(db, row.guild_id, row.user_id, today)
    if away or now >= row.due_at + TOLD_WITHIN:
        errand.unsaid(db, row, now)
        return AWAY if away else TOO_LATE
    return None if errand.settle(db, row, now) else NOTHING_TO_TELL


def _pass_on(
    db: sqlite3.Connection,
    kind: str,
    row: Delivery,
    message_key: str,
    now: datetime,
    kept: str | None = None,
) -> bool:
    """Have a row told in another place; False where that place has had it already."""
    due = Due(kind, row.guild_id, row.user_id, "UTC", row.local_day, row.due_at, row.serial)
    return outbox.put(db, due, message_key, NEVER, now, kept=kept)
