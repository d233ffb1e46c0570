"""Invented stretches of members' lives, for hypothesis: where they lived, what they planned and reported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.checkins.ledger import History
from bot.heartbeat import Downtime
from bot.localtime import Weekdays, instant, local_day
from bot.routines.rules import Pause, Plans, Routine, from_which_day
from tests.ledger.slow import DAY, QUARTER, live

FAR_APART = (
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Pacific/Pago_Pago",
    "Pacific/Auckland",
    "America/Los_Angeles",
)
ODD_CLOCKS = (
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "Africa/Casablanca",
)
GAPS_AT_MIDNIGHT = ("Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Santiago")
SKIPPED_A_DAY = ("Pacific/Apia", "Pacific/Fakaofo", "Pacific/Kwajalein")
PLAIN_CLOCKS = ("UTC", "Europe/Berlin", "Europe/Helsinki", "America/New_York", "Asia/Tokyo")
ZONES = FAR_APART + ODD_CLOCKS + GAPS_AT_MIDNIGHT + SKIPPED_A_DAY + PLAIN_CLOCKS

EVENTFUL = {
    # Europe, Troll and Beirut go forward, Cairo four weeks later.
    date(2026, 3, 20): ("Europe/Berlin", "Antarctica/Troll", "Asia/Beirut", "Africa/Cairo"),
    # Samoa and Tokelau skip the 30th.
    date(2011, 12, 20): ("Pacific/Apia", "Pacific/Fakaofo"),
    # Morocco goes back for Ramadan and forward after it, Havana forward.
    date(2026, 2, 5): ("Africa/Casablanca", "America/Havana"),
    # Lord Howe goes forward, the others back.
    date(2026, 9, 25): ("Australia/Lord_Howe", "Africa/Cairo", "Asia/Beirut", "America/Havana"),
    # Kwajalein skips the 21st.
    date(1993, 8, 10): ("Pacific/Kwajalein",),
    # Santiago goes forward at midnight, Chatham in the night.
    date(2026, 8, 28): ("America/Santiago", "Pacific/Chatham"),
}
"""When clocks change within a few weeks of a day, and where."""

HABITS = ("dddddddl", "dddl-r", "dl----", "d--------")
"""What a day may be like: done, reported late, taken off, or nothing."""

SOON, SOMETIME = st.integers(1, 8), st.integers(1, 12 * 96)


@dataclass(frozen=True, slots=True)
class Story:
    """A member's history, and the instant at which it is looked at."""

    history: History
    now: datetime

    def later(self, **parts: float) -> "Story":
        """The same, looked at later; parts are those of a timedelta."""
        return replace(self, now=self.now + timedelta(**parts))

    def planning(self, at: datetime, zone: str | None = None, days: Weekdays | None = None) -> "Story":
        """The same, had the member set another routine at an instant after all others."""
        return self.but(routines=planned_next(self.history.plans.routines, at, zone, days))

    def but(self, **plans: object) -> "Story":
        """The same with other plans."""
        history = replace(self.history, plans=replace(self.history.plans, **plans))  # type: ignore[arg-type]
        return replace(self, history=history)

    def reporting(self, day: date, late: bool | None) -> "Story":
        """The same with a day reported, late or not, or with its report deleted."""
        reported = {known: was_late for known, was_late in self.history.reported.items() if known != day}
        if late is not None:
            reported[day] = late
        return replace(self, history=replace(self.history, reported=reported))

    def without_downtimes(self) -> "Story":
        return replace(self, history=replace(self.history, downtimes=()))


def planned_next(
    earlier: Sequence[Routine], at: datetime, zone: str | None = None, days: Weekdays | None = None
) -> list[Routine]:
    """The routines with one more, as the bot keeps it; what is not given stays as it was."""
    last = earlier[-1]
    zone, days = zone or last.zone, last.days if days is None else days
    return [*earlier, Routine(at, from_which_day(at, zone, last), zone, days, last.at, last.ping)]


def lengths_of_downtime() -> st.SearchStrategy[timedelta]:
    """Mostly about as long as matters, at times for days."""
    return st.sampled_from((4, 30, 59, 60, 61, 90, 240, 1500, 4000)).map(
        lambda minutes: timedelta(minutes=minutes)
    )


zones = st.sampled_from(ZONES)
weekdays = st.one_of(st.just(Weekdays.EVERY_DAY), st.integers(0, 127).map(Weekdays))
changes_of_mind = st.lists(
    st.tuples(st.one_of(SOON, SOMETIME), st.none() | zones, st.none() | weekdays), max_size=5
)
journeys = st.lists(
    st.tuples(st.one_of(SOON, st.integers(1, 200)), st.sampled_from(FAR_APART), st.none()), max_size=6
)


@st.composite
def stories(draw: st.DrawFn, longest: int = 45) -> Story:
    """Up to so many days of a member, whose clock, plans and pauses change and who reports as it comes."""
    around, eventful = draw(st.sampled_from(list(EVENTFUL.items())))
    begin = datetime.combine(around, time(), UTC) + draw(SOMETIME) * QUARTER
    now = begin + draw(st.one_of(SOMETIME, st.integers(12 * 96, longest * 96))) * QUARTER
    routines = [draw(first_routines(begin, st.one_of(st.sampled_from(eventful), zones)))]
    for gap, zone, days in draw(st.one_of(changes_of_mind, journeys)):
        at = routines[-1].set_at + gap * QUARTER
        if at <= now:
            routines = planned_next(routines, at, zone, days)
    on_the_verge = draw(st.none() | st.sampled_from((time(0), time(11, 45), time(12), time(23, 45))))
    if on_the_verge is not None:
        zone = routines[-1].zone
        now = max(routines[-1].set_at, instant(local_day(now, zone), on_the_verge, zone))
    return draw(told(routines, now, st.sampled_from(HABITS)))


@st.composite
def travels(draw: st.DrawFn) -> Story:
    """A few days of a member who has just moved, as far as one can, and forgets to report."""
    begin = datetime(2011, 12, 27, tzinfo=UTC) + draw(st.integers(0, 3 * 96)) * QUARTER
    far = st.sampled_from((*FAR_APART, "Pacific/Apia"))
    routines = [draw(first_routines(begin, far))]
    stay = st.one_of(SOON, st.integers(1, 150))
    for gap, zone, days in draw(st.lists(st.tuples(stay, far, st.none() | weekdays), max_size=5)):
        routines = planned_next(routines, routines[-1].set_at + gap * QUARTER, zone, days)
    now = routines[-1].set_at + draw(stay) * QUARTER
    return draw(told(routines, now, st.sampled_from(("--d", "-r", "-"))))


@st.composite
def first_routines(draw: st.DrawFn, begin: datetime, where: st.SearchStrategy[str]) -> Routine:
    """What a member plans first, or the server's days if they have not planned anything yet."""
    zone = draw(where)
    if draw(st.booleans()):
        return Routine(begin, local_day(begin, zone), zone, draw(weekdays), time(9), ping=False)
    return Routine(begin, date.min, zone, Weekdays.EVERY_DAY, time(9), ping=False)


@st.composite
def told(draw: st.DrawFn, routines: list[Routine], now: datetime, habits: st.SearchStrategy[str]) -> Story:
    """A story of somebody with these routines: what they reported, when they were away, when the bot was."""
    begin = routines[0].set_at
    began = local_day(begin, routines[0].zone)
    lived = sorted(day for day in live(routines, began, now).lived if day >= began)
    like = draw(st.text(draw(habits), min_size=len(lived), max_size=len(lived)))
    off = frozenset(day for day, how in zip(lived, like, strict=True) if how == "r")
    reported = {day: how == "l" for day, how in zip(lived, like, strict=True) if how in "dl"}
    plans = Plans(routines, draw(pauses(began)), off)
    return Story(History(began, plans, reported, draw(downtimes(begin, now))), now)


@st.composite
def pauses(draw: st.DrawFn, began: date) -> list[Pause]:
    """Ranges of days that do not overlap, some of them before the member began or still to come."""
    ranges: list[Pause] = []
    day = began - 3 * DAY
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 25), st.integers(1, 15)), max_size=3)):
        first = day + gap * DAY
        ranges.append(Pause(first, first + (length - 1) * DAY))
        day = ranges[-1].last + DAY
    return ranges


@st.composite
def downtimes(draw: st.DrawFn, begin: datetime, now: datetime) -> list[Downtime]:
    """Times out of reach, one after the other, the last of which may be ending just now."""
    found: list[Downtime] = []
    back = begin - timedelta(days=1)
    for gap, length in draw(
        st.lists(st.tuples(st.integers(3, 6 * 24 * 60), lengths_of_downtime()), max_size=4)
    ):
        down = Downtime(back + timedelta(minutes=gap), back + timedelta(minutes=gap) + length)
        back = down.ended_at
        if back <= now:
            found.append(down)
    return found


def story(
    *planned: tuple[str, str, Weekdays],
    now: str,
    done: Sequence[str] = (),
    down: Sequence[tuple[str, str]] = (),
) -> Story:
    """A story told by hand. Instants are in UTC, such as "2026-05-10 11:15"; routines are in their order."""
    (first, zone, days), *others = planned
    begin = _instant(first)
    routines = [Routine(begin, local_day(begin, zone), zone, days, time(9), ping=False)]
    for at, zone, days in others:
        routines = planned_next(routines, _instant(at), zone, days)
    reported = {date.fromisoformat(day): False for day in done}
    downtimes = [Downtime(_instant(began), _instant(ended)) for began, ended in down]
    return Story(History(routines[0].from_day, Plans(routines), reported, downtimes), _instant(now))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
