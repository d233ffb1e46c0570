"""The only SQL of builds."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime

from bot.builds.rules import Baseline, Build, BuildState
from bot.ideas.rules import IdeaText


def add(
    db: sqlite3.Connection,
    guild_id: int,
    *,
    poll_id: int,
    position: int,
    channel_id: int,
    text: IdeaText,
    zone: str,
    began_at: datetime,
    until: datetime,
    rival: str,
) -> int:
    """Store a build that begins, with nobody in it yet, and answer its id."""
    (build_id,) = db.execute(
        """
        insert into build (guild_id, poll_id, position, channel_id, title, problem, angle, baseline, link,
                           zone, began_at, until, state, rival)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?)
        returning id
        """,
        (
            guild_id,
            poll_id,
            position,
            channel_id,
            text.title,
            text.problem,
            text.angle,
            text.baseline,
            text.link,
            zone,
            int(began_at.timestamp()),
            int(until.timestamp()),
            rival,
        ),
    ).fetchone()
    return int(build_id)


def find(db: sqlite3.Connection, guild_id: int, build_id: int) -> Build | None:
    """A build of a server."""
    row = db.execute("select * from build where id = ? and guild_id = ?", (build_id, guild_id)).fetchone()
    return _build(db, row) if row else None


def of_poll(db: sqlite3.Connection, guild_id: int, poll_id: int) -> list[Build]:
    """The builds of a poll, in the order in which they began."""
    rows = db.execute(
        "select * from build where poll_id = ? and guild_id = ? order by id", (poll_id, guild_id)
    )
    return [_build(db, row) for row in rows.fetchall()]


def running(db: sqlite3.Connection, guild_id: int) -> list[Build]:
    """The builds of a server that have come to no end, in the order in which they began."""
    rows = db.execute("select * from build where guild_id = ? and state = 'running' order by id", (guild_id,))
    return [_build(db, row) for row in rows.fetchall()]


def not_asked(db: sqlite3.Connection, guild_id: int) -> list[Build]:
    """Those among the running builds whose team has not been asked yet."""
    rows = db.execute(
        """
        select * from build where guild_id = ? and state = 'running' and asked_at is null order by id
        """,
        (guild_id,),
    )
    return [_build(db, row) for row in rows.fetchall()]


def of_member(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[Build]:
    """The builds that a member is in, the newest first."""
    rows = db.execute(
        """
        select build.* from build_member join build on build.id = build_id
        where build_member.guild_id = ? and build_member.user_id = ? order by build.id desc
        """,
        (guild_id, user_id),
    )
    return [_build(db, row) for row in rows.fetchall()]


def mark_asked(db: sqlite3.Connection, build: Build, now: datetime) -> None:
    """Write down that a build's team is asked whether the baseline is there."""
    db.execute("update build set asked_at = ? where id = ?", (int(now.timestamp()), build.id))


def end(db: sqlite3.Connection, build: Build, state: BuildState, now: datetime, link: str) -> None:
    """Bring a build to its end; no second team can be made any more."""
    db.execute(
        "update build set state = ?, ended_at = ?, shown = ?, rival = '' where id = ?",
        (state.value, int(now.timestamp()), link, build.id),
    )


def set_link(db: sqlite3.Connection, build: Build, link: str) -> None:
    """Have a baseline be seen elsewhere."""
    db.execute("update build set shown = ? where id = ?", (link, build.id))


def drop_rival(db: sqlite3.Connection, build: Build) -> None:
    """Offer no second team any more."""
    db.execute("update build set rival = '' where id = ?", (build.id,))


def join(db: sqlite3.Connection, build: Build, members: Iterable[int], now: datetime, *, asked: bool) -> None:
    """Take members in; with `asked`, they pressed the button, and are mentioned when the week is over."""
    db.executemany(
        """
        insert into build_member (build_id, guild_id, user_id, joined_at, mentioned) values (?, ?, ?, ?, ?)
        on conflict (build_id, user_id) do update set mentioned = max(mentioned, excluded.mentioned)
        """,
        [(build.id, build.guild_id, user_id, int(now.timestamp()), int(asked)) for user_id in members],
    )


def leave(db: sqlite3.Connection, build: Build, user_id: int) -> None:
    """Take a member out."""
    db.execute("delete from build_member where build_id = ? and user_id = ?", (build.id, user_id))


def set_shown_on(db: sqlite3.Connection, build: Build, user_id: int, day: date) -> None:
    """Write down on which of a member's days the baseline was there."""
    db.execute(
        "update build_member set shown_on = ? where build_id = ? and user_id = ?",
        (day.isoformat(), build.id, user_id),
    )


def days_shown(db: sqlite3.Connection, build: Build) -> list[date]:
    """The local days on which a baseline was there, of all who are in."""
    rows = db.execute(
        "select distinct shown_on from build_member where build_id = ? and shown_on is not null", (build.id,)
    )
    return [date.fromisoformat(day) for (day,) in rows]


def baselines(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    *,
    first: date = date.min,
    last: date = date.max,
    limit: int = -1,
) -> list[Baseline]:
    """The baselines that a member was in on in some of their days, the newest first; all, without a limit."""
    rows = db.execute(
        """
        select shown_on, shown, title from build_member join build on build.id = build_id
        where build_member.guild_id = ? and build_member.user_id = ? and shown_on between ? and ?
        order by shown_on desc, build.id desc limit ?
        """,
        (guild_id, user_id, first.isoformat(), last.isoformat(), limit),
    )
    return [Baseline(date.fromisoformat(day), url, title) for day, url, title in rows]


def build_rows(db: sqlite3.Connection, guild_id: int, user_id: int) -> list[dict[str, str | int | None]]:
    """All that is stored of the builds that a member is in or whose idea is theirs, for their own eyes."""
    rows = db.execute(
        """
        select * from build where guild_id = ?1 and (
            id in (select build_id from build_member where guild_id = ?1 and user_id = ?2)
            or (poll_id, position) in (
                select poll_id, position from poll_entry where guild_id = ?1 and idea_id in (
                    select id from idea where guild_id = ?1 and user_id = ?2
                    union select idea_id from idea_co_author where guild_id = ?1 and user_id = ?2
                )
            )
        )
        """,
        (guild_id, user_id),
    )
    return [dict(row) for row in rows]


def strip(db: sqlite3.Connection, build: Build) -> None:
    """Let go of all that a build's team wrote but the title."""
    strip_idea(db, build)
    db.execute("update build set shown = '' where id = ?", (build.id,))


def strip_idea(db: sqlite3.Connection, build: Build) -> None:
    """Let go of all that the idea of a build says but its title."""
    db.execute(
        "update build set problem = '', angle = '', baseline = '', link = '' where id = ?", (build.id,)
    )


def _build(db: sqlite3.Connection, row: sqlite3.Row) -> Build:
    members = db.execute(
        "select user_id, mentioned from build_member where build_id = ? order by joined_at, user_id",
        (row["id"],),
    ).fetchall()
    return Build(
        id=row["id"],
        guild_id=row["guild_id"],
        poll_id=row["poll_id"],
        position=row["position"],
        channel_id=row["channel_id"],
        text=IdeaText(row["title"], row["problem"], row["angle"], row["baseline"], row["link"]),
        zone=row["zone"],
        began_at=_instant(row["began_at"]),
        until=_instant(row["until"]),
        state=BuildState(row["state"]),
        ended_at=None if row["ended_at"] is None else _instant(row["ended_at"]),
        link=row["shown"],
        members=tuple(user_id for user_id, _ in members),
        to_mention=tuple(user_id for user_id, mentioned in members if mentioned),
        rival=row["rival"],
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
