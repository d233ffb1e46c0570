"""Pings as direct messages: only to who chose them, and back to the thread on the first refusal."""

import pytest

from bot.checkins.pings import DirectPingContent
from bot.delivery.messenger import Place
from bot.errors import TryLater, Undeliverable
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.study import ADA, BEN, GUILD, Study


async def choose(study: Study, *members: int, direct: bool = True, second: bool | None = None) -> None:
    for member in members:
        await study.plan(member, "09:30")
        await study.services.routines.choose_pings(GUILD, member, direct=direct, second=second)


def direct_to(messenger: FakeMessenger) -> list[int]:
    return [message.content.user_id for message in messenger.of(DirectPingContent)]  # type: ignore[attr-defined]


async def test_who_chose_direct_messages_gets_the_ping_there_and_nobody_else_does(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.plan(BEN, "09:30")
    await choose(study, ADA)
    await study.tick_at("09:30")
    assert direct_to(messenger) == [ADA]
    assert messenger.pinged() == [BEN]
    assert [call.place for call in messenger.called("open_direct")] == [Place(GUILD, -ADA)]


async def test_a_direct_message_is_opened_once_and_then_known(study: Study, messenger: FakeMessenger) -> None:
    await choose(study, ADA)
    for _day in range(3):
        await study.tick_at("09:30")
        study.clock.advance(hours=20)
    assert direct_to(messenger) == [ADA] * 3
    assert len(messenger.called("open_direct")) == 1


@pytest.mark.parametrize("refused_at", ["opening", "sending"])
async def test_on_the_first_refusal_the_ping_comes_in_the_thread_and_tells_the_member(
    study: Study, messenger: FakeMessenger, refused_at: str
) -> None:
    await choose(study, ADA)
    await study.plan(BEN, "09:30")
    if refused_at == "opening":
        messenger.closed_to_direct.add(ADA)
    else:
        messenger.gone.add(-ADA)
    await study.tick_at("09:30")
    assert direct_to(messenger) == []
    assert messenger.pinged() == [ADA, BEN]
    refused = [message.content.refused for message in messenger.pings]  # type: ignore[attr-defined]
    assert sorted(refused, key=len) == [[], [ADA]]
    # The next day it comes in the thread without asking again, and says nothing more of it.
    asked = len(messenger.called("open_direct"))
    study.clock.advance(hours=20)
    await study.tick_at("09:30")
    assert len(messenger.called("open_direct")) == asked
    assert messenger.pinged() == [ADA, ADA, BEN, BEN]
    assert messenger.pings[-1].content.refused == []  # type: ignore[attr-defined]


async def test_a_refusal_in_one_server_changes_nothing_in_another(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.set_up(2, channel_id=20)
    for guild_id in (GUILD, 2):
        await study.plan(ADA, "09:30", guild_id=guild_id)
        await study.services.routines.choose_pings(guild_id, ADA, direct=True)
    messenger.fail("open_direct", Undeliverable("refused"), guild_id=GUILD)
    await study.tick_at("09:30")
    assert messenger.pinged() == [ADA]
    (direct,) = messenger.of(DirectPingContent)
    assert direct.place.guild_id == 2


async def test_what_may_pass_is_tried_again_as_a_direct_message(
    study: Study, messenger: FakeMessenger
) -> None:
    await choose(study, ADA)
    messenger.fail("open_direct", TryLater("Discord answered 500"))
    await study.tick_at("09:30")
    assert direct_to(messenger) == []
    study.clock.advance(minutes=1)
    await study.tick()
    assert direct_to(messenger) == [ADA]
    assert messenger.pings == []


async def test_a_direct_ping_that_arrived_before_its_answer_was_lost_is_not_sent_twice(
    study: Study, messenger: FakeMessenger
) -> None:
    await choose(study, ADA)
    await study.tick_at("09:00")
    messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick_at("09:30")
    study.clock.advance(minutes=10)
    await study.tick()
    assert direct_to(messenger) == [ADA]


async def test_who_moves_the_pings_during_the_day_is_not_pinged_twice(
    study: Study, messenger: FakeMessenger
) -> None:
    await choose(study, ADA)
    await study.tick_at("09:30")
    await study.services.routines.choose_pings(GUILD, ADA, direct=False)
    await study.plan(ADA, "11:00")
    await study.tick_at("11:00")
    assert (direct_to(messenger), messenger.pinged()) == ([ADA], [])


async def test_a_second_ping_comes_two_hours_later_if_asked_for_and_only_before_the_check_in(
    study: Study, messenger: FakeMessenger
) -> None:
    await choose(study, ADA, BEN, direct=False, second=True)
    await study.plan(103, "09:30")
    await study.tick_at("09:30")
    assert messenger.pinged() == [ADA, BEN, 103]
    await study.check_in(BEN)
    await study.tick_at("11:29")
    assert len(messenger.pinged()) == 3
    await study.tick_at("11:30")
    assert messenger.pinged() == [ADA, ADA, BEN, 103]
    assert [message.content.is_second for message in messenger.pings] == [False, True]  # type: ignore[attr-defined]


async def test_after_not_today_and_while_away_no_second_ping_comes(
    study: Study, messenger: FakeMessenger
) -> None:
    await choose(study, ADA, BEN, direct=True, second=True)
    await study.tick_at("09:30")
    await study.services.checkins.not_today(GUILD, ADA)
    await study.services.routines.pause(GUILD, BEN, "today", "tomorrow")
    await study.tick_at("11:30")
    assert sorted(direct_to(messenger)) == [ADA, BEN]
    reasons = {kept.user_id: kept.reason for kept in await study.outbox("direct_second_ping")}
    assert reasons == {ADA: "took the day off", BEN: "away"}


async def test_nobody_is_pinged_or_prompted_while_all_are_away(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.plan(ADA, "09:30")
    await study.services.routines.pause(GUILD, ADA, "today", "tomorrow")
    for _day in range(2):
        await study.tick_at("09:30")
        study.clock.advance(hours=20)
    assert messenger.messages == {}
    await study.tick_at("09:30")
    assert len(messenger.prompts) == 1
    assert messenger.pinged() == [ADA]


async def test_a_ping_that_still_waits_follows_who_moves_their_pings_to_the_thread(
    study: Study, messenger: FakeMessenger
) -> None:
    await choose(study, ADA)
    messenger.fail("open_direct", TryLater("Discord answered 500"))
    await study.tick_at("09:30")
    await study.services.routines.choose_pings(GUILD, ADA, direct=False)
    study.clock.advance(minutes=1)
    await study.tick()
    await study.tick()
    assert (direct_to(messenger), messenger.pinged()) == ([], [ADA])
    assert messenger.pings[0].content.refused == []  # type: ignore[attr-defined]
    assert len(messenger.called("open_direct")) == 1


@pytest.mark.parametrize("direct", [False, True])
async def test_a_ping_that_still_waits_is_not_sent_on_a_day_that_is_no_longer_planned(
    study: Study, messenger: FakeMessenger, direct: bool
) -> None:
    await choose(study, ADA, direct=direct)
    messenger.fail("send", TryLater("Discord answered 500"), times=2)
    await study.tick_at("09:30")
    await study.plan(ADA, "09:30", days="tue-sun")
    study.clock.advance(minutes=1)
    await study.tick()
    assert (direct_to(messenger), messenger.pinged()) == ([], [])
