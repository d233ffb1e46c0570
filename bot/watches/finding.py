"""What the watches of a server find, and what of it a member is told; within another's transaction."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.leads.judging import best_first, criteria_of, find_leads, judged, leads_since
from bot.leads.posts import JudgedLead
from bot.leads.ranking import ranked
from bot.watches import store
from bot.watches.matching import Matcher, finds
from bot.watches.rules import A_DAY, KEPT_FOR, Watch, news_since

LOOKED_BACK = A_DAY + timedelta(hours=1)
"""How far a look reaches back before the last one: to what is news to watches that were made since.

The hour is for a clock that was set back meanwhile.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A lead as it suits the server, and what the member's watches that match it are called."""

    lead: JudgedLead
    watches: tuple[str, ...]


def look_through(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    """Compare what has come since the last look with all watches of a server, and keep what they find."""
    look_for(db, guild_id, store.at_work(db, guild_id), now)
    store.save_looked_until(db, guild_id, now)


def look_for(db: sqlite3.Connection, guild_id: int, watches: Sequence[Watch], now: datetime) -> None:
    """Compare what has come since the last look with some watches, and keep what they find."""
    if not watches:
        return
    since = min(news_since(watch, now) for watch in watches)
    last = store.looked_until(db, guild_id)
    if last is not None:
        since = max(since, last - LOOKED_BACK)
    store.note_finds(db, guild_id, finds(watches, leads_since(db, since), now), now)


def still_wanted(
    db: sqlite3.Connection, guild_id: int, user_id: int, lead_ids: Collection[int], now: datetime
) -> list[int]:
    """Those leads found for a member that are there and that one of their watches still matches.

    What no watch matches any more is let go, and so is what was found too long ago to matter.
    """
    watches = [watch for watch in store.of_member(db, guild_id, user_id) if not watch.paused]
    there = [lead for lead in find_leads(db, lead_ids) if not lead.vanished]
    matcher = Matcher(there)
    wanted = {lead.id for watch in watches for lead in matcher.matching(watch.filters)}
    store.drop_finds(db, guild_id, user_id, {lead.id for lead in there} - wanted)
    store.forget_finds_before(db, guild_id, user_id, now - KEPT_FOR)
    return sorted(wanted)


def best_of(
    db: sqlite3.Connection, guild_id: int, watches: Sequence[Watch], lead_ids: Collection[int], limit: int
) -> list[Match]:
    """Some leads that are stored, up to a limit: what suits the server best first, of equals the newest."""
    best = ranked(db, sorted(lead_ids, reverse=True), criteria_of(db, guild_id))[:limit]
    there = find_leads(db, best)
    matcher = Matcher(there)
    names: dict[int, list[str]] = {}
    for watch in watches:
        for lead in matcher.matching(watch.filters):
            names.setdefault(lead.id, []).append(watch.name)
    return [
        Match(lead, tuple(names.get(lead.id, ())))
        for lead in sorted(judged(db, guild_id, there), key=best_first)
    ]
