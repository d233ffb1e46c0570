"""What the services take in a world that is there, one call at a time."""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from benchmarks.scale_world import StudyServer
from bot.checkins.rules import Entry
from bot.delivery import due, outbox
from bot.health.backlog import backlog
from bot.lookback.gathering import servers_week
from bot.services import KINDS, Services

Figures = dict[str, float]
Member = tuple[int, int]

PINGED = 10_000
"""Members who are due in the busy minute, or a tenth of them all where that is fewer."""

Call = Callable[[Member], Awaitable[object]]


async def figures(services: Services, servers: Sequence[StudyServer], calls: int) -> Figures:
    """Medians in seconds, by name. What these calls write stays in the database."""
    members = await services.database.read(_faithful, servers, 4 * calls)
    now = services.clock.now()

    async def export(member: Member) -> object:
        return await services.privacy.export(*member)

    async def forget(member: Member) -> object:
        until = services.clock.now() + timedelta(minutes=5)
        return await services.privacy.forget(*member, asked_by=member[1], until=until)

    async def look_back(server: int) -> object:
        return await services.database.read(servers_week, server, now.date(), now)

    async def tick(_: Member) -> None:
        await services.delivery.claim_due()

    async def scrape(_: Member) -> object:
        return await services.database.read(backlog, now, services.database.path)

    async def status(_: Member) -> object:
        return await services.health()

    everywhere = {server.guild for server in servers}

    async def compare(_: Member) -> None:
        await services.departures.compare(everywhere)

    largest, middling = servers[0].guild, servers[len(servers) // 2].guild
    few = members[:calls]
    found = {
        "a tick, nothing due": await _median(few, tick),
        "/checkin sent, a faithful member": await _median(
            few, lambda member: services.checkins.report(*member, Entry("Trained the baseline."))
        ),
        "/progress, a faithful member": await _median(few, lambda member: services.progress.figures(*member)),
        "/ledger, a faithful member": await _median(
            few, lambda member: services.progress.account(*member, None, None)
        ),
        "/privacy export, a faithful member": await _median(few, export),
        "/privacy forget, a faithful member": await _median(members[calls : 2 * calls], forget),
        "look back, the largest server": await _median(few[:5], lambda _: look_back(largest)),
        "look back, a middling server": await _median(few[:5], lambda _: look_back(middling)),
        "the figures of a scrape": await _median(few, scrape),
        "the owner's status": await _median(few, status),
        "which servers have left": await _median(few[:3], compare),
    }
    return found | await services.database.write(_busy_minute)


async def _median(members: Sequence[Member], call: Call) -> float:
    times = []
    for member in members:
        began = perf_counter()
        await call(member)
        times.append(perf_counter() - began)
    return median(times)


def _faithful(db: sqlite3.Connection, servers: Sequence[StudyServer], count: int) -> list[Member]:
    """Members who checked in yesterday or so and have done so for long, from all sizes of servers."""
    found: list[Member] = []
    step = max(1, len(servers) // count)
    for server in [*servers[::step], *servers]:
        rows = db.execute(
            """
            select user_id from checkin where guild_id = ? and reported_at > ?
            group by user_id order by user_id limit 4
            """,
            (server.guild, int((datetime.now(UTC) - timedelta(days=4)).timestamp())),
        )
        found += [(server.guild, user_id) for (user_id,) in rows if (server.guild, user_id) not in found]
        if len(found) >= count:
            return found[:count]
    return found


def _busy_minute(db: sqlite3.Connection) -> Figures:
    """Many pings due at once: what one costs to be claimed, and a claim of ten messages of all of them."""
    now = datetime.now(UTC)
    (plans,) = db.execute("select count(*) from due where kind = 'ping'").fetchone()
    number = min(PINGED, plans // 10)
    db.execute(
        """
        update due set due_at = ?, local_day = ? where kind = 'ping' and id % ? = 0 and due_at > ?
        """,
        (int(now.timestamp()), now.date().isoformat(), plans // number, int(now.timestamp())),
    )
    began = perf_counter()
    claimed = 0
    while handled := due.claim(db, KINDS, now):
        claimed += handled
    each = (perf_counter() - began) / claimed
    began = perf_counter()
    taken = outbox.claim(db, now, 10, busy=())
    ten = perf_counter() - began
    if len(taken) != min(10, len(taken)):
        raise RuntimeError(f"{len(taken)} messages were claimed")
    db.execute(
        "update delivery set state = 'skipped', reason = 'measured', shown = wanted where shown < wanted"
    )
    return {"a busy minute: each ping claimed": each, "a claim of ten, all of it outstanding": ten}
