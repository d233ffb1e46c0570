"""Pings as direct messages: only to who asked for them, and check-ins made from there."""

from datetime import date

import discord
import pytest

from bot.checkins.rules import Entry
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said, shown_values
from tests.cogs.pings_seen import (
    answer_labels,
    direct_messages,
    labels,
    pings,
    planned,
    set_up_and_plan,
    states,
    to_the_ping,
)

REFUSES_DIRECT = {"status": 403, "code": 50007, "message": "Cannot send messages to this user"}


async def test_no_direct_message_is_opened_unasked(world: World) -> None:
    await set_up_and_plan(world)
    await to_the_ping(world)
    for _day in range(2):
        await world.pass_time(days=1)
    assert len(pings(world)) == 3
    assert [r for r in world.env.http_requests if r.path == "/users/@me/channels"] == []


async def test_the_ping_comes_as_a_direct_message_once_a_button_said_so(world: World) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=9, minutes=59)
    assert direct_messages(world) == []
    await world.pass_time(minutes=1)
    (ping,) = direct_messages(world)
    assert (
        ping.content
        == f"**Study group**\nIt's your time, for {world.channel.mention}. What is today's piece of it?"
    )
    assert labels(ping) == ["Check in", "Not today"]
    assert pings(world) == []
    assert direct_messages(world, world.admin) == []


async def test_a_check_in_from_the_direct_message_is_shown_in_the_servers_thread(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    (ping,) = direct_messages(world)
    user = world.member.user
    form = await user.click(ping, label="Check in")
    assert form.modal["title"] == "Check in"
    answer = await world.submit(form, member=user, done="Typed in private, meant for all", minutes="25")
    assert "Day one of a streak" in said(answer)
    (thread,) = world.channel.threads
    (card,) = world.posted(thread)
    assert card.content == f"<@{world.member.id}> checked in."
    assert card.embeds[0].description == "Typed in private, meant for all"
    await world.pass_time(minutes=1)
    (prompt,) = world.posted()
    assert prompt.content == f"**Checked in:** <@{world.member.id}>"
    assert await states(services, world) == ["done"]


async def test_the_direct_button_works_after_a_restart(world: World, services: Services) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    (ping,) = direct_messages(world)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    user = world.member.user
    form = await user.click(ping, label="Check in")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert "Day one" in said(await world.submit(form, member=user, done="After two restarts"))


async def test_a_form_refused_in_a_direct_message_keeps_its_server_and_its_day(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    user = world.member.user
    form = await user.click(direct_messages(world)[0], label="Check in")
    refused = await world.submit(form, member=user, done="Typed in private", minutes="lots")
    assert "“lots” is no number" in said(refused)
    again = await user.click(refused.response, label="Open the form again")
    assert shown_values(again.modal)["done"] == "Typed in private"
    await world.submit(again, member=user, minutes="5")
    assert await states(services, world) == ["done"]


async def test_a_draft_that_was_forgotten_in_a_direct_message_opens_the_servers_form(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    user = world.member.user
    form = await user.click(direct_messages(world)[0], label="Check in")
    refused = await world.submit(form, member=user, done="Typed in private", minutes="lots")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    again = await user.click(refused.response, label="Open the form again")
    assert again.modal is not None
    assert "Day one" in said(await world.submit(again, member=user, done="Typed once more"))


async def test_every_button_of_an_answer_in_a_direct_message_works_there(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world, direct=True)
    await world.check_in()
    await world.pass_time(days=3, hours=10)  # Sunday, with a Saturday that is still open
    user = world.member.user
    form = await user.click(direct_messages(world)[-1], label="Check in")
    answer = await world.submit(form, member=user, done="On Sunday")
    assert "Yesterday is still open" in said(answer)
    for label in answer_labels(answer):
        pressed = await user.click(answer.response, label=label)
        if pressed.modal is None:
            assert "in a server only" not in said(pressed)
    assert "Change it" in answer_labels(answer)
    changed = await user.click(answer.response, label="Change it")
    assert shown_values(changed.modal)["done"] == "On Sunday"
    late = await user.click(answer.response, label="Report yesterday")
    assert "Streak" in said(await world.submit(late, member=user, done="On Saturday"))
    assert await states(services, world) == ["done", "frozen", "late", "done"]


async def test_not_today_works_from_a_direct_message(world: World, services: Services) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    answer = await world.member.user.click(direct_messages(world)[0], label="Not today")
    assert "Rest well" in said(answer)
    assert await states(services, world) == ["rest"]


async def test_the_second_ping_follows_the_first_into_the_direct_messages(world: World) -> None:
    answer = await set_up_and_plan(world, direct=True)
    await world.member.click(answer.response, label="A second ping two hours later")
    await world.pass_time(hours=12)
    _first, second = direct_messages(world)
    assert second.content == (
        f"**Study group**\nYour second reminder for {world.channel.mention}, as you asked. "
        "Ten minutes would do."
    )
    assert pings(world) == []


async def test_a_direct_message_mentions_nobody(world: World) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    (body,) = [r.json for r in world.env.http_requests if "It's your time" in str(r.json)]
    assert body["allowed_mentions"] == {"parse": []}


async def test_a_refused_direct_message_comes_in_the_thread_and_says_so_once(world: World) -> None:
    await set_up_and_plan(world, direct=True)
    channel = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", times=None, **REFUSES_DIRECT)
    await world.pass_time(hours=10)
    await world.pass_time(seconds=10)
    (ping,) = pings(world)
    assert ping.content == (
        f"<@{world.member.id}>: it's your time. What is today's piece of it?\n"
        f"<@{world.member.id}>: Discord did not let me write to you directly, so your pings come here again."
    )
    tries = len([r for r in world.env.http_requests if r.path == f"/channels/{channel.id}/messages"])
    await world.pass_time(days=1)
    _told, plain = pings(world)
    assert plain.content == f"<@{world.member.id}>: it's your time. What is today's piece of it?"
    assert len([r for r in world.env.http_requests if r.path == f"/channels/{channel.id}/messages"]) == tries
    shown = await world.member.slash(world.channel, "routine show")
    assert "On Thursday, 1 January Discord did not let me write to you directly" in said(shown)
    assert field(shown.response.embeds[0], "Ping").startswith("On, in the thread of the day.")


async def test_a_refusal_is_told_once_even_where_a_second_ping_follows(world: World) -> None:
    answer = await set_up_and_plan(world, direct=True)
    await world.member.click(answer.response, label="A second ping two hours later")
    channel = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", times=None, **REFUSES_DIRECT)
    await world.pass_time(hours=10)
    await world.pass_time(hours=2)
    told = [message for message in pings(world) if "did not let me write" in message.content]
    assert len(pings(world)) == 2
    assert len(told) == 1


async def test_a_week_that_could_not_be_sent_says_nothing_of_pings_that_always_came_in_the_thread(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world, time="20:00")
    await services.lookback.send_on_sundays(world.guild.id, world.member.id, wanted=True)
    await world.pass_time(days=3)
    await services.checkins.report(
        world.guild.id, world.member.id, Entry("On Saturday"), form_day=date(2026, 1, 3)
    )
    channel = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", times=None, **REFUSES_DIRECT)
    await world.pass_time(hours=18)
    await world.pass_time(hours=2)
    assert pings(world)[-1].content == f"<@{world.member.id}>: it's your time. What is today's piece of it?"
    shown = await services.preferences.find(world.guild.id, world.member.id)
    assert (shown.direct_weeks, shown.direct_refused_on) == (False, date(2026, 1, 4))


async def test_a_refused_member_and_a_member_of_the_thread_are_each_told_what_is_theirs(
    world: World,
) -> None:
    await set_up_and_plan(world, direct=True)
    await planned(world, world.admin)
    channel = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", times=None, **REFUSES_DIRECT)
    await world.pass_time(hours=10)
    await world.pass_time(seconds=10)
    everything = "\n".join(message.content for message in pings(world))
    assert everything.count(f"<@{world.admin.id}>") == 1
    (line,) = [line for line in everything.splitlines() if "did not let me" in line]
    assert f"<@{world.admin.id}>" not in line


async def test_after_a_refusal_the_button_tries_again(world: World) -> None:
    await set_up_and_plan(world, direct=True)
    channel = world.member.user.dm_channel
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", times=1, **REFUSES_DIRECT)
    await world.pass_time(hours=10)
    shown = await world.member.slash(world.channel, "routine show")
    await world.member.click(shown.response, label="Ping me by direct message")
    await world.pass_time(days=1)
    assert len(direct_messages(world)) == 1
    assert len(pings(world)) == 1


@pytest.mark.parametrize("guild", ["99999999999999999999", "9223372036854775808", "0", "42"])
async def test_a_direct_button_of_a_server_that_the_bot_does_not_know_is_answered_kindly(
    world: World, guild: str
) -> None:
    await world.set_up()
    user = await world.bot.fetch_user(world.member.id)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Check in", custom_id=f"checkin:direct:v1:{guild}:{'a' * 24}"))
    view.add_item(discord.ui.Button(label="Not today", custom_id=f"checkin:rest:v1:{guild}"))
    view.stop()
    await user.send("Made up", view=view)
    (message,) = direct_messages(world)
    for label in ("Check in", "Not today"):
        answer = await world.member.user.click(message, label=label)
        assert answer.modal is None
        assert "Something went wrong" not in said(answer)


async def test_who_left_the_server_checks_in_there_no_more_from_an_old_direct_message(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    (ping,) = direct_messages(world)
    user = world.member.user
    opened_before = await user.click(ping, label="Check in")
    world.guild.remove_member(world.member)
    for label in ("Check in", "Not today"):
        pressed = await user.click(ping, label=label)
        assert pressed.modal is None
        assert pressed.ephemeral
        assert "server" in said(pressed)
    sent = await world.submit(opened_before, member=user, done="From outside")
    assert "From outside" in said(sent)
    await world.pass_time(minutes=1)
    assert [m for thread in world.channel.threads for m in world.posted(thread)] == []
    assert await states(services, world) == ["today"]


async def test_who_came_back_uses_the_same_direct_message_again(world: World, services: Services) -> None:
    await set_up_and_plan(world, direct=True)
    await world.pass_time(hours=10)
    (ping,) = direct_messages(world)
    world.guild.remove_member(world.member)
    world.guild.add_member(world.member.user)
    user = world.member.user
    answer = await world.submit(await user.click(ping, label="Check in"), member=user, done="Back again")
    assert "Day one" in said(answer)
    assert await states(services, world) == ["done"]


async def test_a_direct_form_opened_before_midnight_counts_for_its_day(
    world: World, services: Services
) -> None:
    await set_up_and_plan(world, direct=True, time="23:00")
    await world.pass_time(hours=23)
    (ping,) = direct_messages(world)
    user = world.member.user
    form = await user.click(ping, label="Check in")
    await world.pass_time(hours=1, minutes=30)
    answer = await world.submit(form, member=user, done="Before midnight")
    assert "Thursday, 1 January" in (answer.response.embeds[0].footer.text or "")
    assert await states(services, world) == ["done", "today"]


async def test_the_commands_of_check_ins_are_for_servers_alone(world: World) -> None:
    await world.set_up()
    assert not {"checkin", "checkins"} & set(world.member.user.available_commands())
