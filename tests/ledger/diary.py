"""What a simulated member writes down about their own days as they go by, and what the days come to."""

from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.checkins.ledger import DayState, LedgerDay, Reason

DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
NO_DAY: frozenset[int] = frozenset()


@dataclass(slots=True)
class Page:
    """One local day: what was planned for it and what happened on it."""

    weekdays: frozenset[int]
    report: DayState | None = None
    off: bool = False
    is_no_day: bool = False
    is_cut_short: bool = False
    midnight_seen: bool = False
    out_of_reach: timedelta = timedelta(0)


@dataclass(slots=True)
class Diary:
    """A member's days. `weekdays` (0 is Monday) and `zone` are what they live by now."""

    zone: str
    begins_at: InitVar[datetime]
    wall: datetime = field(init=False)
    weekdays: frozenset[int] = EVERY_DAY
    first_planned: date | None = None
    pages: dict[date, Page] = field(default_factory=dict)
    closed_through: date = date.min
    away: set[date] = field(default_factory=set)

    def __post_init__(self, begins_at: datetime) -> None:
        self.look_at_the_clock(begins_at)
        self._open_page()

    @property
    def today(self) -> date:
        return self.wall.date()

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def page(self) -> Page:
        """Today's."""
        return self.pages[self.today]

    def yesterday(self) -> date:
        """The day before today that there was."""
        day = self.today - DAY
        while day in self.pages and self.pages[day].is_no_day:
            day -= DAY
        return day

    # What happens.

    def midnight(self, now: datetime) -> None:
        """A new day begins."""
        before = self.today
        self.page.midnight_seen = True
        self.page.is_cut_short = False
        self.look_at_the_clock(now)
        for day in _days(before + DAY, self.today):
            self.pages[day] = Page(self.weekdays, is_no_day=True, midnight_seen=True)
        self._open_page()

    def noon(self, now: datetime) -> None:
        """What was before today can't be reported any more."""
        self.look_at_the_clock(now)
        self.closed_through = max(self.closed_through, self.today - DAY)

    def move(self, now: datetime, zone: str) -> None:
        """Live by another clock."""
        before = self.today
        self.zone = zone
        self.look_at_the_clock(now)
        for day in _days(before, self.today):
            page = self.pages.setdefault(day, Page(self.weekdays))
            page.is_cut_short = not page.midnight_seen
        for day, page in self.pages.items():
            if day >= self.today:
                page.is_cut_short = False
        self._open_page()

    def plan(self, weekdays: frozenset[int]) -> None:
        """Other days are due from now on; those that are over stay what they were planned to be."""
        self.weekdays = weekdays
        latest = max(self.pages)
        self.pages[latest].weekdays = weekdays
        if self.first_planned is None:
            self.first_planned = latest

    def pause(self, first: date, last: date) -> None:
        self.away.update(_days(first, last + DAY))

    def resume(self) -> None:
        """Be back today, or call off the next pause."""
        day = min(day for day in self.away if day >= self.today)
        while day in self.away:
            self.away.discard(day)
            day += DAY

    def out_of_reach(self, began: datetime, ended: datetime) -> None:
        """The bot was not there, while the member stayed where they are."""
        first = began.astimezone(self.tz).date()
        for day in _days(first, self.today + DAY):
            begin, end = self.instant(day, time()), self.end_of(day)
            self.pages[day].out_of_reach += max(min(end, ended) - max(begin, began), timedelta(0))

    def look_at_the_clock(self, now: datetime) -> None:
        self.wall = now.astimezone(self.tz).replace(tzinfo=None)

    def instant(self, day: date, at: time) -> datetime:
        """When it is some time of a day where the member lives now."""
        return datetime.combine(day, at, self.tz).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """When a day is over where the member lives now."""
        return self.instant(day + DAY, time())

    def _open_page(self) -> None:
        self.pages.setdefault(self.today, Page(self.weekdays))

    # What it comes to.

    def is_planned(self, day: date) -> bool:
        """Whether it is a day of the week that was planned."""
        return day.weekday() in self.pages[day].weekdays

    def is_open(self, day: date) -> bool:
        """Whether it can still be reported."""
        if day <= self.closed_through:
            return False
        return day >= self.today or (day == self.yesterday() and self.wall.hour < 12)

    def days_off_in_the_week_of(self, day: date) -> int:
        monday = day - day.weekday() * DAY
        week = _days(monday, monday + 7 * DAY)
        return sum(self.pages[other].off for other in week if other in self.pages)

    def days(self) -> list[LedgerDay]:
        """Each day since the member planned or reported anything, as they themselves remember it."""
        reported = [day for day, page in self.pages.items() if page.report]
        if not reported and self.first_planned is None:
            return []
        began = min([*reported, self.first_planned or date.max])
        found: list[LedgerDay] = []
        free_days, freezes, done = 2, 0, 0
        for day in _days(began, max([self.today, *reported]) + DAY):
            state, reason = self._judge(day)
            if state is DayState.MISSED and free_days and day < began + 7 * DAY:
                free_days, state, reason = free_days - 1, DayState.FROZEN, Reason.FIRST_WEEK
            elif state is DayState.MISSED and freezes:
                freezes, state, reason = freezes - 1, DayState.FROZEN, Reason.FREEZE_USED
            due = self.is_planned(day) and state not in (DayState.REST, DayState.PAUSED, DayState.OUTAGE)
            if due and state in (DayState.DONE, DayState.LATE) and freezes < 3:
                done += 1
                if done == 7:
                    done, freezes = 0, freezes + 1
            found.append(LedgerDay(day, state, reason, due, freezes))
        return found

    def _judge(self, day: date) -> tuple[DayState, Reason]:
        page = self.pages[day]
        if page.report is DayState.LATE:
            return DayState.LATE, Reason.REPORTED_LATE
        if page.report:
            return DayState.DONE, Reason.REPORTED if self.is_planned(day) else Reason.EXTRA
        if day in self.away:
            return DayState.PAUSED, Reason.AWAY
        if not self.is_planned(day):
            return DayState.REST, Reason.NOT_PLANNED if page.weekdays else Reason.STOPPED
        if page.is_cut_short:
            return DayState.REST, Reason.CUT_SHORT
        if page.off:
            return DayState.REST, Reason.NOT_TODAY
        if page.is_no_day:
            return DayState.REST, Reason.NO_SUCH_DAY
        if self.is_open(day):
            return DayState.TODAY, Reason.NOT_OVER if day >= self.today else Reason.STILL_OPEN
        if page.out_of_reach >= timedelta(hours=1):
            return DayState.OUTAGE, Reason.BOT_DOWN
        return DayState.MISSED, Reason.NO_FREEZE


def _days(first: date, end: date) -> Iterable[date]:
    """From a day to before another."""
    return [first + number * DAY for number in range((end - first).days)]
