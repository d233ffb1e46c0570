"""The server's look back and members' weeks: when they are sent, when not, and what is in them."""

import sqlite3
from datetime import date, time

import pytest

from bot.delivery import outbox
from bot.delivery.messenger import Place
from bot.errors import TryLater, Undeliverable
from bot.lookback.deliveries import LookbackContent, WeekContent, WeekRefusedContent
from bot.lookback.rules import Days, Links
from bot.lookback.sundays import replan
from bot.servers.service import NO_LOOKBACK
from tests.delivery.fake_messenger import Message
from tests.delivery.study import ADA, BEN, CHANNEL, GUILD, Study

MONDAY, TUESDAY = date(2026, 5, 4), date(2026, 5, 5)
FRIDAY, SATURDAY, SUNDAY = date(2026, 5, 8), date(2026, 5, 9), date(2026, 5, 10)
NEXT_MONDAY, NEXT_TUESDAY = date(2026, 5, 11), date(2026, 5, 12)


async def look_back_on(study: Study, weekday: int, at: str = "18:00", guild_id: int = GUILD) -> None:
    await study.services.servers.set_up(
        guild_id, lookback_weekday=weekday, lookback_time=time.fromisoformat(at)
    )


def lookbacks(study: Study) -> list[Message]:
    return study.messenger.of(LookbackContent)


def content(message: Message) -> LookbackContent:
    assert isinstance(message.content, LookbackContent)
    return message.content


async def test_the_week_is_looked_back_on_on_the_day_and_at_the_hour_that_was_chosen(study: Study) -> None:
    await look_back_on(study, 0, "10:00")
    await study.check_in(ADA, "First")
    for at, day in (
        ("18:00", SUNDAY),
        ("09:59", NEXT_MONDAY),
        ("10:00", NEXT_MONDAY),
        ("23:00", NEXT_TUESDAY),
    ):
        await study.tick_at(at, day)
    (posted,) = lookbacks(study)
    assert posted.place == Place(GUILD, CHANNEL)
    assert posted.sent_at.isoformat() == "2026-05-11T10:00:00+00:00"
    assert content(posted).posting_day == NEXT_MONDAY
    assert content(posted).week.days == Days(MONDAY, SUNDAY)
    assert content(posted).week.members == 1


async def test_it_is_reckoned_in_the_servers_zone(study: Study) -> None:
    await study.set_up(zone="Asia/Tokyo")
    await look_back_on(study, 0, "06:00")
    await study.check_in(ADA)
    await study.tick_at("20:59", SUNDAY)
    assert lookbacks(study) == []
    await study.tick_at("21:00", SUNDAY)
    assert [content(each).week.days for each in lookbacks(study)] == [Days(MONDAY, SUNDAY)]


async def test_it_is_not_posted_when_nobody_checked_in_and_the_reason_is_kept(study: Study) -> None:
    await look_back_on(study, 0)
    await study.plan(ADA)
    await study.tick_at("18:00", NEXT_MONDAY)
    assert lookbacks(study) == []
    assert ("2026-05-11", "skipped", "nobody checked in") in await study.fates("lookback")


async def test_there_is_none_unless_an_admin_chose_a_day(study: Study) -> None:
    await study.check_in(ADA)
    await study.tick_at("18:00", NEXT_MONDAY)
    await look_back_on(study, 1)
    await look_back_on(study, NO_LOOKBACK)
    await study.tick_at("18:00", NEXT_TUESDAY)
    assert lookbacks(study) == []
    assert await study.outbox("lookback") == []


async def test_none_comes_when_it_is_turned_off_while_it_is_put_off(study: Study) -> None:
    await look_back_on(study, 0)
    await study.check_in(ADA)
    await study.tick()
    study.clock.set(study.clock.now().replace(day=11, hour=18))
    await study.services.delivery.claim_due()
    await look_back_on(study, NO_LOOKBACK)
    await study.tick()
    assert lookbacks(study) == []
    assert ("2026-05-11", "skipped", "not asked for any more") in await study.fates("lookback")


async def test_it_comes_for_a_day_after_a_downtime_and_not_later(study: Study) -> None:
    await look_back_on(study, 0)
    await study.check_in(ADA)
    await study.tick_at("17:59", NEXT_TUESDAY)
    assert len(lookbacks(study)) == 1
    await study.check_in(ADA)
    await study.tick_at("18:00", date(2026, 5, 19))
    assert len(lookbacks(study)) == 1
    assert ("2026-05-18", "skipped", "too late") in await study.fates("lookback")


async def test_a_lost_answer_does_not_post_it_twice(study: Study) -> None:
    await look_back_on(study, 0)
    await study.check_in(ADA)
    await study.tick()
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick_at("18:00", NEXT_MONDAY)
    await study.tick_at("18:10", NEXT_MONDAY)
    assert len(lookbacks(study)) == 1
    assert ("2026-05-11", "sent", None) in await study.fates("lookback")


async def test_a_member_who_chooses_to_be_named_is_in_it_at_once_and_out_of_it_again(study: Study) -> None:
    await look_back_on(study, 0)
    await study.check_in(ADA, "Done: https://example.org/demo")
    await study.tick_at("18:00", NEXT_MONDAY)
    (posted,) = lookbacks(study)
    assert content(posted).week.shown == []
    for named, shown in ((True, [Links(ADA, ["https://example.org/demo"])]), (False, [])):
        assert await study.services.lookback.name(GUILD, ADA, NEXT_MONDAY) is named
        study.clock.advance(seconds=5)
        await study.tick()
        assert content(posted).week.shown == shown


async def test_a_choice_made_elsewhere_is_in_the_newest_look_back_and_when_pressed_in_any(
    study: Study,
) -> None:
    await look_back_on(study, 0)
    await study.check_in(ADA, "Done: https://example.org/demo")
    await study.services.preferences.change(GUILD, ADA, named=True)
    await study.tick_at("18:00", NEXT_MONDAY)
    (posted,) = lookbacks(study)
    assert content(posted).week.shown != []
    await study.services.preferences.change(GUILD, ADA, named=False)
    assert not await study.services.lookback.name(GUILD, ADA, NEXT_MONDAY, wanted=False)
    study.clock.advance(seconds=5)
    await study.tick()
    assert content(posted).week.shown == []
    assert await study.services.lookback.name(GUILD, ADA, None, wanted=True)
    study.clock.advance(seconds=5)
    await study.tick()
    assert content(posted).week.shown != []


async def test_what_a_member_showed_is_gone_from_it_once_they_delete_the_check_in(study: Study) -> None:
    await look_back_on(study, 0)
    await study.check_in(ADA, "Done: https://example.org/demo")
    await study.check_in(BEN)
    await study.services.preferences.change(GUILD, ADA, named=True)
    await study.tick_at("18:00", NEXT_MONDAY)
    (posted,) = lookbacks(study)
    assert content(posted).week.shown != []
    await study.services.checkins.delete(GUILD, ADA, MONDAY)
    study.clock.advance(seconds=5)
    await study.tick()
    assert content(posted).week.shown == []


async def test_it_is_taken_back_when_all_its_check_ins_are_deleted(study: Study) -> None:
    await look_back_on(study, 1, "10:00")
    await study.check_in(ADA)
    await study.tick_at("10:00", TUESDAY)
    assert len(lookbacks(study)) == 1
    await study.services.checkins.delete(GUILD, ADA, MONDAY)
    await study.services.lookback.name(GUILD, ADA, TUESDAY)
    study.clock.advance(seconds=5)
    await study.tick()
    assert lookbacks(study) == []


async def test_of_two_servers_with_the_same_people_each_has_its_own(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    await look_back_on(study, 0)
    await look_back_on(study, 0, guild_id=2)
    await study.check_in(ADA, "https://example.org/1")
    await study.check_in(ADA, "https://example.org/2", guild_id=2)
    await study.check_in(BEN, guild_id=2)
    await study.services.lookback.name(2, ADA, NEXT_MONDAY)
    await study.tick_at("18:00", NEXT_MONDAY)
    found = {each.place.guild_id: content(each).week for each in lookbacks(study)}
    assert {guild: week.members for guild, week in found.items()} == {GUILD: 1, 2: 2}
    assert {guild: week.shown for guild, week in found.items()} == {
        GUILD: [],
        2: [Links(ADA, ["https://example.org/2"])],
    }


def weeks(study: Study) -> list[Message]:
    return study.messenger.of(WeekContent)


async def asks_for_weeks(study: Study, member: int = ADA) -> None:
    await study.services.lookback.send_on_sundays(GUILD, member, wanted=True)


async def test_a_member_who_chose_it_gets_their_week_on_sunday_at_six_of_their_own(study: Study) -> None:
    await study.plan(ADA, zone="America/New_York", ping=False)
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.check_in(BEN)
    await study.tick_at("21:59", SUNDAY)
    assert weeks(study) == []
    await study.tick_at("22:00", SUNDAY)
    await study.tick_at("22:10", SUNDAY)
    (sent,) = weeks(study)
    assert sent.place == Place(GUILD, -ADA), "the direct messages of the member"
    assert isinstance(sent.content, WeekContent)
    assert sent.content.week.days == Days(MONDAY, SUNDAY)
    assert (sent.content.guild_id, sent.content.channel_id) == (GUILD, CHANNEL)


async def test_it_comes_again_the_next_sunday(study: Study) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.tick_at("18:00", SUNDAY)
    await study.tick_at("12:00", NEXT_MONDAY)
    await study.check_in(ADA)
    await study.tick_at("18:00", date(2026, 5, 17))
    assert len(weeks(study)) == 2
    assert len(study.messenger.called("open_direct")) == 1


async def test_nobody_gets_a_week_unasked(study: Study) -> None:
    await study.check_in(ADA)
    await asks_for_weeks(study, BEN)
    await study.services.lookback.send_on_sundays(GUILD, BEN, wanted=False)
    await study.check_in(BEN)
    await study.tick_at("18:00", SUNDAY)
    assert weeks(study) == []
    assert await study.outbox("week") == []


async def test_a_week_with_nothing_in_it_is_not_sent(study: Study) -> None:
    await study.plan(ADA, ping=False)
    await asks_for_weeks(study)
    await study.tick_at("18:00", SUNDAY)
    assert weeks(study) == []
    assert await study.fates("week") == [("2026-05-10", "skipped", "there is nothing to look back on")]


async def test_nothing_is_sent_while_the_member_is_away(study: Study) -> None:
    await study.plan(ADA, ping=False)
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.execute("insert into pause values (?, ?, '2026-05-05', '2026-05-12', 0)", GUILD, ADA)
    await study.tick_at("18:00", SUNDAY)
    assert weeks(study) == []
    assert await study.fates("week") == [("2026-05-10", "skipped", "the member is away")]


async def test_a_week_that_was_stopped_after_it_was_claimed_is_not_sent(study: Study) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)
    study.clock.set(study.clock.now().replace(day=10, hour=18))
    await study.services.delivery.claim_due()
    await study.services.lookback.send_on_sundays(GUILD, ADA, wanted=False)
    await study.tick()
    assert weeks(study) == []


@pytest.mark.parametrize(("at", "sent"), [("11:59", 1), ("12:00", 0)], ids=["in the morning", "at noon"])
async def test_a_week_may_still_come_on_monday_morning_and_is_the_one_before(
    study: Study, at: str, sent: int
) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.tick_at(at, NEXT_MONDAY)
    assert len(weeks(study)) == sent
    assert all(each.content.week.days == Days(MONDAY, SUNDAY) for each in weeks(study))  # type: ignore[attr-defined]


async def test_a_move_to_another_zone_brings_one_week_and_at_its_time(study: Study) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.tick_at("18:00", SUNDAY)
    await study.plan(ADA, zone="Pacific/Honolulu", ping=False)
    await study.services.database.write(replan, GUILD, ADA, study.clock.now())
    # Six on Sunday in Honolulu: that Sunday has had its week.
    await study.tick_at("04:00", NEXT_MONDAY)
    assert len(weeks(study)) == 1
    await study.tick_at("12:00", NEXT_TUESDAY)
    await study.check_in(ADA)
    await study.tick_at("03:59", date(2026, 5, 18))
    assert len(weeks(study)) == 1
    await study.tick_at("04:00", date(2026, 5, 18))
    assert len(weeks(study)) == 2


async def test_a_member_without_a_routine_follows_the_servers_zone_from_the_week_after(study: Study) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.set_up(zone="Pacific/Honolulu")
    await study.tick_at("18:00", SUNDAY)
    assert len(weeks(study)) == 1
    await study.tick_at("12:00", NEXT_TUESDAY)
    await study.check_in(ADA)
    await study.tick_at("18:00", date(2026, 5, 17))
    assert len(weeks(study)) == 1
    await study.tick_at("04:00", date(2026, 5, 18))
    assert len(weeks(study)) == 2


async def test_whoever_takes_no_direct_messages_is_told_once_in_the_days_thread(study: Study) -> None:
    study.messenger.closed_to_direct.add(ADA)
    await study.plan(ADA, ping=False)
    await asks_for_weeks(study)
    await study.tick_at("09:00", SUNDAY)
    (prompt,) = [each for each in study.messenger.prompts if each.content.day == SUNDAY]  # type: ignore[attr-defined]
    await study.check_in(ADA)
    await study.tick_at("18:00", SUNDAY)
    await study.tick_at("18:01", SUNDAY)
    (told,) = study.messenger.of(WeekRefusedContent)
    assert told.content == WeekRefusedContent(ADA)
    assert told.place.channel_id == prompt.id
    preference = await study.services.preferences.find(GUILD, ADA)
    assert (preference.direct_weeks, preference.direct_refused_on) == (False, SUNDAY)
    await study.tick_at("12:00", NEXT_TUESDAY)
    await study.check_in(ADA)
    await study.tick_at("18:00", date(2026, 5, 17))
    assert len(study.messenger.of(WeekRefusedContent)) == 1
    assert weeks(study) == []


async def test_a_refusal_of_a_channel_that_was_open_counts_as_well(study: Study) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.tick()
    study.messenger.fail("send", Undeliverable("no mutual server"))
    await study.tick_at("18:00", SUNDAY)
    await study.tick_at("18:01", SUNDAY)
    assert len(study.messenger.of(WeekRefusedContent)) == 1
    assert not (await study.services.preferences.find(GUILD, ADA)).direct_weeks


async def test_what_may_work_later_is_no_refusal(study: Study) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.tick()
    study.messenger.fail("open_direct", TryLater("Discord answered 503"))
    await study.tick_at("18:00", SUNDAY)
    await study.tick_at("18:01", SUNDAY)
    assert len(weeks(study)) == 1
    assert study.messenger.of(WeekRefusedContent) == []


async def test_asking_for_weeks_again_forgets_the_refusal(study: Study) -> None:
    study.messenger.closed_to_direct.add(ADA)
    await asks_for_weeks(study)
    await study.check_in(ADA)
    await study.tick_at("18:00", SUNDAY)
    study.messenger.closed_to_direct.clear()
    await asks_for_weeks(study)
    preference = await study.services.preferences.find(GUILD, ADA)
    assert (preference.direct_weeks, preference.direct_refused_on) == (True, None)
    await study.tick_at("12:00", NEXT_TUESDAY)
    await study.check_in(ADA)
    await study.tick_at("18:00", date(2026, 5, 17))
    assert len(weeks(study)) == 1


async def test_forgotten_by_everything_a_member_gets_no_week(study: Study) -> None:
    await asks_for_weeks(study)
    await study.check_in(ADA)

    def forget(db: sqlite3.Connection) -> None:
        for feature in study.services.personal_data:
            feature.forget_member(db, GUILD, ADA)

    await study.services.database.write(forget)
    await study.tick_at("18:00", SUNDAY)
    assert weeks(study) == []
    assert not await study.services.database.read(outbox.was_sent, "week", GUILD, ADA, SUNDAY)
