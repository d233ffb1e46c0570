"""The search of Hacker News that Algolia runs: the main source."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.leads import answers
from bot.leads.threads import ACCOUNT, Comment, Story
from bot.leads.web import Web
from bot.operator_errors import HackerNewsUnreadable

log = logging.getLogger(__name__)

STORIES = 30
HITS = 1000
"""A query answers so many hits at most, however one turns its pages."""

QUERIES_AT_MOST = 30


class Algolia:
    """Threads and comments; every method raises HackerNewsUnreadable."""

    def __init__(self, web: Web, url: str):
        self._web = web
        self._url = url.rstrip("/")

    async def stories(self) -> list[Story]:
        """The newest stories of the account that posts the threads."""
        answer = await self._web.get(
            f"{self._url}/search_by_date", tags=f"story,author_{ACCOUNT}", hitsPerPage=STORIES
        )
        found = []
        for hit in _hits(answer):
            story_id = answers.number(hit.get("objectID"))
            created_at = answers.instant(hit.get("created_at_i"), hit.get("created_at"))
            if hit.get("author") != ACCOUNT:
                continue
            if story_id is None or created_at is None:
                log.warning("a story has no id or no date: %.40r", hit.get("objectID"))
            else:
                found.append(Story(story_id, answers.text(hit.get("title")), created_at))
        return found

    async def comments_since(self, thread_id: int, since: datetime) -> list[Comment]:
        """The comments at the top level of a thread written at or after an instant, in no order."""
        found: dict[int, Comment] = {}
        first, last = int(since.timestamp()), None
        for _ in range(QUERIES_AT_MOST):
            until = "" if last is None else f",created_at_i<={last}"
            answer = await self._web.get(
                f"{self._url}/search_by_date",
                tags=f"comment,story_{thread_id}",
                hitsPerPage=HITS,
                numericFilters=f"created_at_i>={first}{until}",
            )
            hits = _hits(answer)
            found |= _top_level(hits, thread_id, id_in="objectID", text_in="comment_text")
            if not hits or len(hits) >= (answers.number(answer.get("nbHits")) or len(hits)):
                return list(found.values())
            written = [at for hit in hits if (at := answers.number(hit.get("created_at_i")))]
            oldest = min(written, default=first)
            # Others of the same second may be among those left out; but the walk has to get ahead.
            last = oldest if last is None or oldest < last else last - 1
            if last < first:
                break
        raise HackerNewsUnreadable(reason="the search for comments comes to no end")

    async def whole_thread(self, thread_id: int) -> list[Comment] | None:
        """All comments at the top level of a thread; None where there is no such thread."""
        answer = await self._web.get(f"{self._url}/items/{thread_id}")
        if answer is None:
            return None
        children = answer.get("children") if answers.is_object(answer) else None
        if not isinstance(children, list) or answers.number(answer.get("id")) != thread_id:
            raise HackerNewsUnreadable(reason=f"what came for item {thread_id} is not that item")
        return list(_top_level(answers.objects(children), thread_id, id_in="id", text_in="text").values())


def _hits(answer: Any) -> list[Mapping[str, Any]]:
    if not answers.is_object(answer) or not isinstance(answer.get("hits"), list):
        raise HackerNewsUnreadable(reason="what came for a search has no hits")
    return answers.objects(answer["hits"])


def _top_level(
    raw: Iterable[Mapping[str, Any]], thread_id: int, *, id_in: str, text_in: str
) -> dict[int, Comment]:
    """The comments that answer the thread itself, by id; what says no id or no date is left out."""
    found: dict[int, Comment] = {}
    for one in raw:
        if answers.number(one.get("parent_id")) != thread_id:
            continue
        comment_id = answers.number(one.get(id_in))
        created_at = answers.instant(one.get("created_at_i"), one.get("created_at"))
        if comment_id is None or created_at is None:
            log.warning("a comment of thread %d has no id or no date: %.40r", thread_id, one.get(id_in))
        else:
            found[comment_id] = Comment(comment_id, thread_id, created_at, answers.text(one.get(text_in)))
    return found
