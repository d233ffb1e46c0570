"""The due table: one row for each prompt and ping, holding the instant at which it is due next."""

import logging
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from bot.delivery import outbox
from bot.localtime import Occurrence, Weekdays, next_occurrence
from bot.shards import ALL, Shards
from bot.storage.trouble import ends_all

log = logging.getLogger(__name__)

CLAIMED_AT_ONCE = 500
FAR_FUTURE = 1 << 40
"""Stands in place of the instant of what is not due any more."""

EVERYONE = 0
"""Stands in place of a member for what concerns the whole server."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is due for a server (user_id 0) or a member of it, for one local day.

    `serial` tells apart what happens several times a day; it is 0 for all else.
    """

    kind: str
    guild_id: int
    user_id: int
    zone: str
    local_day: date
    at: datetime
    serial: int = 0


class Kind(Protocol):
    """One kind of thing that becomes due: how long it may be late, and which message it goes into."""

    rows_in_a_message: int
    """How many members' rows of one server and instant share a message at most."""

    def too_late_at(self, due: Due) -> datetime:
        """The instant from which it is better not sent any more."""
        ...

    def message_key(self, due: Due, part: int) -> str:
        """Names the message; `part` counts the messages of the same server and instant, from 0."""
        ...


def schedule(
    db: sqlite3.Connection,
    kind: str,
    guild_id: int,
    user_id: int,
    *,
    zone: str,
    at: time,
    days: Weekdays,
    now: datetime,
) -> Occurrence | None:
    """Plan a kind of message from now on, in place of any earlier plan; answers when it is due first.

    A local day that has had its delivery is not planned again.
    """
    (last,) = db.execute(
        "select max(local_day) from delivery where kind = ? and guild_id = ? and user_id = ?",
        (kind, guild_id, user_id),
    ).fetchone()
    earlier = planned(db, kind, guild_id, user_id)
    # What is due this very moment and not claimed yet must not fall between the old plan and the new.
    after = min(now, earlier.at - timedelta(seconds=1)) if earlier else now
    first = next_occurrence(after, zone, at, days, after_day=date.fromisoformat(last) if last else None)
    if first is None:
        unschedule(db, kind, guild_id, user_id)
        return None
    db.execute(
        """
        insert into due (kind, guild_id, user_id, zone, at, days, local_day, due_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (kind, guild_id, user_id) do update set
            zone = excluded.zone, at = excluded.at, days = excluded.days,
            local_day = excluded.local_day, due_at = excluded.due_at, serial = 0
        """,
        (
            kind,
            guild_id,
            user_id,
            zone,
            at.isoformat("minutes"),
            int(days),
            first.day.isoformat(),
            int(first.at.timestamp()),
        ),
    )
    return first


def schedule_once(
    db: sqlite3.Connection,
    kind: str,
    guild_id: int,
    user_id: int,
    *,
    zone: str,
    local_day: date,
    at: datetime,
    serial: int = 0,
) -> None:
    """Plan one message at an instant, in place of any earlier plan of that kind."""
    db.execute(
        """
        insert or replace into due (kind, guild_id, user_id, zone, at, days, local_day, due_at, serial)
        values (?, ?, ?, ?, '00:00', 0, ?, ?, ?)
        """,
        (kind, guild_id, user_id, zone, local_day.isoformat(), int(at.timestamp()), serial),
    )


def schedule_look(db: sqlite3.Connection, kind: str, guild_id: int, at: datetime | None) -> None:
    """Plan one look at a whole server at an instant, in place of any earlier plan of that kind; none at None.

    By the instant, a look that comes later than planned is another one than the look that failed.
    """
    if at is None:
        unschedule(db, kind, guild_id, EVERYONE)
        return
    day = at.astimezone(UTC).date()
    serial = int(at.timestamp())
    schedule_once(db, kind, guild_id, EVERYONE, zone="UTC", local_day=day, at=at, serial=serial)


def unschedule(db: sqlite3.Connection, kind: str, guild_id: int, user_id: int) -> None:
    """Plan no more of a kind for a server or member."""
    db.execute("delete from due where kind = ? and guild_id = ? and user_id = ?", (kind, guild_id, user_id))


def next_due_at(db: sqlite3.Connection) -> datetime | None:
    """The instant at which anything is due next in the servers that the bot is in."""
    (first,) = db.execute(
        "select min(due_at) from due where guild_id not in (select guild_id from departed_server)"
    ).fetchone()
    return None if first is None or first >= FAR_FUTURE else datetime.fromtimestamp(first, UTC)


def count(db: sqlite3.Connection, now: datetime, shards: Shards = ALL) -> tuple[int, int]:
    """How many rows are planned, and how many of them are due by now but not claimed yet.

    In the servers of some shards, without those of servers that the bot was taken out of, which wait for it
    to come back.
    """
    # Counted whole and without the few, a million rows take milliseconds.
    here = shards.holding("guild_id")
    whole = "select count(*) from due"
    (every,) = db.execute(whole if shards.is_all else f"{whole} where {here}").fetchone()
    (waiting,) = db.execute(
        f"select count(*) from departed_server cross join due using (guild_id) where {here}"
    ).fetchone()
    (by_now,) = db.execute(
        f"""
        select count(*) from due
        where due_at <= ? and {here} and guild_id not in (select guild_id from departed_server)
        """,
        (int(now.timestamp()),),
    ).fetchone()
    return int(every) - int(waiting), int(by_now)


def planned(db: sqlite3.Connection, kind: str, guild_id: int, user_id: int) -> Occurrence | None:
    """When a kind is due next for a server or member."""
    row = db.execute(
        "select local_day, due_at from due where kind = ? and guild_id = ? and user_id = ?",
        (kind, guild_id, user_id),
    ).fetchone()
    if row is None:
        return None
    return Occurrence(date.fromisoformat(row["local_day"]), datetime.fromtimestamp(row["due_at"], UTC))


def between(
    db: sqlite3.Connection, guild_id: int, kinds: Collection[str], first: datetime, last: datetime
) -> list[Due]:
    """What will be claimed in a server from an instant on and before another, in the order of the claim."""
    rows = db.execute(
        f"select * from due where kind in ({', '.join('?' * len(kinds))}) and guild_id = ? and due_at < ?",
        (*kinds, guild_id, int(last.timestamp())),
    )
    found = [due for row in rows for due in _until(row, last) if due.at >= first]
    return sorted(found, key=lambda due: (due.at, due.user_id, due.kind))


def _until(row: sqlite3.Row, last: datetime) -> Iterator[Due]:
    due: Due | None = _due(row)
    while due is not None and due.at < last:
        yield due
        following = _following(row, due)
        due = replace(due, local_day=following.day, at=following.at) if following else None


def claim(db: sqlite3.Connection, kinds: Mapping[str, Kind], now: datetime, shards: Shards = ALL) -> int:
    """Move what is due in the servers of some shards into the outbox; answers how many rows were handled.

    The next time of each is planned.
    All that is due in a server at the same instant is handled together. A row that cannot be handled is put
    off for a day and logged, so that it cannot stop the others.
    """
    rows = db.execute(
        f"""
        select * from due where due_at <= ? and guild_id not in (select guild_id from departed_server)
               and {shards.holding("guild_id")}
        order by due_at, guild_id, user_id, kind limit ?
        """,
        (int(now.timestamp()), CLAIMED_AT_ONCE),
    ).fetchall()
    if len(rows) == CLAIMED_AT_ONCE:
        last = rows[-1]
        rows += db.execute(
            "select * from due where due_at = ? and guild_id = ? and (user_id, kind) > (?, ?)"
            " order by user_id, kind",
            (last["due_at"], last["guild_id"], last["user_id"], last["kind"]),
        ).fetchall()
    together: dict[tuple[int, int, str], list[sqlite3.Row]] = {}
    for row in rows:
        together.setdefault((row["due_at"], row["guild_id"], row["kind"]), []).append(row)
    for (_, guild_id, kind), group in together.items():
        _claim_together(db, guild_id, kind, group, kinds, now)
    return len(rows)


def _claim_together(
    db: sqlite3.Connection,
    guild_id: int,
    name: str,
    rows: Sequence[sqlite3.Row],
    kinds: Mapping[str, Kind],
    now: datetime,
) -> None:
    # A message that may have been sent already takes nobody in any more.
    part = outbox.messages_at(db, name, guild_id, _instant(rows[0]))
    in_part = 0
    for row in rows:
        try:
            kind = kinds[name]
            if in_part == kind.rows_in_a_message:
                part, in_part = part + 1, 0
            in_part += _claim_row(db, row, kind, part, now)
        except Exception as error:
            if ends_all(db, error):
                raise
            log.exception("due row %s of server %s was put off for a day", row["id"], guild_id)
            later = int((now + timedelta(days=1)).timestamp())
            db.execute("update due set due_at = ? where id = ?", (later, row["id"]))


def _claim_row(db: sqlite3.Connection, row: sqlite3.Row, kind: Kind, part: int, now: datetime) -> bool:
    due = _due(row)
    following = _following(row, due)
    claimed = db.execute(
        "update due set due_at = ?, local_day = ? where id = ? and due_at = ?",
        (
            int(following.at.timestamp()) if following else FAR_FUTURE,
            (following.day if following else due.local_day).isoformat(),
            row["id"],
            row["due_at"],
        ),
    )
    return bool(claimed.rowcount) and outbox.put(
        db, due, kind.message_key(due, part), kind.too_late_at(due), now
    )


def _due(row: sqlite3.Row) -> Due:
    return Due(
        kind=row["kind"],
        guild_id=row["guild_id"],
        user_id=row["user_id"],
        zone=row["zone"],
        local_day=date.fromisoformat(row["local_day"]),
        at=_instant(row),
        serial=row["serial"],
    )


def _following(row: sqlite3.Row, due: Due) -> Occurrence | None:
    at, days = time.fromisoformat(row["at"]), Weekdays(row["days"])
    return next_occurrence(due.at, due.zone, at, days, after_day=due.local_day)


def _instant(row: sqlite3.Row) -> datetime:
    return datetime.fromtimestamp(row["due_at"], UTC)
