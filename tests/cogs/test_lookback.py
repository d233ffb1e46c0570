"""The server's look back, /week, the message on Sundays, and the buttons under them."""

from datetime import time
from typing import Any

import discord
import pytest

from bot.errors import NotSetUp
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said
from tests.cogs.recent_checkins import pressed_with

MONDAY = 0
DAYS_TO_SUNDAY_EVENING = {"days": 3, "hours": 18}
DAYS_TO_MONDAY_EVENING = {"days": 4, "hours": 18}


async def set_up(world: World, services: Services, guild: Any = None, channel: Any = None) -> None:
    """A server that looks back on Mondays at six in the evening of UTC; it is Thursday now."""
    await services.servers.set_up(
        (guild or world.guild).id,
        checkin_channel_id=(channel or world.channel).id,
        zone="Etc/UTC",
        prompt_time=time(9),
        lookback_weekday=MONDAY,
        lookback_time=time(18),
    )


def sent(world: World, words: str) -> list[dict[str, Any]]:
    """The bodies of the bot's requests that hold some words."""
    bodies = [r.json for r in world.env.http_requests if isinstance(r.json, dict)]
    return [body for body in bodies if words in str(body)]


def lookback_in(channel: Any) -> discord.Message:
    (found,) = [
        each for each in channel.history() if each.embeds and "Our week" in (each.embeds[0].title or "")
    ]
    assert isinstance(found, discord.Message)
    return found


async def test_the_server_looks_back_in_the_check_in_channel_and_mentions_nobody(
    world: World, services: Services
) -> None:
    await set_up(world, services)
    await world.check_in(minutes="50")
    await world.pass_time(**DAYS_TO_MONDAY_EVENING)
    embed = lookback_in(world.channel).embeds[0]
    assert embed.title == "Our week: Mon 29 Dec – Sun 4 Jan"
    assert "**1 member** checked in · 1 check-in · 50 min" in (embed.description or "")
    assert [body["allowed_mentions"] for body in sent(world, "Our week")] == [{"parse": []}]


async def test_whoever_presses_is_named_at_once_and_can_take_it_back(
    world: World, services: Services
) -> None:
    await set_up(world, services)
    await world.check_in(done="Shown: https://example.org/demo")
    await world.pass_time(**DAYS_TO_MONDAY_EVENING)
    posted = lookback_in(world.channel)
    assert "example.org" not in (posted.embeds[0].description or "")
    named = await world.member.click(posted, label="Name me, or not")
    assert named.ephemeral
    assert "You are named" in said(named)
    await world.pass_time(seconds=5)
    shown = lookback_in(world.channel).embeds[0].description or ""
    assert f"<@{world.member.id}> https://example.org/demo" in shown
    unnamed = await world.member.click(named.response, label="Don't name me")
    assert "You are not named" in said(unnamed)
    await world.pass_time(seconds=5)
    assert "example.org" not in (lookback_in(world.channel).embeds[0].description or "")
    assert "You are named" in said(await world.member.click(unnamed.response, label="Name me"))


async def test_whoever_will_not_be_named_by_the_command_is_out_of_the_look_back_that_stands(
    world: World, services: Services
) -> None:
    await set_up(world, services)
    await world.member.slash(world.channel, "preferences", named=True)
    await world.check_in(done="Shown: https://example.org/demo")
    await world.pass_time(**DAYS_TO_MONDAY_EVENING)
    assert "example.org" in (lookback_in(world.channel).embeds[0].description or "")
    await world.member.slash(world.channel, "preferences", named=False)
    await world.pass_time(seconds=5)
    assert "example.org" not in (lookback_in(world.channel).embeds[0].description or "")


async def test_the_buttons_of_a_look_back_work_after_a_restart(world: World, services: Services) -> None:
    await set_up(world, services)
    await world.check_in()
    await world.pass_time(**DAYS_TO_MONDAY_EVENING)
    posted = lookback_in(world.channel)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert "You are named" in said(await world.member.click(posted, label="Name me, or not"))
    week = await world.member.click(posted, label="Look at my week")
    assert week.ephemeral
    assert "Your week: Mon 29 Dec – Sun 4 Jan" in said(week)


async def test_a_week_is_shown_privately_and_the_last_one_too(world: World, services: Services) -> None:
    await set_up(world, services)
    await world.check_in(done="Wrote https://example.org/a_b_c", minutes="50")
    answer = await world.member.slash(world.channel, "week")
    embed = answer.response.embeds[0]
    assert answer.ephemeral
    assert embed.title == "Your week: Mon 29 Dec – Sun 4 Jan"
    assert "·   ·   ·   ●   ·   ·   ·" in (embed.description or "")
    assert field(embed, "Check-ins").startswith("1 check-in · 50 min")
    assert field(embed, "To show for it") == "https://example.org/a_b_c"
    await world.pass_time(days=5)
    this = await world.member.slash(world.channel, "week")
    assert this.response.embeds[0].fields == []
    last = await world.member.slash(world.channel, "week", which=1)
    assert field(last.response.embeds[0], "Check-ins").startswith("1 check-in · 50 min")


async def test_goals_are_shown_as_they_were_written(world: World, services: Services) -> None:
    await set_up(world, services)
    await services.goals.add(world.guild.id, world.member.id, "**Ship** @everyone [x](https://example.org)")
    goals = field((await world.member.slash(world.channel, "week")).response.embeds[0], "Goals")
    assert goals.startswith("○ \\*\\*Ship\\*\\* @everyone \\[x](https://example.org)")


async def test_a_week_needs_a_server_that_is_set_up(world: World) -> None:
    assert "/setup" in said(await world.member.slash(world.channel, "week"))
    world.expect_error(NotSetUp)


async def to_sunday(world: World, services: Services) -> Any:
    """Ben asks for his week, checks in, and Sunday evening comes; answers what the button said."""
    await set_up(world, services)
    week = await world.member.slash(world.channel, "week")
    asked = await world.member.click(week.response, label="Send me this every Sunday")
    await world.check_in()
    await world.pass_time(**DAYS_TO_SUNDAY_EVENING)
    return asked


def direct_messages(world: World) -> list[discord.Message]:
    messages: list[discord.Message] = world.member.user.dm_channel.history()
    return messages


async def test_the_week_comes_as_a_direct_message_to_whoever_asked_by_the_button(
    world: World, services: Services
) -> None:
    asked = await to_sunday(world, services)
    assert asked.ephemeral
    assert "next on <t:1767549600:F>" in said(asked)  # Sunday 4 January, 18:00 UTC
    (message,) = direct_messages(world)
    assert message.content == f"**Study group**\nWhat you noted in <#{world.channel.id}> this week:"
    assert message.embeds[0].title == "Your week: Mon 29 Dec – Sun 4 Jan"
    again = await world.member.slash(world.channel, "week")
    assert "won't send" in said(await world.member.click(again.response, label="Stop the Sunday messages"))
    assert world.admin.user.dm_channel.history() == []


async def test_the_direct_message_stops_by_its_button_even_after_a_restart(
    world: World, services: Services
) -> None:
    await to_sunday(world, services)
    (message,) = direct_messages(world)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    stopped = await world.member.user.click(message, label="Stop the Sunday messages")
    assert "I won't send you your week any more" in said(stopped)
    assert not (await services.preferences.find(world.guild.id, world.member.id)).direct_weeks
    again = await world.member.user.click(stopped.response, label="Send me this every Sunday")
    assert "next on <t:1768154400:F>" in said(again)  # the Sunday after


async def test_a_refused_direct_message_is_told_once_where_the_others_talk(
    world: World, services: Services
) -> None:
    await set_up(world, services)
    week = await world.member.slash(world.channel, "week")
    await world.member.click(week.response, label="Send me this every Sunday")
    await world.check_in()
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await world.pass_time(**DAYS_TO_SUNDAY_EVENING)
    await world.pass_time(seconds=5)
    (told,) = [each for each in world.posted() if "couldn't send you your week" in each.content]
    mentions = [body["allowed_mentions"] for body in sent(world, "couldn't send you your week")]
    assert mentions == [{"parse": [], "users": [world.member.id]}]
    shown = await world.member.click(told, label="Look at my week")
    assert shown.ephemeral
    assert "Your week: Mon 29 Dec" in said(shown)
    assert direct_messages(world) == []


async def test_two_servers_with_the_same_people_look_back_on_their_own(
    world: World, services: Services
) -> None:
    other = world.env.create_guild("Another group")
    other_channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await set_up(world, services)
    await set_up(world, services, other, other_channel)
    await world.check_in(done="https://example.org/first", minutes="50")
    shown = await ben_there.slash(other_channel, "checkin")
    await world.submit(shown, member=ben_there, done="https://example.org/second", minutes="10")
    there = said(await ben_there.slash(other_channel, "week"))
    assert "10 min" in there
    assert "first" not in there
    for guild in (world.guild, other):
        await services.preferences.change(guild.id, world.member.id, named=True)
    await world.pass_time(**DAYS_TO_MONDAY_EVENING)
    here = lookback_in(world.channel).embeds[0].description or ""
    assert ("example.org/first" in here, "example.org/second" in here) == (True, False)
    over_there = lookback_in(other_channel).embeds[0].description or ""
    assert ("example.org/first" in over_there, "example.org/second" in over_there) == (False, True)


@pytest.mark.parametrize(
    "custom_id",
    [f"lookback:name:v1:2026-02-30:{'a' * 24}", "lookback:named:v1:on:2026-13-01"],
)
async def test_a_button_with_a_day_that_does_not_exist_is_answered_kindly(
    world: World, services: Services, custom_id: str
) -> None:
    await set_up(world, services)
    assert "older version" in said(await pressed_with(world, custom_id))
    assert not (await services.preferences.find(world.guild.id, world.member.id)).named


async def test_the_button_under_a_look_back_shows_the_week_that_it_covers(
    world: World, services: Services
) -> None:
    await set_up(world, services)
    await world.check_in(done="In the week before the posting", minutes="25")
    await world.pass_time(**DAYS_TO_MONDAY_EVENING)
    posted = lookback_in(world.channel)
    shown = await world.member.click(posted, label="Look at my week")
    assert "Mon 29 Dec – Sun 4 Jan" in said(shown)
    assert "25 min" in said(shown)
