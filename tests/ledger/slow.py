"""A second reckoning of the ledger, slow and obvious: the member's clock is read every quarter of an hour.

It is written from what the ledger promises, not from how it is made. In the tests whatever is set, moved or
down is so at full quarters, so that no reading misses anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.checkins.ledger import DayState, History, LedgerDay, Reason
from bot.heartbeat import Downtime
from bot.routines.rules import Routine

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)


@dataclass(slots=True)
class Life:
    """What reading the wall all the time has told about a member's days, up to the last reading.

    `ended` are the days whose midnight the member saw, `skipped` those that the zone never had, `cut` those
    that a move ended or passed over and that did not come again before they were closed. `closed_through` is
    the last day after which the member saw a noon. `quarters` says for each quarter hour which day it was.
    """

    moment: datetime
    zone: str
    wall: datetime
    reached: date
    planned: list[tuple[date, Routine]]
    ended: set[date] = field(default_factory=set)
    skipped: set[date] = field(default_factory=set)
    cut: set[date] = field(default_factory=set)
    closed_through: date = date.min
    quarters: list[tuple[datetime, date]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.wall.date()

    @property
    def lived(self) -> set[date]:
        """The days of which there was any quarter of an hour."""
        return {day for _, day in self.quarters}

    def yesterday(self) -> date:
        """What the wall showed before today, or would have shown, had it hung there all the time."""
        moment = self.moment
        while _wall(moment, self.zone).date() >= self.today:
            moment -= QUARTER
        return _wall(moment, self.zone).date()

    def routine_on(self, day: date) -> Routine:
        """The last of the routines that were set before the day was behind the member."""
        return [routine for since, routine in self.planned if since <= day][-1]

    def is_open(self, day: date) -> bool:
        """Whether it is today, or yesterday until noon; but once a noon came after it, it is closed."""
        if day <= self.closed_through:
            return False
        return day >= (self.yesterday() if self.wall.hour < 12 else self.today)

    def time_passes(self, moment: datetime) -> None:
        """The next reading in the same zone."""
        self.moment, wall = moment, _wall(moment, self.zone)
        if wall.date() == self.today and (wall.hour < 12) == (self.wall.hour < 12):
            # Neither midnight nor noon has come, as at most readings.
            self.wall = wall
            return
        if wall.date() > self.today:
            self.ended.add(self.today)
            if self.today > self.closed_through:
                self.cut.discard(self.today)
            self.skipped.update(_days(self.today + DAY, wall.date()))
        was_morning = self.wall.hour < 12 or wall.date() > self.today
        self._look_at(wall)
        if was_morning and wall.hour >= 12:
            self.closed_through = max(self.closed_through, self.today - DAY)

    def moves(self, routine: Routine) -> None:
        """The same instant on another wall; most often, the same wall."""
        wall = _wall(routine.set_at, routine.zone)
        self.cut = {day for day in self.cut if day < wall.date() or day <= self.closed_through}
        passed_over = set(_days(self.today, wall.date())) - self.ended - self.skipped
        self.cut.update(day for day in passed_over if day > self.closed_through)
        self.zone = routine.zone
        self._look_at(wall)
        self.planned.append((self.reached, routine))

    def _look_at(self, wall: datetime) -> None:
        self.wall = wall
        self.reached = max(self.reached, wall.date())


def live(routines: Sequence[Routine], began: date, now: datetime) -> Life:
    """Read the wall from a day or two before the first day until now; nobody is to change the life."""
    return _live(tuple(routines), began, now)


# What a story is told by is what it is reckoned from next.
@lru_cache(maxsize=4)
def _live(routines: Sequence[Routine], began: date, now: datetime) -> Life:
    moment = datetime.combine(began, time(), UTC) - 2 * DAY
    routine = [routine for routine in routines if routine is routines[0] or routine.set_at <= moment][-1]
    wall = _wall(moment, routine.zone)
    life = Life(moment, routine.zone, wall, wall.date(), [(date.min, routine)])
    coming = [later for later in routines if later.set_at > moment and later is not routine]
    while moment < now:
        life.quarters.append((moment, life.today))
        moment += QUARTER
        life.time_passes(moment)
        while coming and coming[0].set_at == moment:
            routine = coming.pop(0)
            life.moves(routine)
    assert not coming, "what is set in between quarters would be overlooked"
    return life


def slow_ledger(history: History, now: datetime) -> list[LedgerDay]:
    """Each day by the first definition that holds for it; freezes are passed on from day to day."""
    life = live(history.plans.routines, history.began, now)
    last = max([life.today, *history.reported])
    days: list[LedgerDay] = []
    freezes = done_since_a_freeze = 0
    free_days = 2
    for day in _days(history.began, last + DAY):
        state, reason = _judge(day, history, life)
        if state is DayState.MISSED and free_days and day in _days(history.began, history.began + 7 * DAY):
            free_days -= 1
            state, reason = DayState.FROZEN, Reason.FIRST_WEEK
        elif state is DayState.MISSED and freezes:
            freezes -= 1
            state, reason = DayState.FROZEN, Reason.FREEZE_USED
        due = _is_named(day, life) and state not in (DayState.REST, DayState.PAUSED, DayState.OUTAGE)
        # While there are three, nothing is put by for a fourth.
        if due and day in history.reported and freezes < 3:
            done_since_a_freeze += 1
            if done_since_a_freeze == 7:
                done_since_a_freeze = 0
                freezes += 1
        days.append(LedgerDay(day, state, reason, due, freezes))
    return days


def _judge(day: date, history: History, life: Life) -> tuple[DayState, Reason]:
    """What became of a day, but for what covers a missed one."""
    plans, reported = history.plans, history.reported
    if reported.get(day):
        return DayState.LATE, Reason.REPORTED_LATE
    if day in reported:
        return DayState.DONE, Reason.REPORTED if _is_named(day, life) else Reason.EXTRA
    if any(pause.first <= day <= pause.last for pause in plans.pauses):
        return DayState.PAUSED, Reason.AWAY
    if not _is_named(day, life):
        ended = life.routine_on(day).days == 0
        return DayState.REST, Reason.STOPPED if ended else Reason.NOT_PLANNED
    if day in life.cut:
        return DayState.REST, Reason.CUT_SHORT
    if day in plans.rest_days:
        return DayState.REST, Reason.NOT_TODAY
    if day in life.skipped:
        return DayState.REST, Reason.NO_SUCH_DAY
    if life.is_open(day):
        return DayState.TODAY, Reason.NOT_OVER if day >= life.today else Reason.STILL_OPEN
    if _down(day, history.downtimes, life) >= timedelta(hours=1):
        return DayState.OUTAGE, Reason.BOT_DOWN
    return DayState.MISSED, Reason.NO_FREEZE


def _is_named(day: date, life: Life) -> bool:
    """Whether the routine names the day."""
    return day.weekday() in [number for number in range(7) if life.routine_on(day).days & 1 << number]


def _down(day: date, downtimes: Sequence[Downtime], life: Life) -> timedelta:
    """How long nobody could reach the bot while it was that day for the member."""
    down = timedelta(0)
    for quarter, of_day in life.quarters if downtimes else ():
        if of_day == day:
            for downtime in downtimes:
                overlap = min(quarter + QUARTER, downtime.ended_at) - max(quarter, downtime.began_at)
                down += max(overlap, timedelta(0))
    return down


def slow_streak(days: Sequence[LedgerDay]) -> int:
    """The most due days done in any stretch that reaches up to now and has no missed day in it."""
    return max(_done_without_a_miss(days[begin:]) for begin in range(len(days) + 1))


def slow_longest_streak(days: Sequence[LedgerDay]) -> int:
    """The most due days done between two missed ones."""
    stretches = groupby(days, lambda day: day.state is DayState.MISSED)
    return max([_done_without_a_miss(list(stretch)) for _, stretch in stretches], default=0)


def slow_consistency(days: Sequence[LedgerDay]) -> tuple[int, int]:
    """Done out of the last 21 due days, leaving out those that are not over."""
    over = [day for day in days if day.due and day.state is not DayState.TODAY][-21:]
    return len([day for day in over if day.state in (DayState.DONE, DayState.LATE)]), len(over)


def _done_without_a_miss(days: Sequence[LedgerDay]) -> int:
    if any(day.state is DayState.MISSED for day in days):
        return 0
    return len([day for day in days if day.due and day.state in (DayState.DONE, DayState.LATE)])


def _days(first: date, end: date) -> list[date]:
    """From a day to before another."""
    return [first + number * DAY for number in range((end - first).days)]


def _wall(moment: datetime, zone: str) -> datetime:
    return _walls(moment.date(), zone)[moment.hour * 4 + moment.minute // 15]


@lru_cache(maxsize=5000)
def _walls(day: date, zone: str) -> list[datetime]:
    """What a zone's clock shows at each quarter of a day in UTC."""
    key, begin = ZoneInfo(zone), datetime.combine(day, time(), UTC)
    return [(begin + number * QUARTER).astimezone(key).replace(tzinfo=None) for number in range(96)]
