"""Stored leads, and how they suit a server: for this feature and others, within their transactions."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.leads import search_store, settings_store, store
from bot.leads.fit import Criteria, judge
from bot.leads.posts import Findable, JudgedLead, StoredLead, seen_since
from bot.leads.settings import USUAL, LeadSettings


def settings_of(db: sqlite3.Connection, guild_id: int) -> LeadSettings:
    """What holds for the leads of a server."""
    return settings_store.find(db, guild_id) or USUAL


def criteria_of(db: sqlite3.Connection, guild_id: int) -> Criteria:
    """By which leads are judged in a server."""
    return settings_of(db, guild_id).criteria


def find_lead(db: sqlite3.Connection, lead_id: int) -> StoredLead | None:
    """A stored lead, whether it is still there at Hacker News or not."""
    return next(iter(store.find(db, [lead_id])), None)


def find_leads(db: sqlite3.Connection, lead_ids: Iterable[int]) -> list[StoredLead]:
    """Stored leads in the order of their ids as given; those that are not stored are left out."""
    return store.find(db, lead_ids)


def still_there(db: sqlite3.Connection, lead_ids: Iterable[int]) -> list[int]:
    """The ids of those leads that are still there at Hacker News, in the order given."""
    return store.still_there(db, lead_ids)


def findable(db: sqlite3.Connection, lead_ids: Iterable[int]) -> list[Findable]:
    """What some leads are found by, in the order given; what is gone or offers no job is left out."""
    return search_store.findable(db, lead_ids)


def findable_since(db: sqlite3.Connection, since: datetime) -> list[Findable]:
    """The same of what came or was changed at or after an instant, the earliest first."""
    return search_store.findable_since(db, since)


def judged(db: sqlite3.Connection, guild_id: int, leads: Sequence[StoredLead]) -> list[JudgedLead]:
    """Leads as they suit a server, in the same order."""
    criteria = criteria_of(db, guild_id)
    months: dict[str, list[date]] = {}
    keys = {lead.company_key for lead in leads if lead.company_key is not None}
    for key, month in store.months_of_companies(db, keys):
        months.setdefault(key, []).append(month)
    return [
        JudgedLead(
            lead.id,
            lead.lead,
            lead.text,
            judge(lead.lead, lead.signals, criteria),
            lead.posted_at,
            lead.month,
            seen_since(months.get(lead.company_key or "", ()), lead.month),
            lead.vanished,
        )
        for lead in leads
    ]


def best_first(lead: JudgedLead) -> tuple[int, float, int]:
    """Sorts leads: those that suit best first, among equals the newest."""
    return -lead.fit.score, -lead.posted_at.timestamp(), -lead.id
