"""Which leads are news to which watches: one pass over both. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from itertools import islice, takewhile
from operator import and_, or_

from bot.leads.filters import Filters, Term, clauses
from bot.leads.posts import Findable
from bot.watches.rules import Watch, news_since

NO_FILTERS = Filters()


class Matcher:
    """Some leads, to be compared with many filters, with the same result as `Searchable.meets`.

    For each word it keeps the leads that have it as the bits of a number, the lowest for the earliest post.
    Members look for the same things in ever other combinations, so what a single filter leaves is kept.
    """

    def __init__(self, leads: Iterable[Findable]):
        self._leads = sorted(leads, key=lambda lead: lead.posted_at)
        self._posted = [lead.posted_at for lead in self._leads]
        self._all = (1 << len(self._leads)) - 1
        self._having: dict[str, int] = {}
        self._paying: list[tuple[int, int]] = []
        self._meeting: dict[tuple[str, object], int] = {}
        for place, lead in enumerate(self._leads):
            for word in lead.words:
                self._having[word] = self._having.get(word, 0) | 1 << place
            if lead.yearly_pay is not None:
                self._paying.append((lead.yearly_pay, 1 << place))
        self._words = sorted(self._having)

    def meeting(self, filters: Filters, since: datetime | None = None) -> int:
        """The leads, as bits, that meet all filters, months aside, and were posted at or after an instant."""
        bits = self._all
        if since is not None:
            bits &= self._all << bisect_left(self._posted, since)
        for name in filters.asked:
            value = getattr(filters, name)
            left = self._meeting.get((name, value))
            if left is None:
                single = replace(NO_FILTERS, **{name: value})
                left = self._meeting[name, value] = self._meeting_one(single)
            bits &= left
        return bits

    def ids(self, bits: int) -> Iterator[int]:
        """The ids of the leads that some bits stand for."""
        while bits:
            lowest = bits & -bits
            yield self._leads[lowest.bit_length() - 1].id
            bits ^= lowest

    def _meeting_one(self, single: Filters) -> int:
        bits = self._all
        if single.pay_at_least:
            bits &= sum(lead for pay, lead in self._paying if pay >= single.pay_at_least)
        for alternatives in clauses(single):
            bits &= reduce(or_, (self._meeting_terms(terms) for terms in alternatives), 0)
        return bits

    def _meeting_terms(self, terms: Iterable[Term]) -> int:
        return reduce(and_, map(self._meeting_term, terms), self._all)

    def _meeting_term(self, term: Term) -> int:
        if not term.beginning:
            return self._having.get(term.word, 0)
        first = bisect_left(self._words, term.word)
        like_it = takewhile(lambda word: word.startswith(term.word), islice(self._words, first, None))
        return reduce(or_, (self._having[word] for word in like_it), 0)


def finds(watches: Sequence[Watch], leads: Iterable[Findable], now: datetime) -> dict[int, set[int]]:
    """The ids of the leads that are news to the watches of each member who has any."""
    matcher = Matcher(leads)
    found: dict[int, int] = {}
    for watch in watches:
        bits = matcher.meeting(watch.filters, news_since(watch, now))
        if bits:
            found[watch.user_id] = found.get(watch.user_id, 0) | bits
    return {user_id: set(matcher.ids(bits)) for user_id, bits in found.items()}
