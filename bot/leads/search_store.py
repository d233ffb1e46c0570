"""The only SQL of searching leads."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime

from bot.leads.filters import Clause, Filters, Months, Term, clauses
from bot.leads.posts import Findable


def index(db: sqlite3.Connection, lead_id: int, words: Collection[str] | None, month: date) -> None:
    """Have a lead found by some words and by its month, in place of those of before; None for by nothing."""
    db.execute("delete from lead_search where rowid = ?", (lead_id,))
    if words is not None:
        everything = " ".join((*sorted(words), _month(month), ANY))
        db.execute("insert into lead_search (rowid, words) values (?, ?)", (lead_id, everything))


def search(db: sqlite3.Connection, filters: Filters, newest_month: date | None, limit: int) -> list[int]:
    """The ids of the leads that meet filters, the newest first, up to a limit."""
    query = _query(filters, newest_month)
    if filters.pay_at_least is None:
        rows = db.execute(
            "select rowid from lead_search where lead_search match ? order by rowid desc limit ?",
            (query, limit),
        )
    else:
        # The index knows pay in steps only; by "cross join" it is asked first.
        rows = db.execute(
            """
            select lead_search.rowid from lead_search cross join lead on lead.id = lead_search.rowid
            where lead_search match ? and lead.yearly_pay >= ? order by lead_search.rowid desc limit ?
            """,
            (query, filters.pay_at_least, limit),
        )
    return [lead_id for (lead_id,) in rows]


def findable(db: sqlite3.Connection, lead_ids: Iterable[int]) -> list[Findable]:
    """What some leads are found by, those left out that are found by nothing."""
    rows = db.execute(
        """
        select lead.id, posted_at, words, yearly_pay from json_each(?) as wanted
        join lead on lead.id = wanted.value join lead_search on lead_search.rowid = lead.id
        order by wanted.key
        """,
        (json.dumps(list(lead_ids)),),
    )
    return [_findable(row) for row in rows]


def findable_since(db: sqlite3.Connection, since: datetime) -> list[Findable]:
    """The same of what came or changed at or after an instant, the earliest first."""
    rows = db.execute(
        """
        select lead.id, posted_at, words, yearly_pay from lead
        join lead_search on lead_search.rowid = lead.id
        where changed_at >= ? order by changed_at, lead.id
        """,
        (int(since.timestamp()),),
    )
    return [_findable(row) for row in rows]


def _findable(row: sqlite3.Row) -> Findable:
    posted_at = datetime.fromtimestamp(row["posted_at"], UTC)
    return Findable(row["id"], posted_at, row["words"].split(" "), row["yearly_pay"])


ANY = "~any"
"""A word that every lead is found by."""


def _query(filters: Filters, newest_month: date | None) -> str:
    parts = [_clause(clause) for clause in clauses(filters)] or [f'"{ANY}"']
    query = " AND ".join(parts)
    if filters.months is Months.ALL or newest_month is None:
        return query
    joined = "AND" if filters.months is Months.THIS else "NOT"
    return f'({query}) {joined} "{_month(newest_month)}"'


def _clause(alternatives: Clause) -> str:
    return "(" + " OR ".join("(" + " AND ".join(map(_term, terms)) + ")" for terms in alternatives) + ")"


def _term(term: Term) -> str:
    # Words never hold a quotation mark, see bot.leads.words.
    return f'"{term.word}"*' if term.beginning else f'"{term.word}"'


def _month(month: date) -> str:
    return f"~month:{month:%Y-%m}"
