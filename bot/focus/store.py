"""The only SQL of blocks of focus."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

from bot.focus.rules import COMPANY_SPANS, Block, Effort
from bot.inputs import LONGEST_DAY


def add(
    db: sqlite3.Connection,
    guild_id: int,
    user_id: int,
    *,
    day: date,
    effort: Effort,
    minutes: int,
    now: datetime,
    seen: bool,
    company: datetime | None,
) -> Block:
    """Store a block that begins now, to the whole second."""
    began_at = int(now.timestamp())
    row = db.execute(
        """
        insert into focus (guild_id, user_id, local_day, effort, minutes, began_at, ends_at, seen, company)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        returning *
        """,
        (
            guild_id,
            user_id,
            day.isoformat(),
            effort.value,
            minutes,
            began_at,
            began_at + int(timedelta(minutes=minutes).total_seconds()),
            int(seen),
            None if company is None else int(company.timestamp()),
        ),
    ).fetchone()
    return _block(row)


def stop(db: sqlite3.Connection, block: Block, now: datetime, day: date) -> Block:
    """End a block before its time; from now on it counts for the given day."""
    stopped_at = max(int(now.timestamp()), int(block.began_at.timestamp()))
    row = db.execute(
        "update focus set stopped_at = ?, local_day = ? where id = ? returning *",
        (stopped_at, day.isoformat(), block.id),
    ).fetchone()
    return _block(row)


def find(db: sqlite3.Connection, guild_id: int, user_id: int, block_id: int) -> Block | None:
    """A block, if it is that member's in that server."""
    row = db.execute(
        "select * from focus where id = ? and guild_id = ? and user_id = ?", (block_id, guild_id, user_id)
    ).fetchone()
    return _block(row) if row else None


def newest(db: sqlite3.Connection, guild_id: int, user_id: int) -> Block | None:
    """The block that a member began last; a running one is always the newest."""
    row = db.execute(
        "select * from focus where id = (select max(id) from focus where guild_id = ? and user_id = ?)",
        (guild_id, user_id),
    ).fetchone()
    return _block(row) if row else None


def seen_running(db: sqlite3.Connection, guild_id: int, now: datetime) -> list[Block]:
    """The blocks in a server that run and may be seen, the first to end first."""
    rows = db.execute(
        """
        select * from focus where guild_id = ? and ends_at > ? and stopped_at is null and seen = 1
        order by ends_at, id
        """,
        (guild_id, int(now.timestamp())),
    )
    return [_block(row) for row in rows]


def gather(db: sqlite3.Connection, guild_id: int, company: datetime, now: datetime) -> None:
    """Have all blocks that run, may be seen and have no company yet belong to one."""
    db.execute(
        """
        update focus set company = ?
        where guild_id = ? and ends_at > ? and stopped_at is null and seen = 1 and company is null
        """,
        (int(company.timestamp()), guild_id, int(now.timestamp())),
    )


def blocks_of_company(db: sqlite3.Connection, guild_id: int, company: datetime) -> list[Block]:
    """All blocks of a company, in the order in which they began."""
    came_together = int(company.timestamp())
    rows = db.execute(
        """
        select * from focus where guild_id = ? and ends_at > ? and ends_at <= ? and company = ?
        order by began_at, id
        """,
        (guild_id, came_together, came_together + int(COMPANY_SPANS.total_seconds()), came_together),
    )
    return [_block(row) for row in rows]


def companies_of(db: sqlite3.Connection, guild_id: int, user_id: int, since: datetime) -> set[datetime]:
    """The companies that a member was in with blocks that were to end after an instant."""
    rows = db.execute(
        """
        select distinct company from focus
        where guild_id = ? and ends_at > ? and user_id = ? and company is not null
        """,
        (guild_id, int(since.timestamp()), user_id),
    )
    return {datetime.fromtimestamp(company, UTC) for (company,) in rows}


def minutes_on(db: sqlite3.Connection, guild_id: int, user_id: int, day: date, now: datetime) -> int:
    """The whole minutes of a member's blocks of a local day that are over; never more than a day has."""
    (seconds,) = db.execute(
        """
        select coalesce(sum(coalesce(stopped_at, ends_at) - began_at), 0) from focus
        where guild_id = ? and user_id = ? and local_day = ? and coalesce(stopped_at, ends_at) <= ?
        """,
        (guild_id, user_id, day.isoformat(), int(now.timestamp())),
    ).fetchone()
    return min(int(seconds) // 60, LONGEST_DAY)


def _block(row: sqlite3.Row) -> Block:
    return Block(
        id=row["id"],
        user_id=row["user_id"],
        day=date.fromisoformat(row["local_day"]),
        effort=Effort(row["effort"]),
        minutes=row["minutes"],
        began_at=datetime.fromtimestamp(row["began_at"], UTC),
        ends_at=datetime.fromtimestamp(row["ends_at"], UTC),
        stopped_at=_instant(row["stopped_at"]),
        seen=bool(row["seen"]),
        company=_instant(row["company"]),
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
