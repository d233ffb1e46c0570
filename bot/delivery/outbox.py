"""The outbox: what is to be said, once, and what became of it."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from bot.delivery import rules
from bot.shards import ALL, Shards
from bot.texts import mark

if TYPE_CHECKING:
    from bot.delivery.due import Due

TOO_LATE = mark("too late")

WITHDRAWING = "withdrawing"
"""Kept with a message that is about to be deleted, until it is known to be gone."""

REFUSED_DIRECTLY = "refused directly"
"""Kept with what comes in the thread because Discord refused it as a direct message."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox: something for a server (user_id 0) or a member, for one local day.

    `serial` tells apart what happens several times a day; `kept` is what the message goes on saying.
    """

    id: int
    kind: str
    guild_id: int
    user_id: int
    local_day: date
    message_key: str
    due_at: datetime
    too_late_at: datetime
    wanted: int
    attempts: int
    tried_at: datetime | None
    channel_id: int | None
    message_id: int | None
    serial: int = 0
    kept: str | None = None


def put(
    db: sqlite3.Connection,
    due: "Due",
    message_key: str,
    too_late_at: datetime,
    now: datetime,
    *,
    kept: str | None = None,
) -> bool:
    """Put what is due into the outbox; False where that local day already had it.

    What is too late already is stored as skipped, with the reason. `kept` is for the message to say.
    """
    late = too_late_at <= now
    inserted = db.execute(
        """
        insert into delivery (kind, guild_id, user_id, local_day, serial, message_key, due_at, too_late_at,
                              state, reason, shown, next_try_at, kept)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (kind, guild_id, user_id, local_day, serial) do nothing
        """,
        (
            due.kind,
            due.guild_id,
            due.user_id,
            due.local_day.isoformat(),
            due.serial,
            message_key,
            int(due.at.timestamp()),
            int(too_late_at.timestamp()),
            "skipped" if late else "pending",
            TOO_LATE if late else None,
            1 if late else 0,
            int(now.timestamp()),
            kept,
        ),
    )
    return bool(inserted.rowcount)


def messages_at(db: sqlite3.Connection, kind: str, guild_id: int, at: datetime) -> int:
    """How many messages of a kind a server has had for an instant at which they were due."""
    (number,) = db.execute(
        "select count(distinct message_key) from delivery where kind = ? and guild_id = ? and due_at = ?",
        (kind, guild_id, int(at.timestamp())),
    ).fetchone()
    return int(number)


def refresh(
    db: sqlite3.Connection,
    kind: str,
    guild_id: int,
    user_id: int,
    local_day: date,
    now: datetime,
    *,
    serial: int = 0,
    anew_until: datetime | None = None,
) -> bool:
    """Have a message that was or will be sent show what is true now; False where there is none.

    It is changed at most once in rules.EDIT_GAP, with whatever is true by then. With `anew_until`, what could
    not be sent is tried again from the start, until it is too late.
    """
    if anew_until is not None:
        db.execute(
            """
            update delivery set state = 'pending', reason = null, attempts = 0, tried_at = null,
                   channel_id = null, next_try_at = ?, too_late_at = ?
            where kind = ? and guild_id = ? and user_id = ? and local_day = ? and serial = ?
                  and state = 'skipped'
            """,
            (
                int(now.timestamp()),
                int(anew_until.timestamp()),
                kind,
                guild_id,
                user_id,
                local_day.isoformat(),
                serial,
            ),
        )
    changed = db.execute(
        """
        update delivery set wanted = wanted + 1,
               next_try_at = case when shown < wanted then next_try_at
                                  else max(?, min(coalesce(sent_at, 0), ?) + ?) end
        where kind = ? and guild_id = ? and user_id = ? and local_day = ? and serial = ?
              and state <> 'skipped'
        """,
        (
            int(now.timestamp()),
            # By a clock that was set back since, it may have been sent in a time to come.
            int(now.timestamp()),
            int(rules.EDIT_GAP.total_seconds()),
            kind,
            guild_id,
            user_id,
            local_day.isoformat(),
            serial,
        ),
    )
    return bool(changed.rowcount)


def claim(
    db: sqlite3.Connection,
    now: datetime,
    limit: int,
    busy: Collection[int],
    only_guild: int | None = None,
    shards: Shards = ALL,
) -> list[list[Delivery]]:
    """Take messages to send or change, each with all its rows, at most one a server, none of a busy one.

    Nor any of a server that the bot was taken out of: what is for it waits, in case it comes back. Nor any of
    a server in other shards than these.

    What is taken is left alone by others for rules.LEASE.
    """
    instant = int(now.timestamp())
    departed = {guild_id for (guild_id,) in db.execute("select guild_id from departed_server")}
    passed_over = departed.union(busy)
    waiting = [only_guild] if only_guild is not None else _waiting(db, instant, passed_over, shards)
    free = list(islice((guild_id for guild_id in waiting if guild_id not in passed_over), limit))
    return [rows for guild_id in free if (rows := _claim_first(db, guild_id, instant))]


def _waiting(
    db: sqlite3.Connection, instant: int, passed_over: Collection[int], shards: Shards
) -> Iterator[int]:
    """The servers with something to send or change, the longest waiting first, as far as asked for."""
    rows = db.execute(
        f"""
        select guild_id from delivery
        where shown < wanted and next_try_at <= ? and guild_id not in (select value from json_each(?))
              and {shards.holding("guild_id")}
        order by next_try_at, guild_id
        """,
        (instant, json.dumps(list(passed_over))),
    )
    seen: set[int] = set()
    for (guild_id,) in rows:
        if guild_id not in seen:
            seen.add(guild_id)
            yield guild_id


def _claim_first(db: sqlite3.Connection, guild_id: int, instant: int) -> list[Delivery]:
    rows = db.execute(
        """
        update delivery set attempts = attempts + 1, tried_at = coalesce(tried_at, ?), next_try_at = ?
        where shown < wanted and message_key = (
            select message_key from delivery
            where guild_id = ? and shown < wanted and next_try_at <= ?
            order by next_try_at, due_at, id limit 1
        )
        returning *
        """,
        (instant, instant + int(rules.LEASE.total_seconds()), guild_id, instant),
    ).fetchall()
    return sorted(map(_delivery, rows), key=lambda delivery: delivery.id)


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        kind=row["kind"],
        guild_id=row["guild_id"],
        user_id=row["user_id"],
        local_day=date.fromisoformat(row["local_day"]),
        message_key=row["message_key"],
        due_at=datetime.fromtimestamp(row["due_at"], UTC),
        too_late_at=datetime.fromtimestamp(row["too_late_at"], UTC),
        wanted=row["wanted"],
        attempts=row["attempts"],
        tried_at=None if row["tried_at"] is None else datetime.fromtimestamp(row["tried_at"], UTC),
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        serial=row["serial"],
        kept=row["kept"],
    )


def keep(db: sqlite3.Connection, rows: Sequence[Delivery], text: str) -> None:
    """Keep what a message goes on saying when it is changed."""
    db.executemany("update delivery set kept = ? where id = ?", [(text, row.id) for row in rows])


def remember_place(db: sqlite3.Connection, rows: Sequence[Delivery], channel_id: int) -> None:
    """Write down where a message is about to be sent, so that it can be looked for after a crash."""
    db.executemany("update delivery set channel_id = ? where id = ?", [(channel_id, row.id) for row in rows])


def direct_channel(db: sqlite3.Connection, guild_id: int, user_id: int, kind: str) -> int | None:
    """The channel of the last direct message of a kind that a member got."""
    row = db.execute(
        """
        select channel_id from delivery where kind = ? and guild_id = ? and user_id = ?
        and message_id is not null order by local_day desc limit 1
        """,
        (kind, guild_id, user_id),
    ).fetchone()
    return row["channel_id"] if row else None


def has_message_in(db: sqlite3.Connection, channel_id: int) -> bool:
    """Whether a message was or is about to be sent to a channel or thread."""
    row = db.execute("select 1 from delivery where channel_id = ? limit 1", (channel_id,)).fetchone()
    return row is not None


def mark_sent(db: sqlite3.Connection, rows: Sequence[Delivery], message_id: int, now: datetime) -> None:
    """The message now shows what was wanted when its rows were claimed."""
    db.executemany(
        """
        update delivery set state = 'sent', reason = null, message_id = ?, shown = ?, sent_at = ?,
               attempts = 0, next_try_at = ?
        where id = ?
        """,
        [
            (
                message_id,
                row.wanted,
                int(now.timestamp()),
                int((now + rules.EDIT_GAP).timestamp()),
                row.id,
            )
            for row in rows
        ],
    )


def mark_skipped(db: sqlite3.Connection, rows: Sequence[Delivery], reason: str) -> None:
    """Give up on rows, for a reason; a message that was sent stays sent as it is."""
    db.executemany(
        """
        update delivery set reason = ?, shown = wanted,
               state = case when message_id is null then 'skipped' else state end
        where id = ?
        """,
        [(reason, row.id) for row in rows],
    )


def mark_withdrawn(db: sqlite3.Connection, rows: Sequence[Delivery], reason: str, now: datetime) -> None:
    """The message is deleted. What was wanted again meanwhile is sent anew, under another key and nonce."""
    db.executemany(
        """
        update delivery set reason = ?, shown = ?, message_key = message_key || '+', channel_id = null,
               message_id = null, sent_at = null, tried_at = null, attempts = 0, kept = null, next_try_at = ?,
               state = case when wanted > ? then 'pending' else 'skipped' end
        where id = ?
        """,
        [(reason, row.wanted, int(now.timestamp()), row.wanted, row.id) for row in rows],
    )


def still_theirs(db: sqlite3.Connection, rows: Sequence[Delivery]) -> list[Delivery]:
    """Those of the claimed rows that are there and whose member has not been forgotten since."""
    found = "select 1 from delivery where id = ? and kind = ? and user_id = ?"
    return [row for row in rows if db.execute(found, (row.id, row.kind, row.user_id)).fetchone()]


def put_off(db: sqlite3.Connection, rows: Sequence[Delivery], until: datetime, reason: str) -> None:
    """Try rows again at a later instant."""
    db.executemany(
        "update delivery set next_try_at = ?, reason = ? where id = ?",
        [(int(until.timestamp()), reason, row.id) for row in rows],
    )


def postpone(db: sqlite3.Connection, rows: Sequence[Delivery], until: datetime) -> None:
    """Leave rows until a later instant, as if they had not been tried: nothing of them was sent yet."""
    db.executemany(
        "update delivery set next_try_at = ?, attempts = attempts - 1 where id = ?",
        [(int(until.timestamp()), row.id) for row in rows],
    )


def resume(db: sqlite3.Connection, now: datetime, shards: Shards = ALL) -> int:
    """After a start, take up at once what an earlier run left half done; answers how many rows.

    Only in the servers of these shards: what others are sending at this moment is not left undone.
    """
    taken = db.execute(
        f"""
        update delivery set next_try_at = ?
        where shown < wanted and next_try_at > ? and {shards.holding("guild_id")}
        """,
        (int(now.timestamp()), int(now.timestamp())),
    )
    return taken.rowcount


def find_sent(
    db: sqlite3.Connection, kind: str, guild_id: int, local_day: date, *, serial: int = 0
) -> Delivery | None:
    """What was sent to a whole server for a local day."""
    row = db.execute(
        """
        select * from delivery where kind = ? and guild_id = ? and user_id = 0 and local_day = ?
               and serial = ? and message_id is not null
        """,
        (kind, guild_id, local_day.isoformat(), serial),
    ).fetchone()
    return _delivery(row) if row else None


def why_given_up(
    db: sqlite3.Connection, kind: str, guild_id: int, user_id: int, local_day: date, *, serial: int = 0
) -> str | None:
    """The reason for which a message was not sent, changed or deleted; None where it was or may yet be."""
    row = db.execute(
        """
        select reason from delivery
        where kind = ? and guild_id = ? and user_id = ? and local_day = ? and serial = ? and shown >= wanted
        """,
        (kind, guild_id, user_id, local_day.isoformat(), serial),
    ).fetchone()
    return row["reason"] if row else None


def was_sent(db: sqlite3.Connection, kind: str, guild_id: int, user_id: int, local_day: date) -> bool:
    """Whether a member got a kind of message for a local day."""
    row = db.execute(
        """
        select 1 from delivery where kind = ? and guild_id = ? and user_id = ? and local_day = ?
               and message_id is not null
        """,
        (kind, guild_id, user_id, local_day.isoformat()),
    ).fetchone()
    return row is not None


def newest_sent(db: sqlite3.Connection, kind: str, guild_id: int, since: datetime) -> Delivery | None:
    """The latest of a kind that was sent to a whole server and was due after an instant."""
    row = db.execute(
        """
        select * from delivery where guild_id = ? and kind = ? and due_at >= ? and message_id is not null
        order by due_at desc limit 1
        """,
        (guild_id, kind, int(since.timestamp())),
    ).fetchone()
    return _delivery(row) if row else None
