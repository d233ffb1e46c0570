"""The running bot reads Hacker News beside everything else, and ends in time in the middle of a round."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.clock import SystemClock
from tests.hackernews import faults
from tests.hackernews.month import posted_on
from tests.hackernews.standin import StandIn as HackerNews

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp.web import Request, StreamResponse

    from tests.wire.bots import Bots
    from tests.wire.study_server import StudyServer

POSTS = 30


@pytest.fixture
async def hacker_news() -> AsyncIterator[HackerNews]:
    """This month's thread with some posts in it."""
    clock = SystemClock()
    began = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    async with HackerNews(clock) as standin:
        thread = standin.post_thread(f"Ask HN: Who is hiring? ({began:%B %Y})", began)
        list(posted_on(standin, thread, POSTS, began - timedelta(hours=1)))
        yield standin


def addresses(hacker_news: HackerNews) -> dict[str, str]:
    """The settings by which a bot reads it."""
    return {
        "READ_HACKER_NEWS": "True",
        "HACKER_NEWS_URL": hacker_news.algolia,
        "HACKER_NEWS_FIREBASE_URL": hacker_news.firebase,
    }


def stored(database: Path) -> int:
    with closing(sqlite3.connect(database)) as db:
        (count,) = db.execute("select count(*) from lead").fetchone()
    return int(count)


async def test_it_reads_the_thread_of_the_month_and_the_owner_sees_it(
    bots: Bots, server: StudyServer, hacker_news: HackerNews
) -> None:
    bot = await bots.start(**addresses(hacker_news))
    async with asyncio.timeout(20):
        status = ""
        while f"{POSTS} new, 0 changed, 0 gone; next <t:" not in status:
            status = await server.ask("status")
    assert "**Job hacker news**: next <t:" in status
    assert "Trouble there" not in status
    assert stored(bots.database) == POSTS
    await bot.stop()


async def test_it_ends_in_time_while_hacker_news_keeps_it_waiting(
    bots: Bots, hacker_news: HackerNews
) -> None:
    waiting = asyncio.Event()

    async def hang(request: Request, handler: faults.Handler) -> StreamResponse:
        waiting.set()
        return await faults.hang(request, handler)

    hacker_news.faults.strike("/items/", hang)
    bot = await bots.start(**addresses(hacker_news))
    async with asyncio.timeout(20):
        await waiting.wait()
    assert await bot.stop() < 3
    assert not [line for line in bot.lines if "ERROR" in line or "WARNING" in line]
    assert stored(bots.database) == 0
