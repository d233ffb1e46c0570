"""The owner's text commands, by mention."""

from datetime import time, timedelta
from typing import Any

import discord.ext.test as dpytest
import pytest
from discord.ext import commands

from bot.leads.hackernews import HackerNews
from bot.leads.rounds import Rounds
from bot.leads.web import Web
from bot.operator_errors import HackerNewsUnreadable
from bot.resources.links.rounds import LinkRounds
from bot.resources.links.rules import NO_CONNECTION, NOT_THERE, failed
from bot.scheduling import Schedule
from bot.services import Services
from bot.storage.migrations import FOLDER
from tests.clocks import ManualClock
from tests.links.shelves import Foreseen
from tests.shelved_resources import stock
from tests.text.conftest import Stage


async def ready_for_a_prompt(stage: Stage, services: Services, clock: ManualClock) -> None:
    """A server whose prompt is due, with one member who has a routine."""
    await services.servers.set_up(
        stage.guild.id, checkin_channel_id=stage.channel.id, zone="Etc/UTC", prompt_time=time(9)
    )
    await services.routines.plan(stage.guild.id, stage.stranger.id)
    clock.advance(hours=9)


async def test_status_tells_how_everything_is_doing(
    stage: Stage, services: Services, clock: ManualClock
) -> None:
    await ready_for_a_prompt(stage, services, clock)
    await stage.say("status", stage.owner)
    text = dpytest.get_message().content
    assert "in 1 servers, 1 of them set up" in text
    # 09:00 UTC on 1 January 2026.
    assert "next due <t:1767258000:R>" in text
    newest = max(file.stem for file in FOLDER.glob("*.sql"))
    assert f"version {newest}" in text


async def test_status_names_the_jobs_and_when_they_run_next(stage: Stage) -> None:
    schedule = Schedule()

    async def nothing() -> None:
        """Does nothing."""

    schedule.every("outbox", timedelta(seconds=5), nothing)
    stage.bot.schedule = schedule
    await stage.say("status", stage.owner)
    assert "**Job outbox**: next <t:" in dpytest.get_message().content


async def test_status_tells_when_hacker_news_is_not_read(stage: Stage) -> None:
    await stage.say("status", stage.owner)
    assert "\n**Hacker News** is not read.\n" in dpytest.get_message().content


class Silent(Web):
    """A line on which nothing answers."""

    async def get(self, url: str, **params: str | int) -> Any:
        raise HackerNewsUnreadable(reason=f"{url.split('/')[2]}: no answer in time")


class Empty(Web):
    """A Hacker News in which there is nothing."""

    async def get(self, url: str, **params: str | int) -> Any:
        return {"hits": []}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        # The first of January 2026, and ten minutes or an hour later.
        (Silent, ": read <t:1767225600:R>, 0 new, 0 changed, 0 gone; next <t:1767226200:R>."),
        (Empty, ": read <t:1767225600:R>, 0 new, 0 changed, 0 gone; next <t:1767229200:R>."),
    ],
)
async def test_status_tells_how_the_reading_of_hacker_news_is_doing(
    stage: Stage, services: Services, clock: ManualClock, line: type[Web], told: str
) -> None:
    services.rounds = Rounds(services.database, clock, HackerNews(line(clock)))
    await stage.say("status", stage.owner)
    assert (
        "**Hacker News**: not read since the start; next <t:1767225600:R>." in dpytest.get_message().content
    )
    await services.rounds.tick()
    await stage.say("status", stage.owner)
    text = dpytest.get_message().content
    assert f"**Hacker News**{told}" in text
    trouble = "**Trouble there** <t:1767225600:R>, given up until the next round: "
    assert (trouble in text) == (line is Silent)
    if line is Silent:
        assert "hn.algolia.com: no answer in time; hacker-news.firebaseio.com: no answer in time." in text


async def test_status_tells_when_links_are_not_looked_at(stage: Stage) -> None:
    await stage.say("status", stage.owner)
    assert dpytest.get_message().content.endswith("\n**Links** are not looked at.")


async def test_status_tells_how_links_are_doing_and_not_which(
    stage: Stage, services: Services, clock: ManualClock
) -> None:
    await services.database.write(stock)
    checker = Foreseen(clock, everywhere=failed(NOT_THERE))
    services.links = LinkRounds(services.database, clock, checker)
    await stage.say("status", stage.owner)
    assert dpytest.get_message().content.endswith(
        "\n**Links**: 0 looked after, 0 of them not seen yet, 0 failing, 0 dead; "
        "not looked at since the start; none to look at."
    )
    while not checker.looks:
        clock.advance(hours=1)
        await services.links.tick()
    await stage.say("status", stage.owner)
    seen = int(clock.now().timestamp())
    *_, links, trouble = dpytest.get_message().content.splitlines()
    assert links.startswith("**Links**: 3 looked after, 2 of them not seen yet, 1 failing, 0 dead; ")
    assert f"last looked <t:{seen}:R>; next <t:" in links
    assert trouble == f"**A link failed** <t:{seen}:R>: the page is not there."
    # What no site answers may be the fault of the line.
    checker.everywhere = failed(NO_CONNECTION, unsure=True)
    await services.database.write(lambda db: db.execute("update resource_link set next_check_at = 0"))
    for _ in range(3):
        clock.advance(minutes=1)
        await services.links.tick()
    await stage.say("status", stage.owner)
    assert "; paused until <t:" in dpytest.get_message().content


async def test_tick_sends_what_is_due_and_says_how_much(
    stage: Stage, services: Services, clock: ManualClock
) -> None:
    await ready_for_a_prompt(stage, services, clock)
    await stage.say("tick", stage.owner)
    prompt, answer = dpytest.get_message(), dpytest.get_message()
    assert prompt.embeds[0].footer.text == "Thursday, 1 January"
    assert answer.content == "1 messages sent or changed."


async def test_sync_tells_discord_the_commands(stage: Stage) -> None:
    await stage.say("sync", stage.owner)
    known = len(stage.bot.tree.get_commands())
    assert known > 5
    assert dpytest.get_message().content.startswith(f"Discord knows {known} commands now.")
    assert stage.syncs == ["at the start", "always"]


async def test_nobody_but_the_owner_is_answered(stage: Stage) -> None:
    for command in ("status", "sync", "tick"):
        # dpytest hands on what the bot keeps to itself.
        with pytest.raises(commands.CheckFailure):
            await stage.say(command, stage.stranger)
    assert dpytest.verify().message().nothing()


async def test_a_word_that_is_no_command_is_left_alone(stage: Stage) -> None:
    with pytest.raises(commands.CommandNotFound):
        await stage.say("good morning", stage.owner)
    assert dpytest.verify().message().nothing()
