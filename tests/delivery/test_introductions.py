"""The draft on the day on which "Who wants to be hired?" appears: to whom, where, and once."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery.messenger import Place
from bot.errors import TryLater
from bot.introductions.deliveries import IntroductionContent, IntroductionPingContent
from bot.introductions.service import thread_appeared
from bot.leads import thread_store as leads_store
from bot.leads.threads import Thread, ThreadKind
from tests.delivery.jobs import want_direct
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

# Monday the 4th of May, five hours after the tests begin.
THREAD = Thread(900, ThreadKind.SEEKING_WORK, date(2026, 5, 1), datetime(2026, 5, 4, 13, tzinfo=UTC))
ADDRESS = "https://news.ycombinator.com/item?id=900"


async def want_drafts(study: Study, *members: int, guild: int = GUILD) -> None:
    for member in members:
        await study.services.introductions.write(guild, member, location=f"Town {member}")
        await study.services.introductions.remind(guild, member, wanted=True)


async def appear(study: Study, thread: Thread = THREAD, *, at: datetime | None = None) -> None:
    """Have a thread found, as a round over Hacker News does, and what is due sent."""
    study.clock.set(at or thread.began_at + timedelta(minutes=5))

    def find(db: sqlite3.Connection) -> None:
        leads_store.add_thread(db, thread, study.clock.now())
        thread_appeared(db, thread, study.clock.now())

    await study.services.database.write(find)
    await study.tick()


def mentions(study: Study) -> list[IntroductionPingContent]:
    contents = [message.content for message in study.messenger.of(IntroductionPingContent)]
    return [content for content in contents if isinstance(content, IntroductionPingContent)]


def letters(study: Study) -> list[IntroductionContent]:
    contents = [message.content for message in study.messenger.of(IntroductionContent)]
    return [content for content in contents if isinstance(content, IntroductionContent)]


async def test_those_who_asked_are_mentioned_at_once_in_one_message_that_tells_nothing_of_them(
    study: Study,
) -> None:
    await want_drafts(study, ADA, BEN)
    await study.services.introductions.write(GUILD, CLEO, location="Nobody asked")
    await appear(study)
    assert mentions(study) == [IntroductionPingContent([ADA, BEN], ADDRESS, [])]
    assert [message.place for message in study.messenger.of(IntroductionPingContent)] == [
        Place(GUILD, CHANNEL)
    ]


async def test_who_chose_direct_messages_gets_the_draft(study: Study) -> None:
    await want_drafts(study, ADA)
    await want_direct(study, ADA)
    await appear(study)
    (letter,) = letters(study)
    assert (letter.guild_id, letter.user_id, letter.channel_id) == (GUILD, ADA, CHANNEL)
    assert letter.thread_url == ADDRESS
    assert f"Location: Town {ADA}" in letter.draft.text
    assert mentions(study) == []


async def test_once_for_each_thread_however_often_it_is_found(study: Study) -> None:
    await want_drafts(study, ADA)
    await appear(study)
    await appear(study, at=THREAD.began_at + timedelta(hours=1))
    await appear(study, at=THREAD.began_at + timedelta(days=1))
    assert len(mentions(study)) == 1
    june = replace(THREAD, id=950, month=date(2026, 6, 1), began_at=datetime(2026, 6, 1, 15, tzinfo=UTC))
    await appear(study, june)
    assert [content.thread_url[-3:] for content in mentions(study)] == ["900", "950"]


async def test_whoever_asks_after_it_appeared_waits_for_the_next(study: Study) -> None:
    await appear(study)
    await want_drafts(study, ADA)
    await study.tick_at("23:00")
    assert mentions(study) == []


@pytest.mark.parametrize("kind", [ThreadKind.HIRING, ThreadKind.FREELANCE])
async def test_no_other_kind_of_thread_brings_a_draft(study: Study, kind: ThreadKind) -> None:
    await want_drafts(study, ADA)

    def find(db: sqlite3.Connection) -> None:
        thread_appeared(db, replace(THREAD, kind=kind), study.clock.now())

    study.clock.set(THREAD.began_at)
    await study.services.database.write(find)
    await study.tick()
    assert mentions(study) == []


@pytest.mark.parametrize(("days", "told"), [(13, 1), (14, 0)])
async def test_a_thread_that_is_found_too_late_is_of_no_use(study: Study, days: int, told: int) -> None:
    await want_drafts(study, ADA)
    await appear(study, at=THREAD.began_at + timedelta(days=days))
    assert len(mentions(study)) == told


async def test_at_night_it_waits_for_the_members_morning(study: Study) -> None:
    await study.plan(ADA, zone="Asia/Tokyo", ping=False)
    await want_drafts(study, ADA, BEN)
    # It is ten in the evening in Tokyo by then; nine in the morning there is midnight in UTC.
    await appear(study)
    assert [content.members for content in mentions(study)] == [[BEN]]
    await study.tick_at("23:59")
    assert len(mentions(study)) == 1
    await study.tick_at("00:00", date(2026, 5, 5))
    assert [content.members for content in mentions(study)] == [[BEN], [ADA]]


async def test_who_is_away_gets_it_when_they_are_back_while_it_is_of_use(study: Study) -> None:
    await want_drafts(study, ADA, BEN)
    await study.services.routines.pause(GUILD, ADA, "2026-05-04", "2026-05-06")
    await study.services.routines.pause(GUILD, BEN, "2026-05-04", "2026-05-30")
    await appear(study)
    told = {}
    for day in range(5, 32):
        before = len(mentions(study))
        await study.tick_at("09:00", date(2026, 5, day))
        if len(mentions(study)) > before:
            told[day] = mentions(study)[-1].members
    assert told == {7: [ADA]}
    left = await study.services.database.read(
        lambda db: db.execute(
            "select count(*) from due where kind like 'introduction%' and due_at < ?",
            (int(datetime(2027, 1, 1, tzinfo=UTC).timestamp()),),
        ).fetchone()[0]
    )
    assert left == 0


async def test_who_lets_it_go_before_it_is_sent_gets_none(study: Study) -> None:
    await want_drafts(study, ADA)
    await study.plan(ADA, zone="Asia/Tokyo", ping=False)
    await appear(study)
    await study.services.introductions.remind(GUILD, ADA, wanted=False)
    await study.tick_at("00:00", date(2026, 5, 5))
    assert mentions(study) == []


async def test_a_refused_direct_message_becomes_a_mention_that_says_so(study: Study) -> None:
    await want_drafts(study, ADA, BEN)
    await want_direct(study, ADA)
    study.messenger.closed_to_direct.add(ADA)
    await appear(study)
    assert sorted(mentions(study), key=str) == [
        IntroductionPingContent([ADA], ADDRESS, [ADA]),
        IntroductionPingContent([BEN], ADDRESS, []),
    ]
    preference = await study.services.preferences.find(GUILD, ADA)
    assert (preference.direct_leads, preference.direct_refused_on) == (False, date(2026, 5, 4))


async def test_a_lost_answer_sends_it_once(study: Study) -> None:
    await want_drafts(study, ADA)
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await appear(study)
    study.clock.advance(minutes=10)
    await study.tick()
    assert len(mentions(study)) == 1


async def test_after_a_downtime_of_a_day_it_comes_the_next_morning(study: Study) -> None:
    await want_drafts(study, ADA)
    study.messenger.fail("send", TryLater("Discord answered 503"), times=100)
    await appear(study)
    study.clock.advance(days=1)
    await study.tick()
    study.messenger.recover()
    assert mentions(study) == []
    await study.tick_at("09:00", date(2026, 5, 6))
    assert [content.members for content in mentions(study)] == [[ADA]]


async def test_each_server_has_its_own_and_one_without_settings_stops_nobody(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    await want_drafts(study, ADA, guild=0)
    await want_drafts(study, ADA)
    await want_drafts(study, BEN, guild=2)
    await appear(study)
    found = {
        message.place.guild_id: message.content.members  # type: ignore[attr-defined]
        for message in study.messenger.of(IntroductionPingContent)
    }
    assert found == {GUILD: [ADA], 2: [BEN]}


async def test_who_is_forgotten_gets_none(study: Study) -> None:
    await want_drafts(study, ADA)
    for feature in study.services.personal_data:
        await study.services.database.write(feature.forget_member, GUILD, ADA)
    await appear(study)
    assert mentions(study) == []
