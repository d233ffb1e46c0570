"""Which leads are news to which watches: one pass over both. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import and_

from bot.leads.filters import Filters, Searchable
from bot.leads.posts import StoredLead
from bot.watches.rules import Watch, news_since


class Matcher:
    """Some leads, to be compared with many filters.

    Many members look for the same things in other combinations, so each single filter is compared with each
    lead once. What it leaves of them is kept as a number whose bits stand for the leads.
    """

    def __init__(self, leads: Iterable[StoredLead]):
        self.leads = tuple(leads)
        self._searchable = [Searchable.of(lead.lead, lead.text) for lead in self.leads]
        self._left: dict[Filters, int] = {}

    def matching(self, filters: Filters) -> list[StoredLead]:
        """The leads that meet all filters, months aside."""
        left = reduce(and_, map(self._left_by, _apart(filters)), (1 << len(self.leads)) - 1)
        return [lead for place, lead in enumerate(self.leads) if left >> place & 1]

    def _left_by(self, single: Filters) -> int:
        left = self._left.get(single)
        if left is None:
            met = (1 << place for place, lead in enumerate(self._searchable) if lead.meets(single))
            left = self._left[single] = sum(met)
        return left


def finds(watches: Sequence[Watch], leads: Iterable[StoredLead], now: datetime) -> dict[int, set[int]]:
    """The ids of the leads that are news to the watches of each member who has any."""
    since = min((news_since(watch, now) for watch in watches), default=now)
    matcher = Matcher(lead for lead in leads if lead.posted_at >= since)
    found: dict[int, set[int]] = {}
    for watch in watches:
        since = news_since(watch, now)
        news = {lead.id for lead in matcher.matching(watch.filters) if lead.posted_at >= since}
        if news:
            found.setdefault(watch.user_id, set()).update(news)
    return found


def _apart(filters: Filters) -> list[Filters]:
    return [Filters(**{name: getattr(filters, name)}) for name in filters.asked]
