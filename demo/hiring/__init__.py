"""Invented hiring threads of three months, as the files beside this say. Nothing in them exists."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.leads.threads import ThreadKind

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment below a post: none of the bot's business."""

    id: int
    at: datetime
    by: str
    html: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post at the top of a thread; some are edited or vanish later.

    `expect` has the fields that a careful reader takes from it; those that are not stated are not in it.
    """

    id: int
    at: datetime
    by: str
    html: str
    expect: Mapping[str, Any]
    edited_at: datetime | None = None
    edited_html: str = ""
    vanished_at: datetime | None = None
    replies: Sequence[Reply] = ()

    def html_at(self, now: datetime) -> str | None:
        """How it reads at an instant; None before it was written and after it vanished."""
        if now < self.at or (self.vanished_at and now >= self.vanished_at):
            return None
        return self.edited_html if self.edited_at and now >= self.edited_at else self.html


@dataclass(frozen=True, slots=True)
class HiringThread:
    """A monthly thread, of any of the three kinds, with its posts in the order in which they were written."""

    id: int
    kind: ThreadKind
    title: str
    at: datetime
    posts: Sequence[Post] = field(default_factory=tuple)


@cache
def load() -> Sequence[HiringThread]:
    """All threads, the oldest first."""
    threads = []
    for file in sorted(FOLDER.glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        threads += [_thread(one) for one in told.get("thread", [told])]
    return sorted(threads, key=lambda thread: (thread.at, thread.id))


def _thread(told: Mapping[str, Any]) -> HiringThread:
    posts = [_post(one) for one in told.get("post", [])]
    return HiringThread(
        told["id"],
        ThreadKind(told["kind"]),
        told["title"],
        told["at"],
        tuple(sorted(posts, key=lambda post: (post.at, post.id))),
    )


def _post(told: Mapping[str, Any]) -> Post:
    replies = tuple(Reply(**one) for one in told.get("reply", []))
    return Post(**{key: value for key, value in told.items() if key != "reply"}, replies=replies)
