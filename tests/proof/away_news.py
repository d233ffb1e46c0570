"""Hacker News away for a week, at one address or both, also over the turn of a month."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import aiohttp

from bot.delivery.messenger import Place
from bot.leads import intake
from bot.leads.digests import DigestContent
from bot.leads.hackernews import HackerNews
from bot.leads.web import Web
from bot.services import Services
from bot.storage.migrations import migrate
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.hackernews import faults
from tests.hackernews.month import POSTED, post_text, post_threads
from tests.hackernews.standin import StandIn
from tests.proof.outcomes import Outcome

if TYPE_CHECKING:
    from pathlib import Path

GUILD, CHECKINS, LEADS = 1, 10, 20
APRIL = datetime(2026, 4, 1, 15, tzinfo=UTC)
WEEK = timedelta(days=7)
WAITS = aiohttp.ClientTimeout(total=0.5)
HANGS_FOR_THE_FIRST = 6
"""Each waits as long as that; the rest of the week, the line is dropped."""

REQUESTS_A_WEEK = 2 * 6 * (7 * 24 + 6)
"""Three tries at each of two addresses, once an hour, and somewhat more often at first. Where a connection
breaks off, aiohttp makes each of them twice."""

DIGEST_AT_MOST = 10
POST_EVERY = timedelta(hours=4)

TROUBLES = {
    "no answer at all": faults.drop,
    "status 500": faults.status(500),
    "garbage": faults.body(b"\x00\xffnothing of use"),
    "half of the JSON": faults.cut_between,
    "a page in place of JSON": faults.page(b"<html><body>Be right back.</body></html>"),
    "silence": faults.hang,
}


@dataclass(frozen=True, slots=True)
class Size:
    """Which troubles strike both addresses, when each week begins, and which address is away alone."""

    troubles: Sequence[str]
    begins: Sequence[datetime]
    alone: Sequence[str]


OVER_THE_TURN, WITHIN_A_MONTH = POSTED - timedelta(days=3), POSTED + timedelta(days=4)
FULL = Size(tuple(TROUBLES), (OVER_THE_TURN, WITHIN_A_MONTH), ("/algolia", "/firebase"))
SHORT = Size(("status 500",), (WITHIN_A_MONTH,), ())


async def outcomes(folder: Path, size: Size) -> Sequence[Outcome]:
    """Each trouble in each week, with a database and a Hacker News of its own."""
    tried, lost, most = 0, list[str](), 0
    weeks = [(trouble, begins, "") for trouble in size.troubles for begins in size.begins]
    for trouble, begins, part in [*weeks, *((size.troubles[0], size.begins[0], part) for part in size.alone)]:
        tried += 1
        path = folder / f"news-{tried}.db"
        migrate(path)
        wrong, requests = await _week(path, trouble, begins, part)
        most = max(most, requests)
        lost += [f"{trouble} {part} from {begins:%d %B}: {sentence}" for sentence in wrong]
    figures = f"at most {most} requests in the week"
    return [Outcome("Hacker News away for a week", tried, max(0, tried - len(lost)), lost, figures)]


async def _week(path: Path, trouble: str, begins: datetime, part: str) -> tuple[list[str], int]:
    chance = random.Random(trouble)
    clock = ManualClock(APRIL + timedelta(hours=1))
    async with StandIn(clock) as standin:
        threads = {month: post_threads(standin, f"{month} 2026", at) for month, at in _MONTHS.items()}
        wanted: dict[int, set[int]] = {thread: set() for thread in threads.values()}
        posted_at = begins - timedelta(days=2)
        while posted_at < begins + WEEK:
            thread = threads["May" if posted_at >= POSTED else "April"]
            wanted[thread].add(standin.post(thread, post_text(chance, len(wanted[thread])), posted_at))
            posted_at += POST_EVERY
        left_hanging = [HANGS_FOR_THE_FIRST]

        def strike(path: str) -> faults.Fault | None:
            if not begins <= clock.now() < begins + WEEK or part not in path:
                return None
            if trouble != "silence":
                return TROUBLES[trouble]
            left_hanging[0] -= 1
            return faults.hang if left_hanging[0] >= 0 else faults.drop

        standin.faults.by_path = strike
        messenger = FakeMessenger(clock)
        asked = await _live(path, clock, standin, messenger, begins)
        stored = await _stored(path, clock, wanted)
    wrong = [
        f"{len(posts - stored[thread])} posts of {len(posts)} were never read"
        for thread, posts in wanted.items()
        if posts != stored[thread]
    ]
    posted = [each.content for each in messenger.messages.values() if each.place == Place(GUILD, LEADS)]
    digests = [content for content in posted if isinstance(content, DigestContent)]
    shown = Counter(lead.id for digest in digests for lead in digest.leads)
    wrong += [f"{twice} leads were shown twice" for twice in [sum(n > 1 for n in shown.values())] if twice]
    days = Counter(digest.day for digest in digests)
    if max(days.values(), default=0) > 1 or max((len(each.leads) for each in digests), default=0) > 10:
        wrong.append("a day had more than one digest, or a digest too much in it")
    unseen = wanted[threads["May"]] - shown.keys()
    if unseen:
        wrong.append(f"{len(unseen)} posts of the newest thread were never shown")
    if asked > REQUESTS_A_WEEK + (0 if part in ("", "/firebase") else 7 * 24 * 60):
        wrong.append(f"{asked} requests while it was away")
    return wrong, asked if part == "" else 0


_MONTHS = {"April": APRIL, "May": POSTED}


async def _live(
    path: Path, clock: ManualClock, standin: StandIn, messenger: FakeMessenger, begins: datetime
) -> int:
    """Run the bot until a week after the end; answers how many requests it made while it was away."""

    async def no_wait(seconds: float) -> None:
        clock.advance(seconds=seconds)

    web = Web(clock, pace=nullcontext(), sleep=no_wait, timeout=WAITS)
    services = await Services.open(
        path,
        clock,
        hacker_news=HackerNews(web, standin.algolia, standin.firebase),
        openings_every=None,
    )
    assert services.rounds is not None
    try:
        await services.servers.set_up(GUILD, checkin_channel_id=CHECKINS, zone="Etc/UTC", prompt_time=time(9))
        await services.leads.set_up(GUILD, channel_id=LEADS, hour=time(18), mark=0)
        clock.set(begins - timedelta(days=2))
        meanwhile = 0
        while clock.now() < begins + 2 * WEEK:
            asked, away = len(standin.requests), begins <= clock.now() < begins + WEEK
            await services.rounds.tick()
            meanwhile += len(standin.requests) - asked if away else 0
            await services.delivery.tick(messenger)
            next_at = min((await services.rounds.status()).next_at, clock.now() + timedelta(hours=1))
            clock.set(max(clock.now() + timedelta(minutes=1), next_at))
        return meanwhile
    finally:
        await services.close()


async def _stored(path: Path, clock: ManualClock, wanted: dict[int, set[int]]) -> dict[int, set[int]]:
    services = await Services.open(path, clock, openings_every=None)
    try:
        return {thread: set(await services.database.read(intake.stored_hashes, thread)) for thread in wanted}
    finally:
        await services.close()
