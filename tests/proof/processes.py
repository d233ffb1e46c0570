"""Several processes on one database, each with its shards: nothing is lost between them, nothing is twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

from bot.storage.migrations import FOLDER, known_in, migrate
from tests.proof.houses import House, house
from tests.proof.outcomes import Outcome
from tests.wire.bot_process import BotProcess
from tests.wire.database_file import checkins, plan_pings, query
from tests.wire.standin import StandIn
from tests.wire.standin.limits import Limits
from tests.wire.study_server import StudyServer

MILLISECOND = 1 << 22
"""From the ids of one shard to those of the next."""

FIRST_ID = 1_400_000_000_000_000_000 // (12 * MILLISECOND) * 12 * MILLISECOND
AT_ONCE = 16
"""Sessions that may begin together, where the turns are not what is tried."""

A_MINUTE_AGO = timedelta(minutes=1)
LATER = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it. `paced` servers have five messages due at once; `starts` are on an old database."""

    servers: int
    members: int
    kills: int
    starts: int
    divisions: Sequence[Sequence[str]]
    paced: int
    settles_in: float


FULL = Size(
    servers=12,
    members=4,
    kills=20,
    starts=3,
    divisions=(("0", "1,2"), ("0-3",), ("0,3", "1-2")),
    paced=100,
    settles_in=60.0,
)
SHORT = Size(servers=4, members=2, kills=1, starts=1, divisions=(("0", "1,2"),), paced=0, settles_in=30.0)


@dataclass(slots=True)
class Place:
    """Servers on the stand-in, the processes that run for them, and the members who were planned a ping."""

    house: House
    servers: list[StudyServer]
    settles_in: float
    pinged: dict[int, StudyServer] = field(default_factory=dict)

    async def run(self, *ids: str) -> list[BotProcess]:
        """Start a process for each list of shards, all at once."""
        count = 1 + max(int(part) for each in ids for part in each.replace("-", ",").split(","))
        # As if the last session had begun long ago.
        query(self.house.database, "delete from fact where name like 'session:%'")
        started = [
            await self.house.bots.launch(SHARDS=str(count), SHARD_IDS=each, SENDS_PER_SECOND="50")
            for each in ids
        ]
        for bot in started:
            await bot.line("ready in ", timeout=60)
        return started

    async def set_up(self) -> None:
        for server in self.servers:
            await server.set_up()

    def plan(self, members: int, *, apart: int = 0, at: datetime | None = None) -> None:
        """Have members of each server be due together, or each so many seconds after the one before.

        The first is due at an instant, or since a minute ago.
        """
        moment = at or datetime.now(UTC) - A_MINUTE_AGO
        for server in self.servers:
            new = [10**18 + len(self.pinged) + number for number in range(members)]
            self.pinged |= dict.fromkeys(new, server)
            for late, users in enumerate([[user] for user in new] if apart else [new]):
                due = moment + timedelta(seconds=late * apart)
                plan_pings(self.house.database, server.guild, server.zone, users, due)

    async def settled(self) -> bool:
        """Wait until nothing is due or waits to be sent."""
        waits = """
            select (select count(*) from due where kind = 'ping' and due_at <= ?)
                   + (select count(*) from delivery where shown < wanted)
            """
        until = asyncio.get_running_loop().time() + self.settles_in
        while query(self.house.database, waits, int(time())) != [(0,)]:
            if asyncio.get_running_loop().time() > until:
                return False
            await asyncio.sleep(0.1)
        return True

    async def lost_pings(self) -> list[str]:
        """A sentence for each member who was not pinged once, and for what waits on."""
        lost = [] if await self.settled() else ["not all that was due has been sent"]
        said = {
            server.guild: " ".join(message["content"] for message in server.posted("ping"))
            for server in self.servers
        }
        for user, server in self.pinged.items():
            times = said[server.guild].count(f"<@{user}>")
            if times != 1:
                lost.append(f"member {user} of server {server.guild} was pinged {times} times")
        return lost


def place(house: House, servers: int, settles_in: float) -> Place:
    """So many servers, one in each shard, and again from the first."""
    named = [
        StudyServer(house.standin, f"Place {number}", FIRST_ID + number * MILLISECOND + 1)
        for number in range(servers)
    ]
    return Place(house, named, settles_in)


async def trial(folder: Path, short: bool) -> list[Outcome]:
    """Kills, starts at once, other numbers of shards, a process that is away, and one pace for all."""
    size = SHORT if short else FULL
    async with house(_room(folder, "shared"), _standin()) as there:
        it = place(there, size.servers, size.settles_in)
        outcomes = [await _killed_in_turns(it, size), await _divided_anew(it, size)]
    outcomes.insert(1, await _begun_at_once(_room(folder, "starts"), size))
    if size.paced:
        outcomes.append(await _paced_together(_room(folder, "pace"), size))
    return outcomes


def _room(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


async def _killed_in_turns(it: Place, size: Size) -> Outcome:
    """While pings are sent, one process is killed and comes back; people of the other check in meanwhile."""
    there, chance, lost = it.house, random.Random(8), list[str]()
    shards = ("0,2", "1,3")
    running = await it.run(*shards)
    await it.set_up()
    for number in range(size.kills):
        it.plan(size.members)
        await asyncio.sleep(chance.uniform(0.0, 0.5))
        which = chance.randrange(2)
        await running[which].kill()
        if chance.random() < 0.5:
            there.standin.expire_nonces()
        server = it.servers[1 - which]
        member = there.standin.add_member(server.guild)
        try:
            await server.check_in(f"round {number}", member)
        except (TimeoutError, AssertionError) as error:
            lost.append(f"a check-in beside the killed process was not answered: {error!r}")
        if checkins(there.database, server.guild).get(member) != f"round {number}":
            lost.append(f"the check-in of round {number} is not there")
        (running[which],) = await _again(it, shards[which])
    lost += [*await it.lost_pings(), *_taken_for_gone(there), *there.trespasses()]
    for bot in running:
        await bot.kill()
    tried = len(it.pinged) + size.kills
    return _outcome("one process of two killed while both send", tried, lost, f"{size.kills} kills")


async def _again(it: Place, ids: str) -> list[BotProcess]:
    query(it.house.database, "delete from fact where name like 'session:%'")
    return [await it.house.bots.start(SHARDS="4", SHARD_IDS=ids)]


async def _begun_at_once(folder: Path, size: Size) -> Outcome:
    """Both begin at the same time on a database of the first version, and take turns at Discord."""
    lost = list[str]()
    for number in range(size.starts):
        async with house(_room(folder, str(number)), _standin(turns=size is FULL)) as there:
            there.database.unlink()
            _make_old(there.database, there.folder)
            it = place(there, 2, size.settles_in)
            await it.run("0", "1")
            await it.set_up()
            it.plan(size.members)
            lost += await it.lost_pings()
            applied = query(there.database, "select migration_id from _yoyo_migration order by 1")
            if [name for (name,) in applied] != known_in():
                lost.append(f"the database knows {applied}")
            refused = there.standin.gateway.refused["identify"]
            lost += ["a session was begun too soon"] * refused + there.trespasses()
    return _outcome("two processes begun at once on an old database", 2 * size.starts, lost)


def _make_old(database: Path, folder: Path) -> None:
    first = folder / "first"
    first.mkdir()
    name = f"{known_in()[0]}.sql"
    (first / name).write_text((FOLDER / name).read_text())
    migrate(database, first)


async def _divided_anew(it: Place, size: Size) -> Outcome:
    """The number of shards changes over what is due; then a process is away, and only its servers miss it."""
    there, lost, before, running = it.house, list[str](), len(it.pinged), list[BotProcess]()
    for ids in size.divisions:
        it.plan(size.members)
        for bot in running:
            await bot.kill()
        running = await it.run(*ids)
        lost += await it.lost_pings()
    if found := query(there.database, "select * from downtime"):
        lost.append(f"a change of shards was taken for a downtime: {found}")
    for bot in running:
        await bot.stop()
    lost += [*await _missed_where_away(it), *_taken_for_gone(there), *there.trespasses()]
    tried = len(it.pinged) - before + len(it.servers)
    return _outcome("another number of shards, and one process away", tried, lost)


async def _missed_where_away(it: Place) -> list[str]:
    """Shard 1 of 2 comes back after two hours: a sentence for each server that knows it wrongly."""
    database = it.house.database
    query(database, "delete from fact where name like 'heartbeat%'")
    for shard, seconds in enumerate((0, 7200)):
        query(database, "insert into fact values (?, ?)", f"heartbeat:{shard}/2", str(int(time()) - seconds))
    await it.run("0", "1")
    await _until(lambda: bool(query(database, "select 1 from downtime")))
    missed = {
        server.guild
        for server in it.servers
        if query(database, "select 1 from downtime where (? >> 22) % shards = shard", server.guild)
    }
    ought = {server.guild for server in it.servers if (server.guild >> 22) % 2 == 1}
    return [f"server {guild} does not know rightly who was away" for guild in missed ^ ought]


async def _paced_together(folder: Path, size: Size) -> Outcome:
    """Both have much to send: together they keep Discord's pace."""
    async with house(folder, StandIn(limits=Limits())) as there:
        it = place(there, size.paced, size.settles_in)
        there.standin.gateway.max_concurrency = AT_ONCE
        await it.run("0", "1")
        await it.set_up()
        assert there.standin.limiter is not None
        counts = there.standin.limiter.counts
        begun = len(counts.arrivals)
        # In another thread, and for later: the stand-in must not stand still while they send.
        at = datetime.now(UTC) + LATER
        await asyncio.to_thread(it.plan, 5, apart=1, at=at)
        await asyncio.sleep((at - datetime.now(UTC)).total_seconds() + 5)
        lost = await it.lost_pings()
        times = counts.arrivals[begun:]
        busiest = counts.busiest_second()
        if busiest > 50:
            lost.append(f"{busiest} requests in one second")
        lost += [f"{number} times 429 ({scope})" for scope, number in counts.refused.items()]
        lost += there.trespasses()
        rate = (len(times) - 1) / (times[-1] - times[0])
        tried = len(it.pinged)
    return _outcome("two processes keep one pace together", tried, lost, f"{rate:.1f} a second of 50")


def _standin(*, turns: bool = False) -> StandIn:
    """With the one session in five seconds that Discord allows, or without that."""
    if turns:
        return StandIn(limits=Limits())
    standin = StandIn()
    standin.gateway.max_concurrency = AT_ONCE
    return standin


def _taken_for_gone(there: House) -> list[str]:
    gone = query(there.database, "select guild_id from departed_server")
    return [f"server {guild} was taken for one that left" for (guild,) in gone]


async def _until(look: Callable[[], bool], within: float = 20.0) -> None:
    async with asyncio.timeout(within):
        # Nothing tells that a row was written, so the file is looked into again and again.
        while not look():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def _outcome(what: str, tried: int, lost: Sequence[str], figures: str = "") -> Outcome:
    return Outcome(what, tried, tried - min(len(lost), tried), lost, figures)
