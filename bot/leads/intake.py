"""Taking in what the hiring threads hold: what to keep of a post, and when it is gone."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from bot.leads import search_store, store, thread_store
from bot.leads.companies import company_key
from bot.leads.filters import search_words
from bot.leads.lead import PostKind
from bot.leads.planning import refresh_digests_with
from bot.leads.post_text import plain_text
from bot.leads.reading import PARSER_VERSION
from bot.leads.store import Read
from bot.leads.threads import Comment, Thread
from bot.leads.yearly_pay import yearly_dollars

TEXT_KEPT = 20_000
"""Characters of a post that are kept; people have written a third of that at most."""

_GONE = re.compile(r"\s*(?:\[\s*(?:flagged|dead|deleted)\s*\]\s*)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A post that was read, ready to be stored, and the words that it is found by; None where by none."""

    read: Read
    words: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing some posts came to."""

    new: int = 0
    changed: int = 0


def text_hash(html: str) -> str:
    """What tells one text from another."""
    return blake2b(_storable(html).encode(), digest_size=12).hexdigest()


def is_gone(html: str) -> bool:
    """Whether nothing is left of a post but that it was taken away."""
    return _GONE.fullmatch(plain_text(html)) is not None


def prepare(comments: Sequence[Comment]) -> list[Prepared]:
    """Read posts, which takes a millisecond or two each. Pure: to be done where it holds up nobody."""
    return [_prepare(comment) for comment in comments]


def _prepare(comment: Comment) -> Prepared:
    # The readers take a tenth of the time and memory of a start, and are needed with the first post only.
    from bot.leads.parse import parse
    from bot.leads.signals import signals_of

    text = plain_text(comment.html)[:TEXT_KEPT]
    lead = parse(comment.html)
    read = Read(
        id=comment.id,
        posted_at=comment.created_at,
        html=_storable(comment.html),
        hash=text_hash(comment.html),
        text=text,
        lead=lead,
        signals=signals_of(lead, text),
        company_key=company_key(lead.company, lead.urls),
        yearly_pay=yearly_dollars(lead.salary),
        parser_version=PARSER_VERSION,
    )
    return Prepared(read, search_words(lead, text) if lead.kind is PostKind.HIRING else None)


def _storable(html: str) -> str:
    """Without lone surrogates, which JSON can hold and a database cannot."""
    return html.encode("utf-8", "replace").decode("utf-8")


def known_threads(db: sqlite3.Connection) -> list[Thread]:
    """All threads that are remembered, the newest first."""
    return thread_store.threads(db)


def remember_thread(db: sqlite3.Connection, thread: Thread, now: datetime) -> bool:
    """Remember a thread; False where it was known."""
    return thread_store.add_thread(db, thread, now)


def stored_hashes(db: sqlite3.Connection, thread_id: int) -> dict[int, str]:
    """The stored posts of a thread with the hashes of their texts, but for those that are gone."""
    return store.hashes(db, thread_id)


def store_prepared(
    db: sqlite3.Connection, thread_id: int, prepared: Sequence[Prepared], now: datetime
) -> Stored:
    """Store posts, each once. One with another text than before is changed; one that was gone is back."""
    thread = thread_store.find_thread(db, thread_id)
    if thread is None:
        return Stored()
    new = changed = 0
    for post in prepared:
        read = post.read
        before = store.hash_of(db, read.id)
        if before is None:
            store.add(db, thread_id, read, now)
            thread_store.note_newest(db, thread_id, read.posted_at)
            new += 1
        elif before == (read.hash, True):
            continue
        else:
            store.change(db, read, now if before[0] != read.hash else None)
            store.set_vanished(db, read.id, None)
            refresh_digests_with(db, [read.id], now)
            changed += 1
        search_store.index(db, read.id, post.words, thread.month)
    return Stored(new, changed)


def mark_vanished(db: sqlite3.Connection, thread_id: int, ids_present: set[int], now: datetime) -> int:
    """After the whole of a thread was read, mark the posts that are not there any more; answers how many.

    They are found by no search, and where a digest shows them they are struck out.
    """
    gone = store.hashes(db, thread_id).keys() - ids_present
    for lead_id in gone:
        store.set_vanished(db, lead_id, now)
        search_store.index(db, lead_id, None, now.date())
    refresh_digests_with(db, sorted(gone), now)
    thread_store.mark_read_whole(db, thread_id, now)
    return len(gone)


def to_read_anew(db: sqlite3.Connection, limit: int, before: int | None = None) -> list[Comment]:
    """Some posts that an earlier version of the parser read, as they came, the newest first.

    With `before`, of those with a lower id: what cannot be read anew must not be handed out for ever.
    """
    rows = store.read_by_earlier_parsers(db, PARSER_VERSION, limit, before)
    return [Comment(lead_id, 0, posted_at, html) for lead_id, posted_at, html in rows]


def store_read_anew(db: sqlite3.Connection, prepared: Sequence[Prepared], now: datetime) -> None:
    """Store what a newer parser reads out of posts, which for everybody have not changed."""
    read_anew = {post.read.id: post for post in prepared}
    for known in store.find(db, read_anew):
        post = read_anew[known.id]
        # Its text may have changed since it was handed out; then it was read anew already.
        if (before := store.hash_of(db, known.id)) and before[0] == post.read.hash:
            store.change(db, post.read, None)
            search_store.index(db, known.id, None if known.vanished else post.words, known.month)
    refresh_digests_with(db, list(read_anew), now)
