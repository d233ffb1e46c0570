"""Which of many leads suit best, without reading all of each, within a transaction."""

import json
import sqlite3
from collections.abc import Sequence

from bot.leads import store
from bot.leads.fit import Criteria, judge
from bot.leads.lead import Lead, PostKind


def scores(db: sqlite3.Connection, lead_ids: Sequence[int], criteria: Criteria) -> dict[int, int]:
    """How well some leads suit, by their ids."""
    found = {}
    for lead_id, signals, locations in store.signals_of_leads(db, lead_ids):
        lead = Lead(PostKind.HIRING, locations=tuple(json.loads(locations)))
        found[lead_id] = judge(lead, store.signals_from(signals), criteria).score
    return found


def ranked(db: sqlite3.Connection, lead_ids: Sequence[int], criteria: Criteria) -> list[int]:
    """Leads that are given the newest first, those that suit best first; equals stay as they are."""
    points = scores(db, lead_ids, criteria)
    return sorted(lead_ids, key=lambda lead_id: -points[lead_id])
