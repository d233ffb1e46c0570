"""What can be done with builds."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from bot.builds import deliveries, planning, store
from bot.builds.days import day_of
from bot.builds.errors import BuildGone, BuildOver, NotInBuild, TooLateToCorrect
from bot.builds.purpose import PURPOSE
from bot.builds.rules import (
    CORRECTED_WITHIN,
    Baseline,
    Build,
    BuildingDay,
    BuildState,
    clean_link,
    week_from,
)
from bot.clock import Clock
from bot.delivery import outbox
from bot.ideas.rules import IdeaText
from bot.inputs import quoted
from bot.localtime import ONE_DAY
from bot.personal_data import MemberRows, Record
from bot.servers.service import EVERYONE, LOOKBACK
from bot.storage.database import Database


class Builds(MemberRows):
    """The builds of servers, as far as no poll is needed; the rest is for the polls (see below)."""

    name = "builds"
    purpose = PURPOSE
    tables = PURPOSE.tables

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def find(self, guild_id: int, build_id: int) -> Build:
        """A build of a server; raises BuildGone."""
        return await self._database.read(find_build, guild_id, build_id)

    async def of_member(self, guild_id: int, user_id: int) -> list[Build]:
        """The builds that a member is or was in, the newest first."""
        return await self._database.read(store.of_member, guild_id, user_id)

    async def join(self, guild_id: int, user_id: int, build_id: int) -> Build:
        """Take a member in, who is mentioned when the week is over; a second time it changes nothing.

        Anybody in the server may build. Raises BuildGone and BuildOver.
        """
        return await self._database.write(self._join, guild_id, user_id, build_id)

    async def leave(self, guild_id: int, user_id: int, build_id: int) -> Build:
        """Take a member out; whoever is not in has nothing to leave. Raises BuildGone and BuildOver."""
        return await self._database.write(self._leave, guild_id, user_id, build_id)

    async def correct(self, guild_id: int, user_id: int, build_id: int, link: str) -> Build:
        """Have a baseline that is there be seen elsewhere.

        Raises BuildGone, TooLateToCorrect unless it is of the last day and the member's own, and
        BaselineLinkMissing, BaselineNotALink or TextTooLong.
        """
        return await self._database.write(self._correct, guild_id, user_id, build_id, link)

    def export_member(
        self, db: sqlite3.Connection, guild_id: int, user_id: int
    ) -> Mapping[str, Sequence[Record]]:
        """The teams that a member is in, and what is built by those and of the member's own ideas."""
        teams = super().export_member(db, guild_id, user_id)
        return {**teams, "build": store.build_rows(db, guild_id, user_id)}

    def forget_member(self, db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
        """Take the member out of all builds; with the last one all but the build's title goes."""
        now = self._clock.now()
        builds = store.of_member(db, guild_id, user_id)
        super().forget_member(db, guild_id, user_id)
        for build in builds:
            if build.members == (user_id,):
                store.strip(db, build)
            deliveries.refresh(db, build, now)

    def _join(self, db: sqlite3.Connection, guild_id: int, user_id: int, build_id: int) -> Build:
        build = _running(db, guild_id, build_id)
        now = self._clock.now()
        store.join(db, build, [user_id], now, asked=True)
        return _changed(db, build, now)

    def _leave(self, db: sqlite3.Connection, guild_id: int, user_id: int, build_id: int) -> Build:
        build = _running(db, guild_id, build_id)
        store.leave(db, build, user_id)
        return _changed(db, build, self._clock.now())

    def _correct(
        self, db: sqlite3.Connection, guild_id: int, user_id: int, build_id: int, link: str
    ) -> Build:
        build, now = find_build(db, guild_id, build_id), self._clock.now()
        if not may_correct(build, user_id, now):
            raise TooLateToCorrect
        store.set_link(db, build, clean_link(link))
        for day in store.days_shown(db, build):
            # The look back that has the day in it may have shown the link.
            for later in range(1, 8):
                outbox.refresh(db, LOOKBACK, guild_id, EVERYONE, day + later * ONE_DAY, now)
        return _changed(db, build, now)


def may_correct(build: Build, user_id: int, now: datetime) -> bool:
    """Whether a member may have a baseline be seen elsewhere."""
    return (
        build.state is BuildState.THERE
        and user_id in build.members
        and build.ended_at is not None
        and now < build.ended_at + CORRECTED_WITHIN
    )


# What polls do within their own transactions.


def begin(
    db: sqlite3.Connection,
    guild_id: int,
    *,
    poll_id: int,
    position: int,
    channel_id: int,
    text: IdeaText,
    members: Iterable[int],
    zone: str,
    now: datetime,
    rival: str = "",
) -> Build:
    """Begin the seven days for an idea's baseline, and have them posted in a channel.

    `members` are in from the start. With a `rival`, the title of another idea that about as many wanted, the
    build's message offers to make two teams, until `drop_rival`.
    """
    now = now.replace(microsecond=0)
    build_id = store.add(
        db,
        guild_id,
        poll_id=poll_id,
        position=position,
        channel_id=channel_id,
        text=text,
        zone=zone,
        began_at=now,
        until=week_from(now, zone),
        rival=rival,
    )
    store.join(db, find_build(db, guild_id, build_id), members, now, asked=False)
    build = find_build(db, guild_id, build_id)
    deliveries.show(db, build, now)
    deliveries.refresh_prompt(db, guild_id, now)
    planning.plan(db, guild_id, now)
    return build


def end(
    db: sqlite3.Connection,
    guild_id: int,
    build_id: int,
    state: BuildState,
    now: datetime,
    link: str | None = None,
    by: int | None = None,
) -> Build:
    """End a build: its baseline is there, at a link, or its team moves on.

    A baseline is evidence for all who are in, on their own local day. `by` is the member who says so, where
    only one who is in may. Raises BuildGone, BuildOver, NotInBuild, and for a link that can't be kept
    BaselineLinkMissing, BaselineNotALink or TextTooLong.
    """
    build = _running(db, guild_id, build_id)
    if by is not None and by not in build.members:
        raise NotInBuild
    is_there = state is BuildState.THERE
    store.end(db, build, state, now, clean_link(link or "") if is_there else "")
    if is_there:
        for user_id in build.members:
            store.set_shown_on(db, build, user_id, day_of(db, build, user_id, now))
        deliveries.congratulate(db, build, now)
    deliveries.refresh_prompt(db, guild_id, now)
    planning.plan(db, guild_id, now)
    return _changed(db, build, now)


def drop_rival(db: sqlite3.Connection, guild_id: int, build_id: int, now: datetime) -> Build:
    """Have a build's message offer no second team any more; raises BuildGone."""
    build = find_build(db, guild_id, build_id)
    store.drop_rival(db, build)
    return _changed(db, build, now)


def let_go_of_text(db: sqlite3.Connection, guild_id: int, build_id: int, now: datetime) -> Build:
    """Leave of what is built its title only, since whose idea it was is forgotten; raises BuildGone."""
    build = find_build(db, guild_id, build_id)
    store.strip_idea(db, build)
    return _changed(db, build, now)


def find_build(db: sqlite3.Connection, guild_id: int, build_id: int) -> Build:
    """A build of a server; raises BuildGone."""
    build = store.find(db, guild_id, build_id)
    if build is None:
        raise BuildGone
    return build


def builds_of(db: sqlite3.Connection, guild_id: int, poll_id: int) -> list[Build]:
    """The builds of a poll, in the order in which they began."""
    return store.of_poll(db, guild_id, poll_id)


# What check-ins and what is above them read within their own transactions.


def running_builds(db: sqlite3.Connection, guild_id: int) -> list[Build]:
    """The builds of a server that have come to no end, be their week over or not, the earliest first."""
    return store.running(db, guild_id)


def being_built(
    db: sqlite3.Connection, guild_id: int, asked_at: datetime, now: datetime
) -> tuple[BuildingDay, ...]:
    """What is within its seven days now, and on which of them it is asked about; the earliest first.

    A prompt also asks about what began later on its day; an older one that changes now does not.
    """
    return tuple(
        BuildingDay(build.text.title, build.day_at(asked_at))
        for build in store.running(db, guild_id)
        if build.began_at < asked_at + ONE_DAY and now < build.until
    )


def baselines_of(db: sqlite3.Connection, guild_id: int, user_id: int, limit: int) -> list[Baseline]:
    """The baselines that a member was in on, the newest first."""
    return store.baselines(db, guild_id, user_id, limit=limit)


def baselines_between(
    db: sqlite3.Connection, guild_id: int, user_id: int, first: date, last: date
) -> list[Baseline]:
    """The baselines that a member was in on in some of their days, both ends included, the newest first."""
    return store.baselines(db, guild_id, user_id, first=first, last=last)


def _running(db: sqlite3.Connection, guild_id: int, build_id: int) -> Build:
    build = find_build(db, guild_id, build_id)
    if not build.is_running:
        raise BuildOver(title=quoted(build.text.title))
    return build


def _changed(db: sqlite3.Connection, build: Build, now: datetime) -> Build:
    """A build as it is after a change, which all that was posted about it is to show."""
    deliveries.refresh(db, build, now)
    return find_build(db, build.guild_id, build.id)
