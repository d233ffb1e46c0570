"""The digest of job leads: once a day the best of what is new, each lead once whatever happens."""

import shutil
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.delivery.messenger import Place
from bot.errors import TryLater, Undeliverable
from bot.leads.digests import LEADS_A_DIGEST, DigestContent
from bot.leads.intake import Prepared
from bot.leads.lead import PostKind
from bot.leads.months import MonthContent
from bot.leads.service import NO_CHANNEL
from bot.leads.signals import SignalName
from bot.leads.threads import Thread
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.crashes import Life, live
from tests.delivery.fake_messenger import FakeMessenger, Message
from tests.delivery.study import GUILD, Study
from tests.hiring_posts import APRIL, MAY, a_post, store_posts, vanish

LEAD_CHANNEL, OTHER_CHANNEL, OTHER_GUILD = 20, 21, 2
FRIDAY, SATURDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 5, day) for day in (8, 9, 11, 12, 13))
GOOD, BETTER = (SignalName.JUNIOR,), (SignalName.JUNIOR, SignalName.NO_DEGREE_NEEDED)


@pytest.fixture
async def study(study: Study) -> Study:
    """A server that hears of leads at ten, a week into the month, when the thread is summarised no more."""
    study.clock.set(datetime(2026, 5, 8, 9, tzinfo=study.clock.now().tzinfo))
    await study.services.leads.set_up(GUILD, channel_id=LEAD_CHANNEL, hour=time(10))
    return study


async def offer(study: Study, *posts: Prepared, thread: Thread = MAY) -> None:
    await study.services.database.write(store_posts, *posts, thread=thread, now=study.clock.now())


def good(*numbers: int) -> list[Prepared]:
    return [a_post(number, signals=GOOD) for number in numbers]


def digests(messenger: FakeMessenger) -> list[Message]:
    return messenger.of(DigestContent)


def content(message: Message) -> DigestContent:
    assert isinstance(message.content, DigestContent)
    return message.content


def shown(study: Study) -> list[list[int]]:
    """The leads of each digest, in the order in which they were posted."""
    return [[lead.id for lead in content(message).leads] for message in digests(study.messenger)]


# What is posted, and when.


async def test_once_a_day_at_the_servers_hour_the_best_of_what_is_new_is_posted(study: Study) -> None:
    await offer(study, a_post(1, signals=GOOD), a_post(2), a_post(3, signals=BETTER), *good(4))
    await study.tick_at("09:59")
    assert digests(study.messenger) == []
    await study.tick_at("10:00")
    await study.tick_at("18:00")
    (message,) = digests(study.messenger)
    assert message.place == Place(GUILD, LEAD_CHANNEL)
    digest = content(message)
    # What suits best comes first, among equals the newest; the second has only what every lead begins with.
    assert [lead.id for lead in digest.leads] == [3, 4, 1]
    assert (digest.day, digest.more, digest.mark) == (FRIDAY, 0, 55)


async def test_the_next_day_only_what_is_new_since(study: Study) -> None:
    await offer(study, *good(1, 2))
    await study.tick_at("10:00")
    await study.tick_at("12:00")
    await offer(study, *good(3))
    await study.tick_at("10:00", MONDAY)
    assert shown(study) == [[2, 1], [3]]


async def test_nothing_is_posted_when_nothing_is_new_or_nothing_reaches_the_mark(study: Study) -> None:
    await study.tick_at("10:00")
    await offer(study, a_post(1), a_post(2, kind=PostKind.SEEKING_WORK, signals=GOOD))
    await study.tick_at("10:00", MONDAY)
    await offer(study, *good(3))
    await study.services.database.write(vanish, 3)
    await study.tick_at("10:00", TUESDAY)
    assert study.messenger.messages == {}
    assert ("2026-05-12", "skipped", "nothing is new") in await study.fates("leads")


async def test_of_looks_that_are_long_over_nothing_is_kept(study: Study) -> None:
    await offer(study, *good(1))
    await study.tick_at("10:00")
    study.clock.advance(days=70)
    await study.tick()
    days = [day for day, _, _ in await study.fates("leads")]
    assert "2026-05-08" not in days
    assert days[-1] == "2026-07-17"
    # The digest itself is part of what was said, and stays.
    assert [row.day for row in await study.outbox("lead_digest")] == ["2026-05-08"]


async def test_a_first_day_in_mid_month_is_no_flood(study: Study) -> None:
    await offer(study, *good(*range(1, 26)))
    for day in (FRIDAY, MONDAY, TUESDAY, WEDNESDAY):
        await study.tick_at("10:00", day)
    assert [len(leads) for leads in shown(study)] == [LEADS_A_DIGEST, LEADS_A_DIGEST, 5]
    assert [content(message).more for message in digests(study.messenger)] == [15, 5, 0]
    assert sorted(number for leads in shown(study) for number in leads) == list(range(1, 26))


async def test_of_a_company_one_lead_a_day_is_enough(study: Study) -> None:
    await offer(study, *(a_post(number, company="Acme", signals=GOOD) for number in (1, 2)), *good(3))
    for day in (FRIDAY, MONDAY):
        await study.tick_at("10:00", day)
    assert shown(study) == [[3, 2], [1]]


async def test_late_posts_of_the_month_before_still_come_and_old_ones_do_not(study: Study) -> None:
    early, late = APRIL.began_at + timedelta(days=3), study.clock.now() - timedelta(days=4)
    await offer(study, a_post(1, early, signals=GOOD), a_post(2, late, signals=GOOD), thread=APRIL)
    await offer(study, *good(3))
    await study.tick_at("10:00")
    assert shown(study) == [[3, 2]] or shown(study) == [[2, 3]]


async def test_the_mark_and_the_weights_of_the_server_decide(study: Study) -> None:
    await offer(study, *good(1), a_post(2))
    await study.services.leads.set_up(GUILD, mark=40, weights={"junior": -30})
    await study.tick_at("10:00")
    assert shown(study) == [[2]]


async def test_servers_are_shown_leads_each_for_itself(study: Study) -> None:
    await study.set_up(OTHER_GUILD, channel_id=11, zone="Asia/Tokyo")
    await study.services.leads.set_up(OTHER_GUILD, channel_id=OTHER_CHANNEL, hour=time(20))
    await offer(study, *good(1))
    await study.tick_at("10:00")
    await study.tick_at("11:00")
    posted = [(message.place, message.sent_at.hour) for message in digests(study.messenger)]
    assert posted == [(Place(GUILD, LEAD_CHANNEL), 10), (Place(OTHER_GUILD, OTHER_CHANNEL), 11)]


async def test_without_a_lead_channel_there_is_no_digest(study: Study) -> None:
    await offer(study, *good(1))
    await study.services.leads.set_up(GUILD, channel_id=NO_CHANNEL)
    await study.tick_at("10:00")
    assert study.messenger.messages == {}
    assert await study.outbox("leads") == []


async def test_another_zone_moves_the_hour(study: Study) -> None:
    await offer(study, *good(1))
    await study.set_up(zone="America/New_York")
    await study.tick_at("13:59")
    assert shown(study) == []
    await study.tick_at("14:00")
    assert shown(study) == [[1]]


# What becomes of a digest.


async def test_a_vanished_post_is_struck_out_where_it_was_shown(study: Study) -> None:
    await offer(study, *good(1, 2))
    await study.tick_at("10:00")
    await study.services.database.write(vanish, 1, now=study.clock.now())
    await study.tick_at("10:10")
    (message,) = digests(study.messenger)
    assert [(lead.id, lead.vanished) for lead in content(message).leads] == [(2, False), (1, True)]
    await offer(study, *good(1))
    await study.tick_at("10:20")
    assert [(lead.id, lead.vanished) for lead in content(message).leads] == [(2, False), (1, False)]
    assert len(study.messenger.called("edit")) == 2


async def test_a_changed_post_is_shown_as_it_is_now(study: Study) -> None:
    await offer(study, *good(1), *good(2))
    await study.tick_at("10:00")
    await offer(study, a_post(1, text="The job is another one.", roles=("Cook",), signals=GOOD))
    await study.tick_at("10:10")
    (message,) = digests(study.messenger)
    assert [lead.lead.roles for lead in content(message).leads] == [(), ("Cook",)]


async def test_a_post_that_no_digest_shows_changes_none(study: Study) -> None:
    await offer(study, *good(1), a_post(2))
    await study.tick_at("10:00")
    await study.services.database.write(vanish, 2, now=study.clock.now())
    await study.tick_at("10:10")
    assert study.messenger.called("edit") == []


async def test_what_the_channel_refused_comes_the_next_day(study: Study) -> None:
    await offer(study, *good(1, 2))
    study.messenger.gone.add(LEAD_CHANNEL)
    await study.tick_at("10:00")
    assert shown(study) == []
    assert ("2026-05-08", "skipped", "the channel is gone") in await study.fates("lead_digest")
    await study.services.leads.set_up(GUILD, channel_id=OTHER_CHANNEL)
    await offer(study, *good(3))
    await study.tick_at("10:00", MONDAY)
    assert shown(study) == [[3, 2, 1]]


async def test_a_digest_whose_message_was_deleted_does_not_come_again(study: Study) -> None:
    await offer(study, *good(1))
    await study.tick_at("10:00")
    study.messenger.delete_message(digests(study.messenger)[0].id)
    await study.services.database.write(vanish, 1, now=study.clock.now())
    await study.tick_at("10:10")
    await offer(study, *good(1))
    await study.tick_at("10:00", MONDAY)
    assert shown(study) == []


async def test_a_channel_taken_away_while_it_was_put_off_gets_none(study: Study) -> None:
    await offer(study, *good(1))
    study.messenger.fail("send", TryLater("Discord is down"))
    await study.tick_at("10:00")
    await study.services.leads.set_up(GUILD, channel_id=NO_CHANNEL)
    await study.tick_at("10:10")
    assert study.messenger.messages == {}
    # Nothing of it is lost.
    await study.services.leads.set_up(GUILD, channel_id=OTHER_CHANNEL)
    await study.tick_at("10:00", MONDAY)
    assert shown(study) == [[1]]


async def test_after_a_downtime_it_comes_until_the_evening_and_then_with_the_next(study: Study) -> None:
    await offer(study, *good(1))
    await study.tick_at("21:59")
    assert shown(study) == [[1]]
    await offer(study, *good(2))
    await study.tick_at("22:01", MONDAY)
    assert shown(study) == [[1]]
    await study.tick_at("10:00", TUESDAY)
    assert shown(study) == [[1], [2]]


async def test_a_lost_answer_does_not_post_it_twice(study: Study) -> None:
    await offer(study, *good(1))
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick_at("10:00")
    await study.tick_at("10:10")
    assert shown(study) == [[1]]
    assert [state for _, state, _ in await study.fates("lead_digest")] == ["sent"]


async def test_a_lost_answer_and_a_day_of_downtime_do_not_either(study: Study) -> None:
    await offer(study, *good(1))
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick_at("10:00")
    await study.tick_at("11:00", SATURDAY)
    await study.tick_at("10:00", MONDAY)
    assert shown(study) == [[1]]
    assert [state for _, state, _ in await study.fates("lead_digest")] == ["sent"]


async def test_a_post_that_was_changed_after_it_was_shown_is_not_new(study: Study) -> None:
    await offer(study, *good(1))
    await study.tick_at("10:00")
    await offer(study, a_post(1, text="Changed.", signals=BETTER))
    await study.tick_at("10:00", MONDAY)
    assert shown(study) == [[1]]


async def test_no_error_of_the_messenger_loses_a_lead(study: Study) -> None:
    await offer(study, *good(*range(1, 5)))
    study.messenger.fail("send", ValueError("a mistake of ours"))
    await study.tick_at("10:00")
    study.messenger.fail("send", Undeliverable("I may not write there"))
    await study.tick_at("10:00", MONDAY)
    await study.tick_at("10:00", TUESDAY)
    assert shown(study) == [[4, 3, 2, 1]]


# Killed at any point.


SOON, LATER, ONE_DAY = timedelta(seconds=20), timedelta(minutes=10), timedelta(days=1)


async def one_round(services: Services, messenger: FakeMessenger) -> None:
    await services.delivery.tick(messenger)


def said(messenger: FakeMessenger) -> Counter[int]:
    """How often each lead was shown, in all digests."""
    return Counter(lead.id for message in digests(messenger) for lead in content(message).leads)


async def test_killed_at_any_point_it_shows_every_lead_once(database_path: Path, tmp_path: Path) -> None:
    # On the second day of a thread, when its summary comes at the same hour.
    ten = datetime(2026, 5, 2, 10, tzinfo=MAY.began_at.tzinfo)

    async def begin(services: Services) -> None:
        await services.servers.set_up(GUILD, checkin_channel_id=10, zone="UTC", prompt_time=time(23))
        await services.leads.set_up(GUILD, channel_id=LEAD_CHANNEL, hour=time(10))
        await services.database.write(store_posts, *good(*range(1, 13)))

    await live(
        Life(), database_path, ManualClock(ten - timedelta(hours=1)), FakeMessenger(ManualClock(ten)), begin
    )
    point, died = 0, True
    while died:
        path = Path(shutil.copy(database_path, tmp_path / f"{point}.db"))
        clock, life = ManualClock(ten), Life(point)
        messenger = FakeMessenger(clock)
        tick = partial(one_round, messenger=messenger)
        await live(life, path, clock, messenger, tick)
        died = life.dead
        # Two days in which nothing else happens.
        for moment in (SOON, LATER, ONE_DAY, 2 * ONE_DAY):
            clock.set(ten + moment)
            await live(Life(), path, clock, messenger, tick)
        assert said(messenger) == Counter(range(1, 13)), f"killed at {life.passed[-1]}"
        assert len(messenger.of(MonthContent)) == 1, f"killed at {life.passed[-1]}"
        point += 1
    assert point > 10
