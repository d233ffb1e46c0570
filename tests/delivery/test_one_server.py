"""Sending what one server waits for at once, as after a check-in, beside the rounds that serve all."""

import asyncio

import pytest

from bot.delivery import service
from bot.errors import TryLater
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD, Study

MEMBERS = (ADA, BEN, CLEO)


async def test_what_waits_in_a_server_is_out_when_the_call_returns(study: Study) -> None:
    for member in MEMBERS:
        await study.check_in(member)
    await study.services.delivery.deliver_in(study.messenger, GUILD)
    assert len(study.messenger.cards) == 3


async def why_no_card(study: Study, member: int) -> str | None:
    day = study.clock.now().date()
    return await study.services.checkins.why_no_card(GUILD, member, day)


async def test_after_the_call_it_is_known_whose_card_could_not_be_sent(study: Study) -> None:
    await study.check_in(ADA)
    await study.services.delivery.deliver_in(study.messenger, GUILD)
    study.messenger.gone.add(CHANNEL)
    await study.check_in(BEN)
    await study.services.delivery.deliver_in(study.messenger, GUILD)
    study.messenger.gone.clear()
    await study.check_in(CLEO)
    await study.services.delivery.deliver_in(study.messenger, GUILD)
    told = [await why_no_card(study, member) for member in MEMBERS]
    assert told == [None, "the channel is gone", None]


async def test_everybody_whose_card_a_round_before_the_call_was_refused_can_be_told(study: Study) -> None:
    study.messenger.gone.add(CHANNEL)
    for member in MEMBERS:
        await study.check_in(member)
    await study.tick()
    for member in MEMBERS:
        await study.services.delivery.deliver_in(study.messenger, GUILD)
        assert await why_no_card(study, member) == "the channel is gone"


async def test_a_card_that_failed_in_a_way_nobody_foresaw_is_known_too(study: Study) -> None:
    study.messenger.fail("send", ZeroDivisionError("a bug"))
    await study.check_in(ADA)
    await study.services.delivery.deliver_in(study.messenger, GUILD)
    assert await why_no_card(study, ADA) == "an unforeseen error"
    assert [fate[1] for fate in await study.fates("card")] == ["skipped"]


async def test_other_servers_are_left_to_the_next_round(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    for guild_id in (GUILD, 2):
        await study.check_in(ADA, guild_id=guild_id)
    await study.services.delivery.deliver_in(study.messenger, GUILD)
    assert [card.place.guild_id for card in study.messenger.cards] == [GUILD]
    await study.tick()
    assert sorted(card.place.guild_id for card in study.messenger.cards) == [GUILD, 2]


async def test_many_calls_at_once_send_every_card_once_and_one_at_a_time(study: Study) -> None:
    async def report(member: int) -> None:
        await study.check_in(member)
        await study.services.delivery.deliver_in(study.messenger, GUILD)
        assert any(card.content.checkin.user_id == member for card in study.messenger.cards)  # type: ignore[attr-defined]

    await asyncio.gather(*(report(member) for member in range(200, 260)))
    assert len(study.messenger.cards) == len(study.messenger.called("send")) == 60
    assert study.messenger.most_in_flight[GUILD] == 1


async def test_a_call_waits_for_its_card_while_a_round_is_at_another_message_of_the_server(
    study: Study,
) -> None:
    await study.plan(ADA, ping=False)
    release = study.messenger.hold(GUILD)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    await study.check_in(ADA)
    call = asyncio.create_task(study.services.delivery.deliver_in(study.messenger, GUILD))
    for _ in range(50):
        await asyncio.sleep(0)
    assert not call.done()
    release.set()
    async with asyncio.timeout(10):
        await call
    assert len(study.messenger.cards) == 1
    await round_


async def test_a_call_returns_when_what_it_waits_for_is_put_off(study: Study) -> None:
    await study.check_in(ADA)
    study.messenger.fail("send", TryLater("Discord answered 503"))
    async with asyncio.timeout(10):
        await study.services.delivery.deliver_in(study.messenger, GUILD)
    assert study.messenger.cards == []
    study.clock.advance(minutes=1)
    await study.tick()
    assert len(study.messenger.cards) == 1


async def test_a_caller_that_gives_up_takes_nothing_from_the_others(study: Study) -> None:
    release = study.messenger.hold(GUILD)
    calls = []
    for member in (ADA, BEN):
        await study.check_in(member)
        calls.append(asyncio.create_task(study.services.delivery.deliver_in(study.messenger, GUILD)))
    await study.messenger.until_in_flight(1)
    calls[0].cancel()
    release.set()
    async with asyncio.timeout(10):
        await calls[1]
    assert len(study.messenger.cards) == 2
    assert calls[0].cancelled()


async def test_a_call_that_waits_for_a_busy_server_ends_when_the_bot_stops(study: Study) -> None:
    await study.plan(ADA, ping=False)
    release = study.messenger.hold(GUILD)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    await study.check_in(ADA)
    call = asyncio.create_task(study.services.delivery.deliver_in(study.messenger, GUILD))
    for _ in range(50):
        await asyncio.sleep(0)
    stop = asyncio.create_task(study.services.delivery.stop())
    await asyncio.sleep(0)
    release.set()
    async with asyncio.timeout(10):
        await asyncio.gather(stop, call, round_)
    assert study.messenger.cards == [], "it had not been begun, and goes out after the next start"


async def test_a_server_that_hangs_does_not_keep_a_round_from_what_becomes_due_meanwhile(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LOOK_AGAIN_AFTER", 0.01)
    await study.set_up(2, channel_id=20, prompt_at="09:01")
    for guild_id in (GUILD, 2):
        await study.plan(ADA, guild_id=guild_id, ping=False)
    release = study.messenger.hold(GUILD)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    study.clock.advance(minutes=1)
    await study.services.delivery.claim_due()
    await study.messenger.until(lambda: len(study.messenger.prompts) == 1)
    assert study.messenger.prompts[0].place.guild_id == 2
    assert not round_.done()
    release.set()
    await round_
    assert len(study.messenger.prompts) == 2


def test_a_round_looks_again_within_seconds() -> None:
    assert service.LOOK_AGAIN_AFTER <= 5
