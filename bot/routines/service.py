"""What can be done with routines, pauses and days off."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.clock import Clock
from bot.errors import NoRoutine, NothingDueToday, NotSetUp
from bot.inputs import read_days, read_range, read_time, read_zone
from bot.localtime import Occurrence, Weekdays, local_day, next_occurrence
from bot.personal_data import MemberRows
from bot.preferences.rules import Preference
from bot.preferences.service import change_preference, preference_of
from bot.routines import absences, pings, rules, store
from bot.routines.absences import Away, Back
from bot.routines.date_choices import DateChoice, date_choices
from bot.routines.purpose import PURPOSE
from bot.routines.rules import USUAL_TIME, Pause, Plans, Routine
from bot.servers.service import require_server, zones_of
from bot.storage.database import Database

AfterAChange = Callable[[sqlite3.Connection, int, int, datetime], object]
"""What rooms above this one do when a member's routine has changed: server, member, now."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A routine and, if pings were asked for, when the next one comes, where, and whether a second follows.

    `second_at` is None where no second ping was asked for, or where it would come after midnight.
    """

    routine: Routine
    next_ping: Occurrence | None
    preference: Preference
    second_at: time | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All that holds for a member from now on: a routine if they have one, and pauses that are not over."""

    planned: Planned | None
    pauses: tuple[Pause, ...]
    today: date


class Routines(MemberRows):
    """Routines, pauses and days off of the members of servers."""

    name = "routines"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock, *, after_a_change: Sequence[AfterAChange] = ()):
        """`after_a_change` is called within the transaction that changes a member's routine."""
        self._database = database
        self._clock = clock
        self._after_a_change = after_a_change

    async def find(self, guild_id: int, user_id: int) -> Planned:
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

    async def overview(self, guild_id: int, user_id: int) -> Overview:
        """The member's routine and pauses; raises NoRoutine where there are neither, and NotSetUp."""
        return await self._database.read(self._overview, guild_id, user_id)

    async def choose_pings(
        self, guild_id: int, user_id: int, *, direct: bool | None = None, second: bool | None = None
    ) -> Planned:
        """Have pings come as direct messages or not, and a second one or not; what is not given stays.

        Raises NoRoutine.
        """
        return await self._database.write(self._choose_pings, guild_id, user_id, direct, second)

    async def pause(self, guild_id: int, user_id: int, first: str, last: str | None = None) -> Away:
        """Have nothing due and nothing sent from one of the member's local days to another, both included.

        Without a last day it is the day, week or month that the first one names. A pause that meets others
        becomes one with them. Raises NotSetUp, and what bot.inputs.read_range raises.
        """
        return await self._database.write(self._pause, guild_id, user_id, first, last)

    async def resume(self, guild_id: int, user_id: int, meant: date | None = None) -> Back:
        """End the running pause yesterday, so that today counts again, or else drop the next one to come.

        `meant` is a day of the pause that is meant. Raises NotSetUp, NotPaused and PauseGone.
        """
        return await self._database.write(self._resume, guild_id, user_id, meant)

    async def date_choices(
        self, guild_id: int, user_id: int, typed: str, first: str | None = None
    ) -> list[DateChoice]:
        """What a member who types a date for a pause may mean, best first; after `first` for its last day."""
        return await self._database.read(self._date_choices, guild_id, user_id, typed, first)

    def _planned(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Planned:
        routine = store.newest_routine(db, guild_id, user_id)
        if routine is None or not routine.days:
            raise NoRoutine
        return self._with_pings(db, guild_id, user_id, routine)

    def _with_pings(self, db: sqlite3.Connection, guild_id: int, user_id: int, routine: Routine) -> Planned:
        preference = preference_of(db, guild_id, user_id)
        second_at = pings.second_time(routine.at) if preference.second_ping else None
        return Planned(routine, _next_ping(db, guild_id, user_id, routine), preference, second_at)

    def _overview(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Overview:
        today, _zone = today_of(db, guild_id, user_id, self._clock.now())
        pauses = tuple(absences.not_over(store.pauses(db, guild_id, user_id), today))
        try:
            planned = self._planned(db, guild_id, user_id)
        except NoRoutine:
            if not pauses:
                raise
            planned = None
        return Overview(planned, pauses, today)

    def _choose_pings(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, direct: bool | None, second: bool | None
    ) -> Planned:
        routine = self._planned(db, guild_id, user_id).routine
        if direct is not None:
            # Whoever chooses again knows what became of it the last time.
            change_preference(db, guild_id, user_id, direct_pings=direct, direct_refused_on=None)
        if second is not None:
            change_preference(db, guild_id, user_id, second_ping=second)
        pings.schedule(db, guild_id, user_id, routine, self._clock.now())
        return self._with_pings(db, guild_id, user_id, routine)

    def _pause(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, first: str, last: str | None
    ) -> Away:
        now = self._clock.now()
        today, _zone = today_of(db, guild_id, user_id, now)
        asked = Pause(*read_range(first, last, today))
        others = absences.touching(store.pauses(db, guild_id, user_id), asked)
        pause = absences.joined(others, asked)
        store.replace_pauses(db, guild_id, user_id, others, pause, now)
        return Away(pause, today, joined=bool(others))

    def _resume(self, db: sqlite3.Connection, guild_id: int, user_id: int, meant: date | None) -> Back:
        now = self._clock.now()
        today, _zone = today_of(db, guild_id, user_id, now)
        pause = absences.to_end(store.pauses(db, guild_id, user_id), today, meant)
        stays = absences.what_stays(pause, today)
        store.replace_pauses(db, guild_id, user_id, [pause], stays, now)
        return Back(pause, today)

    def _date_choices(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, typed: str, first: str | None
    ) -> list[DateChoice]:
        try:
            today, _zone = today_of(db, guild_id, user_id, self._clock.now())
        except NotSetUp:
            # The command itself says so once it is sent.
            return []
        return date_choices(typed, today, first)

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
            from_day=rules.from_which_day(now, zone, plans_of(db, guild_id, user_id).routines[-1]),
            zone=zone,
            days=days or (earlier.days if earlier and earlier.days else Weekdays.EVERY_DAY),
            at=at if at is not None else (earlier.at if earlier else USUAL_TIME),
            ping=ping if ping is not None else (earlier.ping if earlier else False),
        )
        return self._save(db, guild_id, user_id, routine, now)

    def _stop(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        routine = self._planned(db, guild_id, user_id).routine
        now = self._clock.now()
        from_day = rules.from_which_day(now, routine.zone, routine)
        ended = Routine(now, from_day, routine.zone, Weekdays(0), routine.at, ping=False)
        self._save(db, guild_id, user_id, ended, now)

    def _save(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, routine: Routine, now: datetime
    ) -> Planned:
        store.save_routine(db, guild_id, user_id, routine)
        pings.schedule(db, guild_id, user_id, routine, now)
        for follow_up in self._after_a_change:
            follow_up(db, guild_id, user_id, now)
        return self._with_pings(db, guild_id, user_id, routine)


def today_of(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> tuple[date, str]:
    """A member's local day and zone, their routine's or the server's; raises NotSetUp."""
    server = require_server(db, guild_id)
    routine = store.newest_routine(db, guild_id, user_id)
    zone = routine.zone if routine else server.zone
    return local_day(now, zone), zone


def plans_of(db: sqlite3.Connection, guild_id: int, user_id: int) -> Plans:
    """All that a member planned, preceded by the server's days from before their first routine."""
    return plans_and_first_day(db, guild_id, user_id)[0]


def plans_and_first_day(db: sqlite3.Connection, guild_id: int, user_id: int) -> tuple[Plans, date | None]:
    """All that a member planned, and the first day of their own first routine, if they ever had one."""
    own = store.routines(db, guild_id, user_id)
    first = own[0].set_at if own else None
    servers: list[Routine] = []
    for set_at, zone in zones_of(db, guild_id):
        if first is None or set_at < first:
            from_day = rules.from_which_day(set_at, zone, servers[-1]) if servers else date.min
            servers.append(Routine(set_at, from_day, zone, Weekdays.EVERY_DAY, USUAL_TIME, ping=False))
    plans = Plans(
        [*servers, *own], store.pauses(db, guild_id, user_id), store.rest_days(db, guild_id, user_id)
    )
    return plans, min((routine.from_day for routine in own), default=None)


def is_away(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> bool:
    """Whether a member paused over a day. Others may see that, and nothing more."""
    return any(day in pause for pause in store.pauses(db, guild_id, user_id))


def takes_day_off(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> bool:
    """Whether a member said "not today" of a day."""
    return day in store.rest_days(db, guild_id, user_id)


def wants_pings(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> bool:
    """Whether a member has a routine with pings now, and it names a day."""
    routine = store.newest_routine(db, guild_id, user_id)
    return routine is not None and routine.ping and routine.days.has(day)


def anybody_plans(db: sqlite3.Connection, guild_id: int, day: date) -> bool:
    """Whether any member of a server has a routine now and is not away on a day."""
    return store.anybody_plans(db, guild_id, day)


def replan_pings(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> None:
    """Plan a member's pings anew after what they chose has changed."""
    routine = store.newest_routine(db, guild_id, user_id)
    if routine is not None:
        pings.schedule(db, guild_id, user_id, routine, now)


def take_day_off(db: sqlite3.Connection, guild_id: int, user_id: int, day: date, now: datetime) -> None:
    """Mark a due day as one that the member takes off; whoever did so already has nothing more to do.

    Raises NothingDueToday where it is not due anyway, and NoDayOffLeft.
    """
    plans = plans_of(db, guild_id, user_id)
    if not rules.is_planned(plans.routines, day) or any(day in pause for pause in plans.pauses):
        raise NothingDueToday
    absences.require_day_off(plans.rest_days, day)
    store.save_rest_day(db, guild_id, user_id, day, now)


def _next_ping(db: sqlite3.Connection, guild_id: int, user_id: int, routine: Routine) -> Occurrence | None:
    """When a member is pinged next: pings are planned for paused days too, and not sent then."""
    pauses, rest_days = store.pauses(db, guild_id, user_id), store.rest_days(db, guild_id, user_id)
    ping = pings.next_ping(db, guild_id, user_id)
    while ping is not None:
        day = ping.day
        silent = day if day in rest_days else next((pause.last for pause in pauses if day in pause), None)
        if silent is None:
            break
        ping = next_occurrence(ping.at, routine.zone, routine.at, routine.days, after_day=silent)
    return ping
