"""Rounds over Hacker News: what is asked when, and what a round says of itself."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.threads import Thread, ThreadKind
from bot.leads.web import TRIES
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.hackernews import faults
from tests.hackernews.month import POSTED, post_threads, posted_on
from tests.hackernews.seen import rounds_until, stored, threads
from tests.hackernews.standin import StandIn
from tests.health.heard import Heard

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def watcher(database: Database) -> Iterator[sqlite3.Connection]:
    """A connection of its own, which sees whether anything was written."""
    with closing(sqlite3.connect(database.path)) as connection:
        yield connection


def version(watcher: sqlite3.Connection) -> int:
    (number,) = watcher.execute("pragma data_version").fetchone()
    return int(number)


async def test_the_first_round_takes_in_this_month_and_two_before_it(
    rounds: Rounds, standin: StandIn, database: Database
) -> None:
    wanted = {}
    for month, at in (
        ("January 2026", datetime(2026, 1, 2, 16, tzinfo=UTC)),
        ("February 2026", datetime(2026, 2, 2, 16, tzinfo=UTC)),
        ("March 2026", datetime(2026, 3, 2, 16, tzinfo=UTC)),
        ("April 2026", datetime(2026, 4, 1, 15, tzinfo=UTC)),
        ("May 2026", POSTED),
    ):
        thread = post_threads(standin, month, at)
        wanted[thread] = set(posted_on(standin, thread, 8, at))
    done = await rounds.tick()
    assert done is not None
    assert (done.gave_up, done.troubles, done.requests) == (False, [], 4)
    assert [(looked.thread.month.month, looked.new) for looked in done.looked] == [(5, 8), (4, 8), (3, 8)]
    known = await threads(database)
    assert {(one.month.month, one.kind) for one in known.values()} == {
        (month, kind) for month in (3, 4, 5) for kind in (ThreadKind.HIRING, ThreadKind.SEEKING_WORK)
    }
    for looked in done.looked:
        assert await stored(database, looked.thread.id) == wanted[looked.thread.id]
        assert known[looked.thread.id].read_whole_at is not None


async def test_with_nothing_new_a_round_costs_one_request_and_no_write(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database, watcher: sqlite3.Connection
) -> None:
    thread = post_threads(standin)
    posts = set(posted_on(standin, thread, 10, POSTED))
    await rounds.tick()
    # What is deleted or flagged at once is nothing new either.
    standin.post(thread, "[flagged]", POSTED)
    before, asked = version(watcher), len(standin.requests)
    for _ in range(5):
        clock.advance(minutes=10)
        done = await rounds.tick()
        assert done is not None
        assert done.requests == 1
        assert [(one.new, one.changed, one.vanished, one.whole) for one in done.looked] == [(0, 0, 0, False)]
    assert len(standin.requests) - asked == 5
    # A whole reading that finds nothing new costs no more.
    clock.advance(hours=3)
    done = await rounds.tick()
    assert done is not None
    assert ([one.whole for one in done.looked], done.requests) == ([True], 1)
    assert version(watcher) == before
    assert await stored(database, thread) == posts


async def test_between_rounds_nothing_is_asked(rounds: Rounds, standin: StandIn, clock: ManualClock) -> None:
    post_threads(standin)
    await rounds.tick()
    asked = len(standin.requests)
    for _ in range(9):
        clock.advance(minutes=1)
        assert await rounds.tick() is None
    assert len(standin.requests) == asked
    # A clock that ticks a little early is not made to wait for its next tick.
    clock.advance(seconds=59)
    assert await rounds.tick() is not None


async def test_a_thread_is_looked_at_less_and_less(
    rounds: Rounds, standin: StandIn, clock: ManualClock
) -> None:
    thread = post_threads(standin)
    posted_at = POSTED
    clock.set(posted_at)
    await rounds.tick()
    looks = []
    for days in (1, 1, 1, 7, 1, 9):
        asked = standin.asked(f"story_{thread}") + standin.asked(f"items/{thread}")
        posted_at += timedelta(days=days)
        await rounds_until(rounds, clock, posted_at)
        looks.append(standin.asked(f"story_{thread}") + standin.asked(f"items/{thread}") - asked)
    # The first look, at the very beginning, came before.
    assert looks == [143, 144, 24, 168, 1, 9]
    assert standin.asked("author_whoishiring") == 20


async def test_the_thread_of_the_next_month_is_found_and_the_last_one_followed_for_a_while(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    may = post_threads(standin)
    await rounds.tick()
    # Monday, 1 June 2026, twenty minutes late.
    began = datetime(2026, 6, 1, 15, 20, tzinfo=UTC)
    june = post_threads(standin, "June 2026", began)
    await rounds_until(rounds, clock, began)
    assert june not in await threads(database)
    await rounds_until(rounds, clock, began + TEN_MINUTES)
    assert june in await threads(database)
    late = standin.post(may, "Acorn | Baker | Oslo", began + timedelta(days=2))
    too_late = standin.post(may, "Birch | Baker | Oslo", began + timedelta(days=7))
    new = standin.post(june, "Cedar | Baker | Oslo", began + timedelta(days=7))
    await rounds_until(rounds, clock, began + timedelta(days=9))
    assert await stored(database, may) == {late}
    assert too_late not in await stored(database, june)
    assert await stored(database, june) == {new}


async def test_who_waits_for_a_thread_is_told_once_when_it_has_just_appeared(
    standin: StandIn, clock: ManualClock, database: Database, news: HackerNews
) -> None:
    told: list[tuple[ThreadKind, date, datetime]] = []

    def tell(db: sqlite3.Connection, thread: Thread, now: datetime) -> None:
        assert db.in_transaction
        told.append((thread.kind, thread.month, now))

    post_threads(standin, "April 2026", datetime(2026, 4, 1, 15, tzinfo=UTC))
    post_threads(standin)
    for _ in range(2):
        rounds = Rounds(database, clock, news, after_a_thread=[tell])
        await rounds.tick()
    assert sorted(told) == [
        (ThreadKind.HIRING, date(2026, 5, 1), clock.now()),
        (ThreadKind.SEEKING_WORK, date(2026, 5, 1), clock.now()),
    ]


async def test_a_thread_is_not_known_where_telling_of_it_fails(
    standin: StandIn, clock: ManualClock, database: Database, news: HackerNews
) -> None:
    def fail(db: sqlite3.Connection, thread: Thread, now: datetime) -> None:
        raise ValueError("no")

    post_threads(standin)
    rounds = Rounds(database, clock, news, after_a_thread=[fail])
    with pytest.raises(ValueError, match="no"):
        await rounds.tick()
    assert await threads(database) == {}
    status = await rounds.status()
    assert status.last_troubled is not None
    assert status.last_troubled.troubles == ["an unforeseen error (ValueError)"]


async def test_where_nobody_answers_the_round_is_given_up_and_the_next_ones_come_less_often(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    thread = post_threads(standin)
    post = standin.post(thread, "Acorn | Baker | Oslo", POSTED)
    standin.faults.strike("", faults.status(503), times=5 * 2 * TRIES)
    waits = []
    for _ in range(5):
        done = await rounds.tick()
        assert done is not None
        assert done.gave_up
        assert done.requests == 2 * TRIES
        assert len(done.troubles) == 2
        assert all("it answered with status 503" in trouble for trouble in done.troubles)
        status = await rounds.status()
        assert status.last == status.last_troubled == done
        waits.append(round((status.next_at - done.at).total_seconds() / 60))
        clock.set(status.next_at - timedelta(minutes=1))
        assert await rounds.tick() is None
        clock.set(status.next_at)
    assert waits == [10, 20, 40, 60, 60]
    done = await rounds.tick()
    assert done is not None
    assert (done.gave_up, done.troubles) == (False, [])
    assert await stored(database, thread) == {post}
    status = await rounds.status()
    assert status.last == done
    assert status.last_troubled is not None
    assert status.next_at == done.at + TEN_MINUTES


async def test_what_was_found_on_the_other_way_is_told_with_the_trouble(
    rounds: Rounds, standin: StandIn, database: Database
) -> None:
    thread = post_threads(standin)
    posts = set(posted_on(standin, thread, 5, POSTED))
    standin.faults.strike("/algolia", faults.status(500), times=TRIES)
    done = await rounds.tick()
    assert done is not None
    assert not done.gave_up
    assert ["status 500" in trouble for trouble in done.troubles] == [True]
    assert await stored(database, thread) == posts


async def test_two_who_ask_at_once_get_a_round_each_one_after_the_other(
    rounds: Rounds, standin: StandIn
) -> None:
    thread = post_threads(standin)
    list(posted_on(standin, thread, 60, POSTED - timedelta(minutes=60)))
    done = await asyncio.gather(rounds.run(), rounds.run(), rounds.tick())
    assert [[one.new for one in each.looked] for each in done if each] == [[60], [0]]


async def test_without_any_thread_there_is_nothing_to_read(rounds: Rounds, standin: StandIn) -> None:
    done = await rounds.run()
    assert (done.found, done.looked, done.gave_up, done.requests) == ([], [], False, 1)


@pytest.mark.parametrize("with_threads", [True, False])
async def test_a_clock_that_is_set_back_makes_nothing_wait_for_longer(
    rounds: Rounds, standin: StandIn, clock: ManualClock, with_threads: bool
) -> None:
    if with_threads:
        post_threads(standin)
    clock.advance(days=900)
    standin.faults.strike("", faults.status(503), times=2 * TRIES)
    for _ in range(2):
        await rounds.tick()
        clock.advance(hours=1)
    clock.set(POSTED + timedelta(hours=1))
    assert (await rounds.status()).next_at <= clock.now() + TEN_MINUTES
    # Not only in prospect: it comes to it.
    clock.advance(minutes=10)
    done = await rounds.tick()
    assert done is not None
    assert not done.gave_up
    clock.advance(days=-2)
    assert await rounds.tick() is not None


async def test_each_round_is_told_as_a_figure_given_up_or_not(
    standin: StandIn, clock: ManualClock, database: Database, news: HackerNews
) -> None:
    heard = Heard()
    thread = post_threads(standin)
    for number in range(3):
        standin.post(thread, f"Acme {number} | Engineer | Remote", clock.now())
    rounds = Rounds(database, clock, news, figures=heard)
    done = await rounds.run()
    standin.faults.strike("", faults.status(503), times=5 * 2 * TRIES)
    given_up = await rounds.run()
    ((posts, requests, troubles, gave_up), failed) = heard.rounds
    assert posts == {"new": 3, "changed": 0, "gone": 0, "unreadable": 0}
    assert (requests, troubles, gave_up) == (done.requests, 0, False)
    assert failed[1:] == (given_up.requests, len(given_up.troubles), True)
