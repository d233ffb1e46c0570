"""Hacker News: asks Algolia first, and where that fails, for the rest of the round, Hacker News's own API."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from bot.leads.algolia import Algolia
from bot.leads.firebase import Firebase
from bot.leads.threads import Comment, Thread, thread_of
from bot.leads.web import Web
from bot.operator_errors import HackerNewsUnreadable

log = logging.getLogger(__name__)

ALGOLIA = "https://hn.algolia.com/api/v1"
FIREBASE = "https://hacker-news.firebaseio.com/v0"

LOOK_BACK = timedelta(hours=2)
"""For so long authors can change a post, and some posts are found late; to ask for them again is free."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a thread, each comment once and the earliest first.

    `whole` when it is all there is, so that what is missing is gone; `more` when there is more to ask for.
    """

    comments: list[Comment]
    whole: bool = False
    more: bool = False


@dataclass(slots=True)
class HackerNews:
    """Threads and what is posted in them; every method raises HackerNewsUnreadable."""

    web: Web
    url: str = ALGOLIA
    firebase_url: str = FIREBASE
    _troubles: list[str] = field(init=False, default_factory=list)
    _algolia: Algolia = field(init=False)
    _firebase: Firebase = field(init=False)
    _algolia_fails: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._algolia = Algolia(self.web, self.url)
        self._firebase = Firebase(self.web, self.firebase_url)

    @property
    def asked(self) -> int:
        """How many requests were sent so far."""
        return self.web.asked

    def begin_round(self) -> list[str]:
        """Try Algolia again. The list will hold what goes wrong in this round, in words."""
        self._algolia_fails = False
        self._troubles = []
        return self._troubles

    def note(self, trouble: str) -> None:
        """Say that something went wrong around which there was a way."""
        log.warning("%s", trouble)
        self._troubles.append(trouble)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.web.close()

    async def find_threads(self, known: Collection[int]) -> list[Thread]:
        """The newest monthly threads; of those that are known some may be left out."""
        stories = None
        if not self._algolia_fails:
            try:
                stories = await self._algolia.stories()
            except HackerNewsUnreadable as error:
                self.note(str(error.values["reason"]))
                self._algolia_fails = True
        if stories is None:
            stories = await self._firebase.stories(known)
        return [thread for thread in map(thread_of, stories) if thread is not None]

    async def read(self, thread: Thread, *, whole: bool, known: Collection[int]) -> Reading:
        """What was posted in a thread: all of it where `whole` is asked for and works, else what is new.

        What is new comes with a good deal of what was there before. `known` are the posts not to ask for.
        """
        if whole and not self._algolia_fails:
            try:
                comments = await self._algolia.whole_thread(thread.id)
            except HackerNewsUnreadable as error:
                # So large an answer may fail where a small one does not.
                self.note(str(error.values["reason"]))
            else:
                if comments is not None:
                    return Reading(_in_order(comments), whole=True)
        if not self._algolia_fails:
            since = thread.newest_at - LOOK_BACK if thread.newest_at else thread.began_at
            try:
                return Reading(_in_order(await self._algolia.comments_since(thread.id, since)))
            except HackerNewsUnreadable as error:
                self.note(str(error.values["reason"]))
                self._algolia_fails = True
        portion = await self._firebase.comments(thread.id, known)
        return Reading(portion.comments, more=portion.more)


def _in_order(comments: list[Comment]) -> list[Comment]:
    return sorted(comments, key=lambda comment: (comment.created_at, comment.id))
