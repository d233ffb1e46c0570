"""The only SQL of suggestions."""

import sqlite3
from datetime import UTC, datetime

from bot.resources.columns import COLUMNS, entry_of, values_of
from bot.resources.entry import Entry
from bot.resources.suggestion import Suggestion, SuggestionState


def add(db: sqlite3.Connection, guild_id: int, user_id: int, entry: Entry, now: datetime) -> Suggestion:
    """Store a new suggestion, which waits."""
    added = db.execute(
        f"""
        insert into resource_suggestion (guild_id, user_id, {COLUMNS}, state, reason, suggested_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)
        """,
        (guild_id, user_id, *values_of(entry), SuggestionState.WAITING.value, int(now.timestamp())),
    )
    assert added.lastrowid is not None
    found = find(db, guild_id, added.lastrowid)
    assert found is not None
    return found


def save(db: sqlite3.Connection, suggestion: Suggestion, entry: Entry) -> None:
    """Store what is filled in by now."""
    db.execute(
        f"""
        update resource_suggestion set ({COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        where id = ? and guild_id = ?
        """,
        (*values_of(entry), suggestion.id, suggestion.guild_id),
    )


def decide(
    db: sqlite3.Connection,
    suggestion: Suggestion,
    state: SuggestionState,
    now: datetime,
    *,
    reason: str = "",
    resource_id: int | None = None,
) -> None:
    """Store what was decided."""
    db.execute(
        """
        update resource_suggestion set state = ?, reason = ?, resource_id = ?, decided_at = ?
        where id = ? and guild_id = ?
        """,
        (state.value, reason, resource_id, int(now.timestamp()), suggestion.id, suggestion.guild_id),
    )


def find(db: sqlite3.Connection, guild_id: int, suggestion_id: int) -> Suggestion | None:
    """A suggestion of a server."""
    row = db.execute(
        "select * from resource_suggestion where id = ? and guild_id = ?", (suggestion_id, guild_id)
    ).fetchone()
    return _suggestion(row) if row else None


def waiting(db: sqlite3.Connection, guild_id: int) -> list[Suggestion]:
    """What waits for a server's curators, the oldest first."""
    rows = db.execute(
        """
        select * from resource_suggestion where guild_id = ? and state = 'waiting'
        order by suggested_at, id
        """,
        (guild_id,),
    )
    return [_suggestion(row) for row in rows]


def count_waiting(db: sqlite3.Connection, guild_id: int, user_id: int | None = None) -> int:
    """How many suggestions wait in a server, of all members or of one."""
    (number,) = db.execute(
        """
        select count(*) from resource_suggestion
        where guild_id = ?1 and state = 'waiting' and (?2 is null or user_id = ?2)
        """,
        (guild_id, user_id),
    ).fetchone()
    return int(number)


def waits_at(db: sqlite3.Connection, guild_id: int, key: str, but: int | None = None) -> bool:
    """Whether a suggestion with an address waits in a server, other than one that is named."""
    row = db.execute(
        """
        select 1 from resource_suggestion
        where guild_id = ? and state = 'waiting' and address_key = ? and id is not ? limit 1
        """,
        (guild_id, key, but),
    ).fetchone()
    return row is not None


def of_member(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Suggestion]:
    """What a member suggested, the newest first."""
    rows = db.execute(
        """
        select * from resource_suggestion where guild_id = ? and user_id = ?
        order by suggested_at desc, id desc
        """,
        (guild_id, user_id),
    )
    return [_suggestion(row) for row in rows]


def forget_member(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    """Delete all that a member suggested, whatever became of it."""
    db.execute("delete from resource_suggestion where guild_id = ? and user_id = ?", (guild_id, user_id))


def _suggestion(row: sqlite3.Row) -> Suggestion:
    return Suggestion(
        row["id"],
        row["guild_id"],
        row["user_id"],
        entry_of(row),
        SuggestionState(row["state"]),
        datetime.fromtimestamp(row["suggested_at"], UTC),
        None if row["decided_at"] is None else datetime.fromtimestamp(row["decided_at"], UTC),
        row["reason"],
        row["resource_id"],
    )
