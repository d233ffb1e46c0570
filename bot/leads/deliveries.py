"""What is sent of leads in a server's lead channel: once a day a digest, once a month a summary.

The daily look of a server is a row of its own, which says nothing itself: it puts out the summary of a thread
that has begun, and a digest where something is new.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.looks import forget_earlier_looks
from bot.delivery.messenger import Place, Post
from bot.delivery.outbox import TOO_LATE, Delivery
from bot.leads import thread_store
from bot.leads.digests import Chosen, choose, content_of
from bot.leads.judging import settings_of
from bot.leads.months import POSTED_UNTIL_AGE, summary, to_summarise
from bot.leads.planning import DIGEST, LEADS
from bot.servers.service import EVERYONE
from bot.texts import mark

MONTH = "lead_month"
"""The summary of a month's thread."""

NO_CHANNEL = mark("there is no lead channel any more")
NOTHING_NEW = mark("nothing is new")
PASSED_ON = mark("what is new was passed on")
THREAD_GONE = mark("the thread is gone")

LATE_AFTER = timedelta(hours=12)
"""What is new in the morning may come until the evening; after that, it comes with the next day's."""

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Looks(OneMessage):
    """The daily look of a server. It says nothing itself."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + LATE_AFTER

    def message_key(self, due: Due, part: int) -> str:
        return f"{LEADS}:{due.guild_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        forget_earlier_looks(db, row)
        if settings_of(db, row.guild_id).channel_id is None:
            return Composed(None, {row.id: NO_CHANNEL})
        _summarise(db, row, now)
        chosen = choose(db, row.guild_id, row.local_day, now)
        if chosen is None:
            return Composed(None, {row.id: NOTHING_NEW})
        _put(db, Due(DIGEST, row.guild_id, EVERYONE, "UTC", row.local_day, row.due_at), now, chosen.as_text())
        return Composed(None, {row.id: PASSED_ON})


class Digests(OneMessage):
    """The best of what is new in a server."""

    def too_late_at(self, due: Due) -> datetime:
        # When it is too late is settled in `compose`, which knows whether it may have been sent already.
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{DIGEST}:{due.guild_id}:{due.local_day}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        channel_id = row.channel_id or settings_of(db, row.guild_id).channel_id
        if channel_id is None or _is_turned_off(db, row):
            return Composed(Withdrawn(NO_CHANNEL))
        if row.channel_id is None and now >= row.due_at + LATE_AFTER:
            return Composed(None, {row.id: TOO_LATE})
        chosen = Chosen.from_text(row.kept or "")
        content = content_of(db, row.guild_id, row.local_day, chosen)
        return Composed(Post(Place(row.guild_id, channel_id), content))


class Months(OneMessage):
    """The summary of a month's thread: posted once, and kept up to date for some days."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + POSTED_UNTIL_AGE

    def message_key(self, due: Due, part: int) -> str:
        return f"{MONTH}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        channel_id = row.channel_id or settings_of(db, row.guild_id).channel_id
        if channel_id is None or _is_turned_off(db, row):
            return Composed(Withdrawn(NO_CHANNEL))
        thread = thread_store.find_thread(db, row.serial)
        if thread is None:
            return Composed(None, {row.id: THREAD_GONE})
        return Composed(Post(Place(row.guild_id, channel_id), summary(db, row.guild_id, thread, now)))


KINDS: dict[str, Kind] = {LEADS: Looks(), DIGEST: Digests(), MONTH: Months()}


def _is_turned_off(db: sqlite3.Connection, row: Delivery) -> bool:
    """Whether nothing is to be posted any more; what has been posted is kept true all the same."""
    return row.message_id is None and settings_of(db, row.guild_id).channel_id is None


def _summarise(db: sqlite3.Connection, row: Delivery, now: datetime) -> None:
    """Put out the summary of the newest thread, or have it show what is true now."""
    thread = to_summarise(db, now)
    if thread is None:
        return
    # By the thread, not by the day, so that there is one summary however often it is looked at.
    due = Due(MONTH, row.guild_id, EVERYONE, "UTC", thread.month, row.due_at, thread.id)
    posted_until = thread.began_at + POSTED_UNTIL_AGE
    is_young = now < posted_until
    if is_young and _put(db, due, now):
        return
    outbox.refresh(
        db,
        MONTH,
        row.guild_id,
        EVERYONE,
        thread.month,
        now,
        serial=thread.id,
        anew_until=posted_until if is_young else None,
    )


def _put(db: sqlite3.Connection, due: Due, now: datetime, kept: str | None = None) -> bool:
    kind = KINDS[due.kind]
    return outbox.put(db, due, kind.message_key(due, 0), kind.too_late_at(due), now, kept=kept)
