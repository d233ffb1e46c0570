"""Setting a server up step by step, by buttons and selects."""

from datetime import time
from typing import Any

import discord
import pytest
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.errors import NotSetUp, UnknownZone
from bot.servers.errors import SetUpMeanwhile
from bot.servers.service import SetUp
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, field, said
from tests.cogs.recent_checkins import pressed_with


async def begun(world: World) -> Any:
    return await world.admin.slash(world.channel, "setup")


async def press(world: World, answer: Any, label: str, member: Any = None) -> Any:
    return await (member or world.admin).click(answer.response, label=label)


async def choose(world: World, answer: Any, value: Any, custom_id: str) -> Any:
    return await world.admin.select(answer.response, [value], custom_id=custom_id)


async def step(world: World, name: str) -> Any:
    """The page of a step, from the settings."""
    return await choose(world, await begun(world), name, "setup:steps:v1")


async def held(world: World) -> SetUp:
    set_up = await world.bot.services.servers.find(world.guild.id)
    assert set_up is not None
    return set_up


def labels(answer: Any) -> list[str]:
    """What stands on the buttons of an answer."""
    return [
        item["label"] for row in answer.response.components for item in row["components"] if "label" in item
    ]


async def test_three_presses_make_a_working_server(world: World) -> None:
    page = await begun(world)
    assert page.ephemeral
    assert "Not set up yet" in said(page)
    page = await press(world, page, "Use #check-ins")
    assert "America/New_York" in said(page)
    # Midnight in UTC is seven in the evening there in winter.
    assert "19:00 now" in said(page)
    page = await press(world, page, "Use America/New_York")
    page = await press(world, page, "Use 09:00")
    assert "It works" in said(page)
    server = (await held(world)).server
    assert (server.checkin_channel_id, server.zone, server.prompt_time) == (
        world.channel.id,
        "America/New_York",
        time(9),
    )
    # 09:00 in New York on 1 January 2026 is 14:00 UTC, which is 1767276000 seconds after 1970.
    assert "<t:1767276000:F>" in field(page.response.embeds[0], "Next prompt")
    assert "Step 2 of 5" in said(await press(world, page, "Next: Look back on the week"))
    assert not world.posted()
    await world.plan(zone="Etc/UTC")
    await world.pass_time(hours=14)
    assert len(world.posted()) == 1


async def test_a_restart_between_the_presses_does_no_harm(world: World, services: Services) -> None:
    page = await begun(world)
    for label in ("Use #check-ins", "Use America/New_York", "Use 09:00"):
        await world.env.restart_bot(Autodidact(services, shard_count=1))
        page = await press(world, page, label)
    assert (await services.servers.find(world.guild.id)) is not None
    assert "It works" in said(page)


async def test_all_three_can_be_chosen_otherwise(world: World) -> None:
    other = world.guild.create_text_channel("doings")
    page = await choose(world, await begun(world), other, "setup:first-channel:v1")
    form = await press(world, page, "Type a city")
    refused = await world.submit(form, member=world.admin, city="Atlantis-on-Sea")
    assert "Atlantis-on-Sea" in said(refused)
    form = await press(world, refused, "Open the form again")
    page = await world.submit(form, member=world.admin, city="munich")
    assert "**Europe/Berlin**" in said(page)
    await choose(world, page, "18", f"setup:begin-at:v1:{other.id}:Europe/Berlin")
    server = (await held(world)).server
    assert (server.checkin_channel_id, server.zone, server.prompt_time) == (
        other.id,
        "Europe/Berlin",
        time(18),
    )


async def test_a_channel_without_rights_is_shown_with_what_is_missing_before_it_is_taken(
    world: World,
) -> None:
    me = world.bot.user
    assert me is not None
    closed = world.guild.create_text_channel(
        "closed", overwrites={me: discord.PermissionOverwrite(send_messages=False)}
    )
    page = await choose(world, await begun(world), closed, "setup:first-channel:v1")
    assert "**Send Messages**: without it there is no daily prompt" in field(
        page.response.embeds[0], "My rights there"
    )
    assert "Permissions" in field(page.response.embeds[0], "How to give them")
    # It is this channel that is looked at again.
    page = await press(world, page, "Look again")
    page = await press(world, page, "Use #closed all the same")
    assert "2 of 3" in said(page)


async def test_who_may_not_manage_the_server_gets_nowhere(world: World) -> None:
    page = await begun(world)
    world.admins._role.permissions = 0  # simcord has no call to take a right away
    for answer in (
        await press(world, page, "Use #check-ins"),
        await pressed_with(world, f"setup:begin:v1:{world.channel.id}:Etc/UTC:9"),
        await pressed_with(world, "setup:off:v1:leads"),
        await pressed_with(world, f"setup:use:v1:leads:{world.channel.id}"),
        await pressed_with(world, "setup:day:v1:6"),
        await pressed_with(world, "setup:overview:v1"),
        await pressed_with(world, "setup:rights:v1"),
        await pressed_with(world, "setup:step:v1:leads"),
    ):
        assert "may manage this server" in said(answer)
    assert await world.bot.services.servers.find(world.guild.id) is None


async def test_two_who_set_up_at_once_do_not_undo_each_other(world: World) -> None:
    page = await press(world, await begun(world), "Use #check-ins")
    page = await press(world, page, "Use America/New_York")
    await world.set_up(hour=7, zone="Europe/Berlin")
    late = await press(world, page, "Use 09:00")
    assert said(late).startswith("This server's settings\n" + str(SetUpMeanwhile()))
    server = (await held(world)).server
    assert (server.zone, server.prompt_time) == ("Europe/Berlin", time(7))


async def test_a_second_press_of_the_last_button_is_no_mistake(world: World) -> None:
    page = await press(world, await begun(world), "Use #check-ins")
    page = await press(world, page, "Use America/New_York")
    await press(world, page, "Use 09:00")
    again = await pressed_with(
        world, f"setup:begin:v1:{world.channel.id}:America/New_York:9", member=world.admin
    )
    assert "It works" in said(again)


async def test_a_channel_that_is_deleted_in_between_is_said_to_be_unusable(world: World) -> None:
    doomed = world.guild.create_text_channel("daily-checkin")
    world.env.backend.delete_channel(world.channel.id)
    lasting = world.guild.create_text_channel("talk")
    page = await world.admin.slash(lasting, "setup")
    page = await press(world, page, "Use #daily-checkin")
    world.env.backend.delete_channel(doomed.id)
    await world.env.settle()
    page = await press(world, page, "Use America/New_York")
    assert "I can't use that channel" in said(page)
    assert "1 of 3" in said(page)


async def test_each_step_can_be_set_changed_and_turned_off(world: World) -> None:
    jobs = world.guild.create_text_channel("job-board")
    staff = world.guild.create_text_channel("staff-only")
    await world.set_up(zone="Etc/UTC")
    page = await step(world, "lookback")
    assert "Step 2 of 5" in said(page)
    page = await press(world, page, "Use Sunday, 18:00")
    page = await choose(world, page, "20", "setup:hours:v1:lookback")
    page = await choose(world, page, "4", "setup:days:v1")
    server = (await held(world)).server
    assert (server.lookback_weekday, server.lookback_time) == (4, time(20))
    page = await press(world, page, "Next: Job leads")
    page = await press(world, page, "Use #job-board")
    page = await choose(world, page, "18", "setup:hours:v1:leads")
    leads = (await world.bot.services.leads.settings(world.guild.id)).settings
    assert (leads.channel_id, leads.hour) == (jobs.id, time(18))
    page = await press(world, page, "Next: Curators of resources")
    await world.bot.services.curation.suggest(
        world.guild.id, world.member.id, address="https://example.org/course", title="A course"
    )
    page = await press(world, page, "Use #staff-only")
    # What was suggested before is brought there at once.
    assert "A course" in str([message.embeds[0].to_dict() for message in world.posted(staff)])
    assert "Everybody in this server can read that channel" in said(page)
    assert (await world.bot.services.curation.settings(world.guild.id)).channel_id == staff.id
    page = await press(world, page, "Next: Questions of the day")
    page = await choose(world, page, "job_hunt", "setup:ask:v1")
    assert "**Now:** About finding work" in said(page)
    page = await press(world, page, "All settings")
    assert "⚪" not in said(page).split("\n-# ")[0]
    for name in ("lookback", "leads", "curators"):
        page = await press(world, await step(world, name), "Turn off")
        assert "**Now:** off" in said(page)
        assert "Turn off" not in labels(page)
    assert (await held(world)).next_lookback is None
    assert (await world.bot.services.leads.settings(world.guild.id)).next_look is None
    assert (await world.bot.services.curation.settings(world.guild.id)).next_report is None


async def test_the_first_step_can_be_changed_later(world: World) -> None:
    other = world.guild.create_text_channel("doings")
    await world.set_up()
    page = await choose(world, await step(world, "checkins"), other, "setup:channel:v1:checkins")
    page = await choose(world, page, "Asia/Tokyo", "setup:zones:v1")
    page = await choose(world, page, "6", "setup:hours:v1:checkins")
    form = await press(world, page, "Type a city")
    page = await world.submit(form, member=world.admin, city="Lagos")
    assert f"<#{other.id}>, every day at 06:00 by the time of Africa/Lagos" in said(page)


async def test_what_is_missing_is_told_with_the_step_and_again_when_it_is_given(world: World) -> None:
    doomed = world.guild.create_text_channel("job-leads")
    await world.set_up()
    await world.admin.slash(world.channel, "setup", lead_channel=doomed)
    world.env.backend.delete_channel(doomed.id)
    await world.env.settle()
    overview = await begun(world)
    assert "⚠️ Job leads" in said(overview)
    assert "✅ Check-ins" in said(overview)
    page = await step(world, "leads")
    assert "gone" in field(page.response.embeds[0], "My rights there")
    rights = await press(world, page, "My rights")
    assert "**Attach Files**, for pictures" in said(rights)
    assert field(rights.response.embeds[0], "Job leads") == "The channel is gone."
    assert field(rights.response.embeds[0], "Check-ins") == f"All there in <#{world.channel.id}>."
    page = await choose(world, await step(world, "leads"), world.channel, "setup:channel:v1:leads")
    assert "My rights there" not in said(page)
    assert "Look again" not in labels(page)


@pytest.mark.parametrize("custom_id", ["setup:step:v1:leads", "setup:off:v1:lookback", "setup:day:v1:6"])
async def test_a_step_before_the_set_up_is_refused_kindly(world: World, custom_id: str) -> None:
    answer = await pressed_with(world, custom_id, member=world.admin)
    assert said(answer) == str(NotSetUp())
    assert await world.bot.services.servers.find(world.guild.id) is None


async def test_a_zone_that_does_not_exist_is_refused(world: World) -> None:
    refused = await pressed_with(world, f"setup:zone:v1:{world.channel.id}:Qwxz/Nowhere", member=world.admin)
    assert said(refused) == str(UnknownZone(given="Qwxz/Nowhere"))


async def test_a_right_that_was_taken_away_meanwhile_is_named_and_looked_for_again(world: World) -> None:
    me = world.bot.user
    assert me is not None
    await world.set_up()
    world.env.backend.set_overwrite(
        world.channel.id,
        Overwrite(me.id, OverwriteType.MEMBER, deny=discord.Permissions(embed_links=True).value),
    )
    await world.env.settle()
    assert "⚠️ Check-ins" in said(await begun(world))
    page = await step(world, "checkins")
    assert "**Embed Links**" in field(page.response.embeds[0], "My rights there")
    world.env.backend.delete_overwrite(world.channel.id, me.id)
    await world.env.settle()
    page = await press(world, page, "Look again")
    assert "My rights there" not in said(page)


async def test_whoever_lost_the_role_by_which_they_managed_is_told(world: World) -> None:
    await world.set_up()
    page = await step(world, "lookback")
    world.env.backend.delete_role(world.guild.id, world.admins.id)
    await world.env.settle()
    assert "may manage this server" in said(await press(world, page, "Use Sunday, 18:00"))
    assert (await held(world)).next_lookback is None
