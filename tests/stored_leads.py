"""Threads and leads put into the database by hand, for tests of what is built on them."""

import sqlite3
from datetime import UTC, date, datetime

from bot.leads import store, thread_store
from bot.leads.companies import company_key
from bot.leads.lead import Lead, PostKind
from bot.leads.signals import Signal, SignalName, Weighs
from bot.leads.threads import Thread, ThreadKind

BEGAN = datetime(2026, 3, 2, 15, tzinfo=UTC)
HIRING = Thread(500, ThreadKind.HIRING, date(2026, 3, 1), BEGAN)


def put_lead(
    db: sqlite3.Connection,
    number: int,
    company: str | None = "Acme",
    *,
    roles: tuple[str, ...] = ("ML Engineer",),
    urls: tuple[str, ...] = (),
    by_founder: bool = False,
) -> None:
    """Store a post that offers a job, and its thread."""
    signals = [Signal(SignalName.FOUNDER_HIRING, Weighs.FOR, "our founder")] if by_founder else []
    thread_store.add_thread(db, HIRING, BEGAN)
    lead = Lead(PostKind.HIRING, company=company, roles=roles, locations=("Porto",), urls=urls)
    read = store.Read(
        id=number,
        posted_at=BEGAN,
        html="A post.",
        hash=str(number),
        text="A post.",
        lead=lead,
        signals=tuple(signals),
        company_key=company_key(company, urls),
        yearly_pay=None,
        parser_version=1,
    )
    store.add(db, HIRING.id, read, BEGAN)


def remove_lead(db: sqlite3.Connection, number: int) -> None:
    """Take a post out of the database, as if it had never been read."""
    db.execute("delete from lead where id = ?", (number,))
