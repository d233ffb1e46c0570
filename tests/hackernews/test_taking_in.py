"""What is taken in of a thread: each post once, what was changed anew, and what is gone no more."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.leads import intake
from bot.leads.hackernews import HackerNews
from bot.leads.intake import Prepared
from bot.leads.reading import PARSER_VERSION
from bot.leads.rounds import Rounds
from bot.leads.thread_reader import AT_A_TIME
from bot.leads.threads import Comment
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.hackernews import faults
from tests.hackernews.month import POSTED, post_threads, posted_on
from tests.hackernews.seen import stored, threads
from tests.hackernews.standin import StandIn


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
    # The newest fifty are tried first, and must not hold up the others.
    unreadable = {posts[3], *posts[-AT_A_TIME:]}

    def fail_on_some(comments: Sequence[Comment]) -> list[Prepared]:
        if any(comment.id in unreadable for comment in comments):
            raise ZeroDivisionError
        return list(prepare(comments))

    monkeypatch.setattr(intake, "prepare", fail_on_some)
    rounds = Rounds(database, clock, news)
    for _ in range(2):
        await rounds.tick()
        # What nobody can read stays as it was.
        left = await database.read(intake.to_read_anew, len(posts))
        assert {post.id for post in left} == unreadable
        clock.advance(minutes=10)
    assert await database.read(intake.stored_hashes, thread) == before
