"""What /help says, to whom."""

from typing import Any

import discord
from discord import app_commands

from bot.guide.rules import Standing, Suggestion
from cogs.client import FEATURES
from cogs.help.card import help_card, names_of
from cogs.help.wording import PARTS, SUGGESTIONS
from tests.cogs.conftest import World, field, said

LONGEST_ID = 10**19


def commands() -> list[Any]:
    return [command for feature in FEATURES for command in feature.__cog_app_commands__]


def numbered(answer: Any) -> list[str]:
    """What is suggested, by the command that does it."""
    lines = (answer.response.embeds[0].description or "").split("\n\n")[0].split("\n")
    return [line.partition("</")[2].partition(":")[0] for line in lines]


def test_every_command_is_in_one_part_of_the_help() -> None:
    named = [name for names in PARTS.values() for name in names]
    assert sorted(named) == sorted(command.name for command in commands())


def test_every_suggestion_names_a_command_that_everybody_may_use() -> None:
    open_to_all = {
        name for command in commands() if command.default_permissions is None for name in names_of(command)
    }
    assert set(SUGGESTIONS) == set(Suggestion)
    assert {name for name, _ in SUGGESTIONS.values()} <= open_to_all


def test_the_whole_help_is_no_longer_than_an_embed_holds() -> None:
    mentions = {name: f"</{name}:{LONGEST_ID}>" for command in commands() for name in names_of(command)}
    embed = help_card(Standing(), list(Suggestion), commands(), mentions)
    assert len(embed.description or "") <= 4096
    assert all(mentions[names_of(command)[0]] in (embed.description or "") for command in commands())


async def test_a_new_member_is_told_to_check_in_and_later_what_comes_next(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    new = await world.member.slash(world.channel, "help")
    assert new.ephemeral
    assert numbered(new) == ["checkin", "routine set", "idea add"]
    await world.check_in()
    await world.plan(zone="Etc/UTC")
    assert numbered(await world.member.slash(world.channel, "help")) == [
        "idea add",
        "goal set",
        "resource next",
    ]
    # Tomorrow is due by the routine.
    await world.pass_time(hours=24)
    assert numbered(await world.member.slash(world.channel, "help"))[0] == "checkin"
    await world.member.slash(world.channel, "routine pause", **{"from": "today", "to": "today"})
    assert "checkin" not in numbered(await world.member.slash(world.channel, "help"))


async def test_members_are_not_shown_what_they_may_not_use(world: World) -> None:
    mine = said(await world.member.slash(world.channel, "help"))
    assert "has not been set up yet" in mine
    assert "</setup:" not in mine
    assert "</curate queue:" not in mine
    theirs = await world.admin.slash(world.channel, "help")
    assert said(theirs).splitlines()[1].startswith("**This server is not set up yet.** </setup:")
    assert "</settings:" in said(theirs)
    await world.set_up()
    theirs = await world.admin.slash(world.channel, "help")
    assert "✅ Check-ins" in field(theirs.response.embeds[0], "This server")


async def test_curators_hear_how_much_waits_for_them(world: World) -> None:
    await world.set_up()
    role = world.guild.create_role("Curators", permissions=discord.Permissions(manage_messages=True))
    curator = world.guild.add_member(world.env.create_user("cleo"), roles=[role])
    await world.bot.services.curation.suggest(
        world.guild.id, world.member.id, address="https://example.org/course", title="A course"
    )
    answer = await curator.slash(world.channel, "help")
    told = field(answer.response.embeds[0], "For curators")
    assert told.startswith("1 suggested resource waits for a decision: </curate queue:")
    assert "</setup:" not in said(answer)


async def test_who_manages_the_server_only_is_not_sent_to_a_command_of_the_curators(world: World) -> None:
    role = world.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    manager = world.guild.add_member(world.env.create_user("mia"), roles=[role])
    await world.set_up()
    await world.bot.services.curation.suggest(
        world.guild.id, world.member.id, address="https://example.org/course", title="A course"
    )
    answer = await manager.slash(world.channel, "help")
    assert "</setup:" in said(answer)
    assert "curate queue" not in str(answer.response.embeds[0].to_dict())


def test_a_group_is_shown_by_its_first_command_with_the_names_of_the_others() -> None:
    group = next(each for each in commands() if isinstance(each, app_commands.Group) and each.name == "buddy")
    mentions = {name: f"/{name}" for name in names_of(group)}
    embed = help_card(Standing(), [], [group], mentions)
    assert "/buddy find Find somebody to look after each other with (also show, leave)" in (
        embed.description or ""
    )
