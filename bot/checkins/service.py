"""What can be done with check-ins."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.builds.service import baselines_of
from bot.checkins import deliveries, rules, store
from bot.checkins.history import ledger_of as ledger_of
from bot.checkins.ledger import Consistency, DayState, LedgerDay, Reason, consistency, streak
from bot.checkins.preview import Preview, preview
from bot.checkins.purpose import PURPOSE
from bot.checkins.rules import CHANGEABLE_FOR, FORM_GRACE, CheckIn, Counted, Entry, Evidence, KindOfWork
from bot.clock import Clock
from bot.errors import AlreadyCheckedIn, NoSuchCheckIn, NothingDueToday, TooLateToReport
from bot.focus.service import minutes_on
from bot.goals.service import open_goals
from bot.localtime import day_before, day_ends, week_of
from bot.personal_data import MemberRows
from bot.routines.service import take_day_off, today_of
from bot.storage.database import Database

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Form:
    """What the form of a check-in starts with: its day, what was reported for it before, and the goals."""

    day: date
    entry: Entry
    edits: bool = False
    late: bool = False
    goals: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a check-in, and how its member stands now.

    `away` is for how many days they had not checked in before, where that was a break. `yesterday_open`:
    yesterday was due, is not reported, and still can be.
    """

    checkin: CheckIn
    is_new: bool
    due: bool
    streak: int
    consistency: Consistency
    freezes: int
    away: int
    yesterday_open: bool
    ends_week: bool


@dataclass(frozen=True, slots=True)
class Recent:
    """A member's check-ins of the last week, the newest first, and whether yesterday's can still be made."""

    checkins: Sequence[CheckIn]
    yesterday_open: bool


class CheckIns(MemberRows):
    """Check-ins of the members of servers."""

    name = "checkins"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def form(self, guild_id: int, user_id: int, day: date | None = None) -> Form:
        """What to show a member who wants to check in now, or change what they reported for a day.

        Raises NotSetUp, and for a day without a check-in TooLateToReport if it is a yesterday that is
        closed, NoSuchCheckIn if it is an earlier one.
        """
        return await self._database.read(self._form, guild_id, user_id, day)

    async def yesterdays_form(self, guild_id: int, user_id: int) -> Form:
        """The form for the member's yesterday; raises NotSetUp and TooLateToReport."""
        return await self._database.read(self._yesterdays_form, guild_id, user_id)

    async def form_for_draft(self, guild_id: int, user_id: int, day: date | None) -> Form:
        """The form of a day, or today's, without its texts, be it closed: `report` judges what is sent."""
        return await self._database.read(self._form_for_draft, guild_id, user_id, day)

    async def report(self, guild_id: int, user_id: int, entry: Entry, form_day: date | None = None) -> Report:
        """Store a member's check-in for a local day, in place of an earlier one; raises NotSetUp.

        `form_day` is the local day that the form was for, which may have ended meanwhile: too long ago, it
        counts for today, or raises TooLateToReport where today has been reported, and NoSuchCheckIn where
        it would change a check-in that can't be changed any more.
        """
        return await self._database.write(self._report, guild_id, user_id, entry, form_day)

    async def recent(self, guild_id: int, user_id: int) -> Recent:
        """The member's check-ins that can still be changed; raises NotSetUp."""
        return await self._database.read(self._recent, guild_id, user_id)

    async def find(self, guild_id: int, user_id: int, day: date) -> CheckIn:
        """A member's check-in of the last week; raises NotSetUp and NoSuchCheckIn."""
        return await self._database.read(self._changeable, guild_id, user_id, day)

    async def delete(self, guild_id: int, user_id: int, day: date) -> CheckIn:
        """Delete a member's check-in of the last week, and its card; raises NotSetUp and NoSuchCheckIn."""
        return await self._database.write(self._delete, guild_id, user_id, day)

    async def not_today(self, guild_id: int, user_id: int) -> date:
        """Take the member's local day off, and answer it.

        Raises AlreadyCheckedIn, NothingDueToday, NotSetUp, and what bot.routines says of days off.
        """
        return await self._database.write(self._not_today, guild_id, user_id)

    async def why_no_card(self, guild_id: int, user_id: int, day: date) -> str | None:
        """Why a check-in's card does not show how it stands, in a few words; None if it does or may yet."""
        return await self._database.read(deliveries.why_no_card, guild_id, user_id, day)

    async def ledger(self, guild_id: int, user_id: int) -> list[LedgerDay]:
        """What became of every day since the member began; empty before that. Raises NotSetUp."""
        return await self._database.read(self._ledger, guild_id, user_id)

    async def preview(self, guild_id: int) -> Preview:
        """What the next day would bring a server, before anything is sent; raises NotSetUp."""
        return await self._database.read(preview, guild_id, self._clock.now())

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Delete the member's check-ins, and have the prompts and look backs that show them do without."""
        days = store.days_reported(db, guild_id, user_id)
        super().forget_member(db, guild_id, user_id)
        deliveries.show_without(db, guild_id, days, self._clock.now())

    def _form(self, db: sqlite3.Connection, guild_id: int, user_id: int, wanted: date | None) -> Form:
        now = self._clock.now()
        today, zone = today_of(db, guild_id, user_id, now)
        goals = tuple(goal.text for goal in open_goals(db, guild_id, user_id, week_of(today)))
        # After a move to the west a day comes again, and was reported already.
        reported = store.find_checkin(db, guild_id, user_id, wanted or today)
        if reported is not None and today - reported.day <= CHANGEABLE_FOR:
            return Form(reported.day, reported.entry, edits=True, late=reported.late, goals=goals)
        if wanted is not None and wanted < day_before(today, zone):
            raise NoSuchCheckIn
        counted = rules.day_for_form(wanted, now, zone)
        newest = store.newest_checkin(db, guild_id, user_id)
        usual = newest.entry.kind if newest else KindOfWork.BUILDING
        focused = minutes_on(db, guild_id, user_id, counted.day, now)
        entry = Entry(done="", kind=usual, minutes=focused or None)
        return Form(counted.day, entry, late=counted.late, goals=goals)

    def _form_for_draft(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, wanted: date | None
    ) -> Form:
        today, _ = today_of(db, guild_id, user_id, self._clock.now())
        day = wanted or today
        goals = tuple(goal.text for goal in open_goals(db, guild_id, user_id, week_of(today)))
        edits = store.find_checkin(db, guild_id, user_id, day) is not None
        return Form(day, Entry(done=""), edits=edits, late=day < today, goals=goals)

    def _yesterdays_form(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Form:
        today, zone = today_of(db, guild_id, user_id, self._clock.now())
        return self._form(db, guild_id, user_id, day_before(today, zone))

    def _report(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, entry: Entry, form_day: date | None
    ) -> Report:
        now = self._clock.now()
        today, zone = today_of(db, guild_id, user_id, now)
        earlier = store.find_checkin(db, guild_id, user_id, form_day) if form_day else None
        if earlier is not None:
            # However late a change is sent, it is none of another day.
            if now >= day_ends(earlier.day + CHANGEABLE_FOR, zone) + FORM_GRACE:
                raise NoSuchCheckIn
            counted = Counted(earlier.day, earlier.late)
        else:
            counted = rules.counted_for(form_day, now, zone)
            if form_day not in (None, counted.day) and store.find_checkin(db, guild_id, user_id, counted.day):
                # What was written about another day must not take the place of today's.
                raise TooLateToReport
        is_new = store.save_checkin(db, guild_id, user_id, counted, zone, entry, now)
        checkin = CheckIn(user_id, counted.day, entry, counted.late)
        store.save_links(db, guild_id, user_id, counted.day, checkin.links, is_new)
        deliveries.publish(db, guild_id, user_id, counted.day, zone, now, prompt=is_new)
        days = ledger_of(db, guild_id, user_id, now)
        this = next(day for day in reversed(days) if day.day == counted.day)
        return Report(
            checkin=checkin,
            is_new=is_new,
            due=this.due,
            streak=streak(days),
            consistency=consistency(days),
            freezes=days[-1].freezes,
            away=rules.days_away(days, counted.day) if is_new else 0,
            yesterday_open=_yesterday_open(days),
            ends_week=today.weekday() == SUNDAY,
        )

    def _recent(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> Recent:
        now = self._clock.now()
        today, _ = today_of(db, guild_id, user_id, now)
        checkins = store.between(db, guild_id, user_id, today - CHANGEABLE_FOR, date.max)
        days = ledger_of(db, guild_id, user_id, now)
        return Recent(sorted(checkins, key=_by_day, reverse=True), _yesterday_open(days))

    def _changeable(self, db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> CheckIn:
        today, _ = today_of(db, guild_id, user_id, self._clock.now())
        checkin = store.find_checkin(db, guild_id, user_id, day)
        if checkin is None or today - checkin.day > CHANGEABLE_FOR:
            raise NoSuchCheckIn
        return checkin

    def _delete(self, db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> CheckIn:
        checkin = self._changeable(db, guild_id, user_id, day)
        now = self._clock.now()
        store.delete_checkin(db, guild_id, user_id, day)
        _, zone = today_of(db, guild_id, user_id, now)
        deliveries.publish(db, guild_id, user_id, day, zone, now)
        return checkin

    def _not_today(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> date:
        now = self._clock.now()
        today, _ = today_of(db, guild_id, user_id, now)
        days = ledger_of(db, guild_id, user_id, now)
        state = next((day.state for day in reversed(days) if day.day == today), DayState.TODAY)
        if state in (DayState.DONE, DayState.LATE):
            raise AlreadyCheckedIn
        if state is not DayState.TODAY:
            raise NothingDueToday
        take_day_off(db, guild_id, user_id, today, now)
        return today

    def _ledger(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> list[LedgerDay]:
        now = self._clock.now()
        today_of(db, guild_id, user_id, now)
        return ledger_of(db, guild_id, user_id, now)


def checkins_between(
    db: sqlite3.Connection, guild_id: int, user_id: int, first: date, last: date
) -> list[CheckIn]:
    """A member's check-ins for local days, both ends included, within another feature's transaction."""
    return list(store.between(db, guild_id, user_id, first, last))


def evidence_of(db: sqlite3.Connection, guild_id: int, user_id: int, limit: int) -> list[Evidence]:
    """What a member has to show, the newest first, each link once, within another feature's transaction.

    These are the links of check-ins for building and showing (what was read or applied for is others' work)
    and the baselines that the member was in on.
    """
    found = store.newest_evidence(db, guild_id, user_id, limit)
    baselines = [
        Evidence(baseline.url, baseline.day, showing=True)
        for baseline in baselines_of(db, guild_id, user_id, limit)
    ]
    return rules.each_once([*baselines, *found])[:limit]


def _by_day(checkin: CheckIn) -> date:
    return checkin.day


def _yesterday_open(days: Sequence[LedgerDay]) -> bool:
    return any(day.reason is Reason.STILL_OPEN for day in days[-4:])
