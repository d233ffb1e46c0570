"""Looking into the bot's database from outside, and changing what only time would change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

A_WHILE = timedelta(minutes=2)


def query(database: Path, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run one statement, in a transaction of its own, beside a bot that may be running."""
    with closing(sqlite3.connect(database, timeout=5)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def make_due(database: Path, kind: str, *guilds: int, ago: timedelta = A_WHILE) -> None:
    """Put the next prompt or pings of servers into the past, all at once: their time of day was `ago`.

    As the bot would have planned it, so that whoever reckons it anew comes to the same instant.
    """
    make_all_due(database, [(kind, guild) for guild in guilds], ago=ago)


def make_all_due(database: Path, planned: Iterable[tuple[str, int]], *, ago: timedelta = A_WHILE) -> None:
    """The same for several kinds, each with its server."""
    moment = _whole_minute(datetime.now(UTC) - ago)
    with closing(sqlite3.connect(database, timeout=5)) as connection, connection:
        for kind, guild in planned:
            which = "from due where kind = ? and guild_id = ?"
            zones = connection.execute(f"select distinct zone {which}", (kind, guild)).fetchall()
            assert zones, f"no {kind} is planned in server {guild}"
            for (zone,) in zones:
                connection.execute(
                    """
                    update due set due_at = ?, local_day = ?, at = ?
                    where kind = ? and guild_id = ? and zone = ?
                    """,
                    (int(moment.timestamp()), *_day_and_time(moment, zone), kind, guild, zone),
                )


def plan_pings(database: Path, guild: int, zone: str, users: Sequence[int], moment: datetime) -> None:
    """Write down, as the bot would have, that all these members are due at the minute of a moment."""
    instant = int(_whole_minute(moment).timestamp())
    day, at = _day_and_time(moment, zone)
    rows = [(guild, user, zone, day, instant, at) for user in users]
    with closing(sqlite3.connect(database, timeout=5)) as connection, connection:
        connection.executemany(
            """
            insert into routine (guild_id, user_id, zone, from_day, set_at, at, days, ping)
            values (?, ?, ?, ?, ?, ?, 127, 1)
            """,
            rows,
        )
        connection.executemany(
            """
            insert into due (kind, guild_id, user_id, zone, local_day, due_at, at, days)
            values ('ping', ?, ?, ?, ?, ?, ?, 127)
            """,
            rows,
        )


def deliveries(database: Path, kind: str, guild: int) -> list[tuple[str, str | None, str | None]]:
    """State, reason and message id of all that was to be said of a kind in a server."""
    rows = query(
        database,
        "select state, reason, message_id from delivery where kind = ? and guild_id = ? order by id",
        kind,
        guild,
    )
    return [(state, reason, None if message is None else str(message)) for state, reason, message in rows]


def hurry(database: Path) -> None:
    """Let what the bot has put off be tried again now."""
    query(database, "update delivery set next_try_at = 0 where shown < wanted")


def outstanding(database: Path) -> int:
    """How many rows of the outbox do not show yet what they should."""
    ((number,),) = query(database, "select count(*) from delivery where shown < wanted")
    return int(number)


def checkins(database: Path, guild: int) -> dict[int, str]:
    """What each member of a server has reported, by the member's id."""
    return dict(query(database, "select user_id, done from checkin where guild_id = ?", guild))


def _whole_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _day_and_time(moment: datetime, zone: str) -> tuple[str, str]:
    local = moment.astimezone(ZoneInfo(zone))
    return local.date().isoformat(), f"{local:%H:%M}"
