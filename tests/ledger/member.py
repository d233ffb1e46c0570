"""A simulated member: uses the bot's services, and keeps a diary of what they did."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from bot.checkins.ledger import DayState
from bot.checkins.rules import Entry
from bot.errors import AlreadyCheckedIn, NoDayOffLeft, NothingDueToday, UserError
from bot.services import Services
from tests.ledger.diary import DAY, NO_DAY, Diary
from tests.ledger.people import HOMES, PINGS_AT, WEEKS, Character, Intent, intents

HOUR = timedelta(hours=1)
SECOND_PING_AFTER, PING_LATE_AFTER = 2 * HOUR, 4 * HOUR
CHANGEABLE_DAYS = 7


class Member:
    """Does what they mean to as far as the hour allows it, and expects what they were promised."""

    def __init__(self, guild_id: int, user_id: int, who: Character, chance: Random, diary: Diary):
        self.guild_id = guild_id
        self.user_id = user_id
        self.who = who
        self.chance = chance
        self.diary = diary
        self.has_planned = False
        self.pinged_at: time | None = None
        self.plans_made = 0
        self._plans_on = None if who.never_plans else who.begins_on + chance.choice((0, 5))
        self._last_pinged = {False: date.min, True: date.min}

    def intents(self, day_of_the_year: int) -> list[Intent]:
        """What they mean to do on a new day."""
        if day_of_the_year == self._plans_on:
            return [Intent("plan", time(self.chance.randint(6, 20), 3))]
        stayed = day_of_the_year - self.who.begins_on
        if not 0 <= stayed < self.who.stays_for:
            # Whoever leaves either says so, or is just not seen any more.
            leaves = stayed == self.who.stays_for and not self.who.leaves_in_silence
            return [Intent("stop", time(12, 1))] if leaves else []
        found = intents(self.who, self.chance)
        may_plan = self._plans_on is not None and day_of_the_year > self._plans_on
        return [intent for intent in found if may_plan or intent.what != "plan"]

    async def do(self, services: Services, what: str, day: date, now: datetime) -> None:
        """Act on an intent of a day, which may be over by now."""
        self.diary.look_at_the_clock(now)
        match what:
            case "check in" if day == self.diary.today:
                await self._report(services, day, DayState.DONE)
            case "send a form left open" if day < self.diary.today and now < self.diary.end_of(day) + HOUR:
                await self._report(services, day, DayState.DONE)
            case "report late" if self._is_yesterday_morning(day, now):
                await self._report(services, day, DayState.LATE)
            case "change a check-in":
                await self._change(services)
            case "delete a check-in":
                await self._delete(services)
            case "take the day off" if day == self.diary.today:
                await self._take_off(services)
            case "move" if self.diary.weekdays and self.has_planned:
                await self._move(services, now)
            case "pause":
                await self._pause(services)
            case "come back":
                await self._come_back(services)
            case "plan":
                await self._plan(services, now)
            case "stop" if self.diary.weekdays and self.has_planned:
                await services.routines.stop(self.guild_id, self.user_id)
                self.diary.plan(NO_DAY)
                self.pinged_at = None
                self.plans_made += 1

    async def _report(self, services: Services, day: date, state: DayState) -> None:
        page = self.diary.pages[day]
        report = await services.checkins.report(
            self.guild_id, self.user_id, Entry(f"My work of {day}"), form_day=day
        )
        page.report = page.report or state
        assert (report.checkin.day, report.checkin.late) == (day, page.report is DayState.LATE)

    async def _change(self, services: Services) -> None:
        days = self._changeable()
        if days:
            await self._report(services, self.chance.choice(days), DayState.DONE)

    async def _delete(self, services: Services) -> None:
        days = self._changeable()
        if days:
            day = self.chance.choice(days)
            await services.checkins.delete(self.guild_id, self.user_id, day)
            self.diary.pages[day].report = None

    async def _take_off(self, services: Services) -> None:
        diary, page, today = self.diary, self.diary.page, self.diary.today
        refusal: type[UserError] | None = None
        if page.report:
            refusal = AlreadyCheckedIn
        elif not diary.is_planned(today) or today in diary.away or page.off or not diary.is_open(today):
            refusal = NothingDueToday
        elif diary.days_off_in_the_week_of(today) == 2:
            refusal = NoDayOffLeft
        if refusal:
            with pytest.raises(refusal):
                await services.checkins.not_today(self.guild_id, self.user_id)
        else:
            assert await services.checkins.not_today(self.guild_id, self.user_id) == today
            page.off = True

    async def _move(self, services: Services, now: datetime) -> None:
        there = self.chance.choice(HOMES)
        # At times somebody chooses the wrong zone, sees what it does, and goes back.
        for zone in (there, self.diary.zone) if self.chance.random() < 0.2 else (there,):
            await services.routines.plan(self.guild_id, self.user_id, zone=zone)
            self.diary.move(now, zone)
            self.diary.plan(self.diary.weekdays)
        self.plans_made += 1

    async def _pause(self, services: Services) -> None:
        first = self.diary.today + self.chance.choice((0, 0, 1, 5)) * DAY
        last = first + self.chance.choice((0, 1, 6, 20)) * DAY
        await services.routines.pause(self.guild_id, self.user_id, first.isoformat(), last.isoformat())
        self.diary.pause(first, last)

    async def _come_back(self, services: Services) -> None:
        if any(day >= self.diary.today for day in self.diary.away):
            await services.routines.resume(self.guild_id, self.user_id)
            self.diary.resume()

    async def _plan(self, services: Services, now: datetime) -> None:
        routines, key = services.routines, (self.guild_id, self.user_id)
        days, at = self.chance.choice(list(WEEKS)), self.chance.choice(PINGS_AT)
        pings = self.who.wants_pings and self.chance.random() < 0.9
        zone = None if self.has_planned else self.chance.choice(HOMES)
        await routines.plan(*key, zone=zone, days=days, at=at, ping=pings)
        if zone:
            self.diary.move(now, zone)
            await routines.choose_pings(
                *key, direct=self.who.wants_direct_pings, second=self.who.wants_second_pings
            )
        self.has_planned = True
        self.diary.plan(WEEKS[days])
        self.pinged_at = time.fromisoformat(at) if pings else None
        self.plans_made += 1

    def _changeable(self) -> list[date]:
        days = [self.diary.today - number * DAY for number in range(CHANGEABLE_DAYS + 1)]
        return [day for day in days if day in self.diary.pages and self.diary.pages[day].report]

    def _is_yesterday_morning(self, day: date, now: datetime) -> bool:
        is_morning = self.diary.wall.hour < 12 and now >= self.diary.end_of(day) + HOUR
        return is_morning and day == self.diary.yesterday()

    # Pings.

    def next_ping(self, now: datetime, second: bool) -> tuple[datetime, date] | None:
        """When the member ought to be thought of next, and for which day."""
        if self.pinged_at is None or (second and not self.who.wants_second_pings):
            return None
        at = datetime.combine(self.diary.today, self.pinged_at) + second * SECOND_PING_AFTER
        for ahead in range(-1, 15):
            day = self.diary.today + ahead * DAY
            moment = self.diary.instant(day, at.time())
            is_there = moment.astimezone(self.diary.tz).date() == day
            is_new = moment > now and day > self._last_pinged[second]
            if is_there and is_new and day.weekday() in self.diary.weekdays:
                return moment, day
        return None

    def is_to_be_pinged(self, now: datetime, due: datetime, day: date, second: bool) -> bool:
        """Whether a ping that has become due is still of use; it is not asked about twice."""
        self._last_pinged[second] = day
        self.diary.look_at_the_clock(now)
        page = self.diary.pages[day]
        is_silent = page.report or page.off or day in self.diary.away or not self.diary.is_planned(day)
        return not is_silent and day == self.diary.today and now < due + PING_LATE_AFTER
