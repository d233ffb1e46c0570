"""Follow-ups: when a member is told to write again, where, and when not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery.messenger import Place
from bot.errors import NoFollowUp, TryLater, Undeliverable
from bot.tracker.deliveries import FollowUpPingContent
from bot.tracker.follow_ups import FIRST, SECOND, SNOOZES
from bot.tracker.rules import FOLLOWED_UP, State
from tests.delivery.jobs import MONDAY, apply, letters, live, may, mention_places, mentioned, want_direct
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

LEADS_CHANNEL = 77
THREE_DAYS, A_WEEK = SNOOZES


async def test_a_week_after_applying_and_once_more_a_week_later_and_then_no_more(study: Study) -> None:
    await apply(study)
    assert await live(study, MONDAY, date(2026, 6, 30)) == [may(11), may(18)]
    assert mentioned(study) == [[ADA], [ADA]]


async def test_it_comes_at_ten_of_the_members_own_clock(study: Study) -> None:
    await study.plan(ADA, zone="America/New_York", ping=False)
    await apply(study)
    await study.tick_at("13:59", may(11))
    assert mentioned(study) == []
    await study.tick_at("14:00", may(11))
    assert mentioned(study) == [[ADA]]


async def test_one_message_for_all_who_are_due_that_instant_and_it_tells_nothing(study: Study) -> None:
    for member in (ADA, BEN):
        await apply(study, member, "Secret Labs")
    await study.plan(CLEO, zone="Asia/Tokyo", ping=False)
    await apply(study, CLEO)
    await study.tick_at("01:00", may(11))
    await study.tick_at("10:00", may(11))
    assert mentioned(study) == [[CLEO], [ADA, BEN]]
    assert study.messenger.of(FollowUpPingContent)[1].content == FollowUpPingContent([ADA, BEN], [])


async def test_it_is_said_in_the_lead_channel_or_else_in_the_days_thread(study: Study) -> None:
    await study.plan(BEN, ping=False)
    await apply(study)
    await study.tick_at("09:00", may(11))
    await study.tick_at("10:00", may(11))
    prompt = study.messenger.prompts[-1]
    await study.services.leads.set_up(GUILD, channel_id=LEADS_CHANNEL)
    await study.tick_at("10:00", may(18))
    assert mention_places(study) == [Place(GUILD, prompt.id), Place(GUILD, LEADS_CHANNEL)]


async def test_who_chose_direct_messages_gets_the_job_and_what_a_draft_needs(study: Study) -> None:
    await want_direct(study, ADA)
    number = await apply(study)
    await apply(study, BEN)
    study.clock.advance(days=1)
    await study.check_in(ADA, "Done: https://demo.example")
    await study.tick_at("10:00", may(11))
    assert mentioned(study) == [[BEN]]
    (letter,) = letters(study)
    assert (letter.guild_id, letter.user_id, letter.channel_id, letter.more) == (GUILD, ADA, CHANNEL, 0)
    (due,) = letter.due
    assert due.application.id == number
    assert (due.brief.company, due.brief.since, due.brief.number) == ("Acme", "https://demo.example", FIRST)
    assert not due.may_be_ghosted
    await study.tick_at("10:00", may(18))
    assert [(each.due[0].brief.number, each.due[0].may_be_ghosted) for each in letters(study)] == [
        (FIRST, False),
        (SECOND, True),
    ]


async def test_a_letter_shows_three_jobs_and_says_how_many_more_there_are(study: Study) -> None:
    await want_direct(study, ADA)
    for number in range(5):
        await apply(study, company=f"Company {number}")
    await study.tick_at("10:00", may(11))
    (letter,) = letters(study)
    assert [each.brief.company for each in letter.due] == ["Company 0", "Company 1", "Company 2"]
    assert letter.more == 2


async def test_several_jobs_of_a_member_are_told_together_and_each_on_its_day(study: Study) -> None:
    await want_direct(study, ADA)
    await apply(study, company="One")
    await apply(study, company="Two")
    await live(study, MONDAY, may(6), at="12:00")
    await apply(study, company="Three")
    assert await live(study, may(7), may(31)) == [may(11), may(13), may(18), may(20)]
    assert [[due.brief.company for due in letter.due] for letter in letters(study)] == [
        ["One", "Two"],
        ["Three"],
        ["One", "Two"],
        ["Three"],
    ]


@pytest.mark.parametrize("state", [state for state in State if state is not State.APPLIED])
async def test_a_job_that_moved_on_is_told_no_more(study: Study, state: State) -> None:
    number = await apply(study)
    await study.tick_at("12:00", may(8))
    await study.services.tracker.move(GUILD, ADA, number, state)
    assert await live(study, may(9), may(31)) == []


async def test_one_that_moves_on_between_the_claim_and_the_sending_is_not_told(study: Study) -> None:
    number = await apply(study)
    study.clock.set(datetime(2026, 5, 11, 10, tzinfo=UTC))
    await study.services.delivery.claim_due()
    await study.services.tracker.move(GUILD, ADA, number, State.INTERVIEWING)
    await study.tick()
    assert mentioned(study) == []
    assert await study.fates("follow_up_ping") == [
        ("2026-05-11", "skipped", "there is nothing to tell any more")
    ]


async def test_who_says_twice_on_a_day_that_they_wrote_has_written_once(study: Study) -> None:
    number = await apply(study)
    assert await live(study, MONDAY, may(13)) == [may(11)]
    for _press in range(2):
        done = await study.services.tracker.followed_up(GUILD, ADA, number)
    assert done.follow_up is not None
    assert await live(study, may(14), may(31)) == [may(20)]


async def test_who_wrote_again_is_told_a_week_after_that_and_after_the_second_no_more(study: Study) -> None:
    number = await apply(study)
    assert await live(study, MONDAY, may(13)) == [may(11)]
    await study.services.tracker.followed_up(GUILD, ADA, number)
    assert await live(study, may(14), may(21)) == [may(20)]
    done = await study.services.tracker.followed_up(GUILD, ADA, number)
    assert done.follow_up is None
    assert await live(study, may(22), date(2026, 6, 30)) == []
    with pytest.raises(NoFollowUp):
        await study.services.tracker.followed_up(GUILD, ADA, number)
    with pytest.raises(NoFollowUp):
        await study.services.tracker.snooze(GUILD, ADA, number, A_WEEK)
    steps = (await study.services.tracker.open(GUILD, ADA, number)).record.steps
    assert [(step.day, step.step) for step in steps[-2:]] == [(may(13), FOLLOWED_UP), (may(21), FOLLOWED_UP)]


@pytest.mark.parametrize(("by", "day"), [(THREE_DAYS, 14), (A_WEEK, 18)])
async def test_a_snooze_puts_it_off_and_the_second_by_as_much(study: Study, by: timedelta, day: int) -> None:
    number = await apply(study)
    await live(study, MONDAY, may(11))
    await study.services.tracker.snooze(GUILD, ADA, number, by)
    assert await live(study, may(12), date(2026, 6, 30)) == [may(day), may(day + 7)]


async def test_snoozed_before_it_is_due_it_comes_later_too(study: Study) -> None:
    number = await apply(study)
    await live(study, MONDAY, may(9))
    await study.services.tracker.snooze(GUILD, ADA, number, A_WEEK)
    assert await live(study, may(10), may(16)) == [may(16)]


async def test_the_follow_ups_of_one_job_can_be_turned_off_and_on(study: Study) -> None:
    number = await apply(study)
    await study.services.tracker.remind(GUILD, ADA, number, wanted=False)
    assert await live(study, MONDAY, may(14)) == []
    await study.services.tracker.remind(GUILD, ADA, number, wanted=True)
    assert await live(study, may(15), may(31)) == [may(15), may(22)]


async def test_follow_ups_can_be_turned_off_altogether(study: Study) -> None:
    await study.services.tracker.choose(GUILD, ADA, follow_ups=False)
    await apply(study)
    assert await live(study, MONDAY, may(31)) == []
    assert await study.outbox("follow_up_ping") == []


async def test_only_what_has_a_day_of_applying_is_followed_up(study: Study) -> None:
    tracker = study.services.tracker
    saved = await tracker.add(
        GUILD, ADA, (await tracker.open(GUILD, ADA, await apply(study))).record.application.job
    )
    await tracker.move(GUILD, ADA, saved.application.id, State.INTERVIEWING)
    await want_direct(study, ADA)
    await study.tick_at("10:00", may(11))
    assert [len(letter.due) for letter in letters(study)] == [1]


async def test_nobody_is_told_on_a_paused_day_and_it_waits_until_they_are_back(study: Study) -> None:
    await apply(study)
    await study.services.routines.pause(GUILD, ADA, "2026-05-10", "2026-05-15")
    assert await live(study, MONDAY, may(31)) == [may(16), may(23)]
    reasons = {reason for _, state, reason in await study.fates("follow_up_ping") if state == "skipped"}
    assert reasons == {"away"}


async def test_who_comes_back_early_is_told_the_next_morning(study: Study) -> None:
    await apply(study)
    await study.services.routines.pause(GUILD, ADA, "2026-05-10", "2026-06-10")
    await live(study, MONDAY, may(12))
    await study.services.routines.resume(GUILD, ADA)
    assert await live(study, may(13), may(14)) == [may(13)]


@pytest.mark.parametrize(("at", "day"), [("19:59", 11), ("20:00", 12)])
async def test_after_a_downtime_it_still_comes_in_the_evening_or_else_the_next_morning(
    study: Study, at: str, day: int
) -> None:
    await apply(study)
    await study.tick_at(at, may(11))
    await study.tick_at("10:00", may(12))
    told = [message.sent_at.date() for message in study.messenger.of(FollowUpPingContent)]
    assert told == [may(day)]


async def test_a_downtime_of_weeks_loses_nothing_and_doubles_nothing(study: Study) -> None:
    await want_direct(study, ADA)
    await apply(study)
    await study.tick_at("12:00", may(5))
    assert await live(study, date(2026, 6, 1), date(2026, 6, 30)) == [date(2026, 6, 1), date(2026, 6, 8)]
    assert [letter.due[0].brief.number for letter in letters(study)] == [FIRST, SECOND]


async def test_when_discord_takes_nothing_all_day_it_comes_the_next_morning(study: Study) -> None:
    await apply(study)
    await study.tick_at("09:00", may(11))
    study.messenger.fail("send", TryLater("Discord answered 503"), times=100)
    for hour in range(10, 24):
        await study.tick_at(f"{hour}:00")
    assert mentioned(study) == []
    study.messenger.recover()
    assert await live(study, may(12), may(31)) == [may(12), may(19)]


async def test_what_arrived_without_an_answer_is_taken_back_when_its_day_is_over(study: Study) -> None:
    await apply(study)
    await study.tick_at("09:00", may(11))
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    study.messenger.fail("find", TryLater("no answer"), times=100)
    await study.tick_at("10:00")
    for at in ("12:00", "16:00", "19:00"):
        await study.tick_at(at)
    assert len(mentioned(study)) == 1
    study.messenger.recover()
    await study.tick_at("20:30")
    assert mentioned(study) == []
    await study.tick_at("10:00", may(12))
    assert mentioned(study) == [[ADA]]


async def test_a_lost_answer_tells_nobody_twice(study: Study) -> None:
    await apply(study)
    await apply(study, BEN)
    await want_direct(study, BEN)
    await study.tick_at("09:00", may(11))
    study.messenger.fail("send", TryLater("no answer"), times=2, after_effect=True)
    for at in ("10:00", "10:10", "10:20", "12:00"):
        await study.tick_at(at)
    assert (mentioned(study), len(letters(study))) == ([[ADA]], 1)
    assert await live(study, may(12), may(17)) == []


@pytest.mark.parametrize("refused_at", ["opening", "sending"])
async def test_on_the_first_refusal_it_comes_as_a_mention_which_tells_the_member(
    study: Study, refused_at: str
) -> None:
    await want_direct(study, ADA)
    await apply(study)
    await apply(study, BEN)
    if refused_at == "opening":
        study.messenger.closed_to_direct.add(ADA)
    else:
        study.messenger.gone.add(-ADA)
    await study.tick_at("10:00", may(11))
    contents = [message.content for message in study.messenger.of(FollowUpPingContent)]
    assert sorted(contents, key=str) == [FollowUpPingContent([ADA], [ADA]), FollowUpPingContent([BEN], [])]
    preference = await study.services.preferences.find(GUILD, ADA)
    assert (preference.direct_leads, preference.direct_refused_on) == (False, may(11))
    asked = len(study.messenger.called("open_direct"))
    await study.tick_at("10:00", may(18))
    assert len(study.messenger.called("open_direct")) == asked
    assert mentioned(study)[-1] == [ADA, BEN]
    assert study.messenger.of(FollowUpPingContent)[-1].content == FollowUpPingContent([ADA, BEN], [])


async def test_what_the_lead_channel_refuses_comes_in_the_days_thread(study: Study) -> None:
    await study.services.leads.set_up(GUILD, channel_id=LEADS_CHANNEL)
    study.messenger.gone.add(LEADS_CHANNEL)
    for member in (ADA, BEN):
        await apply(study, member)
    await study.tick_at("10:00", may(11))
    assert mentioned(study) == [[ADA, BEN]]
    assert mention_places(study) == [Place(GUILD, CHANNEL)]
    assert await live(study, may(12), may(17)) == []


async def test_what_can_be_said_nowhere_is_tried_again_each_morning(study: Study) -> None:
    study.messenger.gone.add(CHANNEL)
    await apply(study)
    await live(study, MONDAY, may(13))
    assert mentioned(study) == []
    study.messenger.gone.clear()
    assert await live(study, may(14), may(31)) == [may(14), may(21)]


async def test_who_chooses_direct_messages_later_gets_the_next_one_so_and_the_other_way_round(
    study: Study,
) -> None:
    await apply(study)
    await study.tick_at("12:00", may(5))
    await want_direct(study, ADA)
    await study.tick_at("10:00", may(11))
    assert (mentioned(study), len(letters(study))) == ([], 1)
    await study.services.preferences.choose_direct_leads(GUILD, ADA, wanted=False)
    await study.tick_at("10:00", may(18))
    assert (mentioned(study), len(letters(study))) == ([[ADA]], 1)


async def test_each_server_tells_of_its_own(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    await want_direct(study, ADA, guild=2)
    await apply(study, company="Here")
    await study.tick_at("12:00", may(5))
    await apply(study, company="There", guild=2)
    assert await live(study, may(6), may(14)) == [may(11), may(12)]
    assert [place.guild_id for place in mention_places(study)] == [GUILD]
    assert [(letter.guild_id, letter.due[0].brief.company) for letter in letters(study)] == [(2, "There")]


async def test_a_refusal_in_one_server_changes_nothing_in_another(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    for guild in (GUILD, 2):
        await want_direct(study, ADA, guild=guild)
        await apply(study, guild=guild)
    study.messenger.fail("open_direct", Undeliverable("refused"), guild_id=GUILD)
    await study.tick_at("10:00", may(11))
    assert [letter.guild_id for letter in letters(study)] == [2]
    assert [place.guild_id for place in mention_places(study)] == [GUILD]


async def test_a_move_to_another_zone_takes_the_morning_along(study: Study) -> None:
    await apply(study)
    await study.plan(ADA, zone="Pacific/Auckland", ping=False)
    # Ten in the morning of the 11th in Auckland is ten in the evening of the 10th in UTC.
    await study.tick_at("21:59", may(10))
    assert mentioned(study) == []
    await study.tick_at("22:00", may(10))
    assert mentioned(study) == [[ADA]]
    await study.plan(ADA, zone="Pacific/Honolulu", ping=False)
    await study.tick_at("19:59", may(18))
    assert len(mentioned(study)) == 1
    await study.tick_at("20:00", may(18))
    assert len(mentioned(study)) == 2


async def test_the_morning_stays_at_ten_when_the_clocks_change(study: Study) -> None:
    study.clock.set(datetime(2026, 10, 20, 12, tzinfo=UTC))
    await study.plan(ADA, zone="Europe/Berlin", ping=False)
    await apply(study)
    # The clocks went back on the 25th: ten in Berlin is nine in UTC by the 27th, and was eight before.
    await study.tick_at("08:59", date(2026, 10, 27))
    assert mentioned(study) == []
    await study.tick_at("09:00", date(2026, 10, 27))
    assert mentioned(study) == [[ADA]]


async def test_who_is_forgotten_is_told_nothing(study: Study) -> None:
    await apply(study)
    for feature in study.services.personal_data:
        await study.services.database.write(feature.forget_member, GUILD, ADA)
    assert await live(study, MONDAY, may(31)) == []


async def test_more_people_than_a_message_holds_get_a_second_one(study: Study) -> None:
    members = list(range(1000, 1081))
    for member in members:
        await apply(study, member)
    await study.tick_at("10:00", may(11))
    assert sorted(map(len, mentioned(study))) == [1, 80]
    assert sorted(member for message in mentioned(study) for member in message) == members


async def test_nothing_is_left_to_do_once_all_was_told(study: Study) -> None:
    await apply(study)
    await live(study, MONDAY, may(19))
    left = await study.services.database.read(
        lambda db: db.execute("select count(*) from due where kind like 'follow_up%'").fetchone()[0]
    )
    assert left == 0
