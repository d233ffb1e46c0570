"""Which days a look back covers, and what a week comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.checkins.ledger import Consistency, DayState
from bot.checkins.rules import KindOfWork
from bot.goals.rules import Goal, GoalState
from bot.localtime import ONE_DAY, week_of
from bot.texts import mark

BUILDING_MARK = 70
"""The percentage of building, out of building and learning, that the guides ask for."""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Days:
    """Some days in a row, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Work:
    """What was done of one kind: how many check-ins, and the minutes of those in which they were counted."""

    check_ins: int = 0
    minutes: int = 0


WorkByKind = Mapping[KindOfWork, Work]


@dataclass(frozen=True, slots=True)
class Links:
    """What a member showed in a week, the links of showing first."""

    user_id: int
    urls: Sequence[str]


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks of focus in company: how many companies, and the minutes of all who were in them."""

    companies: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ServersWeek:
    """What a server did in some days. Only members who agreed to it are named.

    `goals` are those that were kept in the week that ended in these days. `more_shown` is the number of named
    members who showed something and are not in `shown`; `more_goals` likewise the number of goals.
    """

    days: Days
    members: int
    work: WorkByKind
    shown: Sequence[Links] = ()
    more_shown: int = 0
    goals: Sequence[Goal] = ()
    more_goals: int = 0
    together: Together = Together()


@dataclass(frozen=True, slots=True)
class Focus:
    """A member's blocks of focus and the minutes that were spent in them."""

    blocks: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class MembersWeek:
    """A member's week from Monday to Sunday.

    `states` has an entry for each of the seven days: None before the member began, and for days to come.
    Streak and consistency are as they stood at the week's end, or now if it isn't over.
    """

    days: Days
    states: Sequence[DayState | None]
    work: WorkByKind
    links: Sequence[str]
    goals: Sequence[Goal]
    focus: Focus
    streak: int
    consistency: Consistency

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to look back on."""
        kept = any(goal.state is GoalState.KEPT for goal in self.goals)
        return not (check_ins(self.work) or self.focus.blocks or kept)


def days_before(posting_day: date) -> Days:
    """The seven whole days before the one on which a look back is posted.

    The day itself goes into the next one, whole: many check in in the evening.
    """
    return Days(posting_day - WEEK, posting_day - ONE_DAY)


def week_ended_in(days: Days) -> date:
    """The Monday of the week whose Sunday is among seven days, so that each week's goals come up once."""
    return week_of(days.last + ONE_DAY) - WEEK


def days_of_week(week: date) -> Days:
    """The seven days of the week that is named by its Monday."""
    return Days(week, week + WEEK - ONE_DAY)


def check_ins(work: WorkByKind) -> int:
    """All check-ins, of whatever kind."""
    return sum(each.check_ins for each in work.values())


def minutes(work: WorkByKind) -> int:
    """All minutes that were counted, of whatever kind."""
    return sum(each.minutes for each in work.values())


def begin_in_turn(total: int, week: date, limit: int) -> int:
    """Which place of a list to begin at in a week, if only so many fit: by and by all come up."""
    return 0 if total <= limit else week.toordinal() // 7 * limit % total


def building_share(work: WorkByKind) -> int | None:
    """Building out of building and learning, in whole percent, rounded down; None where there was neither.

    It is a share of the minutes or, where nobody counted any, of the check-ins.
    """
    building = work.get(KindOfWork.BUILDING, Work())
    learning = work.get(KindOfWork.LEARNING, Work())
    part, whole = building.minutes, building.minutes + learning.minutes
    if not whole:
        part, whole = building.check_ins, building.check_ins + learning.check_ins
    return part * 100 // whole if whole else None


_SHOWN = (
    mark("Something of yours is out there now that nobody could have found a week ago."),
    mark("You made something and let others see it. That is the part that opens doors."),
)
_KEPT = (
    mark("You said what you would do, and you did it."),
    mark("A promise to yourself, kept. That is worth more than it looks."),
)
_STEADY = (
    mark("Day after day: that is how it adds up."),
    mark("A steady week. This is what progress is made of."),
)
_SOME = (
    mark("What you did this week stays done."),
    mark("Every one of these days moved something forward."),
)
_AWAY = (mark("A rest is part of the plan. Welcome back whenever you like."),)
_NOTHING = (mark("Nothing stands here, and the next ten minutes of work count as much as any."),)

STEADY_FROM = 5


def closing_words(week: MembersWeek) -> str:
    """A warm sentence about a week, in English as it stands in the catalogues; it changes by the week."""
    words = _words_for(week)
    return words[week.days.first.toordinal() // 7 % len(words)]


def _words_for(week: MembersWeek) -> Sequence[str]:
    reported = sum(state in (DayState.DONE, DayState.LATE) for state in week.states)
    if week.links or KindOfWork.SHOWING in week.work:
        return _SHOWN
    if any(goal.state is GoalState.KEPT for goal in week.goals):
        return _KEPT
    if reported >= STEADY_FROM:
        return _STEADY
    if not week.is_empty:
        return _SOME
    return _AWAY if DayState.PAUSED in week.states else _NOTHING
