"""What can be done with blocks of focus."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import Clock
from bot.errors import BlockOver, UnknownFocusLength
from bot.focus import deliveries, store
from bot.focus.purpose import PURPOSE
from bot.focus.rules import LENGTHS, Block, Effort, InFocus, company_to_join
from bot.localtime import local_day
from bot.personal_data import MemberRows
from bot.routines.service import today_of
from bot.storage.database import Database

RECENT = timedelta(days=1)
"""A company whose blocks were over this long ago shows no names any more."""


@dataclass(frozen=True, slots=True)
class Started:
    """A running block, begun now if it is new; who else is in focus; the minutes of today's earlier ones."""

    block: Block
    is_new: bool
    others: Sequence[InFocus]
    minutes_today: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """A block that was stopped early, the whole minutes of it, and those of the day so far."""

    block: Block
    minutes: int
    minutes_today: int


class Focus(MemberRows):
    """Blocks of focus of the members of servers."""

    name = "focus"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def start(
        self, guild_id: int, user_id: int, *, minutes: int, effort: Effort | None = None, seen: bool = True
    ) -> Started:
        """Start a block, or answer the one that runs already; raises NotSetUp and UnknownFocusLength.

        Without an effort it is that of the member's last block. What others may not see is not told in the
        thread either.
        """
        if minutes not in LENGTHS:
            raise UnknownFocusLength
        return await self._database.write(self._start, guild_id, user_id, minutes, effort, seen)

    async def stop(self, guild_id: int, user_id: int, block_id: int) -> Stopped:
        """Stop a member's running block; raises BlockOver where it does not run."""
        return await self._database.write(self._stop, guild_id, user_id, block_id)

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete all of the member's blocks, and have the company's message that names them do without."""
        now = self._clock.now()
        companies = store.companies_of(db, guild_id, user_id, since=now - RECENT)
        super().forget_member(db, guild_id, user_id)
        for company in companies:
            deliveries.refresh_company(db, guild_id, company, now)

    def _start(
        self,
        db: sqlite3.Connection,
        guild_id: int,
        user_id: int,
        minutes: int,
        effort: Effort | None,
        seen: bool,
    ) -> Started:
        now = self._clock.now().replace(microsecond=0)
        today, zone = today_of(db, guild_id, user_id, now)
        others = [block for block in store.seen_running(db, guild_id, now) if block.user_id != user_id]
        last = store.newest(db, guild_id, user_id)
        block = last if last is not None and last.runs_at(now) else None
        is_new = block is None
        if block is None:
            block = store.add(
                db,
                guild_id,
                user_id,
                day=local_day(now + timedelta(minutes=minutes), zone),
                effort=effort or (last.effort if last else Effort.HIGH),
                minutes=minutes,
                now=now,
                seen=seen,
                company=company_to_join(others, now) if seen else None,
            )
            _plan(db, guild_id, last, block, zone, now)
        return Started(
            block,
            is_new,
            [InFocus(other.user_id, other.ends_at) for other in others],
            minutes_on(db, guild_id, user_id, today, now),
        )

    def _stop(self, db: sqlite3.Connection, guild_id: int, user_id: int, block_id: int) -> Stopped:
        now = self._clock.now().replace(microsecond=0)
        block = store.find(db, guild_id, user_id, block_id)
        if block is None or not block.runs_at(now):
            raise BlockOver
        today, _ = today_of(db, guild_id, user_id, now)
        stopped = store.stop(db, block, now, today)
        deliveries.give_up_end(db, guild_id, user_id)
        if stopped.company is not None:
            deliveries.refresh_company(db, guild_id, stopped.company, now)
        return Stopped(
            stopped,
            stopped.spent(now) // timedelta(minutes=1),
            minutes_on(db, guild_id, user_id, today, now),
        )


def _plan(
    db: sqlite3.Connection, guild_id: int, last: Block | None, block: Block, zone: str, now: datetime
) -> None:
    if last is not None and last.seen and last.stopped_at is None:
        # Its end may not have been looked for yet, and the new plan takes the place of the old one.
        deliveries.take_up_end(db, guild_id, last, zone, now)
    if block.seen:
        deliveries.plan_end(db, guild_id, block, zone)
    if block.company is not None:
        store.gather(db, guild_id, block.company, now)
        deliveries.show_company(db, guild_id, block.company, zone, now)


def minutes_on(db: sqlite3.Connection, guild_id: int, user_id: int, day: date, now: datetime) -> int:
    """The whole minutes that a member was in focus on a local day, within another feature's transaction.

    Blocks that are not over at `now` do not count yet. A block counts for the day on which it is over. Never
    more than the minutes of a day.
    """
    return store.minutes_on(db, guild_id, user_id, day, now)
