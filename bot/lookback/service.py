"""What can be done with look backs."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from bot.clock import Clock
from bot.delivery import outbox
from bot.localtime import Occurrence, week_of
from bot.lookback.gathering import members_week
from bot.lookback.rules import WEEK, MembersWeek
from bot.lookback.sundays import replan
from bot.preferences.service import change_preference, preference_of
from bot.routines.service import today_of
from bot.servers.service import EVERYONE, LOOKBACK
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """A member's week, and whether it is sent to them on Sundays."""

    week: MembersWeek
    on_sundays: bool


class Lookback:
    """Weeks, of members for themselves and of servers for all."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def week(
        self, guild_id: int, user_id: int, *, back: int = 0, holding: date | None = None
    ) -> OwnWeek:
        """A member's week: the one that holds a day, or this one, or some weeks back. Raises NotSetUp."""
        return await self._database.read(self._week, guild_id, user_id, back, holding)

    async def send_on_sundays(self, guild_id: int, user_id: int, *, wanted: bool) -> Occurrence | None:
        """Send a member their week as a direct message, or no more; answers when the next is due.

        Only for whoever asks for it by a button. Raises NotSetUp.
        """
        return await self._database.write(self._send_on_sundays, guild_id, user_id, wanted)

    async def name(
        self, guild_id: int, user_id: int, day: date | None, *, wanted: bool | None = None
    ) -> bool:
        """Let a member be named in look backs or not, or turn it round; answers how it is now.

        The look back that was posted on a day is changed accordingly; without a day, the newest of the last
        seven days.
        """
        return await self._database.write(self._name, guild_id, user_id, day, wanted)

    def _week(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, back: int, holding: date | None
    ) -> OwnWeek:
        now = self._clock.now()
        today, _ = today_of(db, guild_id, user_id, now)
        monday = week_of(holding or today) - back * WEEK
        on_sundays = preference_of(db, guild_id, user_id).direct_weeks
        return OwnWeek(members_week(db, guild_id, user_id, monday, now), on_sundays)

    def _send_on_sundays(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, wanted: bool
    ) -> Occurrence | None:
        if wanted:
            change_preference(db, guild_id, user_id, direct_weeks=True, direct_refused_on=None)
        else:
            change_preference(db, guild_id, user_id, direct_weeks=False)
        return replan(db, guild_id, user_id, self._clock.now())

    def _name(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, day: date | None, wanted: bool | None
    ) -> bool:
        now = self._clock.now()
        named = preference_of(db, guild_id, user_id).named
        chosen = not named if wanted is None else wanted
        if chosen != named:
            change_preference(db, guild_id, user_id, named=chosen)
        if day is None:
            newest = outbox.newest_sent(db, LOOKBACK, guild_id, since=now - WEEK)
            day = newest.local_day if newest else None
        # Even where nothing changed now: an earlier look back may still show what was chosen before.
        if day is not None:
            outbox.refresh(db, LOOKBACK, guild_id, EVERYONE, day, now)
        return chosen
