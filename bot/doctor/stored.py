"""What the database tells of how the bot is doing: the only SQL of this room. It reads, and changes nothing.

The database may be of an older version, so each part is read for itself; what is not there yet is nothing.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.delivery import due, waiting
from bot.heartbeat import last_beats
from bot.job_notes import JobNote, Start, kept, starts

T = TypeVar("T")

GIVEN_UP_WITHIN = timedelta(days=7)

CHECKINS, LEADS, CURATORS, POLL = "check-ins", "job leads", "curators", "a poll"
"""What a channel is for."""

_SET = {
    CHECKINS: "select guild_id, checkin_channel_id from server",
    LEADS: "select guild_id, channel_id from lead_settings",
    CURATORS: "select guild_id, curators_channel_id from resource_settings",
    POLL: """
        select distinct guild_id, channel_id from poll
        where phase in ('collect', 'cards', 'final', 'baseline')
        """,
}

_GIVEN_UP = """
    select {what}, count(*) from delivery
    where reason is not null and shown >= wanted and due_at >= ? group by +{what}
    """
"""Without the plus, SQLite would read all that was ever sent, since that has an order already."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that is set for something in a server."""

    guild_id: int
    channel_id: int
    purpose: str


@dataclass(frozen=True, slots=True)
class Links:
    """How the looking at links is doing: how many there are, how many are due, and when it looked last."""

    addresses: int
    failing: int
    dead: int
    due: int
    looked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What was read. `given_up` counts by reason what was not sent, changed or deleted in the last week.

    `starts` are those of the processes, by the first shard of each, and `beats` those of the shards.
    """

    channels: tuple[Channel, ...] = ()
    departed: Mapping[int, datetime] = field(default_factory=dict)
    zones: frozenset[str] = frozenset()
    starts: Mapping[int, Start] = field(default_factory=dict)
    beats: Mapping[int, datetime] = field(default_factory=dict)
    jobs: tuple[JobNote, ...] = ()
    oldest_unsent: timedelta = timedelta()
    outstanding: int = 0
    overdue: int = 0
    given_up: Mapping[str, int] = field(default_factory=dict)
    troubled_servers: Mapping[int, int] = field(default_factory=dict)
    links: Links | None = None


def read(db: sqlite3.Connection, now: datetime) -> Stored:
    """All of it; the connection's rows have to be sqlite3.Row. Raises sqlite3's errors but for lacks."""
    return Stored(
        channels=tuple(
            channel for purpose, statement in _SET.items() for channel in _channels(db, purpose, statement)
        ),
        departed=_part(lambda: _departed(db)) or {},
        zones=_part(lambda: _zones(db)) or frozenset(),
        starts=_part(lambda: starts(db)) or {},
        beats=_part(lambda: _beats(db)) or {},
        jobs=tuple(_part(lambda: kept(db)) or ()),
        oldest_unsent=timedelta(seconds=_part(lambda: waiting.lag(db, now)) or 0),
        outstanding=_part(lambda: waiting.outstanding(db)) or 0,
        overdue=(_part(lambda: due.count(db, now)) or (0, 0))[1],
        given_up=_part(lambda: _given_up(db, now)) or {},
        troubled_servers=_part(lambda: _troubled_servers(db, now)) or {},
        links=_part(lambda: _links(db, now)),
    )


def _part(reader: Callable[[], T]) -> T | None:
    try:
        return reader()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise


def _channels(db: sqlite3.Connection, purpose: str, statement: str) -> list[Channel]:
    rows = _part(lambda: db.execute(statement).fetchall()) or []
    return [Channel(guild, channel, purpose) for guild, channel in rows if channel]


def _departed(db: sqlite3.Connection) -> dict[int, datetime]:
    rows = db.execute("select guild_id, left_at from departed_server")
    return {guild_id: datetime.fromtimestamp(left_at, UTC) for guild_id, left_at in rows}


def _zones(db: sqlite3.Connection) -> frozenset[str]:
    rows = db.execute("select zone from server union select zone from due")
    return frozenset(str(zone) for (zone,) in rows)


def _beats(db: sqlite3.Connection) -> dict[int, datetime]:
    """The last beat of each shard, of the number of shards that is in use."""
    beats = last_beats(db)
    if not beats:
        return {}
    _, in_use = max(beats, key=lambda shard: beats[shard])
    return {shard: datetime.fromtimestamp(at, UTC) for (shard, count), at in beats.items() if count == in_use}


def _given_up(db: sqlite3.Connection, now: datetime) -> dict[str, int]:
    return dict(db.execute(_GIVEN_UP.format(what="reason"), (_since(now),)).fetchall())


def _troubled_servers(db: sqlite3.Connection, now: datetime) -> dict[int, int]:
    return dict(db.execute(_GIVEN_UP.format(what="guild_id"), (_since(now),)).fetchall())


def _since(now: datetime) -> int:
    return int((now - GIVEN_UP_WITHIN).timestamp())


def _links(db: sqlite3.Connection, now: datetime) -> Links | None:
    addresses, failing, dead, due_by_now, looked_at = db.execute(
        """
        select count(*), coalesce(sum(failed_on <> '[]' and dead_since is null), 0), count(dead_since),
               coalesce(sum(next_check_at <= ?), 0), max(checked_at)
        from resource_link
        """,
        (int(now.timestamp()),),
    ).fetchone()
    looked = None if looked_at is None else datetime.fromtimestamp(looked_at, UTC)
    return Links(addresses, failing, dead, due_by_now, looked) if addresses else None
