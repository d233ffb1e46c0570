"""Which leads are news to which watches: one pass over both. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.leads.filters import Filters, matches
from bot.leads.posts import StoredLead
from bot.watches.rules import Watch, news_since


def finds(watches: Sequence[Watch], leads: Sequence[StoredLead], now: datetime) -> dict[int, set[int]]:
    """The ids of the leads that are news to the watches of each member who has any.

    Members often look for the same, so each set of filters is compared with each lead once.
    """
    found: dict[int, set[int]] = {}
    for filters, same in _by_filters(watches).items():
        matching = matching_leads(filters, leads)
        for watch in same if matching else ():
            since = news_since(watch, now)
            news = {lead.id for lead in matching if lead.posted_at >= since}
            if news:
                found.setdefault(watch.user_id, set()).update(news)
    return found


def matching_leads(filters: Filters, leads: Collection[StoredLead]) -> list[StoredLead]:
    """Those leads that filters match, whenever they were posted."""
    return [lead for lead in leads if matches(filters, lead.lead, lead.text)]


def watches_of(lead: StoredLead, watches: Sequence[Watch]) -> tuple[Watch, ...]:
    """Those watches that match a lead."""
    return tuple(watch for watch in watches if matches(watch.filters, lead.lead, lead.text))


def _by_filters(watches: Sequence[Watch]) -> dict[Filters, list[Watch]]:
    same: dict[Filters, list[Watch]] = {}
    for watch in watches:
        same.setdefault(watch.filters, []).append(watch)
    return same
