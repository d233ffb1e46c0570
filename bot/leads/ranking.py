"""Which of many leads suit best, without reading all of each, within a transaction."""

import json
import sqlite3
from collections.abc import Hashable, Sequence

from bot.leads import store
from bot.leads.fit import Criteria, judge
from bot.leads.lead import Lead, PostKind

KEPT = 50_000
"""Scores that are kept in memory; to judge a lead anew takes thirty times as long as to look one up."""

_kept: dict[Hashable, int] = {}


def scores(db: sqlite3.Connection, lead_ids: Sequence[int], criteria: Criteria) -> dict[int, int]:
    """How well some leads suit, by their ids."""
    wanted = (tuple(sorted(criteria.weights.items())), criteria.places, criteria.languages)
    # A lead that was read anew is another one.
    names = {lead_id: (lead_id, stamp, wanted) for lead_id, stamp in store.stamps(db, lead_ids)}
    # Both the reader's thread and the writer's come by here, so each name is looked up once only.
    looked_up = {lead_id: _kept.get(name) for lead_id, name in names.items()}
    found = {lead_id: score for lead_id, score in looked_up.items() if score is not None}
    unknown = [lead_id for lead_id in names if lead_id not in found]
    if len(_kept) + len(unknown) > KEPT:
        _kept.clear()
    for lead_id, signals, locations in store.signals_of_leads(db, unknown):
        lead = Lead(PostKind.HIRING, locations=tuple(json.loads(locations)))
        score = judge(lead, store.signals_from(signals), criteria).score
        found[lead_id] = _kept[names[lead_id]] = score
    return found


def ranked(db: sqlite3.Connection, lead_ids: Sequence[int], criteria: Criteria) -> list[int]:
    """Leads that are given the newest first, those that suit best first; equals stay as they are."""
    points = scores(db, lead_ids, criteria)
    return sorted(lead_ids, key=lambda lead_id: -points[lead_id])
