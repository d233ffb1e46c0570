"""Discord away for six hours, in whole and in halves; and Hacker News for a week (see away_news)."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import psutil

from bot.clock import SystemClock
from bot.polls import planning, store
from bot.polls.rules import Phase
from bot.services import Services
from tests.open_polls import Chair, numbered_ideas, open_poll
from tests.proof import away_news, away_pressing
from tests.proof.houses import House, house
from tests.proof.outcomes import Outcome
from tests.wire.database_file import deliveries, outstanding, query
from tests.wire.jumping_clock import jump
from tests.wire.standin import StandIn
from tests.wire.standin.limits import Limits
from tests.wire.study_server import kind_of
from tests.wire.switched_line import Lines, State, lines_to

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.wire.bot_process import BotProcess
    from tests.wire.standin.world import Json

AWAY = timedelta(hours=6)
AFTERWARDS = timedelta(minutes=7)
"""By then whatever was put off has been tried again."""

A_STEP_TAKES = 0.45
"""Seconds: jobs come every 0.2 s on this clock."""

BACK_WITHIN = 60.0
LINES_AT_MOST = 25
"""Of the log, in six hours: some for what was on its way, and then one now and then."""

TRIES_AT_MOST = 150
"""Of the API, in six hours that pass in half a minute: first tries, then one a minute by the bot's clock."""

MEBIBYTE = 1024 * 1024
GROWS_AT_MOST = 25 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Way:
    """How Discord is away; a half of it that is not named stays there."""

    name: str
    api: State = State.OPEN
    gateway: State = State.OPEN


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything."""

    servers: int
    step: timedelta
    ways: Sequence[Way]
    news: away_news.Size
    pressing: away_pressing.Size


FULL = Size(
    servers=20,
    step=timedelta(minutes=30),
    ways=(
        Way("connections refused", State.REFUSED, State.REFUSED),
        Way("accepted and silent", State.SILENT, State.SILENT),
        Way("503 to everything", State.UNAVAILABLE, State.UNAVAILABLE),
        Way("the API alone", api=State.REFUSED),
        Way("the gateway alone", gateway=State.HANGS_UP),
    ),
    news=away_news.FULL,
    pressing=away_pressing.FULL,
)
SHORT = Size(
    servers=6,
    step=timedelta(hours=2),
    ways=(Way("the API alone", api=State.UNAVAILABLE),),
    news=away_news.SHORT,
    pressing=away_pressing.SHORT,
)


async def trial(folder: Path, short: bool) -> Sequence[Outcome]:
    """Each way of being away, one after the other, with a bot and a database of its own."""
    size = SHORT if short else FULL
    found: list[str] = []
    figures = []
    tried = 0
    for number, way in enumerate(size.ways):
        where = folder / f"away-{number}"
        where.mkdir()
        one = await _away(where, way, size)
        tried += one.tried
        found += one.lost
        figures.append(f"{way.name}: {one.figures}")
    outcome = Outcome("Discord away for six hours", tried, tried - len(found), found, "; ".join(figures))
    pressing = folder / "pressing"
    pressing.mkdir()
    return [
        outcome,
        *await away_pressing.outcomes(pressing, size.pressing),
        *await away_news.outcomes(folder, size.news),
    ]


@dataclass(frozen=True, slots=True)
class _Server:
    guild: int
    channel: int
    early: int
    late: int


async def _away(folder: Path, way: Way, size: Size) -> Outcome:
    standin = StandIn(limits=Limits())
    async with house(folder, standin) as where, lines_to(where.standin) as lines:
        servers, poll_id = await _prepare(where, size.servers)
        bot = await where.bots.start("tests.wire.jumping_clock", **lines.settings)
        await _first_beat(where.database)
        process = psutil.Process(bot.pid)
        memory, said, began = process.memory_info().rss, len(bot.lines), SystemClock().now()
        asked = lines.api.connections + lines.gateway.connections
        await _let_hours_pass(where, lines, way, size.step)
        grown = process.memory_info().rss - memory
        lines_said = bot.lines[said:]
        asked = lines.api.connections + lines.gateway.connections - asked
        lost: list[str] = []
        try:
            back_after = await _back(where, lines)
        except TimeoutError as error:
            lost.append(f"{way.name}: {error}")
            back_after = BACK_WITHIN
        checks = list(_checks(where, way, servers, poll_id, began, bot))
        checks += [
            (len(lines_said) <= LINES_AT_MOST, f"{len(lines_said)} lines in the log while it was away"),
            (asked <= TRIES_AT_MOST, f"{asked} connections were tried"),
            (grown <= GROWS_AT_MOST, f"{grown / MEBIBYTE:.0f} MiB more memory"),
            (standin.gateway.identified <= 2, f"{standin.gateway.identified} sessions were begun"),
        ]
        lost += [f"{way.name}: {sentence}" for holds, sentence in checks if not holds]
        lost += [f"{way.name}: {sentence}" for sentence in where.trespasses()]
        figures = (
            f"{len(lines_said)} lines, {asked} connections, back after {back_after:.0f} s,"
            f" {grown / MEBIBYTE:+.0f} MiB"
        )
        return Outcome(way.name, max(len(checks) + 1, len(lost)), 0, lost, figures)


async def _first_beat(database: Path) -> None:
    async with asyncio.timeout(BACK_WITHIN):
        while not query(database, "select 1 from fact where name = 'heartbeat'"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _prepare(where: House, number: int) -> tuple[list[_Server], int]:
    """In each server it is nine in the morning, and this is planned: two members' pings and a prompt."""
    standin, now = where.standin, datetime.now(UTC)
    zone = _zone_where_it_is_nine(now)
    services = await Services.open(where.database, SystemClock(), openings_every=None)
    servers = []
    try:
        for index in range(number):
            guild = standin.add_guild(f"School {index}")
            channel = standin.add_channel(guild, "check-ins")
            early, late = (standin.add_member(guild, name) for name in ("early", "late"))
            servers.append(_Server(guild, channel, early, late))
            await services.servers.set_up(
                guild, checkin_channel_id=channel, zone=zone, prompt_time=_at(now, 60, 9)
            )
            for member, minutes in ((early, 30), (late, 300)):
                at = f"{_at(now, minutes, 9):%H:%M}"
                await services.routines.plan(guild, member, zone=zone, days="every day", at=at, ping=True)
        first = servers[0]
        chair = Chair(first.guild, first.channel, standin.world.guilds[first.guild].owner_id)
        poll = (await open_poll(services, chair, numbered_ideas(30))).poll
        await services.database.write(_end_cards_at, first.guild, poll.id, now + timedelta(hours=2))
        return servers, poll.id
    finally:
        await services.close()


def _end_cards_at(db: sqlite3.Connection, guild: int, poll_id: int, at: datetime) -> None:
    poll = store.find(db, guild, poll_id)
    assert poll is not None
    store.save(db, replace(poll, cards_until=at, final_until=at + timedelta(days=2)))
    planning.plan(db, guild)


def _zone_where_it_is_nine(now: datetime) -> str:
    """So that six hours later it is the same day."""
    east = (9 - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}" if east else "Etc/UTC"


def _at(now: datetime, minutes: int, hour: int) -> time:
    return (now.replace(hour=hour) + timedelta(minutes=minutes)).time().replace(second=0, microsecond=0)


async def _let_hours_pass(where: House, lines: Lines, way: Way, step: timedelta) -> None:
    await lines.api.switch(way.api)
    await lines.gateway.switch(way.gateway)
    passed = timedelta(0)
    while passed < AWAY:
        passed += step
        _move(where, passed, step)
        await asyncio.sleep(A_STEP_TAKES)


def _move(where: House, to: timedelta, by: timedelta) -> None:
    jump(where.folder, to.total_seconds())
    where.standin.advance(by.total_seconds())


async def _back(where: House, lines: Lines) -> float:
    """Let Discord be there again, and wait until the bot has done all it could not; how long that took."""
    loop = asyncio.get_running_loop()
    await lines.api.switch(State.OPEN)
    await lines.gateway.switch(State.OPEN)
    began, standin = loop.time(), where.standin
    await standin.world.changes.until(lambda: bool(standin.gateway.connected()), BACK_WITHIN, "the bot")
    back_after = loop.time() - began
    passed = AWAY
    for _ in range(2):
        passed += AFTERWARDS
        _move(where, passed, AFTERWARDS)
        async with asyncio.timeout(BACK_WITHIN):
            await asyncio.sleep(2 * A_STEP_TAKES)
            while outstanding(where.database) > _looks_that_wait(where.database):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    return back_after


def _looks_that_wait(database: Path) -> int:
    ((number,),) = query(
        database, "select count(*) from delivery where shown < wanted and reason = 'out-of-reach'"
    )
    return int(number)


def _posted(standin: StandIn, channel: int) -> Iterator[Json]:
    """What is in a channel and its threads, but for what is of the poll."""
    for each in list(standin.world.channels.values()):
        if each.id == channel or each.payload.get("parent_id") == str(channel):
            yield from (one for one in standin.messages(each.id) if "poll:" not in str(one["components"]))


def _checks(
    where: House, way: Way, servers: Sequence[_Server], poll_id: int, began: datetime, bot: BotProcess
) -> Iterator[tuple[bool, str]]:
    messages = {server.guild: list(_posted(where.standin, server.channel)) for server in servers}
    kinds = {guild: Counter(map(kind_of, posted)) for guild, posted in messages.items()}
    wanted_pings = 2 if way.api is State.OPEN else 1
    for server in servers:
        yield kinds[server.guild]["prompt"] == 1, f"{kinds[server.guild]['prompt']} prompts"
        pings = [each for each in messages[server.guild] if kind_of(each) == "ping" and each["mentions"]]
        yield len(pings) == wanted_pings, f"{len(pings)} pings instead of {wanted_pings}"
        fates = sorted(state for state, _, _ in deliveries(where.database, "ping", server.guild))
        wanted = ["sent", "sent"] if wanted_pings == 2 else ["sent", "skipped"]
        yield fates == wanted, f"pings are {fates}"
    spans = query(where.database, "select began_at, ended_at from downtime")
    hours = sum(ended - start for start, ended in spans) / 3600
    yield 5 <= hours <= 6.5, f"the downtime is {hours:.1f} hours long"
    ((phase, until),) = query(where.database, "select phase, cards_until from poll where id = ?", poll_id)
    yield phase == Phase.CARDS, f"the poll is at {phase}"
    yield int(until) > (began + AWAY).timestamp(), "the poll was not prolonged"
    refused = [request for request in where.standin.requests if request.status == 429]
    yield not refused, f"{len(refused)} answers of 429"
    yield bot.running, "the process has ended"
