"""The only SQL of introductions."""

import sqlite3
from dataclasses import asdict, dataclass, field
from datetime import datetime

from bot.introductions.rules import Introduction


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for a member: their introduction, and whether they want a draft when a thread appears."""

    introduction: Introduction = field(default_factory=Introduction)
    wanted: bool = False


def find(db: sqlite3.Connection, guild_id: int, user_id: int) -> Kept | None:
    """What is kept for a member, or None."""
    row = db.execute(
        """
        select location, remote, relocate, technologies, resume, email, built, wanted
        from introduction where guild_id = ? and user_id = ?
        """,
        (guild_id, user_id),
    ).fetchone()
    return Kept(Introduction(*tuple(row)[:-1]), bool(row["wanted"])) if row else None


def save(db: sqlite3.Connection, guild_id: int, user_id: int, kept: Kept, now: datetime) -> None:
    """Store what a member put in, and whether they want a draft."""
    db.execute(
        """
        insert into introduction (guild_id, user_id, location, remote, relocate, technologies, resume, email,
                                  built, wanted, changed_at)
        values (:guild, :user, :location, :remote, :relocate, :technologies, :resume, :email, :built, :wanted,
                :now)
        on conflict (guild_id, user_id) do update set
            location = excluded.location, remote = excluded.remote, relocate = excluded.relocate,
            technologies = excluded.technologies, resume = excluded.resume, email = excluded.email,
            built = excluded.built, wanted = excluded.wanted, changed_at = excluded.changed_at
        """,
        {
            **asdict(kept.introduction),
            "guild": guild_id,
            "user": user_id,
            "wanted": int(kept.wanted),
            "now": int(now.timestamp()),
        },
    )


def take_who_wait(db: sqlite3.Connection, thread_id: int) -> list[tuple[int, int]]:
    """The servers and members that want a draft for a thread and have had none; from now on they have."""
    rows = db.execute(
        """
        update introduction set thread_id = :thread
        where wanted = 1 and (thread_id is null or thread_id < :thread) returning guild_id, user_id
        """,
        {"thread": thread_id},
    ).fetchall()
    return sorted((guild_id, user_id) for guild_id, user_id in rows)
