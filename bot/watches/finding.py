"""What the watches of a server find, and what of it a member is told; within another's transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.leads.service import JudgedLead, find_leads, judged, leads_since
from bot.watches import matching, store
from bot.watches.rules import A_DAY, KEPT_FOR, Watch

LOOKED_BACK = timedelta(hours=1)
"""How far a look reaches back into the one before, should the clock have been set back meanwhile."""


@dataclass(frozen=True, slots=True)
class Match:
    """A lead as it suits the server, and the names of the member's watches that match it."""

    lead: JudgedLead
    watches: tuple[str, ...]


def look_through(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    """Compare what has come since the last look with all watches of a server, and keep what they find."""
    _look(db, guild_id, store.at_work(db, guild_id), now)
    store.save_looked_until(db, guild_id, now)


def look_for(db: sqlite3.Connection, guild_id: int, watches: Sequence[Watch], now: datetime) -> None:
    """Compare what has come since the last look with some watches, and keep what they find."""
    _look(db, guild_id, [watch for watch in watches if not watch.paused], now)


def _look(db: sqlite3.Connection, guild_id: int, watches: Sequence[Watch], now: datetime) -> None:
    last = store.looked_until(db, guild_id) or now
    leads = leads_since(db, min(last, now - A_DAY) - LOOKED_BACK)
    store.note_finds(db, guild_id, matching.finds(watches, leads, now), now)


def still_wanted(
    db: sqlite3.Connection, guild_id: int, user_id: int, lead_ids: Sequence[int], now: datetime
) -> list[int]:
    """Those leads found for a member that are still there and that one of their watches still matches.

    The others are let go. So is what was found so long ago that nobody needs to remember it.
    """
    watches = [watch for watch in store.of_member(db, guild_id, user_id) if not watch.paused]
    there = [lead for lead in find_leads(db, lead_ids) if not lead.vanished]
    wanted = {lead.id for lead in there if matching.watches_of(lead, watches)}
    store.drop_finds(db, guild_id, user_id, [lead_id for lead_id in lead_ids if lead_id not in wanted])
    store.forget_finds_before(db, guild_id, user_id, now - KEPT_FOR)
    return sorted(wanted)


def best_first(
    db: sqlite3.Connection, guild_id: int, watches: Sequence[Watch], lead_ids: Sequence[int]
) -> list[Match]:
    """Leads that are still there, those that suit the server best first, among equals the newest."""
    there = [lead for lead in find_leads(db, lead_ids) if not lead.vanished]
    names = {lead.id: tuple(watch.name for watch in matching.watches_of(lead, watches)) for lead in there}
    suited = [Match(lead, names[lead.id]) for lead in judged(db, guild_id, there)]
    return sorted(
        suited, key=lambda match: (-match.lead.fit.score, -match.lead.posted_at.timestamp(), -match.lead.id)
    )
