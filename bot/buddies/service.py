"""What can be done with buddies."""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.buddies import deliveries, rules, store
from bot.buddies.purpose import PURPOSE
from bot.buddies.rules import NOT_AGAIN_FOR, Seeker
from bot.buddies.store import Pair
from bot.checkins.rules import CheckIn
from bot.checkins.service import checkins_between, ledger_of
from bot.clock import Clock
from bot.errors import BuddyAlready, BuddyAway, NoBuddy, NoNudgeNow, NotYourBuddy, NudgedAlready
from bot.localtime import ONE_DAY
from bot.personal_data import MemberRows
from bot.routines.service import is_away, today_of
from bot.storage.database import Database

log = logging.getLogger(__name__)

DAYS_SHOWN = 7
PARTING_TOLD_FOR = timedelta(days=7)
"""For so long a member who looks is told that they and their last buddy have parted."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A member without a buddy who would like one; while they are away, they are passed over.

    `parted_from` is the buddy they had until lately, whoever of the two it was that ended it.
    """

    since: datetime
    is_away: bool
    parted_from: int | None


@dataclass(frozen=True, slots=True)
class Paired:
    """A member's buddy: the check-ins of their last seven days, the newest first, and what may be done.

    Of a buddy who is away nothing more may be told than that.
    """

    buddy_id: int
    since: datetime
    is_away: bool
    checkins: Sequence[CheckIn]
    may_nudge: bool
    parted_from: int | None


Standing = Waiting | Paired


class Buddies(MemberRows):
    """Buddies of the members of servers.

    A pair of whom one is away for long is parted, without a word: who is here goes back to the search at
    once, and who is away keeps a place in it, which counts again when they are back.
    """

    name = "buddies"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def find(self, guild_id: int, user_id: int) -> Standing:
        """Have a member wait for a buddy, and pair them at once if somebody fits.

        Raises BuddyAlready and NotSetUp. Who waits already keeps their place.
        """
        return await self._database.write(self._find, guild_id, user_id)

    async def show(self, guild_id: int, user_id: int) -> Standing:
        """How things stand for a member; raises NoBuddy."""
        return await self._database.read(self._standing, guild_id, user_id)

    async def leave(
        self, guild_id: int, user_id: int, buddy_id: int | None = None, *, gone: int | None = None
    ) -> int | None:
        """Part from a buddy, or stop waiting for one; answers from whom, or None.

        With `buddy_id`, only from that one. The other goes back to the search, unless they are `gone`: not in
        the server any more. Raises NoBuddy and NotYourBuddy.
        """
        return await self._database.write(self._leave, guild_id, user_id, buddy_id, gone)

    async def stop_looking(self, guild_id: int, user_id: int) -> None:
        """Wait for a buddy no more; raises NoBuddy, and BuddyAlready where one was found meanwhile."""
        await self._database.write(self._stop_looking, guild_id, user_id)

    async def gone(self, guild_id: int, user_id: int, buddy_id: int) -> Standing:
        """A member's buddy is not in the server any more: put the member back to the search.

        Answers how things stand for them then; raises NoBuddy.
        """
        return await self._database.write(self._gone, guild_id, user_id, buddy_id)

    async def nudge(self, guild_id: int, by_user_id: int, user_id: int) -> None:
        """Have a member's buddy nudged.

        Raises NotYourBuddy, BuddyAway, NoNudgeNow (after eleven at night of theirs too), and NudgedAlready:
        once for each spell without work.
        """
        await self._database.write(self._nudge, guild_id, by_user_id, user_id)

    async def tend(self) -> None:
        """Part the pairs of which one is away for long, and pair those who wait; to be called every hour."""
        for guild_id in await self._database.read(store.servers):
            try:
                await self._database.write(self._tend, guild_id)
            except Exception:
                log.exception(
                    "the buddies of server %s could not be tended", guild_id, extra={"guild": guild_id}
                )

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete every row in which the member stands, those of others who had them for a buddy too.

        The messages in which others read of them are deleted as well.
        """
        deliveries.take_back_naming(db, guild_id, user_id, self._clock.now())
        store.forget(db, guild_id, user_id)

    def _find(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Standing:
        now = self._clock.now()
        today_of(db, guild_id, user_id, now)
        if store.pair_of(db, guild_id, user_id) is not None:
            raise BuddyAlready
        store.save_search(db, guild_id, user_id, now)
        _pair_those_who_wait(db, guild_id, now)
        return self._standing(db, guild_id, user_id)

    def _standing(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Standing:
        now = self._clock.now()
        parted_from = store.last_buddy(db, guild_id, user_id, now - PARTING_TOLD_FOR)
        pair = store.pair_of(db, guild_id, user_id)
        if pair is None:
            since = store.search_of(db, guild_id, user_id)
            if since is None:
                raise NoBuddy
            return Waiting(since, _is_away_today(db, guild_id, user_id, now), parted_from)
        buddy_id = pair.buddy_id
        today, zone = today_of(db, guild_id, buddy_id, now)
        first = today - (DAYS_SHOWN - 1) * ONE_DAY
        # Their newest day may be a later one than today, after a move to the west.
        checkins = sorted(
            checkins_between(db, guild_id, buddy_id, first, date.max), key=_day_of, reverse=True
        )
        away = is_away(db, guild_id, buddy_id, today)
        spell = None if away else _spell(db, guild_id, buddy_id, today, zone, now)
        may_nudge = spell is not None and not store.was_nudged_since(db, guild_id, buddy_id, spell)
        return Paired(buddy_id, pair.since, away, checkins, may_nudge, parted_from)

    def _leave(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, buddy_id: int | None, gone: int | None
    ) -> int | None:
        pair = store.pair_of(db, guild_id, user_id)
        if buddy_id is not None and (pair is None or pair.buddy_id != buddy_id):
            raise NotYourBuddy
        if pair is None:
            self._stop_looking(db, guild_id, user_id)
            return None
        now = self._clock.now()
        store.delete_pair(db, pair, guild_id)
        store.save_parting(db, guild_id, user_id, pair.buddy_id, now)
        store.save_parting(db, guild_id, pair.buddy_id, user_id, now)
        if pair.buddy_id != gone:
            store.save_search(db, guild_id, pair.buddy_id, now)
            _pair_those_who_wait(db, guild_id, now)
        return pair.buddy_id

    def _stop_looking(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        if store.pair_of(db, guild_id, user_id) is not None:
            raise BuddyAlready
        if not store.delete_search(db, guild_id, user_id):
            raise NoBuddy

    def _gone(self, db: sqlite3.Connection, guild_id: int, user_id: int, buddy_id: int) -> Standing:
        now = self._clock.now()
        pair = store.pair_of(db, guild_id, user_id)
        if pair is not None and pair.buddy_id == buddy_id:
            store.delete_pair(db, pair, guild_id)
            store.save_parting(db, guild_id, user_id, buddy_id, now)
            store.save_search(db, guild_id, user_id, now)
            _pair_those_who_wait(db, guild_id, now)
        return self._standing(db, guild_id, user_id)

    def _nudge(self, db: sqlite3.Connection, guild_id: int, by_user_id: int, user_id: int) -> None:
        pair = store.pair_of(db, guild_id, by_user_id)
        if pair is None or pair.buddy_id != user_id:
            raise NotYourBuddy
        now = self._clock.now()
        today, zone = today_of(db, guild_id, user_id, now)
        if is_away(db, guild_id, user_id, today):
            raise BuddyAway
        spell = _spell(db, guild_id, user_id, today, zone, now)
        if spell is None:
            raise NoNudgeNow
        if store.was_nudged_since(db, guild_id, user_id, spell):
            raise NudgedAlready
        store.save_nudge(db, guild_id, user_id, spell, by_user_id, now)
        deliveries.send_nudge(db, guild_id, user_id, today, zone, now)

    def _tend(self, db: sqlite3.Connection, guild_id: int) -> None:
        now = self._clock.now()
        for pair in store.pairs(db, guild_id):
            _swap_if_away(db, guild_id, pair, now)
        _pair_those_who_wait(db, guild_id, now)


def _pair_those_who_wait(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    here = []
    for user_id, asked_at in store.searches(db, guild_id):
        today, zone = today_of(db, guild_id, user_id, now)
        if not is_away(db, guild_id, user_id, today):
            here.append(Seeker(user_id, zone, asked_at))
    parted = store.parted(db, guild_id, now - NOT_AGAIN_FOR)
    for one, other in rules.pairs_among(here, parted, now):
        since = deliveries.announce(db, guild_id, one, now)
        store.save_pair(db, guild_id, one, other, since)


def _swap_if_away(db: sqlite3.Connection, guild_id: int, pair: Pair, now: datetime) -> None:
    """Part a pair of which one is away for long and the other is here; two who are both away stay one."""
    away = [
        user_id for user_id in (pair.user_id, pair.buddy_id) if _is_away_today(db, guild_id, user_id, now)
    ]
    if len(away) != 1:
        return
    (absent,) = away
    today, _ = today_of(db, guild_id, absent, now)
    if not rules.is_long_away(lambda day: is_away(db, guild_id, absent, day), today):
        return
    here = pair.buddy_id if absent == pair.user_id else pair.user_id
    store.delete_pair(db, pair, guild_id)
    store.save_parting(db, guild_id, here, absent, now)
    for user_id in (here, absent):
        store.save_search(db, guild_id, user_id, now)


def _is_away_today(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> bool:
    today, _ = today_of(db, guild_id, user_id, now)
    return is_away(db, guild_id, user_id, today)


def _spell(
    db: sqlite3.Connection, guild_id: int, user_id: int, today: date, zone: str, now: datetime
) -> date | None:
    if rules.is_too_late_for_a_nudge(now, zone):
        return None
    return rules.spell_without_work(ledger_of(db, guild_id, user_id, now), today)


def _day_of(checkin: CheckIn) -> date:
    return checkin.day
