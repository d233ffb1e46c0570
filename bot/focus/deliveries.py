"""What the bot says by itself about focus: that a block is over, and who is in focus together.

The end of a block is due whether or not it can be told in time: it also brings the company's message up to
date. So it is never too late for the outbox, and `Ends.compose` settles what is said.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.delivery import due, outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Withdrawn
from bot.delivery.due import Due
from bot.delivery.outbox import TOO_LATE, Delivery
from bot.focus import store
from bot.focus.rules import COMPANY_SPANS, Block, Company, company_at
from bot.localtime import local_day
from bot.servers.places import in_days_thread
from bot.servers.service import EVERYONE, require_server
from bot.texts import mark

END, COMPANY = "focus_end", "company"

TOLD_WITHIN = timedelta(minutes=30)
"""That a block is over is told this long after its end at the latest."""

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

GONE = mark("the block is gone")
STOPPED = mark("stopped early")
ALL_FINISHED = mark("all had finished")
ALONE = mark("there is no company any more")


@dataclass(frozen=True, slots=True)
class EndContent:
    """Tells a member that a block is over; `minutes_today` is what their check-in starts with."""

    user_id: int
    minutes: int
    minutes_today: int


@dataclass(frozen=True, slots=True)
class CompanyContent:
    """Who is in focus together."""

    company: Company


class Ends(OneMessage):
    """The end of a block, told to its member in the day's thread."""

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{END}:{due.guild_id}:{due.serial}:{int(due.at.timestamp())}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        block = store.find(db, row.guild_id, row.user_id, row.serial)
        if block is None:
            return Composed(None, {row.id: GONE})
        if block.company is not None and row.attempts <= 1:
            refresh_company(db, row.guild_id, block.company, now)
        if block.stopped_at is not None:
            return Composed(None, {row.id: STOPPED})
        if now >= block.ends_at + TOLD_WITHIN:
            return Composed(None, {row.id: TOO_LATE})
        today = store.minutes_on(db, row.guild_id, row.user_id, block.day, now)
        content = EndContent(row.user_id, block.minutes, today)
        return Composed(in_days_thread(db, row.guild_id, block.day, row.due_at, content))


class Companies(OneMessage):
    """Who is in focus together: posted when a company comes together, changed as people come and finish."""

    def too_late_at(self, due: Due) -> datetime:
        return due.at + COMPANY_SPANS

    def message_key(self, due: Due, part: int) -> str:
        return f"{COMPANY}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        came_together = datetime.fromtimestamp(row.serial, UTC)
        company = company_at(store.blocks_of_company(db, row.guild_id, came_together), now)
        if company.people < 2:
            return Composed(Withdrawn(ALONE))
        if row.message_id is None and not company.running:
            return Composed(None, {row.id: ALL_FINISHED})
        day = local_day(came_together, require_server(db, row.guild_id).zone)
        return Composed(in_days_thread(db, row.guild_id, day, came_together, CompanyContent(company)))


KINDS: dict[str, Kind] = {END: Ends(), COMPANY: Companies()}


def plan_end(db: sqlite3.Connection, guild_id: int, block: Block, zone: str) -> None:
    """Have a member told when a block is over."""
    due.schedule_once(
        db, END, guild_id, block.user_id, zone=zone, local_day=block.day, at=block.ends_at, serial=block.id
    )


def take_up_end(db: sqlite3.Connection, guild_id: int, block: Block, zone: str, now: datetime) -> None:
    """Have the end of a block that is over told even if nothing has looked for what is due since."""
    ended = Due(END, guild_id, block.user_id, zone, block.day, block.ends_at, block.id)
    outbox.put(db, ended, KINDS[END].message_key(ended, 0), KINDS[END].too_late_at(ended), now)


def give_up_end(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    """Have a member not told of the end of the block that is running."""
    due.unschedule(db, END, guild_id, user_id)


def show_company(db: sqlite3.Connection, guild_id: int, company: datetime, zone: str, now: datetime) -> None:
    """Have a company posted, or its message show who is in it now."""
    day, serial = _key(company)
    begun = Due(COMPANY, guild_id, EVERYONE, zone, day, company, serial)
    kind = KINDS[COMPANY]
    too_late_at = kind.too_late_at(begun)
    if not outbox.put(db, begun, kind.message_key(begun, 0), too_late_at, now):
        outbox.refresh(db, COMPANY, guild_id, EVERYONE, day, now, serial=serial, anew_until=too_late_at)


def refresh_company(db: sqlite3.Connection, guild_id: int, company: datetime, now: datetime) -> None:
    """Have a company's message, if there is one, show who is in it now."""
    day, serial = _key(company)
    outbox.refresh(db, COMPANY, guild_id, EVERYONE, day, now, serial=serial)


def _key(company: datetime) -> tuple[date, int]:
    # The day in UTC: the server's own would be another one after a change of its zone.
    return company.date(), int(company.timestamp())
