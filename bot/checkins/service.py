"""What can be done with check-ins and routines."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.checkins import deliveries, rules, store
from bot.checkins.rules import CheckIn, Entry, KindOfWork, LedgerDay, Routine
from bot.clock import Clock
from bot.delivery import due
from bot.errors import NoRoutine
from bot.inputs import read_days, read_time, read_zone
from bot.localtime import Occurrence, Weekdays, local_day
from bot.personal_data import MemberRows
from bot.servers.service import require_server
from bot.storage.database import Database

USUAL_TIME = time(9, 0)


@dataclass(frozen=True, slots=True)
class Form:
    """What the form of a check-in starts with: its day, and what was reported for it before."""

    day: date
    entry: Entry
    edits: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a check-in."""

    checkin: CheckIn
    is_new: bool
    due: bool
    streak: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A routine and, if pings were asked for, when the next one is due."""

    routine: Routine
    next_ping: Occurrence | None


class CheckIns(MemberRows):
    """Check-ins and routines of the members of servers."""

    name = "checkins"
    tables = frozenset({"checkin", "routine"})

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def form(self, guild_id: int, user_id: int) -> Form:
        """What to show a member who wants to check in now; raises NotSetUp."""
        return await self._database.read(self._form, guild_id, user_id)

    async def report(self, guild_id: int, user_id: int, entry: Entry, form_day: date | None = None) -> Report:
        """Store a member's check-in for the local day, in place of an earlier one; raises NotSetUp.

        `form_day` is the local day on which the form was opened, which may have ended meanwhile.
        """
        return await self._database.write(self._report, guild_id, user_id, entry, form_day)

    async def why_no_card(self, guild_id: int, user_id: int, day: date) -> str | None:
        """Why the card of a check-in could not be posted, in a few words; None where it was or may yet be."""
        return await self._database.read(deliveries.why_no_card, guild_id, user_id, day)

    async def ledger(self, guild_id: int, user_id: int) -> list[LedgerDay]:
        """What became of every day since the member began; empty before that. Raises NotSetUp."""
        return await self._database.read(self._ledger, guild_id, user_id)

    async def routine(self, guild_id: int, user_id: int) -> Planned:
        """The member's routine as it is now; raises NoRoutine."""
        return await self._database.read(self._planned, guild_id, user_id)

    async def plan(
        self,
        guild_id: int,
        user_id: int,
        *,
        zone: str | None = None,
        days: str | None = None,
        at: str | None = None,
        ping: bool | None = None,
    ) -> Planned:
        """Set a member's routine from today on; what is not given stays as it was, or is the usual.

        Raises UnknownZone, UnknownDays, UnknownTime and NotSetUp.
        """
        return await self._database.write(
            self._plan,
            guild_id,
            user_id,
            None if zone is None else read_zone(zone),
            None if days is None else read_days(days),
            None if at is None else read_time(at),
            ping,
        )

    async def stop(self, guild_id: int, user_id: int) -> None:
        """End a member's routine from today on: nothing is due any more. Raises NoRoutine."""
        await self._database.write(self._stop, guild_id, user_id)

    def _form(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Form:
        today, _ = self._today(db, guild_id, user_id)
        # After a move to the west a day comes again, and the newest check-in is one for tomorrow.
        reported = store.find_checkin(db, guild_id, user_id, today)
        if reported is not None:
            return Form(today, reported.entry, edits=True)
        newest = store.newest_checkin(db, guild_id, user_id)
        usual = newest.entry.kind if newest else KindOfWork.BUILDING
        return Form(today, Entry(done="", kind=usual), edits=False)

    def _report(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, entry: Entry, form_day: date | None
    ) -> Report:
        now = self._clock.now()
        server = require_server(db, guild_id)
        routines = store.routines(db, guild_id, user_id)
        zone = routines[-1].zone if routines else server.zone
        today = local_day(now, zone)
        day = rules.day_of_report(form_day, now, zone)
        is_new = store.save_checkin(db, guild_id, user_id, day, zone, entry, now)
        deliveries.publish(db, guild_id, user_id, day, zone, now)
        return Report(
            checkin=CheckIn(user_id, day, entry),
            is_new=is_new,
            due=rules.is_due(routines, day),
            streak=rules.streak_back(routines, store.days_done_back(db, guild_id, user_id), today),
        )

    def _ledger(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> list[LedgerDay]:
        today, _ = self._today(db, guild_id, user_id)
        first = store.first_day(db, guild_id, user_id)
        if first is None:
            return []
        routines = store.routines(db, guild_id, user_id)
        until = _until(db, guild_id, user_id, today)
        return rules.ledger(routines, store.days_done(db, guild_id, user_id, first), first, until)

    def _today(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> tuple[date, str]:
        """The member's local day and zone: their routine's, or the server's."""
        server = require_server(db, guild_id)
        routine = store.newest_routine(db, guild_id, user_id)
        zone = routine.zone if routine else server.zone
        return local_day(self._clock.now(), zone), zone

    def _planned(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Planned:
        routine = store.newest_routine(db, guild_id, user_id)
        if routine is None or not routine.days:
            raise NoRoutine
        return Planned(routine, due.planned(db, deliveries.PING, guild_id, user_id))

    def _plan(
        self,
        db: sqlite3.Connection,
        guild_id: int,
        user_id: int,
        zone: str | None,
        days: Weekdays | None,
        at: time | None,
        ping: bool | None,
    ) -> Planned:
        server = require_server(db, guild_id)
        earlier = store.newest_routine(db, guild_id, user_id)
        now = self._clock.now()
        zone = zone or (earlier.zone if earlier else server.zone)
        routine = Routine(
            set_at=now,
            from_day=local_day(now, zone),
            zone=zone,
            days=days or (earlier.days if earlier and earlier.days else Weekdays.EVERY_DAY),
            at=at if at is not None else (earlier.at if earlier else USUAL_TIME),
            ping=ping if ping is not None else (earlier.ping if earlier else False),
        )
        return self._save(db, guild_id, user_id, routine, now)

    def _stop(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        routine = self._planned(db, guild_id, user_id).routine
        now = self._clock.now()
        ended = Routine(now, local_day(now, routine.zone), routine.zone, Weekdays(0), routine.at, ping=False)
        self._save(db, guild_id, user_id, ended, now)

    def _save(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, routine: Routine, now: datetime
    ) -> Planned:
        store.save_routine(db, guild_id, user_id, routine)
        if not routine.ping:
            due.unschedule(db, deliveries.PING, guild_id, user_id)
            return Planned(routine, None)
        planned = due.schedule(
            db,
            deliveries.PING,
            guild_id,
            user_id,
            zone=routine.zone,
            at=routine.at,
            days=routine.days,
            now=now,
        )
        return Planned(routine, planned)


def _until(db: sqlite3.Connection, guild_id: int, user_id: int, today: date) -> date:
    """The last day of the ledger: today, or a later one done before a move to the west."""
    newest = store.newest_checkin(db, guild_id, user_id)
    return max(today, newest.day) if newest else today
