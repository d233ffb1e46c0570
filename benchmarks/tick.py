"""The tick over a due table of a million rows: nothing due, and a thousand pings due at one minute."""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import perf_counter

from benchmarks.held_loop import HeldLoop
from benchmarks.study_servers import zone_at_midday
from benchmarks.table import Mark, Section, milliseconds, ours_alone
from bot.clock import SystemClock
from bot.delivery.messenger import Direct, Place, Thread
from bot.localtime import local_day
from bot.services import Services
from bot.storage.migrations import migrate

IDLE = Mark("<", 0.001, milliseconds)
LATER = 7 * 24 * 3600
DUE, SERVERS = 1_000, 400


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rows: int = 1_000_000
    idle_ticks: int = 500
    rounds: int = 5


QUICK = Size(rows=20_000, idle_ticks=50, rounds=1)


class QuickMessenger:
    """Takes every message at once and keeps none."""

    def __init__(self) -> None:
        self.ids = count(1)
        self.sent = 0

    async def send(self, place: Place, content: object, nonce: str) -> int:
        self.sent += 1
        return next(self.ids)

    async def edit(self, place: Place, message_id: int, content: object, nonce: str) -> None:
        pass

    async def delete(self, place: Place, message_id: int) -> None:
        pass

    async def find(self, place: Place, nonce: str, since: datetime) -> int | None:
        return None

    async def open_direct(self, direct: Direct) -> int:
        return -direct.user_id

    async def open_thread(self, thread: Thread) -> int:
        return thread.message_id


@dataclass(slots=True)
class Times:
    """Seconds of each run, and the longest hold of the event loop in each."""

    seconds: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)


async def measure(size: Size) -> Section:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "autodidact.db")
        today = _fill(path, size.rows)
        services = await Services.open(path, SystemClock(), openings_every=None)
        try:
            claims, sends, held = await _idle(services, size.idle_ticks)
            both = [claim + send for claim, send in zip(claims, sends, strict=True)]
            claim_only = await _due(services, path, today, size.rounds, send=False)
            with_send = await _due(services, path, today, size.rounds, send=True)
        finally:
            await services.close()
    rows = f"{size.rows:,} rows"
    return Section(
        f"The tick, over a due table of {rows} of {SERVERS} servers (medians)",
        [
            ours_alone("none due: claim", claims, milliseconds),
            ours_alone("none due: look into the outbox", sends, milliseconds),
            ours_alone("none due: both", both, milliseconds, IDLE),
            ours_alone(f"   longest hold of the loop in {len(both)}", [held], milliseconds),
            ours_alone(f"{DUE:,} due: claim", claim_only.seconds, milliseconds),
            ours_alone("   longest hold of the loop", claim_only.held, milliseconds),
            ours_alone(f"{DUE:,} due: claim, compose, send, mark", with_send.seconds, milliseconds),
            ours_alone("   longest hold of the loop", with_send.held, milliseconds),
        ],
    )


async def _idle(services: Services, ticks: int) -> tuple[list[float], list[float], float]:
    messenger = QuickMessenger()
    claims, sends = [], []
    async with HeldLoop() as loop:
        for _ in range(ticks):
            began = perf_counter()
            await services.delivery.claim_due()
            claimed = perf_counter()
            await services.delivery.send_outstanding(messenger)
            claims.append(claimed - began)
            sends.append(perf_counter() - claimed)
    return claims, sends, loop.longest


async def _due(services: Services, path: Path, today: str, rounds: int, *, send: bool) -> Times:
    times, messenger = Times(), QuickMessenger()
    for _ in range(rounds):
        _make_due(path, today)
        async with HeldLoop() as loop:
            began = perf_counter()
            await services.delivery.claim_due()
            if send:
                await services.delivery.send_outstanding(messenger)
            times.seconds.append(perf_counter() - began)
        times.held.append(loop.longest)
    if send and messenger.sent != rounds * SERVERS:
        raise RuntimeError(f"{messenger.sent} messages were sent in {rounds} rounds to {SERVERS} servers")
    return times


def _fill(path: Path, rows: int) -> str:
    """Make a database whose servers have had today's prompt and whose members' pings are due in a week."""
    migrate(path)
    zone = zone_at_midday()
    now = datetime.now(UTC)
    today, instant = local_day(now, zone).isoformat(), int(now.timestamp())
    with closing(_connected(path)) as db:
        db.execute(
            f"""
            with recursive n (i) as (select 0 union all select i + 1 from n where i < {SERVERS - 1})
            insert into server (guild_id, checkin_channel_id, zone, prompt_time, set_up_at, changed_at)
            select i + 1, 1000 + i, ?, '12:00', ?, ? from n
            """,
            (zone, instant, instant),
        )
        db.execute(
            "insert into server_zone (guild_id, set_at, zone) select guild_id, set_up_at, zone from server"
        )
        db.execute(
            """
            insert into delivery (kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state,
                                  shown, next_try_at, channel_id, message_id, sent_at)
            select 'prompt', guild_id, 0, ?, 'prompt:' || guild_id, ?, ?, 'sent', 1, ?,
                   checkin_channel_id, 1000000 + guild_id, ?
            from server
            """,
            (today, instant, instant + LATER, instant, instant),
        )
        db.execute("create temp table member (guild_id integer, user_id integer)")
        db.execute(
            """
            with recursive n (i) as (select 0 union all select i + 1 from n where i < :rows - 1)
            insert into member select 1 + i * :servers / :rows, 1 + i from n
            """,
            {"rows": rows, "servers": SERVERS},
        )
        db.execute(
            """
            insert into routine (guild_id, user_id, set_at, from_day, zone, days, at, ping)
            select guild_id, user_id, ?, ?, ?, 127, '12:00', 1 from member
            """,
            (instant, today, zone),
        )
        db.execute(
            """
            insert into due (kind, guild_id, user_id, zone, at, days, local_day, due_at)
            select 'ping', guild_id, user_id, ?, '12:00', 127, ?, ? + user_id % 86400 from member
            """,
            (zone, today, instant + LATER),
        )
    return today


def _make_due(path: Path, today: str) -> None:
    """Have a thousand pings due now, in all servers, as if none of them had been sent before."""
    now = int(datetime.now(UTC).timestamp())
    with closing(_connected(path)) as db:
        db.execute("delete from delivery where kind = 'ping'")
        (rows,) = db.execute("select count(*) from due").fetchone()
        db.execute("update due set due_at = ?, local_day = ? where id % ? = 1", (now, today, rows // DUE))
        db.execute("pragma wal_checkpoint(truncate)")


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)
