"""Rounds over Hacker News: what is asked when, what is taken in, and what a round says of itself."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.leads import intake
from bot.leads.hackernews import HackerNews
from bot.leads.intake import Prepared
from bot.leads.parse import PARSER_VERSION
from bot.leads.rounds import Rounds
from bot.leads.thread_reader import AT_A_TIME
from bot.leads.threads import Comment, Thread, ThreadKind
from bot.leads.web import TRIES
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.hackernews import faults
from tests.hackernews.month import POSTED, posted_on
from tests.hackernews.standin import StandIn

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def watcher(database: Database) -> Iterator[sqlite3.Connection]:
    """A connection of its own, which sees whether anything was written."""
    with closing(sqlite3.connect(database.path)) as connection:
        yield connection


def version(watcher: sqlite3.Connection) -> int:
    (number,) = watcher.execute("pragma data_version").fetchone()
    return int(number)


async def stored(database: Database, thread: int) -> set[int]:
    return set(await database.read(intake.stored_hashes, thread))


async def threads(database: Database) -> dict[int, Thread]:
    return {thread.id: thread for thread in await database.read(intake.known_threads)}


def post_threads(standin: StandIn, month: str = "May 2026", at: datetime = POSTED) -> int:
    """The two threads of a month; answers the one with the jobs."""
    standin.post_thread(f"Ask HN: Who wants to be hired? ({month})", at)
    standin.post_thread(f"Ask HN: Freelancer? Seeking freelancer? ({month})", at)
    return standin.post_thread(f"Ask HN: Who is hiring? ({month})", at)


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


async def rounds_until(rounds: Rounds, clock: ManualClock, until: datetime) -> int:
    """Tick whenever a round is due up to an instant; answers how many there were."""
    count = 0
    while True:
        next_at = (await rounds.status()).next_at
        if next_at >= until:
            clock.set(until)
            return count
        clock.set(max(clock.now(), next_at))
        assert await rounds.tick() is not None
        count += 1


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


async def test_what_is_new_is_taken_in_by_the_next_round(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    thread = post_threads(standin)
    first = standin.post(thread, "Acorn | Baker | Oslo", POSTED)
    await rounds.tick()
    late = clock.now() + timedelta(minutes=4)
    same_second = [standin.post(thread, f"{name} | Baker | Oslo", late) for name in ("Birch", "Cedar")]
    clock.advance(minutes=10)
    done = await rounds.tick()
    assert done is not None
    assert [(one.new, one.changed) for one in done.looked] == [(2, 0)]
    assert await stored(database, thread) == {first, *same_second}
    assert (await threads(database))[thread].newest_at == late


async def test_a_post_that_is_found_late_is_not_missed(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    thread = post_threads(standin)
    standin.post(thread, "Acorn | Baker | Oslo", POSTED + timedelta(minutes=10))
    await rounds.tick()
    # The search knows of it only now, though it was written before the other.
    late = standin.post(thread, "Birch | Baker | Oslo", POSTED + timedelta(minutes=1))
    clock.advance(minutes=10)
    await rounds.tick()
    assert late in await stored(database, thread)


async def test_a_post_that_is_changed_soon_is_read_anew_by_the_next_round(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    thread = post_threads(standin)
    post, other = posted_on(standin, thread, 2, POSTED)
    await rounds.tick()
    before = await database.read(intake.stored_hashes, thread)
    standin.edit(post, "Acorn | Baker | Rome")
    clock.advance(minutes=10)
    done = await rounds.tick()
    assert done is not None
    assert [(one.new, one.changed) for one in done.looked] == [(0, 1)]
    after = await database.read(intake.stored_hashes, thread)
    assert after[post] != before[post]
    assert after[other] == before[other]


async def test_the_daily_whole_reading_finds_what_was_changed_and_what_is_gone(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    thread = post_threads(standin)
    posts = list(posted_on(standin, thread, 10, POSTED))
    clock.set(POSTED + timedelta(days=3))
    await rounds.tick()
    standin.edit(posts[0], "Acorn | Baker | Rome")
    standin.remove(posts[1])
    standin.edit(posts[2], "[flagged]")
    clock.advance(days=1)
    done = await rounds.tick()
    assert done is not None
    assert [(one.new, one.changed, one.vanished, one.whole) for one in done.looked] == [(0, 1, 2, True)]
    assert await stored(database, thread) == set(posts) - {posts[1], posts[2]}
    # And what is back is back.
    standin.remove(posts[1], gone=False)
    clock.advance(days=1)
    await rounds.tick()
    assert await stored(database, thread) == set(posts) - {posts[2]}


async def test_posts_without_a_text_are_not_taken_in(
    rounds: Rounds, standin: StandIn, database: Database
) -> None:
    thread = post_threads(standin)
    there = standin.post(thread, "Acorn | Baker | Oslo", POSTED)
    for text in ("[flagged]", "[dead]", "", " "):
        standin.post(thread, text, POSTED)
    await rounds.tick()
    assert await stored(database, thread) == {there}


async def test_a_whole_reading_that_lacks_most_posts_is_not_believed(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    thread = post_threads(standin)
    posts = list(posted_on(standin, thread, 20, POSTED))
    clock.advance(hours=1)
    await rounds.tick()
    for post in posts[:11]:
        standin.remove(post)
    clock.advance(hours=3)
    done = await rounds.tick()
    assert done is not None
    assert done.troubles == [f"11 of 20 posts are missing in item {thread}"]
    assert await stored(database, thread) == set(posts)


@pytest.mark.parametrize("days", [30, 900])
async def test_a_date_to_come_does_not_hold_up_the_reading(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database, days: int
) -> None:
    thread = post_threads(standin)
    odd = int((clock.now() + timedelta(days=days)).timestamp())
    child = {"id": 99, "parent_id": thread, "text": "Acorn | Baker | Oslo", "created_at_i": odd}
    standin.recorded["items/"] = json.dumps({"id": thread, "children": [child]}).encode()
    await rounds.tick()
    assert await stored(database, thread) == {99}
    assert (await threads(database))[thread].newest_at == clock.now()
    standin.recorded.clear()
    post = standin.post(thread, "Birch | Baker | Oslo", clock.now() + timedelta(minutes=3))
    clock.advance(minutes=10)
    await rounds.tick()
    assert post in await stored(database, thread)


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


async def test_a_post_that_nobody_can_read_stops_no_other_and_is_logged_once_by_its_id(
    rounds: Rounds,
    standin: StandIn,
    clock: ManualClock,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    thread = post_threads(standin)
    before, bad, after = posted_on(standin, thread, 3, POSTED)
    prepare = intake.prepare

    def fail_on_one(comments: Sequence[Comment]) -> list[Prepared]:
        if any(comment.id == bad for comment in comments):
            raise ZeroDivisionError
        return list(prepare(comments))

    monkeypatch.setattr(intake, "prepare", fail_on_one)
    done = await rounds.tick()
    assert done is not None
    assert [(one.new, one.failed) for one in done.looked] == [(2, 1)]
    clock.advance(minutes=10)
    await rounds.tick()
    assert await stored(database, thread) == {before, after}
    assert [record.message for record in caplog.records] == [f"post {bad} could not be read"]


async def test_posts_are_read_off_the_loop_and_stored_a_few_dozen_at_a_time(
    rounds: Rounds, standin: StandIn, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = post_threads(standin)
    posts = list(posted_on(standin, thread, 2 * AT_A_TIME + 7, POSTED))
    clock.advance(hours=5)
    where: set[int] = set()
    batches: list[list[int]] = []
    prepare, store = intake.prepare, intake.store_prepared

    def noting(comments: Sequence[Comment]) -> list[Prepared]:
        where.add(threading.get_ident())
        return list(prepare(comments))

    def storing(
        db: sqlite3.Connection, thread_id: int, prepared: Sequence[Prepared], now: datetime
    ) -> object:
        before = set(intake.stored_hashes(db, thread_id))
        result = store(db, thread_id, prepared, now)
        batches.append(sorted(set(intake.stored_hashes(db, thread_id)) - before))
        return result

    monkeypatch.setattr(intake, "prepare", noting)
    monkeypatch.setattr(intake, "store_prepared", storing)
    heard: list[tuple[int, int, int]] = []
    await rounds.run(lambda thread, done, of: heard.append((thread.id, done, of)))
    assert threading.get_ident() not in where
    assert batches == [posts[:50], posts[50:100], posts[100:]]
    assert heard == [(thread, 50, 107), (thread, 100, 107), (thread, 107, 107)]


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


async def test_more_than_a_hundred_posts_by_the_other_way_come_in_the_next_rounds(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    thread = post_threads(standin)
    posts = list(posted_on(standin, thread, 120, POSTED))
    # Later it is looked at once a day only; but there is more to ask for.
    clock.set(POSTED + timedelta(days=12))
    standin.faults.strike("/algolia", faults.status(403), times=100)
    await rounds.tick()
    assert await stored(database, thread) == set(posts[:100])
    clock.advance(minutes=10)
    await rounds.tick()
    assert await stored(database, thread) == set(posts)


async def test_two_who_ask_at_once_get_a_round_each_one_after_the_other(
    rounds: Rounds, standin: StandIn
) -> None:
    thread = post_threads(standin)
    list(posted_on(standin, thread, 60, POSTED - timedelta(minutes=60)))
    done = await asyncio.gather(rounds.run(), rounds.run(), rounds.tick())
    assert [[one.new for one in each.looked] for each in done if each] == [[60], [0]]


async def test_two_processes_over_one_database_store_each_post_once(
    standin: StandIn, clock: ManualClock, database: Database, news: HackerNews, path: Path
) -> None:
    thread = post_threads(standin)
    posts = set(posted_on(standin, thread, 120, POSTED - timedelta(hours=2)))
    other = await Database.open(path)
    others = Rounds(other, clock, HackerNews(news.web, news.url, news.firebase_url))
    done = await asyncio.gather(Rounds(database, clock, news).run(), others.run())
    await other.close()
    assert sum(looked.new for each in done for looked in each.looked) == 120
    assert await stored(database, thread) == posts


async def test_without_any_thread_there_is_nothing_to_read(rounds: Rounds, standin: StandIn) -> None:
    done = await rounds.run()
    assert (done.found, done.looked, done.gave_up, done.requests) == ([], [], False, 1)


async def test_a_newer_version_reads_anew_what_an_older_one_took_in(
    standin: StandIn,
    clock: ManualClock,
    database: Database,
    news: HackerNews,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thread = post_threads(standin)
    posts = list(posted_on(standin, thread, 70, POSTED - timedelta(hours=2)))
    await Rounds(database, clock, news).tick()
    before = await database.read(intake.stored_hashes, thread)
    assert await database.read(intake.to_read_anew, 10) == []
    monkeypatch.setattr(intake, "PARSER_VERSION", PARSER_VERSION + 1)
    prepare = intake.prepare

    def fail_on_one(comments: Sequence[Comment]) -> list[Prepared]:
        if any(comment.id == posts[3] for comment in comments):
            raise ZeroDivisionError
        return list(prepare(comments))

    monkeypatch.setattr(intake, "prepare", fail_on_one)
    rounds = Rounds(database, clock, news)
    for _ in range(2):
        await rounds.tick()
        # What nobody can read stays as it was.
        assert [post.id for post in await database.read(intake.to_read_anew, 10)] == [posts[3]]
        clock.advance(minutes=10)
    assert await database.read(intake.stored_hashes, thread) == before
