"""What the bot posts by itself, as far as dpytest sees it: messages with their text and embeds."""

from datetime import time

import discord.ext.test as dpytest

from bot.services import Services
from tests.clocks import ManualClock
from tests.text.conftest import Stage


async def test_the_prompt_is_posted_once_a_day_in_the_check_in_channel(
    stage: Stage, services: Services, clock: ManualClock
) -> None:
    await services.servers.set_up(
        stage.guild.id, checkin_channel_id=stage.channel.id, zone="Etc/UTC", prompt_time=time(9)
    )
    await services.routines.plan(stage.guild.id, stage.stranger.id)
    for day in ("Thursday, 1 January", "Friday, 2 January", "Saturday, 3 January"):
        clock.advance(hours=9)
        await stage.bot.tick()
        prompt = dpytest.get_message()
        assert prompt.channel.id == stage.channel.id
        assert prompt.embeds[0].footer.text == day
        clock.advance(hours=15)
        await stage.bot.tick()
        assert dpytest.verify().message().nothing()


async def test_each_days_question_differs_from_the_last(
    stage: Stage, services: Services, clock: ManualClock
) -> None:
    await services.servers.set_up(
        stage.guild.id, checkin_channel_id=stage.channel.id, zone="Etc/UTC", prompt_time=time(9)
    )
    await services.routines.plan(stage.guild.id, stage.stranger.id)
    questions = []
    clock.advance(hours=9)
    for _day in range(7):
        await stage.bot.tick()
        questions.append(dpytest.get_message().embeds[0].title)
        clock.advance(days=1)
    assert len(set(questions)) == 7
