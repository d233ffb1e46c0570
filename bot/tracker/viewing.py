"""What a member sees of their jobs; within a transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checkins.service import evidence_of
from bot.errors import LeadGone
from bot.leads.service import find_lead
from bot.routines.service import today_of
from bot.tracker import journal, store
from bot.tracker.board import Board, Card, board_of, card_of
from bot.tracker.drafts import EVIDENCE_LOOKED_AT, Brief, brief_of
from bot.tracker.duplicates import earlier_at
from bot.tracker.export import csv_of
from bot.tracker.moving import require
from bot.tracker.rules import Application, Choice, Kept, Record

SHOWN_FROM = 2
"""So many members have to have applied before it is said of any: of one, others might guess who it is."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A job as its member looks at it.

    `earlier` is what they sent to the same company before, the newest first. `applied_here`: how many of us
    applied, None where that is not told.
    """

    record: Record
    card: Card
    earlier: Sequence[Application]
    applied_here: int | None
    choice: Choice


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands to a lead: their own job of it, if they saved it, and as in Opened."""

    application: Application | None
    earlier: Sequence[Application]
    applied_here: int | None


@dataclass(frozen=True, slots=True)
class OwnTracker:
    """A member's whole tracker, and what they chose for it."""

    board: Board
    choice: Choice


def opened(db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int, now: datetime) -> Opened:
    """A job with its history, rounds and notes; raises ApplicationGone."""
    today, _ = today_of(db, guild_id, user_id, now)
    application = require(db, guild_id, user_id, application_id)
    (record,) = _records(db, guild_id, user_id, [application], application.id)
    key = application.company_key
    return Opened(
        record,
        card_of(application, today),
        earlier_at(application.job.company, key, store.of_member(db, guild_id, user_id), application.id),
        applied_here(db, guild_id, user_id, application.lead_id, key),
        store.choice(db, guild_id, user_id),
    )


def standing(db: sqlite3.Connection, guild_id: int, user_id: int, lead_id: int) -> Standing:
    """How a member stands to a lead; raises LeadGone where neither the post nor a job of theirs is there."""
    own = store.find_by_lead(db, guild_id, user_id, lead_id)
    if own is not None:
        company, key = own.job.company, own.company_key
    else:
        stored = find_lead(db, lead_id)
        if stored is None:
            raise LeadGone
        company, key = stored.lead.company or "", stored.company_key
    others = store.of_member(db, guild_id, user_id)
    return Standing(
        own,
        earlier_at(company, key, others, own.id if own else None),
        applied_here(db, guild_id, user_id, lead_id, key),
    )


def applied_here(
    db: sqlite3.Connection, guild_id: int, user_id: int, lead_id: int | None, key: str | None
) -> int | None:
    """How many members of a server who agreed to be counted applied at a company; None where it isn't told.

    It is told only to those who agreed themselves, so that nobody looks on without being seen, and only from
    two on, so that no single member can be guessed. Who asks is counted if they applied.
    """
    if not store.choice(db, guild_id, user_id).counted:
        return None
    number = store.count_applied(db, guild_id, lead_id, key)
    return number if number >= SHOWN_FROM else None


def own_tracker(db: sqlite3.Connection, guild_id: int, user_id: int, now: datetime) -> OwnTracker:
    """A member's jobs side by side."""
    today, _ = today_of(db, guild_id, user_id, now)
    applications = store.of_member(db, guild_id, user_id)
    return OwnTracker(board_of(applications, today), store.choice(db, guild_id, user_id))


def csv_file(db: sqlite3.Connection, guild_id: int, user_id: int) -> bytes:
    """All that a member keeps of their jobs, as a CSV file."""
    return csv_of(_records(db, guild_id, user_id, store.of_member(db, guild_id, user_id)))


def brief(db: sqlite3.Connection, guild_id: int, user_id: int, application_id: int, now: datetime) -> Brief:
    """What a draft about a job is made of; raises ApplicationGone."""
    today, _ = today_of(db, guild_id, user_id, now)
    application = require(db, guild_id, user_id, application_id)
    return brief_of(application, evidence_of(db, guild_id, user_id, EVIDENCE_LOOKED_AT), today)


def _records(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    applications: Sequence[Application],
    only: int | None = None,
) -> list[Record]:
    steps = journal.steps(db, guild_id, user_id, only)
    rounds = journal.written(db, Kept.ROUND, guild_id, user_id, only)
    notes = journal.written(db, Kept.NOTE, guild_id, user_id, only)
    return [
        Record(each, steps.get(each.id, ()), rounds.get(each.id, ()), notes.get(each.id, ()))
        for each in applications
    ]
