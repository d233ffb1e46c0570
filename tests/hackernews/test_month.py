"""A whole month of a thread with trouble on the way: each post is stored once, and none is lost."""

import json
import random
from collections.abc import AsyncIterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.leads import intake
from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.web import Web
from bot.storage.database import Database
from tests.clocks import ManualClock
from tests.hackernews import faults
from tests.hackernews.conftest import IMPATIENT, Sleep
from tests.hackernews.month import POSTED, Month, arrivals, post_month
from tests.hackernews.standin import StandIn

END = POSTED + timedelta(days=30)
TROUBLES = (
    *(faults.status(429, Retry_After="20"), faults.status(429, Retry_After="1200")),
    *(faults.status(500), faults.status(503), faults.status(404)),
    *(faults.cut, faults.cut_between, faults.drop),
    *(faults.body(b"<html>"), faults.body(b"{}"), faults.body(b'{"hits": [{}, null], "nbHits": 2}')),
)


class Trouble:
    """Strikes about one request in so many; the first ones by hanging."""

    def __init__(self, chance: random.Random, one_in: int, hanging: int):
        self._chance = chance
        self._one_in = one_in
        self._hanging = hanging
        self.struck = 0

    def __call__(self) -> faults.Fault | None:
        if self._chance.randrange(self._one_in):
            return None
        self.struck += 1
        return faults.hang if self.struck <= self._hanging else self._chance.choice(TROUBLES)


async def replay(rounds: Rounds, standin: StandIn, clock: ManualClock, month: Month) -> list[int]:
    """Tick whenever something is due until the month is over; answers how many posts each round found new."""
    clock.set(POSTED - timedelta(hours=1))
    found = []
    while clock.now() < END:
        month.happen(standin, clock.now())
        done = await rounds.tick()
        found += [looked.new for looked in done.looked] if done else []
        # As the minute job does, which is never exact.
        clock.set(max(clock.now() + timedelta(seconds=59), (await rounds.status()).next_at))
    return found


async def settled(rounds: Rounds, standin: StandIn, database: Database, month: Month) -> None:
    """With the line in order again, one more round brings everything up to date."""
    standin.faults.at_random = lambda: None
    month.happen(standin, END)
    await rounds.run()
    hashes = await database.read(intake.stored_hashes, month.thread)
    assert hashes == {post: intake.text_hash(text) for post, text in month.texts.items()}


def recorded_arrivals(shared_data: Path) -> list[datetime]:
    """When the posts of May 2026 came in."""
    hits = json.loads((shared_data / "hn" / "search_comments_2026-05.json").read_bytes())["hits"]
    posts = [hit for hit in hits if hit["parent_id"] == hit["story_id"]]
    return sorted(datetime.fromisoformat(post["created_at"]) for post in posts)


async def test_a_month_without_trouble_takes_one_request_a_round(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    chance = random.Random(1)
    month = post_month(standin, chance, arrivals(chance, 350, POSTED))
    found = await replay(rounds, standin, clock, month)
    rounds_over_the_thread = len(found)
    # 288 in two days, 192 in eight, then one a day; and a search for threads once an hour before they are
    # there, every ten minutes when they are due, and once a day after that.
    assert 495 <= rounds_over_the_thread <= 505
    assert len(standin.requests) - rounds_over_the_thread <= 40
    assert standin.asked("/firebase") == 0
    assert sum(found) == len(month.posts)
    await settled(rounds, standin, database, month)


@pytest.fixture
async def impatient_news(clock: ManualClock, standin: StandIn) -> AsyncIterator[HackerNews]:
    web = Web(clock, pace=nullcontext(), sleep=Sleep(clock), timeout=IMPATIENT)
    yield HackerNews(web, standin.algolia, standin.firebase)
    await web.close()


@pytest.mark.parametrize(("times", "one_in"), [("recorded", 10), ("our own", 2)])
async def test_a_month_with_trouble_loses_no_post_and_stores_none_twice(
    request: pytest.FixtureRequest,
    impatient_news: HackerNews,
    standin: StandIn,
    clock: ManualClock,
    database: Database,
    times: str,
    one_in: int,
) -> None:
    chance = random.Random(one_in)
    if times == "recorded":
        posted_at = recorded_arrivals(request.getfixturevalue("shared_data"))
    else:
        posted_at = arrivals(chance, 250, POSTED)
    month = post_month(standin, chance, posted_at)
    rounds = Rounds(database, clock, impatient_news)
    trouble = standin.faults.at_random = Trouble(chance, one_in, hanging=3)
    found = await replay(rounds, standin, clock, month)
    await settled(rounds, standin, database, month)
    assert trouble.struck > 30
    # Of those that were deleted before they were seen, none was found.
    seen = sum(found)
    assert len(month.texts) <= seen <= len(month.posts)


async def test_the_line_is_down_on_the_first_day_and_the_next_day_has_it_all(
    rounds: Rounds, standin: StandIn, clock: ManualClock, database: Database
) -> None:
    chance = random.Random(3)
    month = post_month(standin, chance, arrivals(chance, 300, POSTED))
    standin.faults.at_random = lambda: (
        faults.status(500) if clock.now() < POSTED + timedelta(days=1) else None
    )
    await replay(rounds, standin, clock, month)
    await settled(rounds, standin, database, month)
