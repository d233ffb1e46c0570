"""What the bot says by itself: the day's prompt, the pings, the thread under the prompt."""

from typing import Any

import discord
import pytest

from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said


def thread_of(world: World) -> Any:
    (thread,) = world.channel.threads
    return thread


async def to_first_prompt(world: World, **routine: Any) -> discord.Message:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan(days="every day", **routine)
    await world.pass_time(hours=9)
    (prompt,) = world.posted()
    return prompt


async def test_the_prompt_comes_at_the_servers_hour_with_a_question_and_a_button(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan()
    await world.pass_time(hours=8, minutes=59)
    assert world.posted() == []
    await world.pass_time(minutes=1)
    (prompt,) = world.posted()
    assert prompt.embeds[0].title
    assert prompt.embeds[0].footer.text == "Thursday, 1 January"
    rows = [row for row in prompt.components if isinstance(row, discord.ActionRow)]
    buttons = [button for row in rows for button in row.children if isinstance(button, discord.Button)]
    assert [button.label for button in buttons] == ["Check in"]


async def test_no_prompt_where_nobody_has_a_routine(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.pass_time(days=1)
    assert world.posted() == []
    await world.plan()
    await world.member.slash(world.channel, "routine stop")
    await world.pass_time(days=1)
    assert world.posted() == []


async def test_the_button_opens_the_form_and_the_card_goes_into_the_thread(world: World) -> None:
    prompt = await to_first_prompt(world)
    shown = await world.member.click(prompt, label="Check in")
    await world.submit(shown, done="Built it")
    thread = thread_of(world)
    assert thread.name == "Check-ins · 1 January"
    assert [m.embeds[0].description for m in world.posted(thread)] == ["Built it"]


async def test_the_prompt_shows_who_checked_in_and_mentions_nobody_by_it(world: World) -> None:
    prompt = await to_first_prompt(world)
    assert "Nobody has checked in yet" in prompt.content
    await world.check_in(world.admin)
    await world.check_in(world.member)
    await world.pass_time(seconds=10)
    (prompt,) = world.posted()
    assert prompt.content == f"**Checked in:** <@{world.admin.id}>, <@{world.member.id}>"
    edits = [r.json for r in world.env.http_requests if r.method == "PATCH"]
    assert edits
    assert all(edit["allowed_mentions"] == {"parse": []} for edit in edits)


async def test_the_button_works_after_a_restart(world: World, services: Services) -> None:
    prompt = await to_first_prompt(world)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    shown = await world.member.click(prompt, label="Check in")
    answer = await world.submit(shown, done="After the restart")
    assert "Day one of a streak" in said(answer)


async def test_a_button_of_an_older_version_is_answered_kindly(world: World) -> None:
    await world.set_up()
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Old", custom_id="checkin:open:v0:abc"))
    view.stop()
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    old = await channel.send("An old prompt", view=view)
    answer = await world.member.click(old, label="Old")
    assert "older version" in said(answer)
    assert answer.ephemeral


async def test_a_ping_mentions_its_member_in_the_thread_at_their_own_time(world: World) -> None:
    await to_first_prompt(world, zone="Asia/Tokyo", time="19:30", ping=True)
    await world.pass_time(hours=1, minutes=29)
    assert world.channel.threads == []
    await world.pass_time(minutes=1)
    (ping,) = world.posted(thread_of(world))
    assert f"<@{world.member.id}>" in ping.content
    (body,) = [r.json for r in world.env.http_requests if "it's your time" in str(r.json)]
    assert body["allowed_mentions"]["users"] == [world.member.id]
    assert body["allowed_mentions"].get("parse", []) == []


async def test_all_who_are_due_in_the_same_minute_share_one_message(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan(world.member, zone="Etc/UTC", time="10:00", ping=True)
    await world.plan(world.admin, zone="Europe/Berlin", time="11:00", ping=True)
    await world.pass_time(hours=10)
    (ping,) = world.posted(thread_of(world))
    assert f"<@{world.member.id}>" in ping.content
    assert f"<@{world.admin.id}>" in ping.content


async def test_nobody_is_pinged_who_has_checked_in_or_did_not_ask(world: World) -> None:
    await to_first_prompt(world, time="10:00", ping=True)
    await world.plan(world.admin, time="10:00", ping=False)
    await world.check_in()
    await world.pass_time(hours=2)
    assert all("it's your time" not in message.content for message in world.posted(thread_of(world)))


async def test_nobody_is_pinged_on_a_rest_day(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan(zone="Etc/UTC", time="10:00", days="fri", ping=True)
    await world.pass_time(hours=12)  # Thursday
    assert all("it's your time" not in message.content for message in world.posted())
    await world.pass_time(days=1)
    assert any(
        "it's your time" in message.content for t in world.channel.threads for message in world.posted(t)
    )


@pytest.mark.parametrize("denied", ["create_public_threads", "send_messages_in_threads"])
async def test_without_the_right_to_threads_all_goes_into_the_channel(world: World, denied: str) -> None:
    me = world.bot.user
    assert me is not None
    plain = world.guild.create_text_channel(
        "plain", overwrites={me: discord.PermissionOverwrite(**{denied: False})}
    )
    await world.admin.slash(world.channel, "setup", channel=plain, zone="Etc/UTC", hour=9)
    await world.plan(time="10:00", ping=True)
    await world.pass_time(hours=10)
    await world.check_in(done="Into the channel")
    contents = [message.content for message in world.posted(plain)]
    assert len(contents) == 3
    assert "it's your time" in contents[1]
    assert contents[2] == f"<@{world.member.id}> checked in."
    assert plain.threads == []


async def test_without_the_right_to_write_nothing_is_even_tried(world: World, caplog: Any) -> None:
    me = world.bot.user
    assert me is not None
    mute = world.guild.create_text_channel(
        "mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)}
    )
    await world.admin.slash(world.channel, "setup", channel=mute, zone="Etc/UTC", hour=9)
    await world.plan()
    await world.pass_time(hours=9)
    assert not [r for r in world.env.http_requests if r.path == f"/channels/{mute.id}/messages"]
    assert "I lack a right in the channel" in caplog.text


async def test_discord_answering_500_puts_the_prompt_off_and_then_sends_it_once(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan()
    world.env.inject_error("POST", "/channels/*/messages", status=500, times=1)
    await world.pass_time(hours=9)
    assert world.posted() == []
    await world.pass_time(seconds=5)
    assert len(world.posted()) == 1
    await world.pass_time(minutes=10)
    assert len(world.posted()) == 1
