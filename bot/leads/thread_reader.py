"""Reads a thread of Hacker News and takes in what was posted there, each post once.

A crash at any point loses nothing and doubles nothing: posts are stored the earliest first, a few dozen in a
transaction, and how far the reading has come is what has been stored.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.leads import intake
from bot.leads.hackernews import HackerNews
from bot.leads.intake import Prepared
from bot.leads.threads import Comment, Thread
from bot.storage.database import Database

log = logging.getLogger(__name__)

AT_A_TIME = 50
"""Posts that are read and stored at a time, so that neither the loop nor the database is held for long."""

BELIEVED_GONE = 5
"""When more than these and more than half of a thread are missing from an answer, the answer is wrong."""

Progress = Callable[[Thread, int, int], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a thread found.

    `posts` is how many the answer held, and of those `failed` how many could not be read for an unforeseen
    reason; `whole` when these are all there are, `more` when there are others to ask for.
    """

    thread: Thread
    posts: int = 0
    new: int = 0
    changed: int = 0
    vanished: int = 0
    failed: int = 0
    whole: bool = False
    more: bool = False


class ThreadReader:
    """Looks at one thread at a time; with nothing new there, that costs one request and no write."""

    def __init__(self, database: Database, hacker_news: HackerNews):
        self._database = database
        self._hacker_news = hacker_news
        self._unreadable: set[tuple[int, str]] = set()

    async def look(self, thread: Thread, now: datetime, *, whole: bool, progress: Progress | None) -> Looked:
        """Take in what is new or changed, and, with `whole`, find out what is gone.

        `progress` is told after each batch how many of the posts to be read, of how many, are stored. Raises
        HackerNewsUnreadable.
        """
        stored = await self._database.read(intake.stored_hashes, thread.id)
        reading = await self._hacker_news.read(thread, whole=whole, known=stored.keys())
        there, fresh = await asyncio.to_thread(self._sort, reading.comments, stored, now)
        looked = Looked(thread, len(there), whole=reading.whole, more=reading.more)
        for begin in range(0, len(fresh), AT_A_TIME):
            batch = fresh[begin : begin + AT_A_TIME]
            looked = await self._take_in(looked, batch, now)
            if progress is not None:
                progress(thread, begin + len(batch), len(fresh))
        if reading.whole:
            looked = await self._close_what_is_gone(looked, stored.keys(), there, now)
        return looked

    async def read_anew(self, now: datetime) -> int:
        """Read again what an earlier version of this program read; answers how many posts that were."""
        count, before = 0, None
        while old := await self._database.read(intake.to_read_anew, AT_A_TIME, before):
            before = old[-1].id
            prepared = await asyncio.to_thread(self._prepare, old)
            await self._database.write(intake.store_read_anew, prepared, now)
            count += len(prepared)
        return count

    def _sort(
        self, comments: Sequence[Comment], stored: Mapping[int, str], now: datetime
    ) -> tuple[set[int], list[Comment]]:
        """Which posts are there, and of those the ones to be read, because they are new or changed."""
        there, fresh = set(), []
        for comment in comments:
            text = intake.text_hash(comment.html)
            if text != stored.get(comment.id):
                if intake.is_gone(comment.html):
                    continue
                if (comment.id, text) not in self._unreadable:
                    # A date to come would have the reading wait for it.
                    fresh.append(replace(comment, created_at=min(comment.created_at, now)))
            there.add(comment.id)
        return there, fresh

    async def _take_in(self, looked: Looked, batch: Sequence[Comment], now: datetime) -> Looked:
        prepared = await asyncio.to_thread(self._prepare, batch)
        failed = looked.failed + sum(
            (one.id, intake.text_hash(one.html)) in self._unreadable for one in batch
        )
        if not prepared:
            return replace(looked, failed=failed)
        kept = await self._database.write(intake.store_prepared, looked.thread.id, prepared, now)
        return replace(
            looked, new=looked.new + kept.new, changed=looked.changed + kept.changed, failed=failed
        )

    def _prepare(self, comments: Sequence[Comment]) -> list[Prepared]:
        """Read posts, in another thread than the loop's; one that cannot be read stops no other."""
        prepared: list[Prepared] = []
        for comment in comments:
            try:
                prepared += intake.prepare([comment])
            except Exception:
                log.exception("post %d could not be read", comment.id)
                self._unreadable.add((comment.id, intake.text_hash(comment.html)))
        return prepared

    async def _close_what_is_gone(
        self, looked: Looked, stored: Set[int], there: set[int], now: datetime
    ) -> Looked:
        thread, missing = looked.thread, stored - there
        if len(missing) > max(BELIEVED_GONE, len(stored) // 2):
            self._hacker_news.note(f"{len(missing)} of {len(stored)} posts are missing in item {thread.id}")
            return looked
        if not missing and not looked.new and not looked.changed and thread.read_whole_at is not None:
            return looked
        vanished = await self._database.write(intake.mark_vanished, thread.id, there, now)
        return replace(looked, vanished=vanished)
