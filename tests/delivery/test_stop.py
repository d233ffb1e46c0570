"""Stopping waits for what is on its way and begins nothing new; cancelling loses nothing."""

import asyncio
import threading

from bot.delivery import rules
from bot.services import Services
from tests.delivery.study import ADA, BEN, GUILD, Study


async def test_stopping_waits_until_what_is_on_its_way_has_arrived_and_is_marked(study: Study) -> None:
    await study.plan(ADA, ping=False)
    release = study.messenger.hold(GUILD)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    stop = asyncio.create_task(study.services.delivery.stop())
    for _ in range(50):
        await asyncio.sleep(0)
    assert not stop.done()
    release.set()
    async with asyncio.timeout(10):
        await stop
    assert await study.fates("prompt") == [("2026-05-04", "sent", None)]
    await round_


async def test_after_stopping_nothing_new_is_begun(study: Study) -> None:
    await study.set_up(2, channel_id=20)
    for guild_id in (GUILD, 2):
        await study.plan(ADA, "09:00", guild_id=guild_id)
    release = study.messenger.hold(GUILD)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.services.delivery.tick(study.messenger))
    await study.messenger.until_in_flight(1)
    stop = asyncio.create_task(study.services.delivery.stop())
    await asyncio.sleep(0)
    release.set()
    await stop
    await round_
    begun = len(study.messenger.calls)
    sent = [message.place.guild_id for message in study.messenger.messages.values()]
    assert sent.count(GUILD) == 1, "the prompt had been begun, the ping had not"
    await study.tick()
    study.clock.advance(hours=1)
    await study.tick()
    assert len(study.messenger.calls) == begun


async def test_stopping_while_messages_are_being_claimed_begins_none_of_them(study: Study) -> None:
    await study.plan(ADA, ping=False)
    study.clock.advance(hours=1)
    await study.services.delivery.claim_due()
    proceed = threading.Event()
    writer = asyncio.create_task(study.services.database.write(lambda db: proceed.wait(10)))
    await asyncio.sleep(0)
    round_ = asyncio.create_task(study.services.delivery.send_outstanding(study.messenger))
    await asyncio.sleep(0)
    stop = asyncio.create_task(study.services.delivery.stop())
    await asyncio.sleep(0)
    proceed.set()
    await writer
    async with asyncio.timeout(10):
        await stop
    stopped_after = len(study.messenger.calls)
    await round_
    assert len(study.messenger.calls) == stopped_after, "a message was begun after the stop had returned"


async def test_what_had_not_been_begun_goes_out_after_the_next_start(study: Study) -> None:
    await study.plan(ADA, "09:05")
    release = study.messenger.hold(GUILD)
    study.clock.advance(hours=2)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    stop = asyncio.create_task(study.services.delivery.stop())
    await asyncio.sleep(0)
    release.set()
    await stop
    await round_
    assert study.messenger.pinged() == []
    again = await Services.open(study.services.database.path, study.clock, openings_every=None)
    try:
        await again.delivery.resume()
        await again.delivery.tick(study.messenger)
    finally:
        await again.close()
    assert study.messenger.pinged() == [ADA]
    assert len(study.messenger.prompts) == 1


async def test_a_round_that_is_cancelled_is_made_up_for_after_the_next_start(study: Study) -> None:
    await study.plan(ADA, ping=False)
    release = study.messenger.hold(GUILD)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    round_.cancel()
    await asyncio.gather(round_, return_exceptions=True)
    release.set()
    assert study.messenger.prompts == []
    again = await Services.open(study.services.database.path, study.clock, openings_every=None)
    try:
        await again.delivery.resume()
        await again.delivery.tick(study.messenger)
    finally:
        await again.close()
    assert len(study.messenger.prompts) == 1


async def test_a_round_that_is_cancelled_while_it_claims_does_not_shut_its_server_out(study: Study) -> None:
    await study.plan(ADA, ping=False)
    study.clock.advance(hours=1)
    await study.services.delivery.claim_due()
    proceed = threading.Event()
    writer = asyncio.create_task(study.services.database.write(lambda db: proceed.wait(10)))
    await asyncio.sleep(0)
    round_ = asyncio.create_task(study.services.delivery.send_outstanding(study.messenger))
    await asyncio.sleep(0)
    round_.cancel()
    await asyncio.gather(round_, return_exceptions=True)
    proceed.set()
    await writer
    # The claim itself goes on in the writer's thread; what is asked of it next comes after.
    await study.services.database.write(lambda db: None)
    study.clock.advance(seconds=2 * rules.LEASE.total_seconds())
    await study.tick()
    assert len(study.messenger.prompts) == 1


async def test_a_round_and_a_call_for_one_server_at_the_same_time_send_it_one_message_at_a_time(
    study: Study,
) -> None:
    await study.plan(ADA, ping=False)
    await study.tick_at("09:00")
    await study.check_in(ADA)
    await study.check_in(BEN)
    delivery, messenger = study.services.delivery, study.messenger
    release = messenger.hold(GUILD)
    # Both have asked for work before either hears what it got, as two tasks of a busy loop do.
    proceed, claimed = threading.Event(), threading.Event()
    writer = asyncio.create_task(study.services.database.write(lambda db: proceed.wait(10)))
    await asyncio.sleep(0)
    rounds = [
        asyncio.create_task(delivery.send_outstanding(messenger)),
        asyncio.create_task(delivery.send_outstanding(messenger, only_guild=GUILD)),
    ]
    await asyncio.sleep(0)
    last = asyncio.create_task(study.services.database.write(lambda db: claimed.set()))
    await asyncio.sleep(0)
    proceed.set()
    assert claimed.wait(10)
    await asyncio.gather(writer, last)
    await messenger.until_in_flight(1)
    for _ in range(50):
        await asyncio.sleep(0)
    at_once = messenger.in_flight[GUILD]
    release.set()
    await asyncio.gather(*rounds)
    assert at_once == 1
