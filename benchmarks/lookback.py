"""The weekly look back of a server of ten thousand members: from the due row to the message as it is sent."""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from time import perf_counter

from benchmarks.held_loop import HeldLoop
from benchmarks.others import Others, note, quieter_half
from benchmarks.study_servers import zone_at_midday
from benchmarks.table import Mark, Section, milliseconds, ours_alone
from bot.clock import SystemClock
from bot.delivery.messenger import Direct, Place, Thread
from bot.localtime import local_day
from bot.lookback.deliveries import LookbackContent
from bot.lookback.rules import days_before, week_ended_in
from bot.servers.service import EVERYONE, LOOKBACK
from bot.services import Services
from bot.storage.migrations import migrate
from cogs.lookback.cards import RENDERERS

WORK = Mark("≤", 1.0, milliseconds)
HELD = Mark("≤", 0.020, milliseconds)
GUILD, CHANNEL = 1, 10
COMPANY = 5


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: a server's members, and the weeks in which each checks in daily."""

    members: int = 10_000
    weeks: int = 5
    rounds: int = 14


QUICK = Size(members=500, weeks=2, rounds=2)


class RenderingMessenger:
    """Makes each message as it would be sent, and keeps the last."""

    def __init__(self) -> None:
        self._ids = count(1)
        self.last: LookbackContent | None = None

    async def send(self, place: Place, content: object, nonce: str) -> int:
        RENDERERS[type(content)](content, nonce)
        if isinstance(content, LookbackContent):
            self.last = content
        return next(self._ids)

    async def edit(self, place: Place, message_id: int, content: object, nonce: str) -> None:
        RENDERERS[type(content)](content, nonce)

    async def delete(self, place: Place, message_id: int) -> None:
        pass

    async def find(self, place: Place, nonce: str, since: datetime) -> int | None:
        return None

    async def open_direct(self, direct: Direct) -> int:
        return -direct.user_id

    async def open_thread(self, thread: Thread) -> int:
        return thread.message_id


async def measure(size: Size) -> Section:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "autodidact.db")
        today = _fill(path, size)
        services = await Services.open(path, SystemClock(), openings_every=None)
        times, held, busy = [], [], []
        try:
            for _ in range(size.rounds):
                _make_due(path, today)
                messenger, others = RenderingMessenger(), Others()
                async with HeldLoop() as loop:
                    began = perf_counter()
                    await services.delivery.claim_due()
                    await services.delivery.send_outstanding(messenger)
                    times.append(perf_counter() - began)
                held.append(loop.longest)
                busy.append(others.busy())
                _must_be_whole(messenger.last, size)
        finally:
            await services.close()
    quiet = quieter_half(busy)
    return Section(
        f"The look back of {size.members:,} members after {size.weeks} weeks of check-ins (the worst turn)",
        [
            ours_alone(
                "claim, sum up, render, mark", [max(times[turn] for turn in quiet)], milliseconds, WORK
            ),
            ours_alone(
                "   longest hold of the loop", [max(held[turn] for turn in quiet)], milliseconds, HELD
            ),
        ],
        note(busy),
    )


def _must_be_whole(content: LookbackContent | None, size: Size) -> None:
    if content is None:
        raise RuntimeError("no look back was sent")
    week = content.week
    check_ins = sum(work.check_ins for work in week.work.values())
    if (week.members, check_ins) != (size.members, size.members * 7):
        raise RuntimeError(f"{week.members} members with {check_ins} check-ins were found")
    if not (week.shown and week.more_shown and week.more_goals and week.together.minutes):
        raise RuntimeError("links, goals or focus are missing")


def _fill(path: Path, size: Size) -> date:
    """Members who check in every day, every third time with a link; half of them agreed to be named."""
    migrate(path)
    zone = zone_at_midday()
    now = datetime.now(UTC)
    today, instant = local_day(now, zone), int(now.timestamp())
    numbers = {
        "guild": GUILD,
        "members": size.members,
        "days": size.weeks * 7,
        "today": today.isoformat(),
        "now": instant,
        "zone": zone,
        "company": COMPANY,
        "week": week_ended_in(days_before(today)).isoformat(),
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("begin")
        db.execute(
            """
            insert into server (guild_id, checkin_channel_id, zone, prompt_time, set_up_at, changed_at,
                                lookback_weekday, lookback_time)
            values (?, ?, ?, '12:00', ?, ?, ?, '12:00')
            """,
            (GUILD, CHANNEL, zone, instant, instant, today.weekday()),
        )
        db.execute("create temp table member (user_id integer primary key)")
        db.execute("create temp table past (days integer primary key)")
        db.executemany("insert into member values (?)", [(1_000 + n,) for n in range(size.members)])
        db.executemany("insert into past values (?)", [(n,) for n in range(1, size.weeks * 7 + 1)])
        # In the order of time, as they would come in.
        db.execute(
            """
            insert into checkin (guild_id, user_id, local_day, zone, done, next, blocked, kind, minutes,
                                 reported_at, changed_at, changes)
            select :guild, user_id, date(:today, '-' || days || ' days'), :zone,
                   'Wrote the loader, and a test that failed before it: https://example.org/' || user_id,
                   'Train the baseline on it', '',
                   case user_id % 4 when 0 then 'learning' when 1 then 'showing' else 'building' end,
                   30 + days, :now - days * 86400, :now - days * 86400, 0
            from past, member order by days desc, user_id
            """,
            numbers,
        )
        db.execute(
            """
            insert into evidence (guild_id, user_id, local_day, position, url)
            select guild_id, user_id, local_day, 0, 'https://example.org/' || user_id || '/' || local_day
            from checkin where (user_id + reported_at / 86400) % 3 = 0
            """
        )
        db.execute(
            "insert into preference (guild_id, user_id, named) select ?, user_id, user_id % 2 from member",
            (GUILD,),
        )
        for number in range(3):
            db.execute(
                """
                insert into goal (guild_id, user_id, week, text, state, set_at, changed_at)
                select :guild, user_id, :week, 'Ship part ' || :number, 'kept', :now, :now from member
                """,
                {**numbers, "number": number},
            )
        db.execute(
            """
            insert into focus (guild_id, user_id, local_day, effort, minutes, began_at, ends_at, seen,
                               company)
            select :guild, user_id, date(:today, '-' || days || ' days'), 'high', 50,
                   :now - days * 86400, :now - days * 86400 + 3000, 1, days * 1000000 + user_id / :company
            from past, member where days <= 7
            """,
            numbers,
        )
        db.execute("commit")
    return today


def _make_due(path: Path, today: date) -> None:
    """Have the look back due now, as if it had not been sent before."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("delete from delivery where kind = ?", (LOOKBACK,))
        db.execute(
            """
            insert or replace into due (kind, guild_id, user_id, zone, at, days, local_day, due_at)
            values (?, ?, ?, 'UTC', '12:00', 127, ?, ?)
            """,
            (LOOKBACK, GUILD, EVERYONE, today.isoformat(), int(datetime.now(UTC).timestamp())),
        )
        db.execute("pragma wal_checkpoint(truncate)")
