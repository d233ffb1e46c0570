"""While Discord takes nothing, what waits is left to wait; when it is back, everything goes out once."""

import logging
from datetime import timedelta

import pytest

from bot.delivery.outage import AWAY_AFTER, FIRST_WAIT, LONGEST_WAIT, Outage
from bot.errors import Silence, TryLater
from tests.clocks import ManualClock
from tests.delivery.study import ADA, CHANNEL, Study

SERVERS = 60


@pytest.fixture
async def many(study: Study) -> Study:
    """Servers in which a prompt is due at 09:00."""
    for guild_id in range(1, SERVERS + 1):
        await study.set_up(guild_id, channel_id=CHANNEL * guild_id)
        await study.plan(ADA, guild_id=guild_id, ping=False)
    return study


async def test_six_hours_of_silence_cost_a_try_a_minute_and_two_lines_and_then_all_is_sent(
    many: Study, caplog: pytest.LogCaptureFixture
) -> None:
    many.messenger.fail("send", Silence("Discord answered 503"), times=10_000)
    with caplog.at_level(logging.WARNING):
        many.clock.advance(hours=1)
        for _ in range(6 * 60 * 6):
            await many.tick()
            many.clock.advance(seconds=10)
        tries = len(many.messenger.called("send"))
        # The first round; four tries with growing waits; and at a look in 10 s, one every minute.
        assert 350 <= tries <= SERVERS + 4 + 360
        assert len(caplog.records) < AWAY_AFTER + 3
        many.messenger.recover()
        for _ in range(60):
            await many.tick()
            many.clock.advance(seconds=10)
    assert sorted(prompt.place.guild_id for prompt in many.messenger.prompts) == list(range(1, SERVERS + 1))
    assert "Discord takes messages again, after 6:0" in caplog.text


async def test_one_message_that_fails_again_and_again_is_no_outage(many: Study) -> None:
    many.messenger.fail("send", Silence("Discord answered 500"), times=10_000, guild_id=3)
    many.clock.advance(hours=1)
    for _ in range(AWAY_AFTER * 3):
        await many.tick()
        many.clock.advance(minutes=6)
    await many.plan(ADA, guild_id=7, at="12:00")
    await many.tick()
    assert len(many.messenger.prompts) == SERVERS - 1


async def test_what_is_asked_too_fast_is_no_outage(many: Study) -> None:
    many.messenger.fail("send", TryLater("Discord answered 403"), times=AWAY_AFTER * 2)
    many.clock.advance(hours=1)
    await many.tick()
    assert len(many.messenger.prompts) == SERVERS - AWAY_AFTER * 2


def test_a_clock_that_is_set_back_makes_nothing_wait_for_longer(clock: ManualClock) -> None:
    outage = Outage(clock)
    for delivery in range(AWAY_AFTER):
        outage.failed(delivery, "no answer")
    assert (outage.is_on, outage.room(50)) == (True, 0)
    clock.advance(hours=-24)
    assert outage.room(50) == 0
    clock.advance(seconds=LONGEST_WAIT.total_seconds())
    assert outage.room(50) == 1
    assert outage.room(50) == 0


def test_the_waits_grow_to_a_minute_and_begin_anew_with_the_next_outage(clock: ManualClock) -> None:
    outage = Outage(clock)
    for _ in range(2):
        for delivery in range(AWAY_AFTER):
            assert outage.room(50) == 50
            outage.failed(delivery, "no answer")
        waited = timedelta(0)
        waits: list[int] = []
        while len(waits) < 6:
            clock.advance(seconds=1)
            waited += timedelta(seconds=1)
            if outage.room(50):
                waits.append(int(waited.total_seconds()))
                waited = timedelta(0)
        assert waits == [FIRST_WAIT.total_seconds(), 5, 10, 20, 40, 60]
        outage.over()
