"""/preferences: what others see, and how the bot's messages are set."""

from datetime import date

import pytest

from bot.preferences.rules import Preference, Shown
from bot.preferences.service import change_preference
from bot.services import Services
from tests.cogs.conftest import World, field, said

SHOWN, LOOK_BACK = "Shown with your check-ins", "The server's weekly look back"
PINGS, WEEK = "Pings, if you asked for them", "Your week on Sunday evening"


async def test_without_options_it_shows_what_holds_privately_and_changes_nothing(
    world: World, services: Services
) -> None:
    answer = await world.member.slash(world.channel, "preferences")
    embed = answer.response.embeds[0]
    assert answer.ephemeral
    assert field(embed, SHOWN).startswith("No figure.")
    assert field(embed, LOOK_BACK) == "It counts your work without your name."
    assert field(embed, PINGS) == "In the day's thread. No second one."
    assert field(embed, WEEK) == "Not sent to you."
    assert "/routine show" in (embed.footer.text or "")
    assert await services.preferences.find(world.guild.id, world.member.id) == Preference()


@pytest.mark.parametrize(
    ("shown", "text"),
    [("streak", "Your streak:"), ("consistency", "Your consistency:"), ("nothing", "No figure.")],
)
async def test_the_figure_that_others_see_is_chosen(
    world: World, services: Services, shown: str, text: str
) -> None:
    await services.preferences.change(world.guild.id, world.member.id, shown=Shown.STREAK, named=True)
    answer = await world.member.slash(world.channel, "preferences", shown=shown)
    assert field(answer.response.embeds[0], SHOWN).startswith(text)
    chosen = await services.preferences.find(world.guild.id, world.member.id)
    assert chosen == Preference(Shown(shown), named=True)


async def test_being_named_is_chosen_and_taken_back(world: World) -> None:
    for named, text in ((True, "It may name you"), (False, "without your name")):
        answer = await world.member.slash(world.channel, "preferences", named=named)
        assert text in field(answer.response.embeds[0], LOOK_BACK)
    assert "without your name" in said(await world.admin.slash(world.channel, "preferences"))


async def test_it_tells_how_messages_come_and_that_discord_refused_one(
    world: World, services: Services
) -> None:
    await services.database.write(
        change_preference,
        world.guild.id,
        world.member.id,
        direct_pings=True,
        direct_weeks=True,
        second_ping=True,
        direct_refused_on=date(2026, 1, 1),
    )
    embed = (await world.member.slash(world.channel, "preferences")).response.embeds[0]
    assert field(embed, PINGS).startswith("As direct messages. A second one follows")
    assert field(embed, WEEK) == "As a direct message."
    assert "On Thursday, 1 January Discord would not let me" in (embed.description or "")
    assert "stopped trying" not in (embed.description or ""), "what was asked for again comes directly"


async def test_a_choice_in_one_server_holds_in_no_other(world: World) -> None:
    other = world.env.create_guild("Another group")
    channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await world.member.slash(world.channel, "preferences", shown="streak", named=True)
    answer = await ben_there.slash(channel, "preferences")
    assert field(answer.response.embeds[0], SHOWN).startswith("No figure.")
    assert "without your name" in said(answer)
