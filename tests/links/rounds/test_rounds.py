"""Rounds over links: which are looked after, and whose turn it is."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from bot.resources import links_store as store
from bot.resources.addresses import address_key
from bot.resources.catalogue import read_catalogue, shipped
from bot.resources.links.rounds import LOOK_EVERY, LinkRounds
from bot.resources.resource import LinkHealth
from bot.resources.store import shelf_changed
from bot.services import Services
from bot.storage.database import Database, connect
from tests.clocks import ManualClock
from tests.links.rounds.ticking import (
    DAY,
    HOUR,
    LOST,
    MINUTE,
    MONDAY,
    WEEK,
    A,
    all_due,
    due,
    health,
    looked_after,
    sites,
    ticks,
    until,
)
from tests.links.shelves import Foreseen, put

# The rows follow the shelves.


async def test_what_stands_on_a_shelf_is_looked_after(rounds: LinkRounds, db: sqlite3.Connection) -> None:
    put(db, A)
    put(db, "https://gone.example.org/", dead="Closed in 2024.")
    put(db, "https://birch.example.org/", guild_id=1)
    put(db, "http://www.birch.example.org", guild_id=2)
    await rounds.tick()
    assert looked_after(db) == {A, "https://birch.example.org/"}
    assert health(db, A) == LinkHealth()
    assert health(db, "https://gone.example.org/") is None


async def test_the_catalogues_way_to_write_an_address_counts(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock
) -> None:
    put(db, "http://www.acorn.example.org/course/", guild_id=1)
    await rounds.tick()
    before = dict(db.execute("select address_key, next_check_at from resource_link").fetchall())
    put(db, A)
    shelf_changed(db, 1)
    clock.advance(minutes=1)
    await rounds.tick()
    assert looked_after(db) == {A}
    assert dict(db.execute("select address_key, next_check_at from resource_link").fetchall()) == before


async def test_an_address_that_the_catalogue_calls_dead_may_live_on_elsewhere(
    rounds: LinkRounds, db: sqlite3.Connection
) -> None:
    put(db, A, dead="Closed in 2024.")
    put(db, A, guild_id=1)
    await rounds.tick()
    assert looked_after(db) == {A}


async def test_what_leaves_the_last_shelf_is_let_go(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock
) -> None:
    for address in sites(3):
        put(db, address, guild_id=1)
    put(db, sites(3)[0], guild_id=2)
    await rounds.tick()
    db.execute("update resource set gone_at = 1 where guild_id = 1")
    shelf_changed(db, 1)
    clock.advance(seconds=59)
    await rounds.tick()
    assert len(looked_after(db)) == 3, "not more often than once a minute"
    clock.advance(seconds=1)
    await rounds.tick()
    assert looked_after(db) == {sites(3)[0]}


async def test_once_an_hour_it_looks_for_itself(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock
) -> None:
    await rounds.tick()
    put(db, A)
    clock.advance(minutes=59)
    await rounds.tick()
    assert looked_after(db) == set()
    clock.advance(minutes=1)
    await rounds.tick()
    assert looked_after(db) == {A}


async def test_a_look_at_what_leaves_meanwhile_is_for_nothing(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    await rounds.tick()
    all_due(db, clock.now())
    checker.meanwhile = lambda: db.execute("delete from resource_link")
    assert await rounds.tick() is not None
    assert looked_after(db) == set()


async def test_all_of_the_catalogue_that_is_alive_is_looked_after(
    database_path: Path, clock: ManualClock, checker: Foreseen
) -> None:
    services = await Services.open(database_path, clock, link_checker=checker)
    assert services.links is not None
    await services.links.tick()
    await services.close()
    alive = {address_key(entry.address) for entry in read_catalogue(shipped().decode()) if not entry.dead}
    with closing(connect(database_path)) as db:
        rows = db.execute("select address_key, next_check_at from resource_link order by next_check_at")
        firsts = dict(rows.fetchall())
    assert set(firsts) == alive
    *_, last = firsts.values()
    assert last - min(firsts.values()) > 6 * 86400


async def test_without_a_checker_nothing_is_looked_at(database_path: Path, clock: ManualClock) -> None:
    services = await Services.open(database_path, clock)
    assert services.links is None
    await services.close()


# Slowly, and each about once a week.


async def test_each_link_is_looked_at_once_a_week(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(25):
        put(db, address)
    await until(rounds, clock, MONDAY + 5 * WEEK)
    for address in sites(25):
        first, second, *others = checker.times(address)
        assert first - MONDAY <= DAY
        assert WEEK / 2 <= second - first <= 1.5 * WEEK
        assert 2 <= len(others) <= 4
        assert all(abs(later - earlier - WEEK) < 2 * MINUTE for earlier, later in pairwise([second, *others]))
    moments = sorted(at for at, _ in checker.looks)
    assert min(later - earlier for earlier, later in pairwise(moments)) >= LOOK_EVERY


async def test_one_at_a_tick_and_no_site_twice_within_a_minute(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for number in range(12):
        put(db, f"https://www.acorn.example.org/{number}")
    for number in range(3):
        put(db, f"https://birch.example.org/{number}")
        put(db, f"https://cedar{number}.example.org/")
    await rounds.tick()
    all_due(db, clock.now())
    assert await ticks(rounds, clock, 3 * MINUTE) == 4 * 3 - 3
    at_site: dict[str, list[datetime]] = {}
    for at, address in checker.looks:
        at_site.setdefault(urlsplit(address).hostname or "", []).append(at)
    assert len(at_site["www.acorn.example.org"]) == 3
    for moments in at_site.values():
        assert all(later - earlier >= MINUTE for earlier, later in pairwise(moments))
    # And so on, until each was looked at once.
    await ticks(rounds, clock, 12 * MINUTE)
    assert Counter(address for _, address in checker.looks) == Counter(looked_after(db))


async def test_a_site_that_was_asked_on_the_way_rests_as_well(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, "https://short.example.org/")
    put(db, "https://acorn.example.org/")
    await rounds.tick()
    due(db, "https://short.example.org/", clock.now() - MINUTE)
    due(db, "https://acorn.example.org/", clock.now())
    checker.asks_as_well = frozenset({"acorn.example.org"})
    assert await ticks(rounds, clock, MINUTE) == 1
    assert await ticks(rounds, clock, MINUTE) == 1


async def test_never_are_two_looks_under_way(
    database: Database, db: sqlite3.Connection, clock: ManualClock
) -> None:
    class Slow(Foreseen):
        under_way = 0
        most = 0

        async def look(self, address: str):  # type: ignore[no-untyped-def]
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            await asyncio.sleep(0.005)
            self.under_way -= 1
            return await super().look(address)

    slow = Slow(clock)
    rounds = LinkRounds(database, clock, slow)
    for address in sites(4):
        put(db, address)
    await rounds.tick()
    all_due(db, clock.now())
    await asyncio.gather(*(rounds.tick() for _ in range(4)))
    assert (slow.most, len(slow.looks)) == (1, 4)


async def test_a_restart_loses_nothing_and_begins_no_burst(
    database: Database, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(20):
        put(db, address)
    end = MONDAY + 4 * WEEK
    while clock.now() < end:
        # Every eleven hours there is another process.
        await until(LinkRounds(database, clock, checker), clock, min(clock.now() + timedelta(hours=11), end))
    for address in sites(20):
        assert 3 <= len(checker.times(address)) <= 5
    an_hour = Counter((at - MONDAY) // HOUR for at, _ in checker.looks)
    assert max(an_hour.values()) <= 5


async def test_after_a_long_downtime_one_a_minute_is_caught_up_with(
    database: Database, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(40):
        put(db, address)
    await until(LinkRounds(database, clock, checker), clock, MONDAY + 2 * DAY)
    before = [row[0] for row in db.execute("select address from resource_link order by next_check_at")]
    checker.looks.clear()
    clock.set(MONDAY + 6 * WEEK)
    assert await ticks(LinkRounds(database, clock, checker), clock, 41 * MINUTE) == 40
    assert [address for _, address in checker.looks] == before
    assert all(later - earlier >= MINUTE for (earlier, _), (later, _) in pairwise(checker.looks))


async def test_a_machine_that_is_on_for_two_hours_a_day_gets_round_to_all(
    database: Database, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(60):
        put(db, address)
    for day in range(10):
        clock.set(MONDAY + day * DAY)
        await until(LinkRounds(database, clock, checker), clock, clock.now() + 2 * HOUR)
    assert {address for _, address in checker.looks} == set(sites(60))


async def test_a_clock_that_was_wrong_keeps_nobody_waiting(
    database: Database, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    clock.set(datetime(2031, 1, 1, tzinfo=UTC))
    rounds = LinkRounds(database, clock, checker)
    await until(rounds, clock, clock.now() + 2 * DAY)
    assert len(checker.looks) == 1
    clock.set(MONDAY)
    await until(rounds, clock, MONDAY + HOUR)
    assert len(checker.looks) == 2


async def test_the_status_tells_how_it_is_going(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    assert (await rounds.status()).counts == store.Counts(0, 0, 0, 0, None)
    for address in [A, *sites(3)]:
        put(db, address)
    checker.told[A] = LOST
    await rounds.tick()
    due(db, A, clock.now())
    due(db, sites(3)[0], clock.now() + MINUTE)
    await ticks(rounds, clock, 2 * MINUTE)
    status = await rounds.status()
    assert status.last is not None
    assert status.last_failed is not None
    assert (status.last.address_key, status.last_failed.address_key) == (
        address_key(sites(3)[0]),
        address_key(A),
    )
    counts = status.counts
    assert (counts.addresses, counts.unseen, counts.failing, counts.dead) == (4, 2, 1, 0)
    assert counts.next_at is not None
    assert counts.next_at > clock.now()
    assert status.paused_until is None
