"""Posts as they are stored, and as they suit a server. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from bot.leads.filters import search_words
from bot.leads.fit import Fit
from bot.leads.lead import Lead
from bot.leads.signal import Signal
from bot.leads.threads import months_before

ADDRESS = "https://news.ycombinator.com/item?id={id}"

GAP_BRIDGED = 2
"""A company that posts again the month after next comes back all the same; most skip one now and then."""


@dataclass(frozen=True, slots=True)
class StoredLead:
    """A post and what was read out of it; `text` is plain, `month` the first day of its thread's."""

    id: int
    month: date
    lead: Lead
    signals: tuple[Signal, ...]
    text: str
    posted_at: datetime
    vanished: bool
    company_key: str | None
    yearly_pay: int | None

    @property
    def url(self) -> str:
        """Where it can be read and answered."""
        return ADDRESS.format(id=self.id)


@dataclass(frozen=True, slots=True)
class Findable:
    """What a post is found by: its words, as `bot.leads.filters` makes them, and what it pays a year."""

    id: int
    posted_at: datetime
    words: Collection[str]
    yearly_pay: int | None

    @classmethod
    def of(cls, stored: StoredLead) -> Self:
        """What a stored lead is found by; the database has it ready, which is much faster."""
        return cls(stored.id, stored.posted_at, search_words(stored.lead, stored.text), stored.yearly_pay)


@dataclass(frozen=True, slots=True)
class JudgedLead:
    """A lead as it suits a server.

    `seen_since` is the first month of those in which the company came back, None where this is the first.
    """

    id: int
    lead: Lead
    text: str
    fit: Fit
    posted_at: datetime
    month: date
    seen_since: date | None
    vanished: bool

    @property
    def url(self) -> str:
        """Where it can be read and answered."""
        return ADDRESS.format(id=self.id)


def seen_since(months: Iterable[date], month: date) -> date | None:
    """Since when a company has come back up to a month, of all months in which it posted.

    The row may lack single months; what lies before a longer gap is another story and doesn't count. None
    where the row begins with this month.
    """
    since = month
    for earlier in sorted({each for each in months if each < month}, reverse=True):
        if earlier < months_before(since, GAP_BRIDGED):
            break
        since = earlier
    return since if since < month else None
