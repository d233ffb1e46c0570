"""How a job comes into a member's tracker, is changed, and goes; within a transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import LeadGone, TooManyNotes, TrackerFull
from bot.leads.companies import company_key
from bot.leads.service import find_lead
from bot.leads.signal import SignalName
from bot.routines.service import today_of
from bot.tracker import journal, store
from bot.tracker.duplicates import earlier_at
from bot.tracker.moving import require, require_room
from bot.tracker.planning import plan
from bot.tracker.rules import (
    KEPT_AT_MOST,
    NOTES_AT_MOST,
    ROUNDS_AT_MOST,
    Application,
    Job,
    Kept,
    State,
    job_of_lead,
    read_day,
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A job in the tracker; `earlier` is what the member sent to the same company, the newest first."""

    application: Application
    is_new: bool
    earlier: Sequence[Application]


def save_lead(db: sqlite3.Connection, guild_id: int, user_id: int, lead_id: int, now: datetime) -> Saved:
    """Save a lead, or find it saved; raises what Tracker.save does."""
    # What was saved is there however long the post has been gone.
    there = store.find_by_lead(db, guild_id, user_id, lead_id)
    if there is not None:
        return Saved(there, is_new=False, earlier=_earlier(db, guild_id, there))
    stored = find_lead(db, lead_id)
    if stored is None:
        raise LeadGone
    founder = any(signal.name is SignalName.FOUNDER_HIRING for signal in stored.signals)
    job = job_of_lead(stored.lead, stored.url, founder=founder)
    return _save(db, guild_id, user_id, job, stored.company_key, lead_id, now)


def save_job(db: sqlite3.Connection, guild_id: int, user_id: int, job: Job, now: datetime) -> Saved:
    """Save a job that was typed by hand; raises what Tracker.add does."""
    return _save(db, guild_id, user_id, job, company_key(job.company, ()), None, now)


def edit(
    db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int, job: Job, now: datetime
) -> Application:
    """Change the facts of a job; raises ApplicationGone."""
    application = require(db, guild_id, user_id, application_id)
    key = application.company_key
    if job.company != application.job.company:
        key = company_key(job.company, ())
    changed = replace(application, job=job, company_key=key)
    store.save(db, guild_id, changed, now)
    return changed


def remove(
    db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int, now: datetime
) -> Application:
    """Delete a job and all that was noted about it; raises ApplicationGone."""
    application = require(db, guild_id, user_id, application_id)
    journal.remove_all(db, guild_id, user_id, application_id)
    store.remove(db, guild_id, user_id, application_id)
    plan(db, guild_id, user_id, now)
    return application


def write(
    db: sqlite3.Connection,
    kept: Kept,
    guild_id: int,
    user_id: int,
    application_id: int,
    text: str,
    on: str,
    now: datetime,
) -> None:
    """Keep a note or a round, of today or a day as it is typed; raises TooManyNotes, and as read_day does."""
    today, _ = today_of(db, guild_id, user_id, now)
    application = require(db, guild_id, user_id, application_id)
    limit = NOTES_AT_MOST if kept is Kept.NOTE else ROUNDS_AT_MOST
    there = journal.written(db, kept, guild_id, user_id, application_id).get(application_id, ())
    if len(there) >= limit:
        raise TooManyNotes(limit=limit)
    journal.add(db, kept, guild_id, application, read_day(on, today), text, now)


def _save(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    job: Job,
    key: str | None,
    lead_id: int | None,
    now: datetime,
) -> Saved:
    today, _ = today_of(db, guild_id, user_id, now)
    require_room(db, guild_id, user_id)
    if store.count(db, guild_id, user_id) >= KEPT_AT_MOST:
        raise TrackerFull(limit=KEPT_AT_MOST)
    application = store.add(
        db, guild_id, user_id, job, company_key=key, lead_id=lead_id, today=today, now=now
    )
    journal.add_step(db, guild_id, application, State.SAVED, today, now)
    return Saved(application, is_new=True, earlier=_earlier(db, guild_id, application))


def _earlier(db: sqlite3.Connection, guild_id: int, application: Application) -> Sequence[Application]:
    others = store.of_member(db, guild_id, application.user_id)
    return earlier_at(application.job.company, application.company_key, others, but=application.id)
