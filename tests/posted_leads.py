"""Posts that appear in a month's thread while a test goes on, as the rounds of reading would store them."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.leads import intake
from bot.leads.filters import search_words
from bot.leads.lead import Lead, PostKind, WorkMode
from bot.leads.signals import Signal, SignalName, Weighs
from bot.leads.store import Read
from bot.leads.threads import Thread, ThreadKind

REMOTE, ONSITE = WorkMode.REMOTE, WorkMode.ONSITE


def post(
    db: sqlite3.Connection,
    number: int,
    at: datetime,
    *,
    text: str = "We build things.",
    modes: Iterable[WorkMode] = (REMOTE,),
    place: str = "Porto",
    for_juniors: bool = False,
    stored_after: timedelta = timedelta(0),
) -> None:
    """Store a post that was written at an instant, or store it as it has been changed by then."""
    month = at.date().replace(day=1)
    thread = Thread(month.year * 100 + month.month, ThreadKind.HIRING, month, at)
    lead = Lead(
        PostKind.HIRING,
        company=f"Firm {number}",
        roles=("Engineer",),
        locations=(place,),
        work_modes=frozenset(modes),
    )
    signals = (Signal(SignalName.JUNIOR, Weighs.FOR, "juniors welcome"),) if for_juniors else ()
    read = Read(
        id=number,
        posted_at=at,
        html=text,
        hash=f"{text} {place} {sorted(lead.work_modes)} {for_juniors}",
        text=text,
        lead=lead,
        signals=signals,
        company_key=f"firm {number}",
        yearly_pay=None,
        parser_version=1,
    )
    intake.remember_thread(db, thread, at)
    prepared = intake.Prepared(read, search_words(lead, text))
    intake.store_prepared(db, thread.id, [prepared], at + stored_after)


def vanish(db: sqlite3.Connection, number: int, now: datetime) -> None:
    """Have a post be gone, and all others of its month still there."""
    (thread_id,) = db.execute("select thread_id from lead where id = ?", (number,)).fetchone()
    there = {lead_id for (lead_id,) in db.execute("select id from lead where id <> ?", (number,))}
    intake.mark_vanished(db, thread_id, there, now)
