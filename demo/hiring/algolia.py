"""What Algolia's search of Hacker News would answer about the invented threads, in both of its dialects."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from bot.leads.threads import ACCOUNT
from demo.hiring import HiringThread, Post, Reply

HITS_AT_MOST = 1000
"""A search answers no more than this, paging included."""


class Dialect(Enum):
    """How answers are written: up to 2023 what is absent was null and instants had milliseconds."""

    OLD = "old"
    NEW = "new"


def stories(
    threads: Sequence[HiringThread], now: datetime, *, hits: int = 20, dialect: Dialect = Dialect.NEW
) -> dict[str, Any]:
    """The search for stories of the account that posts the threads, the newest first."""
    posted = sorted((one for one in threads if one.at <= now), key=lambda one: one.at, reverse=True)
    found = [
        _plain(
            {
                "_tags": ["story", f"author_{ACCOUNT}", f"story_{thread.id}", "ask_hn"],
                "author": ACCOUNT,
                "comment_text": None,
                "created_at": _written(thread.at, dialect),
                "created_at_i": int(thread.at.timestamp()),
                "num_comments": len([post for post in thread.posts if post.html_at(now) is not None]),
                "objectID": str(thread.id),
                "parent_id": None,
                "story_text": _ASKED,
                "title": thread.title,
                "url": None,
            },
            dialect,
        )
        for thread in posted[:hits]
    ]
    return _answer(found, len(posted), hits)


def comments(
    threads: Sequence[HiringThread],
    thread_id: int,
    now: datetime,
    *,
    since: int = 0,
    until: int | None = None,
    hits: int = HITS_AT_MOST,
    dialect: Dialect = Dialect.NEW,
) -> dict[str, Any]:
    """The search for comments of a thread, replies included, the newest first.

    `since` and `until` are seconds since 1970, both included: the numeric filters on `created_at_i`.
    """
    thread = _find(threads, thread_id)
    found = []
    for parent_id, comment, html in _said(thread, now) if thread else ():
        seconds = int(comment.at.timestamp())
        if thread and since <= seconds and (until is None or seconds <= until):
            hit = {
                "_tags": ["comment", f"author_{comment.by}", f"story_{thread.id}"],
                "author": comment.by,
                "comment_text": html,
                "created_at": _written(comment.at, dialect),
                "created_at_i": seconds,
                "objectID": str(comment.id),
                "parent_id": parent_id,
                "story_id": thread.id,
                "story_text": None,
                "story_title": thread.title,
                "title": None,
                "url": None,
            }
            found.append(_plain(hit, dialect))
    found.sort(key=lambda hit: (hit["created_at_i"], hit["objectID"]), reverse=True)
    return _answer(found[: min(hits, HITS_AT_MOST)], len(found), hits)


def item(
    threads: Sequence[HiringThread], item_id: int, now: datetime, *, dialect: Dialect = Dialect.NEW
) -> dict[str, Any] | None:
    """A whole thread as a tree; None where there is no such thread by now."""
    thread = _find(threads, item_id)
    if thread is None or thread.at > now:
        return None
    tree = _node(thread.id, thread.at, ACCOUNT, _ASKED, None, thread.id, dialect)
    tree |= {"type": "story", "title": thread.title}
    tree["children"] = [
        _node(post.id, post.at, post.by, html, thread.id, thread.id, dialect)
        | {
            "children": [
                _node(one.id, one.at, one.by, one.html, post.id, thread.id, dialect)
                for one in post.replies
                if one.at <= now
            ]
        }
        for post in thread.posts
        if (html := post.html_at(now)) is not None
    ]
    return tree


_ASKED = (
    "Please say where the work is, and REMOTE, REMOTE (with the country) or ONSITE.<p>One post a company."
)


def _find(threads: Sequence[HiringThread], thread_id: int) -> HiringThread | None:
    return next((one for one in threads if one.id == thread_id), None)


def _said(thread: HiringThread, now: datetime) -> list[tuple[int, Post | Reply, str]]:
    """What is to be read by now: what it answers, the comment, and its text."""
    said: list[tuple[int, Post | Reply, str]] = []
    for post in thread.posts:
        if (html := post.html_at(now)) is not None:
            said.append((thread.id, post, html))
        said += [(post.id, reply, reply.html) for reply in post.replies if reply.at <= now]
    return said


def _node(
    node_id: int, at: datetime, by: str, html: str, parent_id: int | None, story_id: int, dialect: Dialect
) -> dict[str, Any]:
    node = {
        "author": by,
        "children": [],
        "created_at": _written(at, dialect),
        "created_at_i": int(at.timestamp()),
        "id": node_id,
        "options": [],
        "parent_id": parent_id,
        "points": None,
        "story_id": story_id,
        "text": html,
        "title": None,
        "type": "comment",
        "url": None,
    }
    return _plain(node, dialect)


def _plain(fields: Mapping[str, Any], dialect: Dialect) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None or dialect is Dialect.OLD}


def _written(at: datetime, dialect: Dialect) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S" + (".000Z" if dialect is Dialect.OLD else "Z"))


def _answer(found: list[dict[str, Any]], total: int, hits: int) -> dict[str, Any]:
    return {
        "exhaustiveNbHits": True,
        "hits": found,
        "hitsPerPage": hits,
        "nbHits": total,
        "nbPages": -(-min(total, HITS_AT_MOST) // hits),
        "page": 0,
        "params": "",
        "processingTimeMS": 1,
        "query": "",
    }
