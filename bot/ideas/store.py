"""The only SQL of ideas."""

import json
import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime

from bot.ideas.rules import Idea, IdeaState, IdeaText, Merge

_IDEAS = """
    select idea.*, (
        select json_group_array(user_id) from idea_co_author where idea_id = idea.id
    ) as co_authors
    from idea
"""
_AUTHORED = (
    "(user_id = ?2 or id in (select idea_id from idea_co_author where guild_id = ?1 and user_id = ?2))"
)


def add(db: sqlite3.Connection, guild_id: int, user_id: int, text: IdeaText, now: datetime) -> Idea:
    """Store a new idea."""
    added = db.execute(
        """
        insert into idea
            (guild_id, user_id, title, problem, angle, baseline, link, state, added_at, changed_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (guild_id, user_id, *_texts(text), IdeaState.OPEN, _seconds(now), _seconds(now)),
    )
    assert added.lastrowid is not None
    return Idea(added.lastrowid, guild_id, user_id, text, IdeaState.OPEN, _instant(_seconds(now)))


def save_text(db: sqlite3.Connection, idea: Idea, text: IdeaText, now: datetime) -> None:
    """Store what an idea says now."""
    db.execute(
        """
        update idea set title = ?, problem = ?, angle = ?, baseline = ?, link = ?, changed_at = ?
        where id = ? and guild_id = ?
        """,
        (*_texts(text), _seconds(now), idea.id, idea.guild_id),
    )


def set_state(
    db: sqlite3.Connection, idea: Idea, state: IdeaState, now: datetime, merged_into: int | None = None
) -> None:
    """Store what became of an idea."""
    db.execute(
        "update idea set state = ?, merged_into = ?, changed_at = ? where id = ? and guild_id = ?",
        (state, merged_into, _seconds(now), idea.id, idea.guild_id),
    )


def remove(db: sqlite3.Connection, idea: Idea) -> None:
    """Delete an idea with its co-authors."""
    db.execute("delete from idea_co_author where idea_id = ? and guild_id = ?", (idea.id, idea.guild_id))
    db.execute("delete from idea where id = ? and guild_id = ?", (idea.id, idea.guild_id))


def add_authors(db: sqlite3.Connection, idea: Idea, authors: Collection[int]) -> None:
    """Have an idea be of others too."""
    db.executemany(
        "insert or ignore into idea_co_author values (?, ?, ?)",
        [(idea.id, idea.guild_id, user_id) for user_id in sorted(set(authors) - idea.authors)],
    )


def remove_author(db: sqlite3.Connection, idea: Idea, user_id: int) -> None:
    """Have an idea be of the others alone."""
    db.execute(
        "update idea set user_id = null where id = ? and guild_id = ? and user_id = ?",
        (idea.id, idea.guild_id, user_id),
    )
    db.execute(
        "delete from idea_co_author where idea_id = ? and guild_id = ? and user_id = ?",
        (idea.id, idea.guild_id, user_id),
    )


def find(db: sqlite3.Connection, guild_id: int, idea_id: int) -> Idea | None:
    """An idea of a server, in any state."""
    found = find_all(db, guild_id, [idea_id])
    return found[0] if found else None


def find_all(db: sqlite3.Connection, guild_id: int, idea_ids: Collection[int]) -> list[Idea]:
    """Those of some ideas that are of a server, in any state, in the order of their ids."""
    rows = db.execute(
        f"{_IDEAS} where guild_id = ? and id in (select value from json_each(?)) order by id",
        (guild_id, json.dumps(list(idea_ids))),
    )
    return [_idea(row) for row in rows]


def of_author(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Idea]:
    """All that are a member's, in any state, the newest first."""
    rows = db.execute(
        f"{_IDEAS} where guild_id = ?1 and {_AUTHORED} order by added_at desc, id desc", (guild_id, user_id)
    )
    return [_idea(row) for row in rows]


def ids_of_author(db: sqlite3.Connection, guild_id: int, user_id: int) -> set[int]:
    """The ids of all that are a member's, in any state."""
    rows = db.execute(
        """
        select id from idea where guild_id = ?1 and user_id = ?2
        union all select idea_id from idea_co_author where guild_id = ?1 and user_id = ?2
        """,
        (guild_id, user_id),
    )
    return {idea_id for (idea_id,) in rows}


def add_merge(
    db: sqlite3.Connection, guild_id: int, user_id: int, channel_id: int, gone: int, kept: int, now: datetime
) -> Merge:
    """Store that somebody proposes to merge an idea into another."""
    row = db.execute(
        """
        insert into idea_merge (guild_id, user_id, channel_id, from_idea, into_idea, proposed_at)
        values (?, ?, ?, ?, ?, ?) returning *
        """,
        (guild_id, user_id, channel_id, gone, kept, _seconds(now)),
    ).fetchone()
    return _merge(row)


def answer_merge(db: sqlite3.Connection, merge: Merge, accepted: bool, now: datetime) -> None:
    """Store what was answered to a proposal."""
    db.execute(
        "update idea_merge set answered_at = ?, accepted = ? where id = ? and guild_id = ?",
        (_seconds(now), int(accepted), merge.id, merge.guild_id),
    )


def remove_merge(db: sqlite3.Connection, guild_id: int, merge_id: int) -> None:
    """Delete a proposal."""
    db.execute("delete from idea_merge where id = ? and guild_id = ?", (merge_id, guild_id))


def find_merge(db: sqlite3.Connection, guild_id: int, merge_id: int) -> Merge | None:
    """A proposal, if it was made in that server."""
    row = db.execute(
        "select * from idea_merge where id = ? and guild_id = ?", (merge_id, guild_id)
    ).fetchone()
    return _merge(row) if row else None


def merges_proposed_by(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Merge]:
    """All that a member has proposed, answered or not."""
    rows = db.execute(
        "select * from idea_merge where guild_id = ? and user_id = ? order by id", (guild_id, user_id)
    )
    return [_merge(row) for row in rows]


def merges_about(db: sqlite3.Connection, guild_id: int, idea_id: int) -> list[Merge]:
    """All proposals about an idea, answered or not."""
    rows = db.execute(
        "select * from idea_merge where guild_id = ?1 and (from_idea = ?2 or into_idea = ?2) order by id",
        (guild_id, idea_id),
    )
    return [_merge(row) for row in rows]


def _texts(text: IdeaText) -> tuple[str, ...]:
    return text.title, text.problem, text.angle, text.baseline, text.link


def _idea(row: sqlite3.Row) -> Idea:
    return Idea(
        id=row["id"],
        guild_id=row["guild_id"],
        user_id=row["user_id"],
        text=IdeaText(row["title"], row["problem"], row["angle"], row["baseline"], row["link"]),
        state=IdeaState(row["state"]),
        added_at=_instant(row["added_at"]),
        co_authors=tuple(sorted(json.loads(row["co_authors"]))),
        merged_into=row["merged_into"],
    )


def _merge(row: sqlite3.Row) -> Merge:
    return Merge(
        id=row["id"],
        guild_id=row["guild_id"],
        user_id=row["user_id"],
        channel_id=row["channel_id"],
        from_idea=row["from_idea"],
        into_idea=row["into_idea"],
        proposed_at=_instant(row["proposed_at"]),
        accepted=None if row["accepted"] is None else bool(row["accepted"]),
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
