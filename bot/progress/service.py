"""What can be done with progress: looking at it. Nothing of its own is stored."""

import sqlite3

from bot.builds.service import baselines_of
from bot.checkins.service import checkins_between, ledger_of
from bot.clock import Clock
from bot.goals.service import goals_between
from bot.localtime import week_of
from bot.progress.account import Account, account_of, range_asked_for
from bot.progress.figures import SHOWN_AT_MOST, Figures, figures_of, first_week
from bot.routines.service import today_of
from bot.storage.database import Database


class Progress:
    """What members have to show, and why each of their days is what it is."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def figures(self, guild_id: int, user_id: int) -> Figures:
        """The figures of a member's last half year; raises NotSetUp."""
        return await self._database.read(self._figures, guild_id, user_id)

    async def account(self, guild_id: int, user_id: int, first: str | None, last: str | None) -> Account:
        """What became of a member's days between two dates as they typed them, and how they stand today.

        Raises NotSetUp, and what bot.inputs.read_range raises.
        """
        return await self._database.read(self._account, guild_id, user_id, first, last)

    def _figures(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Figures:
        now = self._clock.now()
        today, _ = today_of(db, guild_id, user_id, now)
        days = ledger_of(db, guild_id, user_id, now)
        last = max(today, days[-1].day) if days else today
        first = first_week(last)
        return figures_of(
            days,
            checkins_between(db, guild_id, user_id, first, last),
            goals_between(db, guild_id, user_id, first, week_of(last)),
            today,
            baselines_of(db, guild_id, user_id, SHOWN_AT_MOST),
        )

    def _account(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, first: str | None, last: str | None
    ) -> Account:
        now = self._clock.now()
        today, _ = today_of(db, guild_id, user_id, now)
        range_first, range_last = range_asked_for(first, last, today)
        return account_of(ledger_of(db, guild_id, user_id, now), range_first, range_last)
