"""Hacker News is away for a week, also over the turn of a month: what was posted then is read afterwards."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.threads import Thread, ThreadKind
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.hackernews import faults
from tests.hackernews.month import POSTED, post_threads
from tests.hackernews.seen import rounds_until, stored
from tests.hackernews.standin import StandIn

APRIL_BEGAN = datetime(2026, 4, 1, 15, tzinfo=UTC)
WEEK = timedelta(days=7)
TRIES_AN_HOUR = 6
"""Three for each of both addresses."""


@pytest.mark.parametrize("began", [POSTED - timedelta(days=2), POSTED + timedelta(days=3)])
async def test_after_a_week_all_posts_of_the_week_are_read(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database, began: datetime
) -> None:
    april, may = post_threads(standin, "April 2026", APRIL_BEGAN), post_threads(standin)
    clock.set(APRIL_BEGAN + timedelta(days=1))
    await rounds.tick()
    await rounds_until(rounds, clock, began)
    wanted: dict[int, set[int]] = {april: set(), may: set()}
    for hours in range(0, 7 * 24, 5):
        at = began + timedelta(hours=hours)
        thread = may if at > POSTED else april
        wanted[thread].add(standin.post(thread, f"Acorn {hours} | Baker | Oslo", at))
    standin.faults.at_random = lambda: faults.status(500) if clock.now() < began + WEEK else None
    asked = len(standin.requests)
    await rounds_until(rounds, clock, began + WEEK)
    assert len(standin.requests) - asked <= TRIES_AN_HOUR * (7 * 24 + 4)
    await rounds_until(rounds, clock, began + WEEK + timedelta(hours=2))
    assert {thread: await stored(database, thread) for thread in wanted} == wanted
    # The thread of the month before has had its last look.
    asked = standin.asked(f"items/{april}") + standin.asked(f"story_{april}")
    await rounds_until(rounds, clock, began + WEEK + timedelta(days=9))
    assert standin.asked(f"items/{april}") + standin.asked(f"story_{april}") - asked <= 6


@pytest.mark.parametrize(("days", "is_news"), [(7, True), (15, False)])
async def test_a_thread_that_could_not_be_seen_for_days_is_news_as_long_as_it_is_of_use(
    standin: StandIn, clock: ManualClock, database: Database, news: HackerNews, days: int, is_news: bool
) -> None:
    told: list[ThreadKind] = []

    def tell(db: sqlite3.Connection, thread: Thread, now: datetime) -> None:
        told.append(thread.kind)

    post_threads(standin, "April 2026", APRIL_BEGAN)
    post_threads(standin)
    clock.set(APRIL_BEGAN + timedelta(days=9))
    rounds = Rounds(database, clock, news, after_a_thread=[tell])
    await rounds.tick()
    clock.set(POSTED + timedelta(days=days))
    await Rounds(database, clock, news, after_a_thread=[tell]).tick()
    assert sorted(told) == ([ThreadKind.HIRING, ThreadKind.SEEKING_WORK] if is_news else [])
