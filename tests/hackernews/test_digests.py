"""From Hacker News to the lead channel, over a month with trouble: every job is shown once, none twice."""

import random
from collections import Counter
from contextlib import nullcontext
from datetime import date, time, timedelta
from pathlib import Path

from bot.delivery.messenger import Place
from bot.leads.digests import DigestContent
from bot.leads.hackernews import HackerNews
from bot.leads.months import MonthContent
from bot.leads.web import Web
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.hackernews.conftest import Sleep
from tests.hackernews.month import POSTED, arrivals, post_month
from tests.hackernews.standin import StandIn
from tests.hackernews.test_month import Trouble

GUILD, CHECKINS, LEADS = 1, 10, 20


async def live(path: Path, clock: ManualClock, standin: StandIn, messenger: FakeMessenger, days: int) -> None:
    """Run the bot for some days: a round when one is due, and whatever the delivery has to send."""
    web = Web(clock, pace=nullcontext(), sleep=Sleep(clock))
    news = HackerNews(web, standin.algolia, standin.firebase)
    services = await Services.open(path, clock, None, news)
    assert services.rounds is not None
    await services.servers.set_up(GUILD, checkin_channel_id=CHECKINS, zone="Etc/UTC", prompt_time=time(9))
    await services.leads.set_up(GUILD, channel_id=LEADS, hour=time(18), mark=0)
    await services.delivery.resume()
    until = clock.now() + timedelta(days=days)
    while clock.now() < until:
        await services.rounds.tick()
        await services.delivery.tick(messenger)
        # An hour at most, for the delivery's sake.
        next_at = min((await services.rounds.status()).next_at, clock.now() + timedelta(hours=1))
        clock.set(max(clock.now() + timedelta(minutes=1), next_at))
    await services.close()


async def test_no_job_is_posted_twice_and_none_is_lost(
    path: Path, standin: StandIn, clock: ManualClock
) -> None:
    chance = random.Random(11)
    month = post_month(standin, chance, arrivals(chance, 60, POSTED))
    messenger = FakeMessenger(clock)
    standin.faults.at_random = Trouble(chance, 5, hanging=0)
    clock.set(POSTED - timedelta(hours=3))
    for days in (1, 2, 4, 8, 16, 5):
        # Each time another process, and meanwhile something was changed or deleted.
        await live(path, clock, standin, messenger, days)
        month.happen(standin, clock.now())
    posted = [message for message in messenger.messages.values() if message.place == Place(GUILD, LEADS)]
    digests = [message.content for message in posted if isinstance(message.content, DigestContent)]
    shown = Counter(lead.id for digest in digests for lead in digest.leads)
    assert set(shown.values()) == {1}
    assert shown.keys() >= month.texts.keys()
    assert shown.keys() <= set(month.posts)
    assert max(len(digest.leads) for digest in digests) <= 10
    assert max(Counter(digest.day for digest in digests).values()) == 1
    # What was deleted after it was shown is struck out.
    struck_out = {lead.id for digest in digests for lead in digest.leads if lead.vanished}
    assert struck_out == shown.keys() - month.texts.keys() != set()
    summaries = [message.content for message in posted if isinstance(message.content, MonthContent)]
    assert [summary.month for summary in summaries] == [date(2026, 5, 1)]
