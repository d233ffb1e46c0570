"""What fails is tried again or given up for a reason, and never stands in the way of anybody else."""

import asyncio
import contextlib
import logging
import sqlite3
from itertools import pairwise

import pytest

from bot.delivery import rules, service
from bot.delivery.service import IN_FLIGHT
from bot.errors import TryLater, Undeliverable
from tests.delivery.study import ADA, BEN, CHANNEL, GUILD, Study


async def servers(study: Study, number: int) -> None:
    """Have that many servers, each with a member whose routine brings a prompt at 09:00."""
    for guild_id in range(1, number + 1):
        await study.set_up(guild_id, channel_id=CHANNEL * guild_id)
        await study.plan(ADA, guild_id=guild_id, ping=False)


async def test_what_may_work_later_is_tried_again_with_growing_waits_and_sent_once(study: Study) -> None:
    await study.plan(ADA, ping=False)
    study.messenger.fail("send", TryLater("Discord answered 503"), times=9)
    study.clock.advance(hours=1)
    for _ in range(25 * 60):
        await study.tick()
        study.clock.advance(seconds=1)
    times = [call.at for call in study.messenger.called("send")]
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert len(study.messenger.prompts) == 1
    assert await study.fates("prompt") == [("2026-05-04", "sent", None)]


async def test_while_it_is_put_off_the_outbox_says_why(study: Study) -> None:
    await study.plan(ADA, ping=False)
    study.messenger.fail("send", TryLater("Discord answered 503"))
    await study.tick_at("09:00")
    assert await study.fates("prompt") == [("2026-05-04", "pending", "Discord answered 503")]


@pytest.mark.parametrize("seconds", [10, 600], ids=["nonce remembered", "nonce forgotten"])
async def test_a_message_whose_answer_was_lost_is_not_sent_again(study: Study, seconds: int) -> None:
    await study.plan(ADA, ping=False)
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick_at("09:00")
    study.clock.advance(seconds=seconds)
    await study.tick()
    (prompt,) = study.messenger.prompts
    (row,) = await study.outbox("prompt")
    assert (row.state, row.message_id) == ("sent", prompt.id)


async def test_what_will_never_work_is_skipped_with_the_reason_and_logged(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    await study.plan(ADA, ping=False)
    study.messenger.fail("send", Undeliverable("I lack a right in the channel"))
    with caplog.at_level(logging.WARNING):
        for at in ("09:00", "09:10", "10:00", "12:00"):
            await study.tick_at(at)
    assert len(study.messenger.called("send")) == 1
    assert await study.fates("prompt") == [("2026-05-04", "skipped", "I lack a right in the channel")]
    assert "I lack a right in the channel" in caplog.text


async def test_an_unforeseen_error_in_one_server_is_logged_and_does_not_stop_the_others(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    await servers(study, 5)
    study.messenger.fail("send", ZeroDivisionError("a bug"), guild_id=3)
    with caplog.at_level(logging.ERROR):
        await study.tick_at("09:00")
    assert {prompt.place.guild_id for prompt in study.messenger.prompts} == {1, 2, 4, 5}
    assert await study.fates("prompt", 3) == [("2026-05-04", "skipped", "an unforeseen error")]
    assert "a bug" in caplog.text


async def test_a_server_that_was_never_set_up_does_not_stop_the_others(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    await servers(study, 3)
    await study.execute("delete from server where guild_id = 2")
    with caplog.at_level(logging.ERROR):
        await study.tick_at("09:00")
    assert {prompt.place.guild_id for prompt in study.messenger.prompts} == {1, 3}
    assert [fate[1:] for fate in await study.fates("prompt", 2)] == [("skipped", "it could not be composed")]


@pytest.mark.parametrize("statement", ["attempts", "channel_id", "state"], ids=["claim", "place", "mark"])
async def test_a_disk_that_was_full_for_a_moment_shuts_nobody_out(study: Study, statement: str) -> None:
    await servers(study, 3)
    study.clock.advance(hours=1)
    await study.services.delivery.claim_due()
    await study.execute(
        f"create trigger disk_is_full before update of {statement} on delivery when new.guild_id = 2"
        " begin select raise(abort, 'database or disk is full'); end"
    )
    with contextlib.suppress(sqlite3.Error):
        await study.tick()
    await study.execute("drop trigger disk_is_full")
    for _ in range(3):
        study.clock.advance(seconds=2 * rules.LEASE.total_seconds())
        await study.tick()
    assert sorted(prompt.place.guild_id for prompt in study.messenger.prompts) == [1, 2, 3]


async def test_a_claim_that_could_not_be_stored_shuts_nobody_out(study: Study) -> None:
    await servers(study, 3)
    await study.services.routines.stop(2, ADA)
    study.clock.advance(hours=1)
    await study.services.delivery.claim_due()
    await study.execute(
        "create trigger disk_is_full before update of state on delivery when new.state = 'skipped'"
        " begin select raise(abort, 'database or disk is full'); end"
    )
    with contextlib.suppress(sqlite3.Error):
        await study.tick()
    assert study.messenger.prompts == []
    await study.execute("drop trigger disk_is_full")
    await study.tick()
    assert sorted(prompt.place.guild_id for prompt in study.messenger.prompts) == [1, 3]


async def test_a_server_that_does_not_answer_holds_up_nobody_else(study: Study) -> None:
    await servers(study, 2 * IN_FLIGHT)
    release = study.messenger.hold(1)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until(lambda: len(study.messenger.prompts) == 2 * IN_FLIGHT - 1)
    assert not round_.done()
    assert study.messenger.in_flight[1] == 1
    release.set()
    assert await round_ == 2 * IN_FLIGHT
    assert len(study.messenger.prompts) == 2 * IN_FLIGHT


async def test_no_more_messages_are_on_their_way_at_a_time_than_agreed(study: Study) -> None:
    number = IN_FLIGHT + 20
    await servers(study, number)
    holds = [study.messenger.hold(guild_id) for guild_id in range(1, number + 1)]
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(IN_FLIGHT)
    for _ in range(100):
        await asyncio.sleep(0)
    assert len(study.messenger.calls) == IN_FLIGHT
    for hold in holds:
        hold.set()
    assert await round_ == number


async def test_a_server_gets_one_message_at_a_time_in_the_order_in_which_they_were_due(study: Study) -> None:
    for member, at in ((ADA, "09:00"), (BEN, "09:01"), (103, "09:02"), (104, "09:03")):
        await study.plan(member, at)
    await study.tick_at("09:10")
    assert study.messenger.most_in_flight[GUILD] == 1
    sent = [type(message.content).__name__ for message in study.messenger.messages.values()]
    assert sent == ["PromptContent", *["PingContent"] * 4]
    prompt = study.messenger.prompts[0]
    assert {ping.place.channel_id for ping in study.messenger.pings} == {prompt.id}


async def test_a_message_that_is_put_off_does_not_hold_up_later_ones_of_its_server(study: Study) -> None:
    await study.plan(ADA, "09:30")
    await study.plan(BEN, "09:31")
    await study.tick_at("09:00")
    study.messenger.fail("send", TryLater("Discord answered 503"), times=1)
    await study.tick_at("09:30")
    await study.tick_at("09:31")
    assert study.messenger.pinged() == [ADA, BEN]


async def test_a_send_that_never_answers_is_cut_off_and_tried_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SENDING_TAKES_AT_MOST", 0.02)
    await study.plan(ADA, ping=False)
    release = study.messenger.hold(GUILD)
    async with asyncio.timeout(10):
        await study.tick_at("09:00")
    assert await study.fates("prompt") == [("2026-05-04", "pending", "no answer")]
    release.set()
    await study.tick_at("09:01")
    assert len(study.messenger.prompts) == 1
    assert await study.fates("prompt") == [("2026-05-04", "sent", None)]


def test_whoever_is_sending_is_cut_off_before_another_may_take_over() -> None:
    assert rules.LEASE.total_seconds() > service.SENDING_TAKES_AT_MOST
