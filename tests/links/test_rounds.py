"""Rounds over links: whose turn it is, three days until a link is dead, and whose fault it is."""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.resources import links_store as store
from bot.resources.addresses import address_key
from bot.resources.catalogue import read_catalogue, shipped
from bot.resources.links.checker import LinkChecker
from bot.resources.links.rounds import LOOK_EVERY, LinkRounds
from bot.resources.links.rules import NO_CONNECTION, NO_SUCH_SITE, NOT_THERE, failed
from bot.resources.resource import LinkHealth
from bot.resources.store import shelf_changed
from bot.services import Services
from bot.storage.database import Database, connect
from tests.clocks import ManualClock
from tests.links.nasty import Internet, leads_to
from tests.links.shelves import Foreseen, put, take_off

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
LOST = failed(NOT_THERE)
SILENT = failed(NO_CONNECTION, unsure=True)
A = "https://acorn.example.org/course"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
def db(database_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own; nothing stands on any shelf."""
    with closing(connect(database_path)) as connection:
        connection.execute("delete from resource")
        yield connection


@pytest.fixture
async def database(database_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(database_path)
    yield database
    await database.close()


@pytest.fixture
def checker(clock: ManualClock) -> Foreseen:
    return Foreseen(clock)


@pytest.fixture
def rounds(database: Database, clock: ManualClock, checker: Foreseen) -> LinkRounds:
    return LinkRounds(database, clock, checker)


def sites(number: int) -> list[str]:
    return [f"https://site{one}.example.org/page" for one in range(number)]


def all_due(db: sqlite3.Connection, at: datetime) -> None:
    db.execute("update resource_link set next_check_at = ?", (int(at.timestamp()),))


def due(db: sqlite3.Connection, address: str, at: datetime) -> None:
    db.execute("update resource_link set next_check_at = ? where address = ?", (int(at.timestamp()), address))


def health(db: sqlite3.Connection, address: str) -> LinkHealth | None:
    return store.health_of(db, [address_key(address)]).get(address_key(address))


def looked_after(db: sqlite3.Connection) -> set[str]:
    return {address for (address,) in db.execute("select address from resource_link")}


async def until(rounds: LinkRounds, clock: ManualClock, end: datetime) -> None:
    """Tick as the program does, though not while nothing is due anyway."""
    while clock.now() < end:
        looked = await rounds.tick() is not None
        clock.advance(seconds=LOOK_EVERY.total_seconds())
        next_at = (await rounds.status()).counts.next_at
        if not looked and next_at is not None:
            clock.set(max(clock.now(), min(next_at, end)))


async def ticks(rounds: LinkRounds, clock: ManualClock, time: timedelta) -> int:
    """Tick every 15 seconds for some time, and count the looks."""
    looks = 0
    for _ in range(time // LOOK_EVERY):
        looks += await rounds.tick() is not None
        clock.advance(seconds=LOOK_EVERY.total_seconds())
    return looks


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


# Alive, failing, dead.


async def test_three_days_until_it_is_dead_and_one_answer_until_it_is_not(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    checker.told[A] = LOST
    await until(rounds, clock, MONDAY + 5 * DAY)
    first, second, third = checker.times(A)
    assert DAY <= second - first < 1.1 * DAY
    assert DAY <= third - second < 1.1 * DAY
    assert health(db, A) == LinkHealth(third, third, NOT_THERE)
    assert list(store.dead_links(db)) == [address_key(A)]
    await until(rounds, clock, third + 3 * WEEK)
    assert 2 <= len(checker.times(A)) - 3 <= 3, "dead links are looked at weekly"
    assert health(db, A) == LinkHealth(checker.times(A)[-1], third, NOT_THERE)
    checker.told.clear()
    await until(rounds, clock, clock.now() + 8 * DAY)
    assert health(db, A) == LinkHealth(checker.times(A)[-1])
    assert store.dead_links(db) == {}


async def test_before_the_third_day_it_is_not_dead(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    checker.told[A] = LOST
    await rounds.tick()
    # Reports of members make it looked at again and again.
    for _ in range(5):
        all_due(db, clock.now())
        assert await rounds.tick() is not None
        clock.advance(hours=2)
    assert len(checker.looks) == 5
    found = health(db, A)
    assert found is not None
    assert (found.problem, found.dead_since) == (NOT_THERE, None)
    assert (await rounds.status()).counts.failing == 1


async def test_a_report_makes_it_due_now_though_not_twice_within_an_hour(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    await rounds.tick()
    store.due_now(db, address_key(A), clock.now())
    store.due_now(db, "nothing.example.org", clock.now())
    assert await ticks(rounds, clock, MINUTE) == 1
    store.due_now(db, address_key(A), clock.now())
    assert await ticks(rounds, clock, 59 * MINUTE) == 0
    assert await ticks(rounds, clock, MINUTE) == 1


async def test_a_report_of_what_is_due_anyway_puts_nothing_off(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    await rounds.tick()
    due(db, A, clock.now() - MINUTE)
    store.due_now(db, address_key(A), clock.now())
    assert db.execute("select next_check_at from resource_link").fetchone()[0] == int(
        (clock.now() - MINUTE).timestamp()
    )


async def test_what_nobody_foresaw_stops_only_itself_and_tells_no_address(
    rounds: LinkRounds,
    db: sqlite3.Connection,
    clock: ManualClock,
    checker: Foreseen,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for address in [A, *sites(3)]:
        put(db, address)
    await rounds.tick()
    all_due(db, clock.now())
    checker.told[A] = RuntimeError(f"no idea what to do with {A}")
    assert await ticks(rounds, clock, 2 * MINUTE) == 3
    assert health(db, A) == LinkHealth()
    assert "acorn" not in caplog.text
    assert "a link could not be looked at (RuntimeError)" in caplog.text
    checker.told.clear()
    await until(rounds, clock, MONDAY + 1.1 * DAY)
    assert len(checker.times(A)) == 2


# Whose fault it is.


async def seen_once(rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock) -> None:
    """Have every link looked at once, with nothing due now."""
    await until(rounds, clock, MONDAY + 1.1 * DAY)
    assert (await rounds.status()).counts.unseen == 0


async def test_a_site_that_is_gone_dies_like_any_other(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in [A, *sites(10)]:
        put(db, address)
    await seen_once(rounds, db, clock)
    checker.told[A] = failed(NO_SUCH_SITE, unsure=True)
    due(db, A, clock.now())
    checker.looks.clear()
    assert await ticks(rounds, clock, MINUTE) == 2, "another one is looked at before its turn, to make sure"
    assert checker.looks[1][0] - checker.looks[0][0] == LOOK_EVERY
    found = health(db, A)
    assert found is not None
    assert (found.checked_at, found.problem) == (checker.looks[0][0], NO_SUCH_SITE)
    await until(rounds, clock, clock.now() + 3 * DAY)
    assert list(store.dead_links(db)) == [address_key(A)]
    assert len(checker.times(A)) == 3


async def test_three_sites_that_are_gone_and_come_in_a_row_die_as_well(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(12):
        put(db, address)
    await seen_once(rounds, db, clock)
    gone = sites(5)
    for address in gone:
        checker.told[address] = failed(NO_SUCH_SITE, unsure=True)
    for day in range(3):
        clock.set(MONDAY + (2 + day) * DAY)
        for address in gone:
            due(db, address, clock.now())
        await ticks(rounds, clock, 3 * MINUTE)
        assert (await rounds.status()).paused_until is None
    assert set(store.dead_links(db)) == set(map(address_key, gone))


async def test_a_machine_without_a_line_calls_nobody_dead(
    rounds: LinkRounds,
    db: sqlite3.Connection,
    clock: ManualClock,
    checker: Foreseen,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for address in sites(50):
        put(db, address)
    await seen_once(rounds, db, clock)
    before = [health(db, address) for address in sites(50)]
    began = clock.now()
    checker.looks.clear()
    checker.everywhere = SILENT
    all_due(db, clock.now())
    assert await ticks(rounds, clock, 10 * MINUTE) == 3
    status = await rounds.status()
    assert status.paused_until is not None
    assert status.last_failed is not None
    assert status.last_failed.verdict == SILENT
    await ticks(rounds, clock, 5 * HOUR)
    # Three; then one after 10, 20 and 40 minutes, and one an hour.
    looks = [(at - began) / MINUTE for at, _ in checker.looks]
    assert looks == [0, 0.25, 0.5, 10.5, 30.5, 70.5, 130.5, 190.5, 250.5]
    assert [health(db, address) for address in sites(50)] == before
    assert [record.levelno for record in caplog.records].count(logging.WARNING) == 1
    checker.everywhere = None
    await ticks(rounds, clock, 2 * HOUR)
    assert (await rounds.status()).paused_until is None
    counts = (await rounds.status()).counts
    assert (counts.failing, counts.dead) == (0, 0)
    assert {address for at, address in checker.looks if at > began + 5 * HOUR} == set(sites(50))


async def test_a_site_that_is_gone_makes_a_pause_no_longer(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in [A, *sites(6)]:
        put(db, address)
    await seen_once(rounds, db, clock)
    checker.everywhere = SILENT
    for address in sites(2):
        due(db, address, clock.now())
    await ticks(rounds, clock, 10 * MINUTE)
    checker.everywhere, checker.told[A] = None, SILENT
    due(db, A, clock.now())
    # What was put off comes an hour later, so A is the only one whose turn it is.
    await ticks(rounds, clock, 2 * MINUTE)
    found = health(db, A)
    assert found is not None
    assert found.problem == NO_CONNECTION
    assert (await rounds.status()).paused_until is None


async def test_on_a_first_start_without_a_line_nothing_is_counted_either(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(10):
        put(db, address)
    checker.everywhere = SILENT
    await rounds.tick()
    all_due(db, clock.now())
    await ticks(rounds, clock, 8 * HOUR)
    counts = (await rounds.status()).counts
    assert (counts.unseen, counts.failing, counts.dead) == (10, 0, 0)
    assert len(checker.looks) < 20


async def test_sites_that_are_gone_hold_up_nobody_on_a_first_start(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(10):
        put(db, address)
    for address in sites(4):
        checker.told[address] = SILENT
    await rounds.tick()
    all_due(db, clock.now())
    for number, address in enumerate(sites(10)):
        due(db, address, clock.now() - (10 - number) * MINUTE)
    await ticks(rounds, clock, 3 * HOUR)
    counts = (await rounds.status()).counts
    assert (counts.unseen, counts.failing) == (0, 4)


async def test_with_nobody_else_to_ask_nothing_is_counted(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    checker.told[A] = SILENT
    await until(rounds, clock, MONDAY + 5 * DAY)
    assert health(db, A) == LinkHealth()
    assert all(later - earlier >= HOUR for earlier, later in pairwise(checker.times(A)))


async def test_an_answer_long_after_settles_no_doubt(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    put(db, A)
    put(db, sites(1)[0])
    await rounds.tick()
    checker.told[A] = SILENT
    due(db, A, clock.now())
    due(db, sites(1)[0], clock.now() + 6 * MINUTE)
    assert await ticks(rounds, clock, 7 * MINUTE) == 2
    assert health(db, A) == LinkHealth()


async def test_what_nobody_was_asked_for_settles_no_doubt(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, internet: Internet, database: Database
) -> None:
    internet.site("open.example.org")
    odd, gone = "https://odd.example.org:9999/", "http://gone.example.org/"
    rounds = LinkRounds(database, clock, LinkChecker(lookup=internet.look_up, new_socket=internet.new_socket))
    for address in (odd, gone, "http://open.example.org/"):
        put(db, address)
    await rounds.tick()
    due(db, gone, clock.now() - MINUTE)
    due(db, odd, clock.now())
    await ticks(rounds, clock, MINUTE)
    assert health(db, gone) == LinkHealth()
    due(db, gone, clock.now() - MINUTE)
    due(db, "http://open.example.org/", clock.now())
    await ticks(rounds, clock, MINUTE)
    found = health(db, gone)
    assert found is not None
    assert found.problem == NO_SUCH_SITE


async def test_a_pause_ends_by_a_clock_set_back(
    rounds: LinkRounds, db: sqlite3.Connection, clock: ManualClock, checker: Foreseen
) -> None:
    for address in sites(5):
        put(db, address)
    await rounds.tick()
    checker.everywhere = SILENT
    all_due(db, clock.now())
    await ticks(rounds, clock, MINUTE)
    assert (await rounds.status()).paused_until is not None
    clock.advance(days=-30)
    assert (await rounds.status()).paused_until is None


async def test_from_a_shelf_to_a_dead_link_by_way_of_a_real_look(
    database: Database, db: sqlite3.Connection, clock: ManualClock, internet: Internet
) -> None:
    internet.answers["learn.example.org/inwards"] = leads_to("http://169.254.169.254/latest/")
    put(db, "http://learn.example.org/inwards", guild_id=1)
    rounds = LinkRounds(database, clock, LinkChecker(lookup=internet.look_up, new_socket=internet.new_socket))
    await until(rounds, clock, MONDAY + 5 * DAY)
    (found,) = store.dead_links(db).values()
    assert found.problem == "it leads to an address that is not public"
    assert internet.what_was_asked == ["HEAD learn.example.org/inwards"] * 3
    take_off(db, "http://learn.example.org/inwards")
    clock.advance(hours=1)
    await rounds.tick()
    assert store.dead_links(db) == {}


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
