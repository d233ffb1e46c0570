"""Hacker News's own API: the fall-back. It answers one item at a time, so little is asked of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.leads import answers
from bot.leads.threads import ACCOUNT, Comment, Story
from bot.leads.web import Web
from bot.operator_errors import HackerNewsUnreadable

STORIES = 9
COMMENTS_A_ROUND = 100
"""At a request a second; the next round asks for the rest."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Comments in the order in which they were written; `more` when there are others to ask for."""

    comments: list[Comment]
    more: bool


class Firebase:
    """Threads and comments; every method raises HackerNewsUnreadable."""

    def __init__(self, web: Web, url: str):
        self._web = web
        self._url = url.rstrip("/")
        # Items that are there and hold nothing to read, so as not to ask for them in every round.
        self._empty: set[int] = set()

    async def stories(self, known: Collection[int]) -> list[Story]:
        """The newest stories of the account that posts the threads, without those that are known."""
        user = await self._web.get(f"{self._url}/user/{ACCOUNT}.json")
        if not answers.is_object(user) or not isinstance(user.get("submitted"), list):
            raise HackerNewsUnreadable(reason=f"what came for {ACCOUNT} is no user")
        submitted = [story_id for one in user["submitted"][:STORIES] if (story_id := answers.number(one))]
        found = []
        for story_id in submitted:
            if story_id in known or story_id in self._empty:
                continue
            item = await self._item(story_id)
            created_at = answers.instant(item.get("time"))
            if item.get("type") == "story" and created_at is not None:
                found.append(Story(story_id, answers.text(item.get("title")), created_at))
            elif item:
                self._empty.add(story_id)
        return found

    async def comments(self, thread_id: int, known: Collection[int]) -> Portion:
        """Comments at the top level of a thread that are not known yet, the earliest first."""
        thread = await self._item(thread_id)
        kids = thread.get("kids")
        ids = {kid for one in kids if (kid := answers.number(one))} if isinstance(kids, list) else set()
        unknown = sorted(ids.difference(known, self._empty))
        found = []
        for comment_id in unknown[:COMMENTS_A_ROUND]:
            item = await self._item(comment_id)
            created_at = answers.instant(item.get("time"))
            html = answers.text(item.get("text"))
            if created_at is not None and html and not (item.get("deleted") or item.get("dead")):
                found.append(Comment(comment_id, thread_id, created_at, html))
            elif item:
                self._empty.add(comment_id)
        return Portion(found, more=len(unknown) > COMMENTS_A_ROUND)

    async def _item(self, item_id: int) -> dict[str, Any]:
        """An item; an empty one where there is none, which it says by `null`."""
        answer = await self._web.get(f"{self._url}/item/{item_id}.json")
        return dict(answer) if answers.is_object(answer) else {}
