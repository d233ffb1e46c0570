"""The figures of a member's progress: the last half year, how they stand, and what they showed. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.builds.rules import Baseline
from bot.checkins.ledger import (
    DAYS_FOR_A_FREEZE,
    FREEZES_AT_MOST,
    Consistency,
    DayState,
    LedgerDay,
    consistency,
    longest_streak,
    streak,
)
from bot.checkins.rules import CheckIn, KindOfWork
from bot.goals.rules import Goal, GoalState
from bot.localtime import week_of

WEEKS = 26
SHOWN_AT_MOST = 5

BUILDING_MARK = 70
"""The percentage of building that the guides ask for, against learning."""

_REPORTED = (DayState.DONE, DayState.LATE)


@dataclass(frozen=True, slots=True)
class DayFigure:
    """One day of the half year; no minutes where none were given."""

    day: date
    state: DayState
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was done of one kind of work."""

    checkins: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Share:
    """The percentage of building against learning; by minutes, or by check-ins where no minutes are known."""

    percent: int
    by_minutes: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link to something that was shown, and the day on which it was."""

    day: date
    url: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the picture of a member's progress tells.

    `days`, `work`, `building` and `goals_kept` are of the weeks from the Monday `first` to the day `last`;
    `checkins` and `longest` are of all time. No `began`: the member never checked in.
    """

    first: date
    last: date
    began: date | None
    checkins: int
    days: Sequence[DayFigure]
    streak: int
    longest: int
    consistency: Consistency
    freezes: int
    to_next_freeze: int | None
    work: Mapping[KindOfWork, Amount]
    building: Share | None
    goals_kept: int
    evidence: Sequence[Evidence]

    @property
    def minutes(self) -> int:
        """All minutes of the half year."""
        return sum(amount.minutes for amount in self.work.values())


def first_week(today: date) -> date:
    """The Monday with which the half year begins."""
    return week_of(today) - timedelta(weeks=WEEKS - 1)


def figures_of(
    days: Sequence[LedgerDay],
    checkins: Sequence[CheckIn],
    goals: Iterable[Goal],
    today: date,
    baselines: Sequence[Baseline] = (),
) -> Figures:
    """The figures from a member's whole ledger, the check-ins and goals of the half year, and baselines."""
    # After a move to the west the ledger may know a day more than today.
    last = max(today, days[-1].day) if days else today
    first = first_week(last)
    minutes = {checkin.day: checkin.entry.minutes for checkin in checkins}
    reported = [day.day for day in days if day.state in _REPORTED]
    work = _work(checkin for checkin in checkins if checkin.day >= first)
    return Figures(
        first=first,
        last=last,
        began=reported[0] if reported else None,
        checkins=len(reported),
        days=[DayFigure(day.day, day.state, minutes.get(day.day)) for day in _from(days, first)],
        streak=streak(days),
        longest=longest_streak(days),
        consistency=consistency(days),
        freezes=days[-1].freezes if days else 0,
        to_next_freeze=days_to_next_freeze(days),
        work=work,
        building=building_share(work),
        goals_kept=sum(goal.state is GoalState.KEPT for goal in goals),
        evidence=list(_evidence(checkins, [each for each in baselines if each.day >= first]))[:SHOWN_AT_MOST],
    )


def days_to_next_freeze(days: Sequence[LedgerDay]) -> int | None:
    """How many due days done earn the next freeze; None while no more can be held."""
    towards = freezes = 0
    for day in days:
        if day.is_done and freezes < FREEZES_AT_MOST:
            towards = (towards + 1) % DAYS_FOR_A_FREEZE
        freezes = day.freezes
    return DAYS_FOR_A_FREEZE - towards if freezes < FREEZES_AT_MOST else None


def building_share(work: Mapping[KindOfWork, Amount]) -> Share | None:
    """The share of building against learning; None where there is neither."""
    built, learnt = (work.get(kind, Amount(0, 0)) for kind in (KindOfWork.BUILDING, KindOfWork.LEARNING))
    if built.minutes + learnt.minutes:
        return Share(_percent(built.minutes, learnt.minutes), by_minutes=True)
    if built.checkins + learnt.checkins:
        return Share(_percent(built.checkins, learnt.checkins), by_minutes=False)
    return None


def _percent(part: int, rest: int) -> int:
    return round(100 * part / (part + rest))


def _from(days: Sequence[LedgerDay], first: date) -> Sequence[LedgerDay]:
    # A ledger has no gaps.
    return days[max(0, (first - days[0].day).days) :] if days else ()


def _work(checkins: Iterable[CheckIn]) -> dict[KindOfWork, Amount]:
    counted: Counter[KindOfWork] = Counter()
    minutes: Counter[KindOfWork] = Counter()
    for checkin in checkins:
        counted[checkin.entry.kind] += 1
        minutes[checkin.entry.kind] += checkin.entry.minutes or 0
    return {kind: Amount(counted[kind], minutes[kind]) for kind in KindOfWork if counted[kind]}


def _evidence(checkins: Sequence[CheckIn], baselines: Sequence[Baseline]) -> Iterator[Evidence]:
    """What was shown, the newest first, each link once."""
    shown = [Evidence(baseline.day, baseline.url) for baseline in baselines]
    shown += [Evidence(checkin.day, url) for checkin in checkins for url in checkin.links]
    seen = set()
    for one in sorted(shown, key=lambda one: one.day, reverse=True):
        if one.url not in seen:
            seen.add(one.url)
            yield one
