"""A process that ends in the middle of a round: the next one goes on, and every post is there once."""

import asyncio
import shutil
import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.web import Request, StreamResponse

from bot.leads import intake
from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.web import Web
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.conftest import REPOSITORY
from tests.delivery.crashes import Crash, Life, MortalDatabase
from tests.hackernews import faults, small_reader
from tests.hackernews.month import POSTED, posted_on
from tests.hackernews.standin import StandIn


async def read_through(life: Life, path: Path, clock: ManualClock, standin: StandIn) -> None:
    """Run a process for three rounds, or until it dies."""
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    web = Web(clock, pace=nullcontext())
    database = await MortalDatabase.open(path)
    database.passing = life.passing
    try:
        rounds = Rounds(database, clock, HackerNews(web, standin.algolia, standin.firebase))
        for _ in range(3):
            clock.advance(hours=3)
            await rounds.run()
    except Crash:
        assert life.dead
    finally:
        await database.close()
        await web.close()


async def test_wherever_a_process_dies_the_next_one_goes_on(
    migrated: Path, tmp_path: Path, standin: StandIn, clock: ManualClock
) -> None:
    thread = standin.post_thread("Ask HN: Who is hiring? (May 2026)", POSTED)
    posts = list(posted_on(standin, thread, 60, POSTED))
    edited, gone = posts[10], posts[20]
    began = POSTED + timedelta(hours=4)
    dies_at = 0
    while True:
        path = tmp_path / f"{dies_at}.db"
        shutil.copy(migrated, path)
        standin.edit(edited, "Acorn | Baker | Oslo")
        standin.remove(gone, gone=False)
        clock.set(began)
        life = Life(dies_at)
        await read_through(life, path, clock, standin)
        standin.edit(edited, "Acorn | Baker | Rome")
        standin.remove(gone)
        await read_through(Life(), path, clock, standin)
        database = await Database.open(path)
        hashes = await database.read(intake.stored_hashes, thread)
        await database.close()
        assert set(hashes) == set(posts) - {gone}
        assert hashes[edited] == intake.text_hash("Acorn | Baker | Rome")
        if not life.dead:
            break
        dies_at += 1
    # The thread, two batches of posts and the end of the whole reading, before and after each commit.
    assert dies_at >= 8


async def test_a_round_that_is_cancelled_leaves_what_it_stored_and_the_next_one_goes_on(
    standin: StandIn, clock: ManualClock, database: Database, news: HackerNews
) -> None:
    thread = standin.post_thread("Ask HN: Who is hiring? (May 2026)", POSTED)
    posts = set(posted_on(standin, thread, 120, POSTED - timedelta(hours=2)))
    stopped: asyncio.Task[object] | None = None

    def stop_after_the_first_batch(_: object, done: int, of: int) -> None:
        if done < of and stopped is not None:
            stopped.cancel()

    stopped = asyncio.create_task(Rounds(database, clock, news).run(stop_after_the_first_batch))
    with pytest.raises(asyncio.CancelledError):
        await stopped
    assert len(await database.read(intake.stored_hashes, thread)) == 50
    done = await Rounds(database, clock, news).run()
    assert [(looked.new, looked.changed) for looked in done.looked] == [(70, 0)]
    assert set(await database.read(intake.stored_hashes, thread)) == posts


async def test_a_process_that_is_killed_leaves_what_it_stored_and_the_next_one_goes_on(
    path: Path, standin: StandIn, clock: ManualClock, news: HackerNews
) -> None:
    april = standin.post_thread("Ask HN: Who is hiring? (April 2026)", POSTED - timedelta(days=30))
    may = standin.post_thread("Ask HN: Who is hiring? (May 2026)", POSTED)
    wanted = {
        thread: set(posted_on(standin, thread, 60, POSTED - timedelta(hours=1))) for thread in (may, april)
    }
    # May is stored by the time April is asked for, and then nothing comes.
    reached = asyncio.Event()

    async def hang(request: Request, handler: faults.Handler) -> StreamResponse:
        reached.set()
        return await faults.hang(request, handler)

    standin.faults.strike(f"items/{april}", hang)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", small_reader.__name__, str(path), standin.algolia, standin.firebase),
        cwd=REPOSITORY,
    )
    async with asyncio.timeout(20):
        await reached.wait()
    process.kill()
    assert await process.wait() < 0
    database = await Database.open(path)
    assert set(await database.read(intake.stored_hashes, may)) == wanted[may]
    assert await database.read(intake.stored_hashes, april) == {}
    done = await Rounds(database, clock, news).run()
    for thread, posts in wanted.items():
        assert set(await database.read(intake.stored_hashes, thread)) == posts
    await database.close()
    assert sorted(looked.new for looked in done.looked) == [0, 60]
