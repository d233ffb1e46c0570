"""Links that fail: three days until one is dead, and one answer until it is not."""

import sqlite3

import pytest

from bot.resources import links_store as store
from bot.resources.addresses import address_key
from bot.resources.links.checker import LinkChecker
from bot.resources.links.rounds import LinkRounds
from bot.resources.links.rules import NOT_THERE
from bot.resources.resource import LinkHealth
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.links.nasty import Internet, leads_to
from tests.links.rounds.ticking import (
    DAY,
    LOST,
    MINUTE,
    MONDAY,
    WEEK,
    A,
    all_due,
    due,
    health,
    sites,
    ticks,
    until,
)
from tests.links.shelves import Foreseen, put, take_off


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
