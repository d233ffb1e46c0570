"""The only SQL of servers' settings."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has been set up: where and when, in its own zone, the day's prompt is posted.

    `questions` names a set of questions. The weekday of the look back, 0 for Monday, is None where there is
    none.
    """

    guild_id: int
    checkin_channel_id: int
    zone: str
    prompt_time: time
    questions: str = "doing"
    lookback_weekday: int | None = None
    lookback_time: time = time(18)


def find(db: sqlite3.Connection, guild_id: int) -> Server | None:
    """The settings of a server, or None before its first set-up."""
    row = db.execute("select * from server where guild_id = ?", (guild_id,)).fetchone()
    if row is None:
        return None
    return Server(
        guild_id,
        row["checkin_channel_id"],
        row["zone"],
        time.fromisoformat(row["prompt_time"]),
        row["questions"],
        row["lookback_weekday"],
        time.fromisoformat(row["lookback_time"]),
    )


def save(db: sqlite3.Connection, server: Server, now: datetime) -> None:
    """Store the settings of a server in place of the earlier ones."""
    instant = int(now.timestamp())
    db.execute(
        """
        insert into server (guild_id, checkin_channel_id, zone, prompt_time, questions, lookback_weekday,
                            lookback_time, set_up_at, changed_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (guild_id) do update set
            checkin_channel_id = excluded.checkin_channel_id, zone = excluded.zone,
            prompt_time = excluded.prompt_time, questions = excluded.questions,
            lookback_weekday = excluded.lookback_weekday, lookback_time = excluded.lookback_time,
            changed_at = excluded.changed_at
        """,
        (
            server.guild_id,
            server.checkin_channel_id,
            server.zone,
            server.prompt_time.isoformat("minutes"),
            server.questions,
            server.lookback_weekday,
            server.lookback_time.isoformat("minutes"),
            instant,
            instant,
        ),
    )


def save_zone(db: sqlite3.Connection, guild_id: int, zone: str, now: datetime) -> None:
    """Write down since when a server has a zone."""
    db.execute(
        "insert or replace into server_zone (guild_id, set_at, zone) values (?, ?, ?)",
        (guild_id, int(now.timestamp()), zone),
    )


def zones(db: sqlite3.Connection, guild_id: int) -> list[tuple[datetime, str]]:
    """The zones a server has had, each with the instant from which on."""
    rows = db.execute("select set_at, zone from server_zone where guild_id = ? order by set_at", (guild_id,))
    return [(datetime.fromtimestamp(set_at, UTC), zone) for set_at, zone in rows]


def save_questions(db: sqlite3.Connection, guild_id: int, questions: Sequence[str]) -> None:
    """Store a server's own questions in place of the earlier ones."""
    db.execute("delete from question where guild_id = ?", (guild_id,))
    db.executemany(
        "insert into question (guild_id, position, text) values (?, ?, ?)",
        [(guild_id, position, text) for position, text in enumerate(questions)],
    )


def questions(db: sqlite3.Connection, guild_id: int) -> list[str]:
    """A server's own questions, in the order in which they were typed."""
    rows = db.execute("select text from question where guild_id = ? order by position", (guild_id,))
    return [text for (text,) in rows]


def count(db: sqlite3.Connection) -> int:
    """How many servers have been set up."""
    (number,) = db.execute("select count(*) from server").fetchone()
    return int(number)
