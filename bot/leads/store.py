"""The only SQL of posts; that of searching them is in `search_store`."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.leads.lead import Degree, Lead, Level, MachineLearning, PostKind, WorkMode
from bot.leads.posts import StoredLead
from bot.leads.signal import Signal

FOR_JUNIORS = frozenset({Level.INTERN, Level.JUNIOR})


@dataclass(frozen=True, slots=True)
class Read:
    """A post as it is to be stored: what came, and what was read out of it."""

    id: int
    posted_at: datetime
    html: str
    hash: str
    text: str
    lead: Lead
    signals: tuple[Signal, ...]
    company_key: str | None
    yearly_pay: int | None
    parser_version: int


def hashes(db: sqlite3.Connection, thread_id: int) -> dict[int, str]:
    """The posts of a thread that are still there, and the hashes of what they said."""
    rows = db.execute("select id, hash from lead where thread_id = ? and vanished_at is null", (thread_id,))
    return dict(tuple(row) for row in rows)


def hash_of(db: sqlite3.Connection, lead_id: int) -> tuple[str, bool] | None:
    """The hash of what a post said and whether it is still there; None where it was never stored."""
    row = db.execute("select hash, vanished_at is null from lead where id = ?", (lead_id,)).fetchone()
    return (row[0], bool(row[1])) if row else None


def add(db: sqlite3.Connection, thread_id: int, read: Read, now: datetime) -> None:
    """Store a post that is new."""
    db.execute(
        """
        insert into lead (id, thread_id, month, kind, company_key, yearly_pay, remote, for_juniors,
                          degree_demanded, ml_role, posted_at, found_at, changed_at, parser_version, hash,
                          signals, lead, text, html)
        select :id, :thread_id, month, :kind, :company_key, :yearly_pay, :remote, :for_juniors,
               :degree_demanded, :ml_role, :posted_at, :now, :now, :parser_version, :hash,
               :signals, :lead, :text, :html
        from hiring_thread where id = :thread_id
        """,
        {
            **_values(read),
            "thread_id": thread_id,
            "posted_at": int(read.posted_at.timestamp()),
            "now": int(now.timestamp()),
        },
    )


def change(db: sqlite3.Connection, read: Read, changed_at: datetime | None) -> None:
    """Store what was read out of a post that is known; without an instant its text is the same as before."""
    db.execute(
        """
        update lead set kind = :kind, company_key = :company_key, yearly_pay = :yearly_pay, remote = :remote,
               for_juniors = :for_juniors, degree_demanded = :degree_demanded, ml_role = :ml_role,
               parser_version = :parser_version, hash = :hash, signals = :signals, lead = :lead, text = :text,
               html = :html, changed_at = coalesce(:changed_at, changed_at)
        where id = :id
        """,
        {**_values(read), "changed_at": int(changed_at.timestamp()) if changed_at else None},
    )


def set_vanished(db: sqlite3.Connection, lead_id: int, at: datetime | None) -> None:
    """Write down that a post is gone, or with None that it is there again."""
    db.execute("update lead set vanished_at = ? where id = ?", (int(at.timestamp()) if at else None, lead_id))


def read_by_earlier_parsers(
    db: sqlite3.Connection, version: int, limit: int, before: int | None
) -> list[tuple[int, datetime, str]]:
    """Some posts that an earlier parser read, the newest first: id, instant and HTML."""
    rows = db.execute(
        """
        select id, posted_at, html from lead where parser_version < ?1 and (?2 is null or id < ?2)
        order by id desc limit ?3
        """,
        (version, before, limit),
    )
    return [(row["id"], datetime.fromtimestamp(row["posted_at"], UTC), row["html"]) for row in rows]


def find(db: sqlite3.Connection, lead_ids: Iterable[int]) -> list[StoredLead]:
    """Leads by their ids, in that order; those that are not stored are left out."""
    ids = list(lead_ids)
    rows = db.execute(
        "select lead.* from json_each(?) as wanted join lead on lead.id = wanted.value order by wanted.key",
        (json.dumps(ids),),
    )
    return [_stored(row) for row in rows]


def stamps(db: sqlite3.Connection, lead_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Of some leads, what changes when they are read anew."""
    rows = db.execute(
        """
        select lead.id, hash || parser_version from json_each(?) as wanted join lead on lead.id = wanted.value
        """,
        (json.dumps(list(lead_ids)),),
    )
    return [(lead_id, stamp) for lead_id, stamp in rows]


def signals_of_leads(db: sqlite3.Connection, lead_ids: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Of some leads, as they are stored, what a fit is reckoned from: id, signals and places of work."""
    rows = db.execute(
        """
        select lead.id, lead.signals, lead.lead -> '$.locations' from json_each(?) as wanted
        join lead on lead.id = wanted.value
        """,
        (json.dumps(list(lead_ids)),),
    )
    for row in rows:
        yield tuple(row)


def still_there(db: sqlite3.Connection, lead_ids: Iterable[int]) -> list[int]:
    """The ids of those leads that have not vanished, in the order given."""
    rows = db.execute(
        """
        select lead.id from json_each(?) as wanted join lead on lead.id = wanted.value
        where lead.vanished_at is null order by wanted.key
        """,
        (json.dumps(list(lead_ids)),),
    )
    return [lead_id for (lead_id,) in rows]


def ids_of_month(db: sqlite3.Connection, month: date, since: datetime | None = None) -> list[int]:
    """The ids of what is offered in the threads of a month and still there, the newest first.

    With an instant, of what was posted from then on.
    """
    rows = db.execute(
        """
        select id from lead where month = ? and kind = ? and vanished_at is null and posted_at >= ?
        order by id desc
        """,
        (month.isoformat(), PostKind.HIRING.value, int(since.timestamp()) if since else 0),
    )
    return [lead_id for (lead_id,) in rows]


def months_of_companies(db: sqlite3.Connection, keys: Collection[str]) -> Iterator[tuple[str, date]]:
    """In which months some companies offered a job, those posts included that are gone by now."""
    rows = db.execute(
        """
        select distinct company_key, month from json_each(?) as wanted
        join lead on lead.company_key = wanted.value where lead.kind = ?
        """,
        (json.dumps(sorted(keys)), PostKind.HIRING.value),
    )
    for key, month in rows:
        yield key, date.fromisoformat(month)


def count(db: sqlite3.Connection) -> int:
    """How many posts are stored."""
    (number,) = db.execute("select count(*) from lead").fetchone()
    return int(number)


def count_read_before(db: sqlite3.Connection, version: int) -> int:
    """How many posts an earlier parser read."""
    (number,) = db.execute("select count(*) from lead where parser_version < ?", (version,)).fetchone()
    return int(number)


def _values(read: Read) -> dict[str, object]:
    lead = read.lead
    return {
        "remote": int(WorkMode.REMOTE in lead.work_modes),
        "for_juniors": int(not lead.seniority.isdisjoint(FOR_JUNIORS)),
        "degree_demanded": int(lead.degree is Degree.REQUIRED),
        "ml_role": int(lead.ml is MachineLearning.ROLE),
        "id": read.id,
        "kind": read.lead.kind.value,
        "company_key": read.company_key,
        "yearly_pay": read.yearly_pay,
        "parser_version": read.parser_version,
        "hash": read.hash,
        "signals": json.dumps([signal.as_json() for signal in read.signals], ensure_ascii=False),
        "lead": json.dumps(read.lead.as_json(), ensure_ascii=False),
        "text": read.text,
        "html": read.html,
    }


def _stored(row: sqlite3.Row) -> StoredLead:
    return StoredLead(
        row["id"],
        date.fromisoformat(row["month"]),
        Lead.from_json(row["lead"]),
        signals_from(row["signals"]),
        row["text"],
        datetime.fromtimestamp(row["posted_at"], UTC),
        row["vanished_at"] is not None,
        row["company_key"],
        row["yearly_pay"],
    )


def signals_from(stored: str) -> tuple[Signal, ...]:
    """Signals as they are stored."""
    signals: Sequence[dict[str, str]] = json.loads(stored)
    return tuple(map(Signal.from_json, signals))


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
