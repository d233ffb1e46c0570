"""The summary of a thread: once in a server, kept up to date, compared with the month before."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.delivery.messenger import Place
from bot.errors import TryLater
from bot.leads import intake
from bot.leads.digests import DigestContent
from bot.leads.intake import Prepared
from bot.leads.lead import Degree, Level, MachineLearning, WorkMode
from bot.leads.months import FINAL_AT_AGE, MonthContent, MonthFigures
from bot.leads.signals import SignalName
from bot.leads.threads import Thread
from tests.delivery.study import GUILD, Study
from tests.hiring_posts import APRIL, MAY, a_post, store_posts, vanish

LEAD_CHANNEL, OTHER_CHANNEL = 20, 21
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 5, day) for day in (1, 2, 3, 4))
HOUR = timedelta(hours=1)
GOOD = (SignalName.JUNIOR,)


@pytest.fixture
async def study(study: Study) -> Study:
    """A server that hears of leads at ten in the evening; the thread of May began at three."""
    study.clock.set(datetime(2026, 5, 1, 12, tzinfo=UTC))
    await study.services.leads.set_up(GUILD, channel_id=LEAD_CHANNEL, hour=time(22))
    return study


async def offer(study: Study, *posts: Prepared, thread: Thread = MAY) -> None:
    await study.services.database.write(store_posts, *posts, thread=thread, now=study.clock.now())


async def read_whole(study: Study, thread: Thread = APRIL) -> None:
    await study.services.database.write(vanish, thread=thread, now=study.clock.now())


def summaries(study: Study) -> list[MonthContent]:
    contents = [message.content for message in study.messenger.of(MonthContent)]
    return [content for content in contents if isinstance(content, MonthContent)]


async def test_on_the_first_day_of_a_thread_it_is_summarised_once(study: Study) -> None:
    await offer(study, a_post(1), a_post(2, signals=GOOD))
    await study.tick_at("21:59")
    assert summaries(study) == []
    await study.tick_at("22:00")
    (message,) = study.messenger.of(MonthContent)
    assert message.place == Place(GUILD, LEAD_CHANNEL)
    for day in (SATURDAY, SUNDAY, MONDAY, date(2026, 5, 20)):
        await study.tick_at("22:00", day)
    (summary,) = summaries(study)
    assert (summary.month, summary.url) == (MAY.month, f"https://news.ycombinator.com/item?id={MAY.id}")
    assert (summary.figures.posts, summary.figures.suiting, summary.mark) == (2, 1, 55)


async def test_a_thread_is_given_six_hours(study: Study) -> None:
    await study.services.leads.set_up(GUILD, hour=time(20, 59))
    await offer(study, a_post(1))
    await study.tick_at("20:59")
    assert summaries(study) == []
    await study.tick_at("20:59", SATURDAY)
    assert [summary.age for summary in summaries(study)] == [timedelta(hours=29, minutes=59)]


async def test_the_summary_comes_before_the_digest_of_the_same_hour(study: Study) -> None:
    await offer(study, a_post(1, signals=GOOD))
    await study.tick_at("22:00")
    kinds = [type(message.content) for message in study.messenger.messages.values()]
    assert kinds == [MonthContent, DigestContent]


async def test_it_counts_what_is_there_for_us(study: Study) -> None:
    await offer(
        study,
        a_post(1, work_modes=(WorkMode.REMOTE, WorkMode.ONSITE), seniority=(Level.JUNIOR, Level.SENIOR)),
        a_post(2, work_modes=(WorkMode.ONSITE,), degree=Degree.REQUIRED, ml=MachineLearning.ROLE),
        a_post(3, seniority=(Level.INTERN,), degree=Degree.PREFERRED, ml=MachineLearning.COMPANY),
        a_post(4, signals=GOOD, seniority=(Level.MID,)),
        a_post(5, work_modes=(WorkMode.REMOTE,), signals=GOOD),
    )
    await study.services.database.write(vanish, 5, now=study.clock.now())
    await study.tick_at("22:00")
    (summary,) = summaries(study)
    assert summary.figures == MonthFigures(
        posts=4, suiting=1, remote=1, junior=2, degree_demanded=1, ml_roles=1
    )


async def test_it_is_compared_with_the_month_before_at_the_same_age(study: Study) -> None:
    on_time, too_late = APRIL.began_at + 7 * HOUR, APRIL.began_at + 7 * HOUR + timedelta(seconds=1)
    await offer(
        study,
        a_post(1, APRIL.began_at, company="Acme"),
        a_post(2, on_time, company="Bolt", work_modes=(WorkMode.REMOTE,)),
        a_post(3, too_late, company="Cork"),
        a_post(4, APRIL.began_at, company="Dune"),
        thread=APRIL,
    )
    # Gone later than at that age, so it was there; gone before, it was not.
    await study.services.database.write(vanish, 1, thread=APRIL, now=on_time + HOUR)
    await study.services.database.write(vanish, 4, thread=APRIL, now=APRIL.began_at + HOUR)
    await offer(study, a_post(5, company="ACME"), a_post(6, company="Cork"), a_post(7, company="New"))
    await study.tick_at("22:00")
    (summary,) = summaries(study)
    assert summary.age == 7 * HOUR
    assert summary.before == MonthFigures(
        posts=2, suiting=0, remote=1, junior=0, degree_demanded=0, ml_roles=0
    )
    assert (summary.came_back, summary.new_companies) == (2, 1)


async def test_without_the_whole_month_before_nothing_is_compared(study: Study) -> None:
    await offer(study, a_post(1, APRIL.began_at), thread=APRIL)
    await offer(study, a_post(2))
    await study.tick_at("22:00")
    (summary,) = summaries(study)
    assert (summary.before, summary.came_back, summary.new_companies) == (None, None, None)
    await read_whole(study)
    await study.tick_at("22:00", SATURDAY)
    (summary,) = summaries(study)
    assert summary.before is not None


async def test_it_is_brought_up_to_date_once_a_day_until_it_is_final(study: Study) -> None:
    await offer(study, a_post(1))
    await study.tick_at("22:00")
    message = study.messenger.of(MonthContent)[0]
    for number, day in enumerate(range(2, 15), 2):
        study.clock.set(datetime(2026, 5, day, 12, tzinfo=UTC))
        await offer(study, a_post(number, study.clock.now()))
        await study.tick_at("22:00", date(2026, 5, day))
    changes = [content for _, content in message.changes if isinstance(content, MonthContent)]
    # Six days in all; what is posted after five times 24 hours is not counted any more.
    assert [content.figures.posts for content in changes] == [1, 2, 3, 4, 5, 6]
    assert [content.is_final for content in changes] == [False] * 5 + [True]
    assert changes[-1].age == FINAL_AT_AGE


async def test_who_sets_up_leads_later_gets_the_next_months(study: Study) -> None:
    study.clock.set(datetime(2026, 5, 5, 12, tzinfo=UTC))
    await offer(study, a_post(1))
    await study.tick_at("22:00")
    assert summaries(study) == []


async def test_each_thread_has_its_own(study: Study) -> None:
    study.clock.set(datetime(2026, 4, 1, 12, tzinfo=UTC))
    await study.services.leads.set_up(GUILD, hour=time(22, 30))
    for thread in (APRIL, MAY):
        study.clock.set(thread.began_at)
        await offer(study, a_post(thread.id, thread.began_at), thread=thread)
        await read_whole(study, thread)
        await study.tick_at("22:30")
    assert [summary.month for summary in summaries(study)] == [APRIL.month, MAY.month]


async def test_a_lost_answer_does_not_post_it_twice(study: Study) -> None:
    await offer(study, a_post(1))
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick_at("22:00")
    await study.tick_at("22:10")
    assert len(summaries(study)) == 1


async def test_a_channel_that_is_mended_gets_it_the_next_day(study: Study) -> None:
    await offer(study, a_post(1))
    study.messenger.gone.add(LEAD_CHANNEL)
    await study.tick_at("22:00")
    await study.services.leads.set_up(GUILD, channel_id=OTHER_CHANNEL)
    await study.tick_at("22:00", SATURDAY)
    (message,) = study.messenger.of(MonthContent)
    assert message.place == Place(GUILD, OTHER_CHANNEL)


async def test_a_thread_without_posts_is_not_summarised(study: Study) -> None:
    await study.services.database.write(intake.remember_thread, MAY, study.clock.now())
    await study.tick_at("22:00")
    assert study.messenger.messages == {}
