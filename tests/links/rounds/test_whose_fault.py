"""Where looks fail: whether the site is gone or the machine has no line."""

import logging
import sqlite3
from itertools import pairwise

import pytest

from bot.resources import links_store as store
from bot.resources.addresses import address_key
from bot.resources.links.checker import LinkChecker
from bot.resources.links.rounds import LOOK_EVERY, LinkRounds
from bot.resources.links.rules import NO_CONNECTION, NO_SUCH_SITE, failed
from bot.resources.resource import LinkHealth
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.links.nasty import Internet
from tests.links.rounds.ticking import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    SILENT,
    A,
    all_due,
    due,
    health,
    sites,
    ticks,
    until,
)
from tests.links.shelves import Foreseen, put


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
