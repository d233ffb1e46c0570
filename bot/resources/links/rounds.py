"""Rounds over the links of all shelves: whose turn it is, and what is made of what was seen."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.clock import Clock
from bot.resources import links_store as store
from bot.resources.links.rules import A_DAY, A_MINUTE, Link, Looked, Verdict, after, catching_up, site_of_key
from bot.storage.database import Database

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_EVERY = timedelta(seconds=15)
"""How often to call `tick`, which looks at one address at most."""

SITE_RESTS = A_MINUTE
"""Between two looks at the same site."""

FOLLOWS_EVERY = timedelta(hours=1)
FOLLOWS_AT_MOST_EVERY = A_MINUTE
STOOD_STILL = timedelta(minutes=30)
"""After so long without a tick, what has become due meanwhile is not done in one go."""

SITES_IN_A_ROW = 3
"""When so many different sites in a row give no answer at all, it is taken for this machine's own fault."""

PAUSE = timedelta(minutes=10)
"""After that; the next one is twice as long, and so on."""

LONGEST_PAUSE = timedelta(hours=1)
LATER = timedelta(hours=1)
"""When a look is taken again that told nothing."""

DOUBTED_FOR = timedelta(minutes=5)
"""An answer that comes later tells nothing of how the line was before."""

PORTION = 1_000


class Checker(Protocol):
    """Whoever can look at a link."""

    async def look(self, address: str) -> Looked:
        """Whether there is something behind an address; raises nothing that has to do with it."""
        ...


@dataclass(frozen=True, slots=True)
class Look:
    """A look that was taken, at which address and when."""

    at: datetime
    address_key: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LinksStatus:
    """The last look and the last that failed, since the program's start, and how all links are doing."""

    last: Look | None
    last_failed: Look | None
    paused_until: datetime | None
    counts: store.Counts


@dataclass(frozen=True, slots=True)
class _Doubt:
    link: Link
    verdict: Verdict
    at: datetime


class LinkRounds:
    """Looks at one address at a time, each about once a week.

    A failure that may be this machine's own counts only once another site has answered right after it. When
    one that worked before gives no answer either, the rounds pause.
    """

    def __init__(self, database: Database, clock: Clock, checker: Checker):
        self._database = database
        self._clock = clock
        self._checker = checker
        self._one_at_a_time = asyncio.Lock()
        self._asked_at: dict[str, datetime] = {}
        self._doubts: dict[str, _Doubt] = {}
        self._shelves: tuple[object, ...] | None = None
        self._followed_at: datetime | None = None
        self._ticked_at: datetime | None = None
        self._paused_at: datetime | None = None
        self._pause = timedelta()
        self._last: Look | None = None
        self._last_failed: Look | None = None

    async def tick(self) -> Look | None:
        """Look at the one address whose turn it is; None when it is nobody's."""
        async with self._one_at_a_time:
            now = self._clock.now()
            await self._keep_up(now)
            if self._paused_until(now):
                return None
            link = await self._choose(now)
            return None if link is None else await self._look(link)

    async def status(self) -> LinksStatus:
        """How the looking and the links are doing."""
        counts = await self._database.read(store.count)
        return LinksStatus(self._last, self._last_failed, self._paused_until(self._clock.now()), counts)

    async def _keep_up(self, now: datetime) -> None:
        """Follow the shelves, and put off what has become due while the program stood still."""
        if not _is_within(self._ticked_at, now, STOOD_STILL):
            overdue = await self._database.read(store.overdue, now)
            await self._in_portions(catching_up(overdue, now), store.plan)
        self._ticked_at = now
        if _is_within(self._followed_at, now, FOLLOWS_AT_MOST_EVERY):
            return
        shelves = await self._database.read(store.state_of_shelves)
        if shelves != self._shelves or not _is_within(self._followed_at, now, FOLLOWS_EVERY):
            await self._follow(now)
            self._shelves, self._followed_at = shelves, now

    async def _follow(self, now: datetime) -> None:
        come = await self._database.read(store.newcomers)
        left = await self._database.read(store.leavers)
        await self._in_portions(come, lambda db, portion: store.take_in(db, portion, now, len(come)))
        await self._in_portions(left, store.let_go)
        if come or left:
            log.info("%d addresses to look after are new, %d are gone", len(come), len(left))

    async def _in_portions(
        self, everything: Sequence[T], job: Callable[[sqlite3.Connection, Sequence[T]], None]
    ) -> None:
        # Nobody's check-in waits behind a hundred thousand links.
        for start in range(0, len(everything), PORTION):
            await self._database.write(job, everything[start : start + PORTION])

    def _paused_until(self, now: datetime) -> datetime | None:
        if self._paused_at is None or not _is_within(self._paused_at, now, self._pause):
            return None
        return self._paused_at + self._pause

    async def _choose(self, now: datetime) -> Link | None:
        self._asked_at = {site: at for site, at in self._asked_at.items() if _is_within(at, now, SITE_RESTS)}
        self._doubts = {key: d for key, d in self._doubts.items() if _is_within(d.at, now, DOUBTED_FOR)}
        resting = {*self._asked_at, *map(site_of_key, self._doubts)}

        def may(link: Link) -> bool:
            return site_of_key(link.address_key) not in resting

        doubted = len(set(map(site_of_key, self._doubts)))
        if self._pause or doubted == SITES_IN_A_ROW - 1:
            # Who worked not long ago tells best whether it is about us.
            sound = await self._database.read(store.a_sound_one, may)
            if sound is not None:
                return sound
        due = await self._database.read(store.next_due, now, may)
        return await self._database.read(store.a_sound_one, may) if due is None and doubted else due

    async def _look(self, link: Link) -> Look | None:
        site = site_of_key(link.address_key)
        self._asked_at[site] = self._clock.now()
        try:
            seen = await self._checker.look(link.address)
        except Exception as error:
            # Not with its words: they may hold the address, which a member wrote.
            log.error("a link could not be looked at (%s)", type(error).__name__)
            await self._database.write(store.plan, [(link.address_key, self._clock.now() + A_DAY)])
            return None
        now = self._clock.now()
        self._asked_at.update(dict.fromkeys({site, *seen.sites}, now))
        look = self._last = Look(now, link.address_key, seen.verdict)
        if seen.verdict.has_failed:
            self._last_failed = look
        if seen.verdict.unsure:
            await self._doubt(link, seen.verdict, now)
            return look
        # Where nobody was asked, nobody answered: that tells nothing of the line.
        doubts = self._settled() if seen.sites else []
        links = [after(doubt.link, doubt.verdict, doubt.at) for doubt in doubts]
        await self._database.write(store.save, [*links, after(link, seen.verdict, now)])
        return look

    def _settled(self) -> list[_Doubt]:
        """The doubts that an answer settles: the line works, so they are about the sites."""
        doubts, self._doubts = list(self._doubts.values()), {}
        if self._pause:
            log.info("sites answer again, so links are looked at as before")
        self._paused_at, self._pause = None, timedelta()
        return doubts

    async def _doubt(self, link: Link, verdict: Verdict, now: datetime) -> None:
        await self._database.write(store.plan, [(link.address_key, now + LATER)])
        self._doubts[link.address_key] = _Doubt(link, verdict, now)
        sites = set(map(site_of_key, self._doubts))
        if not self._pause and len(sites) < SITES_IN_A_ROW:
            return
        if not self._pause:
            log.warning("%d sites in a row gave no answer: the line seems to be down", len(sites))
        self._doubts = {}
        self._paused_at, self._pause = now, min(2 * self._pause, LONGEST_PAUSE) or PAUSE


def _is_within(then: datetime | None, now: datetime, time: timedelta) -> bool:
    """Whether an instant is less than some time ago; one to come, by a clock set back since, is not."""
    return then is not None and timedelta(0) <= now - then < time
