"""What the bot says by itself about builds: the build, its thread, and that the week is over.

A build's message stands in the channel of its poll and is kept up to date; all else is said in the thread
under it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.builds import store
from bot.builds.days import servers_day, to_be_mentioned
from bot.builds.planning import ROUND, plan, whose_week_is_over
from bot.builds.rules import Build, BuildState
from bot.delivery import outbox
from bot.delivery.composed import Composed, Kind, OneMessage, Waiting
from bot.delivery.due import Due
from bot.delivery.looks import forget_earlier_looks
from bot.delivery.messenger import Place, Post, Thread
from bot.delivery.outbox import Delivery
from bot.servers.service import EVERYONE, PROMPT
from bot.texts import mark

BUILD, KICKOFF, WEEK_OVER, THERE = "build", "build_kickoff", "build_week_over", "build_there"

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

ASKED_WITHIN = timedelta(days=14)
"""A team that could not be asked for this long after its week has gone on by itself."""

CONGRATULATED_WITHIN = timedelta(days=7)

GONE = mark("the build is gone")
OVER = mark("the build is over")
LOOKED = mark("looked at whose week is over")
NO_MESSAGE_YET = mark("the build's message is not there yet")


@dataclass(frozen=True, slots=True)
class BuildContent:
    """A build as it stands."""

    build: Build


@dataclass(frozen=True, slots=True)
class KickoffContent:
    """The first message in a build's thread: who is in, and how to begin."""

    build: Build


@dataclass(frozen=True, slots=True)
class WeekOverContent:
    """Asks whether the baseline is there; it mentions those who wanted it."""

    build: Build
    mentioned: Sequence[int]


@dataclass(frozen=True, slots=True)
class ThereContent:
    """Congratulates those who are in on their baseline."""

    build: Build


@dataclass(frozen=True, slots=True)
class BuildThreadTitle:
    """The title of the thread under a build's message."""

    title: str


class _AboutABuild(OneMessage):
    """A message about one build, which the row's serial names."""

    name: str

    def message_key(self, due: Due, part: int) -> str:
        return f"{self.name}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        build = store.find(db, row.guild_id, row.serial)
        if build is None:
            return Composed(None, {row.id: GONE})
        if row.message_id is None and not self.counts(build):
            return Composed(None, {row.id: OVER})
        return Composed(self.post(db, build, now))

    def counts(self, build: Build) -> bool:
        """Whether there is a point in saying it for the first time."""
        return build.is_running

    def post(self, db: sqlite3.Connection, build: Build, now: datetime) -> Post | Waiting:
        """What to say, and where."""
        raise NotImplementedError


class Builds(_AboutABuild):
    """A build's message, in the channel of its poll."""

    name = BUILD

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def counts(self, build: Build) -> bool:
        return build.state is not BuildState.MOVED_ON

    def post(self, db: sqlite3.Connection, build: Build, now: datetime) -> Post | Waiting:
        return Post(Place(build.guild_id, build.channel_id), BuildContent(build))


class Kickoffs(_AboutABuild):
    """The first message in a build's thread."""

    name = KICKOFF

    def too_late_at(self, due: Due) -> datetime:
        return due.at + timedelta(days=2)

    def post(self, db: sqlite3.Connection, build: Build, now: datetime) -> Post | Waiting:
        return _in_thread(db, build, KickoffContent(build))


class WeeksOver(_AboutABuild):
    """The one question at the end of the week."""

    name = WEEK_OVER

    def too_late_at(self, due: Due) -> datetime:
        return due.at + ASKED_WITHIN

    def post(self, db: sqlite3.Connection, build: Build, now: datetime) -> Post | Waiting:
        return _in_thread(db, build, WeekOverContent(build, to_be_mentioned(db, build, now)))


class BaselinesThere(_AboutABuild):
    """That a baseline is there."""

    name = THERE

    def too_late_at(self, due: Due) -> datetime:
        return due.at + CONGRATULATED_WITHIN

    def counts(self, build: Build) -> bool:
        return build.state is BuildState.THERE

    def post(self, db: sqlite3.Connection, build: Build, now: datetime) -> Post | Waiting:
        return _in_thread(db, build, ThereContent(build))


class Rounds(OneMessage):
    """Looks whose week is over, has those teams asked, and plans the next look."""

    def too_late_at(self, due: Due) -> datetime:
        return NEVER

    def message_key(self, due: Due, part: int) -> str:
        return f"{ROUND}:{due.guild_id}:{due.serial}"

    def compose(self, db: sqlite3.Connection, rows: Sequence[Delivery], now: datetime) -> Composed:
        (row,) = rows
        for build in whose_week_is_over(db, row.guild_id, now):
            store.mark_asked(db, build, now)
            _put(db, WEEK_OVER, build, build.asked_at, now)
        plan(db, row.guild_id, now)
        forget_earlier_looks(db, row)
        return Composed(None, {row.id: LOOKED})


KINDS: dict[str, Kind] = {
    BUILD: Builds(),
    KICKOFF: Kickoffs(),
    WEEK_OVER: WeeksOver(),
    THERE: BaselinesThere(),
    ROUND: Rounds(),
}


def show(db: sqlite3.Connection, build: Build, now: datetime) -> None:
    """Have a build that begins posted, with its thread."""
    _put(db, BUILD, build, now, now)
    _put(db, KICKOFF, build, now, now)


def congratulate(db: sqlite3.Connection, build: Build, now: datetime) -> None:
    """Have it said in a build's thread that its baseline is there."""
    _put(db, THERE, build, now, now)


def refresh(db: sqlite3.Connection, build: Build, now: datetime) -> None:
    """Have all that was posted about a build show how it stands now."""
    for kind in (BUILD, KICKOFF, WEEK_OVER, THERE):
        outbox.refresh(db, kind, build.guild_id, EVERYONE, _day(build), now, serial=build.id)


def refresh_prompt(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    """Have the day's prompt ask about the builds that run now."""
    today = servers_day(db, guild_id, now)
    if today is not None:
        outbox.refresh(db, PROMPT, guild_id, EVERYONE, today, now)


def _put(db: sqlite3.Connection, kind: str, build: Build, at: datetime, now: datetime) -> None:
    due = Due(kind, build.guild_id, EVERYONE, build.zone, _day(build), at, build.id)
    outbox.put(db, due, KINDS[kind].message_key(due, 0), KINDS[kind].too_late_at(due), now)


def _day(build: Build) -> date:
    # The day in UTC, by which all rows of a build are found again.
    return build.began_at.date()


def _in_thread(db: sqlite3.Connection, build: Build, content: object) -> Post | Waiting:
    """A post in the thread under a build's message, or in the channel where that could not be posted."""
    day, channel = _day(build), Place(build.guild_id, build.channel_id)
    shown = outbox.find_sent(db, BUILD, build.guild_id, day, serial=build.id)
    if shown is None or shown.channel_id is None or shown.message_id is None:
        refused = outbox.why_given_up(db, BUILD, build.guild_id, EVERYONE, day, serial=build.id)
        return Post(channel, content) if refused else Waiting(NO_MESSAGE_YET)
    title = BuildThreadTitle(build.text.title)
    return Post(channel, content, Thread(Place(build.guild_id, shown.channel_id), shown.message_id, title))
