"""Posts that offer jobs, made by hand: what was read out of them is said, not parsed."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.leads import intake
from bot.leads.companies import company_key
from bot.leads.filters import search_words
from bot.leads.intake import Prepared
from bot.leads.lead import Lead, PostKind
from bot.leads.reading import PARSER_VERSION
from bot.leads.signals import Signal, SignalName, Weighs
from bot.leads.store import Read
from bot.leads.threads import Thread, ThreadKind
from bot.leads.yearly_pay import yearly_dollars

MAY, APRIL, MARCH = (
    Thread(1000 + month, ThreadKind.HIRING, date(2026, month, 1), datetime(2026, month, 1, 15, tzinfo=UTC))
    for month in (5, 4, 3)
)


def a_lead(**fields: Any) -> Lead:
    """A lead that offers a job; sets may be given as tuples."""
    given: dict[str, Any] = {"kind": PostKind.HIRING, **fields}
    for name in given.keys() & {"work_modes", "seniority", "employment_types"}:
        given[name] = frozenset(given[name])
    return Lead(**given)


def a_post(
    number: int,
    at: datetime = MAY.began_at,
    *,
    text: str = "We build things.",
    signals: tuple[SignalName, ...] = (),
    **fields: Any,
) -> Prepared:
    """A post with some signals that speak for it, read and ready to be stored."""
    lead = a_lead(**{"company": f"Firm {number}", **fields})
    found = tuple(Signal(name, Weighs.FOR, "as it is written") for name in signals)
    read = Read(
        id=number,
        posted_at=at,
        html=text,
        hash=intake.text_hash(f"{text} {signals} {sorted(fields)}"),
        text=text,
        lead=lead,
        signals=found,
        company_key=company_key(lead.company, lead.urls),
        yearly_pay=yearly_dollars(lead.salary),
        parser_version=PARSER_VERSION,
    )
    return Prepared(read, search_words(lead, text) if lead.kind is PostKind.HIRING else None)


def read_by_an_earlier_parser(post: Prepared) -> Prepared:
    """The same post, as if the parser had been replaced since."""
    return replace(post, read=replace(post.read, parser_version=PARSER_VERSION - 1))


def store_posts(
    db: sqlite3.Connection, *posts: Prepared, thread: Thread = MAY, now: datetime | None = None
) -> intake.Stored:
    """Store posts of a thread, and the thread."""
    at = now or max((post.read.posted_at for post in posts), default=thread.began_at)
    intake.remember_thread(db, thread, at)
    return intake.store_prepared(db, thread.id, posts, at)


def vanish(db: sqlite3.Connection, *numbers: int, thread: Thread = MAY, now: datetime | None = None) -> int:
    """Have some posts be gone from a thread."""
    there = intake.stored_hashes(db, thread.id).keys() - set(numbers)
    return intake.mark_vanished(db, thread.id, set(there), now or thread.began_at + timedelta(hours=1))
