"""Setting a server up."""

import discord
import pytest

from bot.errors import SettingMissing, UnknownZoneWithHint
from bot.services import Services
from tests.cogs.conftest import World, field, said


async def test_set_up_tells_what_is_set_and_when_the_first_prompt_comes(world: World) -> None:
    answer = await world.set_up(hour=9, zone="Europe/Berlin")
    embed = answer.response.embeds[0]
    assert answer.ephemeral
    assert field(embed, "Check-in channel") == f"<#{world.channel.id}>"
    assert field(embed, "Daily prompt") == "09:00"
    assert field(embed, "Zone") == "Europe/Berlin"
    # 09:00 in Berlin on 1 January 2026 is 08:00 UTC, which is 1767254400 seconds after 1970.
    assert "<t:1767254400:F>" in field(embed, "Next prompt")


async def test_a_second_set_up_keeps_what_is_not_given(world: World) -> None:
    await world.set_up(hour=9)
    answer = await world.admin.slash(world.channel, "setup", hour=18)
    embed = answer.response.embeds[0]
    assert field(embed, "Daily prompt") == "18:00"
    assert field(embed, "Zone") == "Europe/Berlin"
    assert field(embed, "Check-in channel") == f"<#{world.channel.id}>"


async def test_set_up_at_midnight_is_kept_as_midnight(world: World) -> None:
    await world.set_up(hour=0)
    answer = await world.admin.slash(world.channel, "setup", zone="Asia/Tokyo")
    assert field(answer.response.embeds[0], "Daily prompt") == "00:00"


async def test_set_up_without_anything_shows_what_to_do_and_later_what_is_set(world: World) -> None:
    before = await world.admin.slash(world.channel, "setup")
    assert "Not set up yet" in said(before)
    await world.set_up()
    after = await world.admin.slash(world.channel, "setup")
    assert field(after.response.embeds[0], "Daily prompt") == "09:00"


async def test_a_first_set_up_names_what_is_missing(world: World) -> None:
    answer = await world.admin.slash(world.channel, "setup", hour=9)
    assert "channel, zone" in said(answer)
    assert answer.ephemeral
    world.expect_error(SettingMissing)


async def test_a_zone_with_a_typo_is_answered_with_the_right_one(world: World) -> None:
    answer = await world.admin.slash(
        world.channel, "setup", channel=world.channel, zone="Europe/Berln", hour=9
    )
    assert "Europe/Berlin" in said(answer)
    world.expect_error(UnknownZoneWithHint)


async def test_zones_are_offered_by_city(world: World) -> None:
    choices = await world.admin.autocomplete(world.channel, "setup", "zone", "munich")
    assert choices[0]["value"] == "Europe/Berlin"
    assert "Munich" in choices[0]["name"]


@pytest.mark.parametrize(
    ("denied", "label"),
    [
        ("send_messages", "Send Messages"),
        ("embed_links", "Embed Links"),
        ("create_public_threads", "Create Public Threads"),
        ("read_message_history", "Read Message History"),
    ],
)
async def test_a_missing_right_is_named_at_once(world: World, denied: str, label: str) -> None:
    me = world.bot.user
    assert me is not None
    closed = world.guild.create_text_channel(
        "closed", overwrites={me: discord.PermissionOverwrite(**{denied: False})}
    )
    answer = await world.admin.slash(world.channel, "setup", channel=closed, zone="Europe/Berlin", hour=9)
    rights = field(answer.response.embeds[0], "My rights there")
    assert f"**{label}**" in rights
    assert ("Read Message History" in rights) == (denied == "read_message_history")


async def test_a_channel_that_is_gone_is_said_to_be_gone(world: World) -> None:
    doomed = world.guild.create_text_channel("doomed")
    await world.admin.slash(world.channel, "setup", channel=doomed, zone="Europe/Berlin", hour=9)
    world.env.backend.delete_channel(doomed.id)
    await world.env.settle()
    answer = await world.admin.slash(world.channel, "setup")
    assert "gone" in field(answer.response.embeds[0], "My rights there")


async def test_a_member_who_may_not_manage_the_server_is_refused(world: World) -> None:
    # An admin of the server may open a command to everybody; the bot still asks for the right itself.
    (command,) = [c for c in await world.bot.tree.fetch_commands() if c.name == "setup"]
    world.guild.set_command_permissions(command, {world.guild.default_role: True})
    answer = await world.member.slash(world.channel, "setup", hour=9)
    assert "may manage this server" in said(answer)
    assert world.env.errors


async def test_commands_are_sent_to_discord_only_when_they_changed(world: World, services: Services) -> None:
    def puts() -> int:
        return sum(r.method == "PUT" and r.path.endswith("/commands") for r in world.env.http_requests)

    from cogs.client import Autodidact

    before = puts()
    assert before == 1
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert puts() == before
    await services.facts.put("commands.hash", "another")
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert puts() == before + 1


async def test_the_command_of_a_mention_can_be_pressed(world: World) -> None:
    (command,) = [c for c in await world.bot.tree.fetch_commands() if c.name == "setup"]
    assert await world.bot.command_list.mention("setup") == f"</setup:{command.id}>"
    assert await world.bot.command_list.mention("unheard-of") == "/unheard-of"
