"""What the watches of a server find, and what of it a member is told; within another's transaction."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.leads.judging import (
    best_first,
    criteria_of,
    find_leads,
    findable,
    findable_since,
    judged,
    still_there,
)
from bot.leads.posts import JudgedLead
from bot.leads.ranking import ranked
from bot.watches import store
from bot.watches.matching import Matcher, finds
from bot.watches.rules import A_DAY, Watch, news_since

LOOKED_BACK = A_DAY + timedelta(hours=1)
"""How far a look reaches back before the last one: to what is news to watches that were made since.

The hour is for a clock that was set back meanwhile.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A lead as it suits the server, and the member's watches that match it."""

    lead: JudgedLead
    watches: tuple[Watch, ...]


def look_for(db: sqlite3.Connection, guild_id: int, watches: Sequence[Watch], now: datetime) -> None:
    """Compare what has come since the last round with some watches, and keep what they find."""
    if not watches:
        return
    since = min(news_since(watch, now) for watch in watches)
    last = store.looked_until(db, guild_id)
    if last is not None:
        since = max(since, last - LOOKED_BACK)
    store.note_finds(db, guild_id, finds(watches, findable_since(db, since), now), now)


def settle_waiting(
    db: sqlite3.Connection,
    guild_id: int,
    watches: Sequence[Watch],
    waiting: Mapping[int, Collection[int]],
) -> dict[int, list[int]]:
    """Of the leads that wait to be told, those that are there and that a watch of their member still matches.

    What no watch matches any more is let go.
    """
    found = {lead_id for lead_ids in waiting.values() for lead_id in lead_ids}
    matcher = Matcher(findable(db, found))
    vanished = found.difference(still_there(db, found))
    meeting: dict[int, int] = {}
    for watch in watches:
        if watch.user_id in waiting:
            meeting[watch.user_id] = meeting.get(watch.user_id, 0) | matcher.meeting(watch.filters)
    wanted = {}
    for user_id, lead_ids in waiting.items():
        met = set(matcher.ids(meeting.get(user_id, 0)))
        if unwanted := set(lead_ids) - met - vanished:
            store.drop_finds(db, guild_id, user_id, unwanted)
        wanted[user_id] = sorted(met.intersection(lead_ids))
    return wanted


def best_of(
    db: sqlite3.Connection, guild_id: int, watches: Sequence[Watch], lead_ids: Collection[int], limit: int
) -> list[Match]:
    """Some leads that are stored, up to a limit: what suits the server best first, of equals the newest."""
    best = ranked(db, sorted(lead_ids, reverse=True), criteria_of(db, guild_id))[:limit]
    matcher = Matcher(findable(db, best))
    met = [(watch, set(matcher.ids(matcher.meeting(watch.filters)))) for watch in watches]
    return [
        Match(lead, tuple(watch for watch, lead_ids in met if lead.id in lead_ids))
        for lead in sorted(judged(db, guild_id, find_leads(db, best)), key=best_first)
    ]
