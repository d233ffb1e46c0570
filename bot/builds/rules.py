"""What a build is: a team, one idea, and seven days for its smallest baseline. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.builds.errors import BaselineLinkMissing, BaselineNotALink
from bot.errors import TextTooLong
from bot.ideas.rules import LINK_LIMIT, IdeaText
from bot.inputs import clean_text, is_link, quoted
from bot.localtime import ONE_DAY, instant, local
from bot.texts import gettext

DAYS = 7
"""How long a team has for a baseline."""

ASKED_FROM, ASKED_UNTIL = time(9), time(21)
"""Between these hours a team is asked whether the baseline is there; whoever sleeps is not woken for it."""

CORRECTED_WITHIN = ONE_DAY
"""For this long after a baseline was there, a wrong link can be put right."""


class BuildState(StrEnum):
    """How a build stands."""

    RUNNING = "running"
    THERE = "there"
    MOVED_ON = "moved_on"


@dataclass(frozen=True, slots=True)
class Build:
    """Seven days of a team for the smallest baseline of the idea that a poll picked.

    `position` is that of the idea in the poll. `zone` is the one by which the days are reckoned. `link` leads
    to the baseline once it is there. `members` are in it, in the order in which they came; `to_mention` are
    those among them who asked for it, by pressing “I'm in”. `rival` is the title of the idea that about as
    many people wanted, if there was one: while it is told, two teams are offered.
    """

    id: int
    guild_id: int
    poll_id: int
    position: int
    channel_id: int
    text: IdeaText
    zone: str
    began_at: datetime
    until: datetime
    state: BuildState
    ended_at: datetime | None = None
    link: str = ""
    members: tuple[int, ...] = ()
    to_mention: tuple[int, ...] = ()
    rival: str = ""

    @property
    def is_running(self) -> bool:
        """Whether neither its baseline is there nor its team has moved on, be the seven days over or not."""
        return self.state is BuildState.RUNNING

    @property
    def asked_at(self) -> datetime:
        """When its team is asked whether the baseline is there: when the week is over, but not at night."""
        return asked_at(self.until, self.zone)

    def day_at(self, moment: datetime) -> int:
        """Which of the seven days it is at a moment; the last one goes on when they are over."""
        return day_at(self.began_at, moment, self.zone)


@dataclass(frozen=True, slots=True)
class BuildingDay:
    """That an idea is being built, and on which of the seven days its team is."""

    title: str
    day: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline that was there, as what a member has to show: their local day, the link, of which idea."""

    day: date
    url: str
    title: str


def week_from(began_at: datetime, zone: str) -> datetime:
    """The instant, in UTC, at which seven days are over by the clock on the wall of a zone."""
    wall = local(began_at, zone)
    return instant(wall.date() + timedelta(days=DAYS), wall.time(), zone).replace(microsecond=0)


def asked_at(until: datetime, zone: str) -> datetime:
    """The first instant from one on that is no night in a zone."""
    wall = local(until, zone)
    if wall.time() < ASKED_FROM:
        return instant(wall.date(), ASKED_FROM, zone)
    if wall.time() >= ASKED_UNTIL:
        return instant(wall.date() + ONE_DAY, ASKED_FROM, zone)
    return until.astimezone(UTC)


def day_at(began_at: datetime, moment: datetime, zone: str) -> int:
    """Which of the seven days it is, from 1 on; a day begins at the hour at which the build began."""
    passed = local(moment, zone).replace(tzinfo=None) - local(began_at, zone).replace(tzinfo=None)
    return min(max(passed // ONE_DAY, 0) + 1, DAYS)


def clean_link(text: str) -> str:
    """The address of a baseline as typed; raises BaselineLinkMissing, BaselineNotALink or TextTooLong."""
    link = clean_text(text)
    if not link:
        raise BaselineLinkMissing
    if not is_link(link):
        raise BaselineNotALink(given=quoted(text))
    if len(link) > LINK_LIMIT:
        raise TextTooLong(field=gettext("Where it can be seen"), length=len(link), limit=LINK_LIMIT)
    return link
