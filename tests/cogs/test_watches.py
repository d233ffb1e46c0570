"""/leads watch: watches, the message of the day, and the buttons for both."""

from datetime import time
from typing import Any

import discord

from bot.errors import NotInServer, NotSetUp, TooManyWatches, WatchAlready, WatchGone
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said
from tests.cogs.hiring_thread import MOSS, store_leads, take_away
from tests.cogs.recent_checkins import pressed_with


async def watch(world: World, member: Any = None, **options: Any) -> Any:
    return await (member or world.member).slash(world.channel, "leads watch", **options)


async def set_up(world: World) -> Any:
    """A server that hears of leads at ten in the morning in a channel of its own."""
    channel = world.guild.create_text_channel("job-leads")
    await world.set_up(zone="Etc/UTC")
    await world.admin.slash(world.channel, "setup", lead_channel=channel, lead_hour=10)
    return channel


def pings(world: World, channel: Any) -> list[discord.Message]:
    return [message for message in world.posted(channel) if "your watches" in message.content]


async def test_a_watch_is_kept_and_says_what_matches_already(world: World, services: Services) -> None:
    await set_up(world)
    await store_leads(services, written=services.clock.now())
    answer = await watch(world, words="data engineer", mode="remote")
    assert answer.ephemeral
    assert "Now watching for **“data engineer”, remote**. 1 lead of this month matches already." in said(
        answer
    )
    assert "Once a day, if there is something new, you are mentioned." in said(answer)
    assert answer.response.embeds[0].footer.text == "Room for 4 more."
    listed = await watch(world)
    assert "“data engineer”, remote" in said(listed)


async def test_before_the_set_up_it_says_what_to_do(world: World) -> None:
    assert said(await watch(world, words="data")) == str(NotSetUp())
    world.expect_error(NotSetUp)


async def test_a_sixth_watch_and_one_that_is_there_are_refused(world: World) -> None:
    await set_up(world)
    for word in ("one", "two", "three", "four", "five"):
        await watch(world, words=word)
    assert said(await watch(world, words="six")) == str(TooManyWatches(limit=5))
    listed = await watch(world)
    assert listed.response.embeds[0].footer.text.startswith("That is as many as there can be")
    chosen = await world.member.select(listed.response, [str((await _watches(world))[0].id)])
    await world.member.click(chosen.response, label="Remove it")
    assert said(await watch(world, words="two")) == str(WatchAlready(name="“two”"))
    causes = [type(error.__cause__) for error in world.env.errors]
    assert causes == [TooManyWatches, WatchAlready]


async def _watches(world: World) -> Any:
    own = await world.bot.services.watches.find(world.guild.id, world.member.id)
    return own.watches


async def test_who_watches_is_mentioned_once_a_day_and_sees_alone_what_it_is(
    world: World, services: Services
) -> None:
    channel = await set_up(world)
    await watch(world, words="data engineer")
    await watch(world, member=world.admin, words="machine learning")
    await store_leads(services, written=services.clock.now())
    await world.pass_time(hours=10)
    (ping,) = pings(world, channel)
    assert f"<@{world.member.id}>" in ping.content
    assert f"<@{world.admin.id}>" in ping.content
    assert "Mossback" not in ping.content
    sent = [r.json for r in world.env.http_requests if r.json and "your watches" in str(r.json)]
    assert sent[-1]["allowed_mentions"] == {"parse": [], "users": [world.admin.id, world.member.id]}
    mine = await world.member.click(ping, label="Show mine")
    assert mine.ephemeral
    assert "Mossback" in said(mine)
    assert "Kettle" not in said(mine)
    card = await world.member.select(mine.response, [str(MOSS)])
    assert "Mossback" in said(card)
    await world.pass_time(days=1)
    assert len(pings(world, channel)) == 1


async def test_what_has_vanished_by_then_is_not_told(world: World, services: Services) -> None:
    channel = await set_up(world)
    await watch(world, words="hedgerows")
    await store_leads(services, written=services.clock.now())
    await take_away(services, MOSS)
    await world.pass_time(hours=10)
    assert pings(world, channel) == []


async def test_matches_come_directly_to_whoever_chose_it_and_work_after_a_restart(
    world: World, services: Services
) -> None:
    channel = await set_up(world)
    kept = await watch(world, words="data engineer")
    told = await world.member.click(kept.response, label="Write to me directly")
    assert "it comes to you as a direct message" in said(told)
    await store_leads(services, written=services.clock.now())
    await world.pass_time(hours=10)
    assert pings(world, channel) == []
    (letter,) = world.member.user.dm_channel.history()
    assert letter.content == f"**Study group**\nNew today for your watches in <#{world.channel.id}>:"
    assert "Mossback" in (letter.embeds[0].description or "")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    card = await world.member.user.select(letter, [str(MOSS)])
    assert "Mossback" in said(card)
    assert "Earlier this month" not in said(await world.member.user.click(letter, label="Show mine"))


async def test_a_refused_direct_message_becomes_a_mention_that_says_so(
    world: World, services: Services
) -> None:
    channel = await set_up(world)
    kept = await watch(world, words="data engineer")
    await world.member.click(kept.response, label="Write to me directly")
    await store_leads(services, written=services.clock.now())
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await world.pass_time(hours=10)
    await world.pass_time(seconds=10)
    (ping,) = pings(world, channel)
    assert "Discord did not let me write to you directly" in ping.content
    shown = await watch(world)
    assert "you are mentioned" in field(shown.response.embeds[0], "How you are told")


async def test_who_wants_to_be_told_nothing_is_not_told_and_can_look(
    world: World, services: Services
) -> None:
    channel = await set_up(world)
    kept = await watch(world, words="bread")
    silent = await world.member.click(kept.response, label="Don't tell me")
    assert "You are not told" in said(silent)
    await store_leads(services, written=services.clock.now())
    await world.pass_time(hours=10)
    assert pings(world, channel) == []
    mine = await world.member.click((await watch(world)).response, label="Show mine")
    assert "Kettle Works" in said(mine)


async def test_a_paused_watch_finds_nothing_until_it_goes_on(world: World, services: Services) -> None:
    channel = await set_up(world)
    kept = await watch(world, words="bread", name="Bakeries")
    assert "**Bakeries**: “bread”" in said(kept)
    chosen = await world.member.select(kept.response, [str((await _watches(world))[0].id)])
    paused = await world.member.click(chosen.response, label="Pause it")
    assert "**Bakeries** (paused)" in said(paused)
    await store_leads(services, written=services.clock.now())
    await world.pass_time(hours=10)
    assert pings(world, channel) == []


async def test_watch_this_under_a_search_watches_for_its_filters(world: World, services: Services) -> None:
    await set_up(world)
    await store_leads(services, written=services.clock.now())
    found = await world.member.slash(world.channel, "leads search", words="bread", level="junior")
    answer = await world.member.click(found.response, label="Watch this")
    assert "Now watching for **“bread”, junior**" in said(answer)


async def test_a_watch_of_somebody_else_is_out_of_reach(world: World) -> None:
    await set_up(world)
    await watch(world, words="bread")
    (own,) = await _watches(world)
    for act in ("leads:unwatch:v1", "leads:pause:v1:on"):
        assert said(await pressed_with(world, f"{act}:{own.id}", world.admin)) == str(WatchGone())
    assert await _watches(world) == [own]


async def test_who_has_left_the_server_opens_nothing_from_their_direct_messages(
    world: World, services: Services
) -> None:
    await set_up(world)
    kept = await watch(world, words="data engineer")
    await world.member.click(kept.response, label="Write to me directly")
    await store_leads(services, written=services.clock.now())
    await world.pass_time(hours=10)
    (letter,) = world.member.user.dm_channel.history()
    world.guild.remove_member(world.member.user)
    assert said(await world.member.user.select(letter, [str(MOSS)])) == str(NotInServer())


async def test_watches_of_two_servers_keep_apart(world: World, services: Services) -> None:
    other = world.env.create_guild("Another group")
    channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await set_up(world)
    await services.servers.set_up(
        other.id, checkin_channel_id=channel.id, zone="Etc/UTC", prompt_time=time(9)
    )
    await watch(world, words="bread")
    assert "You watch for nothing yet" in said(await ben_there.slash(channel, "leads watch"))
