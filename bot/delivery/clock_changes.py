"""When the machine's clock is set back: what was written down for a time that has not come yet is set right.

A clock that was ahead has had it claim, and give up as too late, what is due in the hours to come. And what
it meant to try again in a few seconds would wait until the clock is there again. What was sent stays sent:
its local day has had it.
"""

import logging
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.clock import Clock
from bot.delivery import outbox, rules
from bot.delivery.due import FAR_FUTURE
from bot.facts import fact_of, keep_fact
from bot.heartbeat import take_back_what_is_to_come
from bot.localtime import Weekdays, next_occurrence
from bot.storage.database import Database

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=30)
MATTERS_FROM = timedelta(minutes=1)
"""What is held up for less is not worth a word."""

AT_ONCE = 2_000
"""Rows of the outbox that are looked through in one transaction, the newest first."""

LATEST = "clock"
"""The name of the fact that holds the latest time that was seen."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Something of which the outbox holds a row for a time to come."""

    kind: str
    guild_id: int
    user_id: int


class ClockChanges:
    """Looks whether the clock has been set back, also while the bot was not running."""

    def __init__(self, database: Database, clock: Clock):
        self._database = database
        self._clock = clock

    async def look(self) -> timedelta | None:
        """Set right what a clock that was ahead left behind; answers by how much it was set back.

        At the start before anything is claimed, and every half minute.
        """
        now = self._clock.now()
        latest = await self._database.write(_see, now)
        if latest is None or latest - now < MATTERS_FROM:
            return None
        log.warning("the machine's clock was set back by %s: what was planned is reckoned anew", latest - now)
        await self._database.write(_begin, now)
        before: int | None = FAR_FUTURE
        while before is not None:
            before = await self._database.write(_settle, before, now)
        # The last, so that after a crash it is begun anew.
        await self._database.write(_keep, now)
        return latest - now


def _see(db: sqlite3.Connection, now: datetime) -> datetime | None:
    """The latest time that was seen before; what is not much earlier is kept in its place."""
    known = fact_of(db, LATEST)
    latest = None if known is None else datetime.fromtimestamp(int(known), UTC)
    if latest is None or latest - now < MATTERS_FROM:
        _keep(db, now)
    return latest


def _keep(db: sqlite3.Connection, now: datetime) -> None:
    keep_fact(db, LATEST, str(int(now.timestamp())))


def _begin(db: sqlite3.Connection, now: datetime) -> None:
    _put_forward(db, now)
    take_back_what_is_to_come(db, now)


def _put_forward(db: sqlite3.Connection, now: datetime) -> None:
    """Let nothing wait for longer than it ever should: a clock that was ahead has put it off for too long.

    What is being sent now is left alone for long enough.
    """
    db.execute(
        "update delivery set next_try_at = ? where shown < wanted and next_try_at > ?",
        (int((now + rules.LEASE).timestamp()), int((now + rules.LONGEST_WAIT).timestamp())),
    )


def _settle(db: sqlite3.Connection, before: int, now: datetime) -> int | None:
    """Plan anew what some rows of the outbox hold for a time to come; answers where to go on, if at all.

    Rows come in the order of the clock, so that the rest is of the past once a bit holds none of the future.
    """
    rows = db.execute(
        """
        select id, kind, guild_id, user_id, local_day, serial, due_at, state, reason from delivery
        where id < ? order by id desc limit ?
        """,
        (before, AT_ONCE),
    ).fetchall()
    to_come = [row for row in rows if row["due_at"] > now.timestamp()]
    for row in to_come:
        if row["state"] == "skipped" and row["reason"] == outbox.TOO_LATE:
            db.execute("delete from delivery where id = ?", (row["id"],))
            # What happens once happens at its own time.
            db.execute(
                """
                update due set due_at = ? where kind = ? and guild_id = ? and user_id = ? and days = 0
                       and local_day = ? and serial = ? and due_at >= ?
                """,
                (
                    row["due_at"],
                    row["kind"],
                    row["guild_id"],
                    row["user_id"],
                    row["local_day"],
                    row["serial"],
                    FAR_FUTURE,
                ),
            )
    for plan in {_Plan(row["kind"], row["guild_id"], row["user_id"]) for row in to_come}:
        _bring_forward(db, plan, now)
    return rows[-1]["id"] if to_come else None


def _bring_forward(db: sqlite3.Connection, plan: _Plan, now: datetime) -> None:
    """Plan for the first local day that has had nothing yet."""
    where = "kind = ? and guild_id = ? and user_id = ?"
    whose = (plan.kind, plan.guild_id, plan.user_id)
    row = db.execute(
        f"select id, zone, at, days, due_at from due where {where} and days <> 0 and due_at < ?",
        (*whose, FAR_FUTURE),
    ).fetchone()
    if row is None:
        return
    (last,) = db.execute(f"select max(local_day) from delivery where {where}", whose).fetchone()
    after_day = date.fromisoformat(last) if last else None
    first = next_occurrence(
        now, row["zone"], time.fromisoformat(row["at"]), Weekdays(row["days"]), after_day=after_day
    )
    if first is not None and first.at.timestamp() < row["due_at"]:
        db.execute(
            "update due set due_at = ?, local_day = ? where id = ?",
            (int(first.at.timestamp()), first.day.isoformat(), row["id"]),
        )
