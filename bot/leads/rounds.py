"""Rounds over Hacker News: decides what to look at now, and says how the reading is doing."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.health.figures import NO_FIGURES, Figures
from bot.leads import intake
from bot.leads.hackernews import HackerNews
from bot.leads.thread_reader import Looked, Progress, ThreadReader
from bot.leads.threads import (
    HOURLY,
    NEW_FOR,
    OFTEN,
    USEFUL_FOR,
    Thread,
    followed,
    look_every,
    read_whole_every,
    search_every,
    worth_keeping,
)
from bot.operator_errors import HackerNewsUnreadable
from bot.storage.database import Database

log = logging.getLogger(__name__)

SLACK = timedelta(seconds=30)
"""Rounds are asked for about once a minute; a little early is better than a minute late."""

AfterAThread = Callable[[sqlite3.Connection, Thread, datetime], None]


@dataclass(slots=True)
class Round:
    """What a round did: the threads it found, what it looked at, the requests it took.

    `troubles` are in words, whether there was a way around them or not; a round that `gave_up` left something
    for the next one.
    """

    at: datetime
    found: list[Thread] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    requests: int = 0
    troubles: list[str] = field(default_factory=list)
    gave_up: bool = False


@dataclass(frozen=True, slots=True)
class RoundsStatus:
    """The last round, the last one that had trouble, and when the next is due; since the program's start."""

    last: Round | None
    last_troubled: Round | None
    next_at: datetime


class Rounds:
    """Reads the threads as they come and grow.

    `after_a_thread` is called for each thread that has just appeared, within the transaction that stores it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        hacker_news: HackerNews,
        after_a_thread: Sequence[AfterAThread] = (),
        figures: Figures = NO_FIGURES,
    ):
        self._figures = figures
        self._database = database
        self._clock = clock
        self._hacker_news = hacker_news
        self._reader = ThreadReader(database, hacker_news)
        self._after_a_thread = after_a_thread
        self._one_at_a_time = asyncio.Lock()
        # What was done when is kept here only: a round that finds nothing new writes nothing.
        self._seen_at: datetime | None = None
        self._searched_at: datetime | None = None
        self._looked_at: dict[int, datetime] = {}
        self._next_look: dict[int, datetime] = {}
        self._read_whole_at: dict[int, datetime] = {}
        self._read_anew = False
        self._failures = 0
        self._not_before: datetime | None = None
        self._last: Round | None = None
        self._last_troubled: Round | None = None

    async def tick(self) -> Round | None:
        """Do what is due by now; None when nothing is. Meant to be called once a minute.

        After the first round, what an earlier version of this program took in is read anew.
        """
        async with self._one_at_a_time:
            now = self._clock.now()
            self._notice(now)
            threads = await self._database.read(intake.known_threads)
            if now + SLACK < self._next_at(threads, now):
                return None
            done = await self._round(threads, now, everything=False)
            if not self._read_anew:
                self._read_anew = True
                if count := await self._reader.read_anew(now):
                    log.info("%d posts that an earlier version took in were read anew", count)
            return done

    async def run(self, progress: Progress | None = None) -> Round:
        """Search for threads and look at all that are followed, due or not."""
        async with self._one_at_a_time:
            threads = await self._database.read(intake.known_threads)
            return await self._round(threads, self._clock.now(), everything=True, progress=progress)

    async def status(self) -> RoundsStatus:
        """How the reading is doing."""
        threads = await self._database.read(intake.known_threads)
        now = self._clock.now()
        self._notice(now)
        return RoundsStatus(self._last, self._last_troubled, self._next_at(threads, now))

    async def close(self) -> None:
        """Let go of the connections to Hacker News."""
        await self._hacker_news.close()

    async def _round(
        self, threads: Sequence[Thread], now: datetime, *, everything: bool, progress: Progress | None = None
    ) -> Round:
        this, asked_before = Round(now), self._hacker_news.asked
        this.troubles = self._hacker_news.begin_round()
        try:
            if everything or now + SLACK >= self._search_at(threads, now):
                this.found = await self._search(threads, now)
                self._searched_at = now
                threads = await self._database.read(intake.known_threads)
            for thread in followed(threads, now, self._looked_at):
                if everything or now + SLACK >= self._look_at(thread, now):
                    this.looked.append(await self._look(thread, now, progress))
        except HackerNewsUnreadable as error:
            this.gave_up = True
            this.troubles.append(str(error.values["reason"]))
        except Exception as error:
            this.gave_up = True
            this.troubles.append(f"an unforeseen error ({type(error).__name__})")
            raise
        finally:
            this.requests = self._hacker_news.asked - asked_before
            self._note(this)
        return this

    async def _search(self, known: Sequence[Thread], now: datetime) -> list[Thread]:
        ids = {thread.id for thread in known}
        found = await self._hacker_news.find_threads(ids)
        new = [thread for thread in worth_keeping([*known, *found]) if thread.id not in ids]
        if new:
            # Threads of the past, found at the first start, are no news to anybody. Later, a thread comes as
            # late as this only where nothing could be read meanwhile.
            news_for = USEFUL_FOR if ids else NEW_FOR
            await self._database.write(self._remember, new, now, news_for)
        return new

    def _remember(
        self, db: sqlite3.Connection, threads: Sequence[Thread], now: datetime, news_for: timedelta
    ) -> None:
        for thread in threads:
            if intake.remember_thread(db, thread, now) and now - thread.began_at < news_for:
                for follow_up in self._after_a_thread:
                    follow_up(db, thread, now)

    async def _look(self, thread: Thread, now: datetime, progress: Progress | None) -> Looked:
        whole = thread.read_whole_at is None or now + SLACK >= self._whole_at(thread, now)
        looked = await self._reader.look(thread, now, whole=whole, progress=progress)
        self._looked_at[thread.id] = now
        if looked.whole:
            self._read_whole_at[thread.id] = now
        self._next_look[thread.id] = now + (OFTEN if looked.more else look_every(thread, now))
        return looked

    def _note(self, this: Round) -> None:
        self._last = this
        if this.troubles:
            self._last_troubled = this
        posts = {
            "new": sum(looked.new for looked in this.looked),
            "changed": sum(looked.changed for looked in this.looked),
            "gone": sum(looked.vanished for looked in this.looked),
            "unreadable": sum(looked.failed for looked in this.looked),
        }
        self._figures.hacker_news_round(posts, this.requests, len(this.troubles), this.gave_up)
        if not this.gave_up:
            self._failures, self._not_before = 0, None
            return
        self._not_before = this.at + min(OFTEN * 2**self._failures, HOURLY)
        self._failures = min(self._failures + 1, 5)
        log.warning("the round over Hacker News was given up: %s", "; ".join(this.troubles))

    def _notice(self, now: datetime) -> None:
        """After a clock was set back, everything is due at once, or it would wait for as long again."""
        if self._seen_at is not None and now < self._seen_at - OFTEN:
            self._searched_at = self._not_before = None
            for known in (self._next_look, self._looked_at, self._read_whole_at):
                known.clear()
        self._seen_at = now

    def _search_at(self, threads: Sequence[Thread], now: datetime) -> datetime:
        return now if self._searched_at is None else self._searched_at + search_every(threads, now)

    def _look_at(self, thread: Thread, now: datetime) -> datetime:
        return min(self._next_look.get(thread.id, now), now + look_every(thread, now))

    def _whole_at(self, thread: Thread, now: datetime) -> datetime:
        stored = (thread.read_whole_at, self._read_whole_at.get(thread.id))
        last = max((at for at in stored if at is not None and at <= now), default=None)
        return now if last is None else last + read_whole_every(thread, now)

    def _next_at(self, threads: Sequence[Thread], now: datetime) -> datetime:
        looks = (self._look_at(thread, now) for thread in followed(threads, now, self._looked_at))
        earliest = min([self._search_at(threads, now), *looks])
        return earliest if self._not_before is None else max(earliest, self._not_before)
