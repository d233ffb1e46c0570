"""The digest of a day: which leads a server is shown, each once; within the delivery's transactions.

Which leads a digest shows is written down together with its row in the outbox, so a digest that is composed
again, after a crash or because a post has vanished, shows the same ones. What a digest could not show, since
Discord took it neither then nor later, counts as not shown and comes with the next.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from bot.delivery import outbox
from bot.leads import shown_store, store, thread_store
from bot.leads.judging import best_first, judged, settings_of
from bot.leads.planning import DIGEST
from bot.leads.posts import JudgedLead, StoredLead
from bot.leads.ranking import scores
from bot.servers.service import EVERYONE

LEADS_A_DIGEST = 10

STILL_NEW = timedelta(days=5)
"""How long a post of the month before may still come, once there is a newer thread."""

LOOKED_BACK = timedelta(days=40)
"""How far back digests that never arrived are looked for."""


@dataclass(frozen=True, slots=True)
class DigestContent:
    """The best of what is new in a server, best first; what has vanished since is to be struck out.

    `more` is how many others reached the mark that day and wait for the next.
    """

    day: date
    leads: Sequence[JudgedLead]
    more: int
    mark: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a digest goes on saying: which leads it shows, how many more there were, and the mark."""

    lead_ids: Sequence[int]
    more: int
    mark: int

    def as_text(self) -> str:
        """As it is kept with the digest's row."""
        return json.dumps({"leads": list(self.lead_ids), "more": self.more, "mark": self.mark})

    @classmethod
    def from_text(cls, kept: str) -> Self:
        """What `as_text` gave."""
        values = json.loads(kept)
        return cls(tuple(values["leads"]), values["more"], values["mark"])


def choose(db: sqlite3.Connection, guild_id: int, day: date, now: datetime) -> Chosen | None:
    """Choose what the digest of a day shows, and write down that it is shown; None where nothing is new.

    Of a company at most one lead is shown a day.
    """
    _take_back_what_never_arrived(db, guild_id, now)
    settings = settings_of(db, guild_id)
    fresh = _not_shown(db, guild_id, _recent(db, now))
    points = scores(db, fresh, settings.criteria)
    reaching = [lead_id for lead_id in fresh if points[lead_id] >= settings.mark]
    if not reaching:
        return None
    leads = sorted(judged(db, guild_id, _one_a_company(db, reaching, points)), key=best_first)
    chosen = [lead.id for lead in leads[:LEADS_A_DIGEST]]
    shown_store.add(db, guild_id, chosen, day)
    return Chosen(chosen, len(reaching) - len(chosen), settings.mark)


def content_of(db: sqlite3.Connection, guild_id: int, day: date, chosen: Chosen) -> DigestContent:
    """A digest as it is to be shown now."""
    leads = judged(db, guild_id, store.find(db, chosen.lead_ids))
    return DigestContent(day, sorted(leads, key=best_first), chosen.more, chosen.mark)


def _recent(db: sqlite3.Connection, now: datetime) -> list[int]:
    """What is offered in the newest thread, and late in the one before, the newest first."""
    newest = thread_store.newest_thread(db)
    if newest is None:
        return []
    recent = store.ids_of_month(db, newest.month)
    before = thread_store.newest_thread(db, before=newest.month)
    if before is not None:
        recent += store.ids_of_month(db, before.month, since=now - STILL_NEW)
    return recent


def _not_shown(db: sqlite3.Connection, guild_id: int, lead_ids: Sequence[int]) -> list[int]:
    shown = shown_store.shown(db, guild_id, lead_ids)
    return [lead_id for lead_id in lead_ids if lead_id not in shown]


def _one_a_company(
    db: sqlite3.Connection, lead_ids: Sequence[int], points: dict[int, int]
) -> list[StoredLead]:
    best: dict[str, StoredLead] = {}
    ranked = sorted(lead_ids, key=lambda lead_id: (-points[lead_id], -lead_id))
    for lead in store.find(db, ranked[: LEADS_A_DIGEST * 3]):
        best.setdefault(lead.company_key or str(lead.id), lead)
    return list(best.values())


def _take_back_what_never_arrived(db: sqlite3.Connection, guild_id: int, now: datetime) -> None:
    for day in shown_store.days_since(db, guild_id, (now - LOOKED_BACK).date()):
        if outbox.was_sent(db, DIGEST, guild_id, EVERYONE, day):
            continue
        if outbox.why_given_up(db, DIGEST, guild_id, EVERYONE, day) is not None:
            shown_store.take_back(db, guild_id, day)
