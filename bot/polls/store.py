"""The only SQL of polls and what is in them; that of votes is in `votes_store`."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.ideas.rules import Idea, IdeaText
from bot.ideas.service import find_ideas
from bot.polls.rules import FORGOTTEN, OPEN, EndedBy, Entry, Method, Phase, Poll, Scope
from bot.ranking.criteria import Purpose

_STRIPPED = IdeaText("")
"""What is stored in place of an idea's texts that were let go of; no idea is without a title."""

_OPEN = ", ".join(f"'{phase.value}'" for phase in OPEN)


@dataclass(frozen=True, slots=True)
class Outline:
    """An idea in a poll without what it says: quick to read, for whoever deals cards."""

    idea_id: int
    withdrawn: bool


@contextmanager
def all_or_nothing(db: sqlite3.Connection) -> Iterator[None]:
    """Undo what is done within it, and nothing else of the transaction, where it raises."""
    db.execute("savepoint attempt")
    try:
        yield
    except BaseException:
        db.execute("rollback to attempt")
        raise
    finally:
        db.execute("release attempt")


def add(db: sqlite3.Connection, poll: Poll) -> Poll:
    """Store a new poll, whose id does not count, and answer it with its id."""
    added = db.execute(
        """
        insert into poll (guild_id, channel_id, user_id, name, purpose, scope, method, standing_open, seed,
                          phase, collect_until, cards_until, final_until, started_at, phase_since)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *
        """,
        (
            poll.guild_id,
            poll.channel_id,
            poll.user_id,
            poll.name,
            poll.purpose,
            poll.scope,
            poll.method,
            int(poll.standing_open),
            poll.seed,
            poll.phase,
            _seconds(poll.collect_until),
            _seconds(poll.cards_until),
            _seconds(poll.final_until),
            _seconds(poll.started_at),
            _seconds(poll.phase_since),
        ),
    ).fetchone()
    return _poll(added)


def save(db: sqlite3.Connection, poll: Poll) -> None:
    """Store where a poll is, its deadlines, and what came of it."""
    db.execute(
        """
        update poll set phase = ?, collect_until = ?, cards_until = ?, final_until = ?, phase_since = ?,
               ended_by = ?, shortlist = ?, tried = ?
        where id = ? and guild_id = ?
        """,
        (
            poll.phase,
            _seconds(poll.collect_until),
            _seconds(poll.cards_until),
            _seconds(poll.final_until),
            _seconds(poll.phase_since),
            poll.ended_by,
            json.dumps(poll.shortlist),
            json.dumps(poll.tried),
            poll.id,
            poll.guild_id,
        ),
    )


def find(db: sqlite3.Connection, guild_id: int, poll_id: int) -> Poll | None:
    """A poll of a server."""
    row = db.execute("select * from poll where id = ? and guild_id = ?", (poll_id, guild_id)).fetchone()
    return _poll(row) if row else None


def open_in(db: sqlite3.Connection, guild_id: int) -> list[Poll]:
    """The polls of a server that collect or vote, the oldest first."""
    rows = db.execute(
        f"select * from poll where guild_id = ? and phase in ({_OPEN}) order by id", (guild_id,)
    )
    return [_poll(row) for row in rows]


def running(db: sqlite3.Connection, guild_id: int) -> list[Poll]:
    """The polls of a server that are not over, builds included, the newest first."""
    rows = db.execute(
        f"select * from poll where guild_id = ? and phase in ({_OPEN}, 'baseline') order by id desc",
        (guild_id,),
    )
    return [_poll(row) for row in rows]


def recent(db: sqlite3.Connection, guild_id: int, limit: int) -> list[Poll]:
    """The newest polls of a server in any phase, the newest first."""
    rows = db.execute("select * from poll where guild_id = ? order by id desc limit ?", (guild_id, limit))
    return [_poll(row) for row in rows]


def started_by(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Poll]:
    """All polls that a member started in a server."""
    rows = db.execute("select * from poll where guild_id = ? and user_id = ?", (guild_id, user_id))
    return [_poll(row) for row in rows]


def with_invited(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Poll]:
    """All polls of a server to which a member is invited."""
    rows = db.execute(
        "select poll.* from poll_invited join poll on poll.id = poll_id where poll_invited.guild_id = ? "
        "and poll_invited.user_id = ?",
        (guild_id, user_id),
    )
    return [_poll(row) for row in rows]


def forget_starter(db: sqlite3.Connection, guild_id: int, user_id: int) -> None:
    """Leave the polls that a member started as nobody's."""
    db.execute("update poll set user_id = null where guild_id = ? and user_id = ?", (guild_id, user_id))


def invited(db: sqlite3.Connection, guild_id: int, poll_id: int) -> frozenset[int]:
    """Who is invited to a poll."""
    rows = db.execute(
        "select user_id from poll_invited where guild_id = ? and poll_id = ?", (guild_id, poll_id)
    )
    return frozenset(user_id for (user_id,) in rows)


def invite(db: sqlite3.Connection, poll: Poll, user_id: int) -> None:
    """Put a member on the list of those invited."""
    db.execute("insert or ignore into poll_invited values (?, ?, ?)", (poll.id, poll.guild_id, user_id))


def uninvite(db: sqlite3.Connection, poll: Poll, user_id: int) -> None:
    """Take a member off the list of those invited."""
    db.execute("delete from poll_invited where poll_id = ? and user_id = ?", (poll.id, user_id))


def entry_rows(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[dict[str, str | int | None]]:
    """What is stored in polls of the ideas that are a member's, alone or with others."""
    rows = db.execute(
        """
        select * from poll_entry where guild_id = ?1 and idea_id in (
            select id from idea where guild_id = ?1 and user_id = ?2
            union select idea_id from idea_co_author where guild_id = ?1 and user_id = ?2
        )
        """,
        (guild_id, user_id),
    )
    return [dict(row) for row in rows]


def poll_rows(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[dict[str, str | int | None]]:
    """What is stored of the polls that a member started, without the seed of one that is open."""
    rows = db.execute("select * from poll where guild_id = ? and user_id = ?", (guild_id, user_id))
    return [dict(row) | ({"seed": None} if Phase(row["phase"]) in OPEN else {}) for row in rows]


def entries_of(db: sqlite3.Connection, guild_id: int, poll_id: int) -> list[Entry]:
    """All ideas that are or were in a poll, each at the place in the list that is its position."""
    rows = db.execute(
        "select * from poll_entry where poll_id = ? and guild_id = ? order by position", (poll_id, guild_id)
    ).fetchall()
    return _entries(db, guild_id, rows)


def entries_at(db: sqlite3.Connection, guild_id: int, poll_id: int, positions: Sequence[int]) -> list[Entry]:
    """The ideas at some positions of a poll, in the order in which they are asked for."""
    rows = db.execute(
        """
        select * from poll_entry
        where poll_id = ? and guild_id = ? and position in (select value from json_each(?))
        """,
        (poll_id, guild_id, json.dumps(positions)),
    ).fetchall()
    found = {entry.position: entry for entry in _entries(db, guild_id, rows)}
    return [found[position] for position in positions]


def outline_of(db: sqlite3.Connection, guild_id: int, poll_id: int) -> list[Outline]:
    """All ideas of a poll, each at the place in the list that is its position, without what they say."""
    rows = db.execute(
        """
        select idea_id, withdrawn_at is not null from poll_entry
        where poll_id = ? and guild_id = ? order by position
        """,
        (poll_id, guild_id),
    )
    return [Outline(idea_id, bool(withdrawn)) for idea_id, withdrawn in rows]


def add_entry(db: sqlite3.Connection, poll: Poll, idea_id: int) -> None:
    """Put an idea into a poll that collects, after those that are in it."""
    db.execute(
        """
        insert into poll_entry (poll_id, position, guild_id, idea_id)
        select ?, coalesce(max(position) + 1, 0), ?, ? from poll_entry where poll_id = ?
        """,
        (poll.id, poll.guild_id, idea_id, poll.id),
    )


def take_out(db: sqlite3.Connection, poll: Poll, position: int) -> None:
    """Delete an idea from a poll that collects; those after it move up."""
    db.execute("delete from poll_entry where poll_id = ? and position = ?", (poll.id, position))
    later = db.execute(
        "select position from poll_entry where poll_id = ? and position > ? order by position",
        (poll.id, position),
    ).fetchall()
    for (place,) in later:
        db.execute(
            "update poll_entry set position = ? where poll_id = ? and position = ?",
            (place - 1, poll.id, place),
        )


def freeze(db: sqlite3.Connection, poll: Poll, entry: Entry) -> None:
    """Keep what an entry says from now on, whatever becomes of the idea."""
    _save_text(db, poll, entry.position, entry.text)


def strip(db: sqlite3.Connection, poll: Poll, position: int) -> None:
    """Let go of what an entry said."""
    _save_text(db, poll, position, _STRIPPED)


def withdraw(db: sqlite3.Connection, poll: Poll, position: int, now: datetime) -> None:
    """Leave an entry out of the ranking from now on."""
    db.execute(
        "update poll_entry set withdrawn_at = ? where poll_id = ? and position = ? and withdrawn_at is null",
        (_seconds(now), poll.id, position),
    )


def polls_with(db: sqlite3.Connection, guild_id: int, idea_id: int) -> list[Poll]:
    """The polls of a server in which an idea is, the newest first."""
    rows = db.execute(
        "select poll.* from poll_entry join poll on poll.id = poll_id "
        "where poll_entry.idea_id = ? and poll_entry.guild_id = ? order by poll.id desc",
        (idea_id, guild_id),
    )
    return [_poll(row) for row in rows]


def polls_with_lost_ideas(db: sqlite3.Connection, guild_id: int) -> list[Poll]:
    """The polls of a server that hold entries of ideas which are not there any more, texts and all."""
    rows = db.execute(
        """
        select * from poll where guild_id = ? and exists (
            select 1 from poll_entry
            where poll_id = poll.id and title is not ?
                  and not exists (select 1 from idea where idea.id = poll_entry.idea_id)
        )
        """,
        (guild_id, _STRIPPED.title),
    )
    return [_poll(row) for row in rows]


def _save_text(db: sqlite3.Connection, poll: Poll, position: int, text: IdeaText) -> None:
    db.execute(
        """
        update poll_entry set title = ?, problem = ?, angle = ?, baseline = ?, link = ?
        where poll_id = ? and position = ?
        """,
        (text.title, text.problem, text.angle, text.baseline, text.link, poll.id, position),
    )


def _entries(db: sqlite3.Connection, guild_id: int, rows: Sequence[sqlite3.Row]) -> list[Entry]:
    ideas = {idea.id: idea for idea in find_ideas(db, guild_id, [row["idea_id"] for row in rows])}
    return [_entry(row, ideas.get(row["idea_id"])) for row in rows]


def _entry(row: sqlite3.Row, idea: Idea | None) -> Entry:
    if row["title"] is None:
        text = FORGOTTEN if idea is None else idea.text
    else:
        text = IdeaText(row["title"], row["problem"], row["angle"], row["baseline"], row["link"])
    return Entry(
        row["position"],
        row["idea_id"],
        frozenset() if idea is None else idea.authors,
        FORGOTTEN if text == _STRIPPED else text,
        row["withdrawn_at"] is not None,
    )


def _poll(row: sqlite3.Row) -> Poll:
    return Poll(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        user_id=row["user_id"],
        name=row["name"],
        purpose=Purpose(row["purpose"]),
        scope=Scope(row["scope"]),
        method=Method(row["method"]),
        standing_open=bool(row["standing_open"]),
        seed=row["seed"],
        phase=Phase(row["phase"]),
        collect_until=_instant(row["collect_until"]),
        cards_until=_instant(row["cards_until"]),
        final_until=_instant(row["final_until"]),
        started_at=_instant(row["started_at"]),
        phase_since=_instant(row["phase_since"]),
        ended_by=EndedBy(row["ended_by"]) if row["ended_by"] else None,
        shortlist=_positions(row["shortlist"]),
        tried=_positions(row["tried"]),
    )


def _positions(text: str) -> tuple[int, ...]:
    listed: Sequence[int] = json.loads(text)
    return tuple(listed)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
