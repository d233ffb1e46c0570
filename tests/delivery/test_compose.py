"""Who is spoken to, when, in how many messages, and when it is too late to speak at all."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.checkins.deliveries import PromptContent
from bot.errors import TryLater
from bot.services import Services
from tests.delivery.fake_messenger import mentioned
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

MONDAY, TUESDAY = date(2026, 5, 4), date(2026, 5, 5)
THURSDAY = date(2026, 5, 7)


async def test_no_prompt_is_posted_where_nobody_has_a_routine(study: Study) -> None:
    await study.tick_at("09:00")
    assert study.messenger.calls == []
    assert await study.fates("prompt") == [("2026-05-04", "skipped", "nobody has a routine, or all are away")]


async def test_a_prompt_is_posted_once_where_one_member_has_a_routine_even_without_pings(
    study: Study,
) -> None:
    await study.plan(ADA, ping=False)
    for at in ("08:59:59", "09:00", "09:00:01", "12:00", "23:59:59"):
        await study.tick_at(at)
    (prompt,) = study.messenger.prompts
    assert prompt.place.channel_id == CHANNEL
    assert prompt.sent_at.isoformat() == "2026-05-04T09:00:00+00:00"
    assert isinstance(prompt.content, PromptContent)
    assert prompt.content.day == MONDAY
    assert prompt.content.members == []


async def test_a_server_whose_only_member_stopped_gets_no_prompt(study: Study) -> None:
    await study.plan(ADA)
    await study.services.routines.stop(GUILD, ADA)
    await study.tick_at("09:00")
    assert study.messenger.calls == []


async def test_the_routine_of_one_server_brings_no_prompt_to_another(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    await study.plan(ADA, guild_id=2)
    await study.tick_at("09:30")
    assert {message.place.guild_id for message in study.messenger.messages.values()} == {2}


async def test_those_who_are_due_in_the_same_minute_are_pinged_in_one_message(study: Study) -> None:
    await study.plan(ADA, "09:30")
    await study.plan(BEN, "11:30", zone="Europe/Berlin")
    await study.plan(CLEO, "09:31")
    await study.tick_at("09:30")
    (ping,) = study.messenger.pings
    assert list(mentioned(ping)) == [ADA, BEN]
    await study.tick_at("09:31")
    assert [list(mentioned(each)) for each in study.messenger.pings] == [[ADA, BEN], [CLEO]]


async def test_those_who_were_due_in_different_minutes_of_a_downtime_get_a_message_each(study: Study) -> None:
    await study.plan(ADA, "09:30")
    await study.plan(BEN, "09:31")
    await study.tick_at("10:00")
    assert [list(mentioned(each)) for each in study.messenger.pings] == [[ADA], [BEN]]


async def test_members_of_different_servers_are_never_in_one_message(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    await study.plan(ADA)
    await study.plan(BEN, guild_id=2)
    await study.tick_at("09:30")
    assert {each.place.guild_id: list(mentioned(each)) for each in study.messenger.pings} == {
        GUILD: [ADA],
        2: [BEN],
    }


async def test_200_people_in_one_minute_are_pinged_once_each_in_three_messages(study: Study) -> None:
    members = list(range(1, 201))
    for member in members:
        await study.plan(member)
    await study.tick_at("09:30")
    assert study.messenger.pinged() == members
    assert [len(mentioned(ping)) for ping in study.messenger.pings] == [80, 80, 40]
    assert len({ping.nonce for ping in study.messenger.pings}) == 3


async def test_whoever_has_checked_in_is_not_pinged_and_the_reason_is_kept(study: Study) -> None:
    for member in (ADA, BEN, CLEO):
        await study.plan(member)
    await study.check_in(BEN)
    await study.tick_at("09:30")
    assert study.messenger.pinged() == [ADA, CLEO]
    reasons = {row.user_id: (row.state, row.reason) for row in await study.outbox("ping")}
    assert reasons[BEN] == ("skipped", "checked in already")
    assert reasons[ADA] == reasons[CLEO] == ("sent", None)


async def test_nothing_is_sent_when_all_who_are_due_have_checked_in(study: Study) -> None:
    for member in (ADA, BEN):
        await study.plan(member)
        await study.check_in(member)
    await study.tick_at("09:30")
    assert study.messenger.pings == []
    assert await study.fates("ping") == [("2026-05-04", "skipped", "checked in already")] * 2


async def test_yesterdays_check_in_does_not_spare_todays_ping(study: Study) -> None:
    await study.plan(ADA)
    await study.check_in(ADA)
    await study.tick_at("09:30")
    await study.tick_at("09:30", TUESDAY)
    assert study.messenger.pinged() == [ADA]


async def test_a_check_in_counts_for_the_members_own_day_not_the_servers(study: Study) -> None:
    # 08:00 on Monday in UTC is 22:00 on Sunday in Honolulu.
    await study.plan(ADA, "23:00", zone="Pacific/Honolulu")
    await study.check_in(ADA)
    await study.tick_at("09:00")
    assert study.messenger.pinged() == []
    assert await study.fates("ping") == [("2026-05-03", "skipped", "checked in already")]
    await study.tick_at("09:00", TUESDAY)
    assert study.messenger.pinged() == [ADA]


async def test_whoever_checks_in_while_a_ping_is_put_off_is_left_out_of_it(study: Study) -> None:
    await study.tick_at("09:00")
    for member in (ADA, BEN):
        await study.plan(member)
    study.messenger.fail("send", TryLater("Discord answered 503"))
    await study.tick_at("09:30")
    await study.check_in(ADA)
    await study.tick_at("09:31")
    assert study.messenger.pinged() == [BEN]
    reasons = {row.user_id: (row.state, row.reason) for row in await study.outbox("ping")}
    assert reasons == {ADA: ("skipped", "checked in already"), BEN: ("sent", None)}


async def test_a_prompt_is_sent_until_the_servers_own_day_is_over(study: Study) -> None:
    await study.set_up(zone="America/New_York", prompt_at="20:00")
    await study.plan(ADA, ping=False)
    # Midnight in New York is 04:00 in UTC.
    await study.tick_at("03:59:59", TUESDAY)
    assert len(study.messenger.prompts) == 1


async def test_a_prompt_is_too_late_when_the_servers_own_day_is_over(study: Study) -> None:
    await study.set_up(zone="America/New_York", prompt_at="20:00")
    await study.plan(ADA, ping=False)
    await study.tick_at("04:00", TUESDAY)
    assert study.messenger.prompts == []
    assert await study.fates("prompt") == [("2026-05-04", "skipped", "too late")]


@pytest.mark.parametrize(
    ("planned", "tick", "sent"),
    [
        ("09:30", "13:29:59", True),
        ("09:30", "13:30", False),
        ("22:00", "23:59:59", True),
    ],
    ids=["just within four hours", "after four hours", "just within the day"],
)
async def test_a_ping_is_too_late_after_four_hours(study: Study, planned: str, tick: str, sent: bool) -> None:
    await study.plan(ADA, planned)
    await study.tick_at(tick)
    assert study.messenger.pinged() == ([ADA] if sent else [])
    expected = ("sent", None) if sent else ("skipped", "too late")
    assert [fate[1:] for fate in await study.fates("ping")] == [expected]


async def test_a_ping_is_too_late_when_the_members_day_is_over(study: Study) -> None:
    await study.plan(ADA, "23:00")
    await study.tick_at("00:00", TUESDAY)
    assert study.messenger.pinged() == []
    assert await study.fates("ping") == [("2026-05-04", "skipped", "too late")]


async def test_what_is_claimed_in_time_and_put_off_too_long_is_skipped_as_too_late(study: Study) -> None:
    await study.plan(ADA, "09:30")
    study.clock.advance(hours=1, minutes=30)
    await study.services.delivery.claim_due()
    study.clock.advance(hours=4)
    await study.tick()
    assert study.messenger.pinged() == []
    assert await study.fates("ping") == [("2026-05-04", "skipped", "too late")]


async def test_after_three_days_of_downtime_missed_days_are_kept_as_too_late_and_todays_is_sent(
    study: Study, database_path: Path
) -> None:
    await study.plan(ADA)
    await study.services.close()
    study.services = await Services.open(database_path, study.clock, openings_every=None)
    try:
        await study.services.delivery.resume()
        await study.tick_at("10:00", THURSDAY)
        for _ in range(3):
            study.clock.advance(seconds=5)
            await study.tick()
        missed = [((MONDAY + timedelta(days=n)).isoformat(), "skipped", "too late") for n in range(3)]
        assert await study.fates("prompt") == [*missed, ("2026-05-07", "sent", None)]
        assert await study.fates("ping") == [*missed, ("2026-05-07", "sent", None)]
    finally:
        await study.services.close()
    assert study.messenger.pinged() == [ADA]
    assert [prompt.content.day for prompt in study.messenger.prompts] == [THURSDAY]  # type: ignore[attr-defined]


async def test_one_round_moves_all_that_is_due_after_a_downtime_into_the_outbox(study: Study) -> None:
    await study.plan(ADA)
    await study.tick_at("10:00", THURSDAY)
    assert len(await study.outbox("prompt")) == 4
    assert study.messenger.pinged() == [ADA]
