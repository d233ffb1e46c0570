"""Setting a server up."""

from typing import Any

import discord
import pytest

from bot.checkins.question_sets import JOB_HUNT
from bot.errors import (
    NoOwnQuestions,
    SettingMissing,
    UnknownZoneWithHint,
)
from bot.services import Services
from cogs.client import Autodidact
from cogs.setup.buttons import settings_view
from tests.cogs.conftest import World, field, said, shown_values


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


async def test_a_set_of_questions_is_chosen_and_asked_by_the_next_prompt(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    before = await world.admin.slash(world.channel, "setup")
    assert field(before.response.embeds[0], "Questions") == "About doing"
    answer = await world.admin.slash(world.channel, "setup", questions="job_hunt")
    assert field(answer.response.embeds[0], "Questions") == "About finding work"
    await world.plan()
    await world.pass_time(hours=9)
    (prompt,) = world.posted()
    assert prompt.embeds[0].title in JOB_HUNT


async def test_the_look_back_is_off_until_its_day_is_chosen(world: World) -> None:
    off = await world.set_up(hour=9, zone="Etc/UTC")
    assert field(off.response.embeds[0], "Look back") == "off"
    answer = await world.admin.slash(world.channel, "setup", look_back_day=6, look_back_hour=19)
    # 19:00 UTC on Sunday, 4 January 2026.
    assert field(answer.response.embeds[0], "Look back") == "Sunday, 19:00 (<t:1767553200:R>)"
    again = await world.admin.slash(world.channel, "setup", look_back_day=-1)
    assert field(again.response.embeds[0], "Look back") == "off"


async def open_questions(world: World, card: Any = None) -> Any:
    card = card or (await world.admin.slash(world.channel, "setup")).response
    return await world.admin.click(card, label="Own questions")


async def test_own_questions_are_typed_one_a_line_and_shown_as_typed(world: World) -> None:
    await world.set_up(hour=9, zone="Etc/UTC")
    shown = await open_questions(world)
    answer = await world.submit(shown, member=world.admin, questions="**Who** is <@1>?\n\n**who** is <@1>?")
    assert answer.ephemeral
    assert field(answer.response.embeds[0], "Questions") == "Your own: 1 question"
    again = await open_questions(world, answer.response)
    assert shown_values(again.modal) == {"questions": "**Who** is <@1>?"}
    await world.plan()
    await world.pass_time(hours=9)
    (prompt,) = world.posted()
    assert prompt.embeds[0].title == r"\*\*Who\*\* is \<@1>?"


async def test_an_empty_form_brings_the_usual_questions_back(world: World) -> None:
    await world.set_up()
    await world.submit(await open_questions(world), member=world.admin, questions="Mine?")
    answer = await world.submit(await open_questions(world), member=world.admin, questions="")
    assert field(answer.response.embeds[0], "Questions") == "About doing"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("\n".join(f"What about {number}?" for number in range(61)), "61 questions, and I can keep 60"),
        ("Short?\n" + "x" * 201, "201 characters, and a question can have 200"),
        ("```?\n" * 700 + "`a" * 150, "300 characters, and a question can have 200"),
    ],
)
async def test_refused_questions_come_back_and_the_form_opens_with_them(
    world: World, typed: str, sentence: str
) -> None:
    await world.set_up()
    refused = await world.submit(await open_questions(world), member=world.admin, questions=typed)
    assert sentence in said(refused)
    files = refused.response.attachments
    returned = (await files[0].read()).decode() if files else said(refused)
    assert typed.strip() in returned
    again = await world.admin.click(refused.response, label="Open the form again")
    assert shown_values(again.modal) == {"questions": typed}
    answer = await world.submit(again, member=world.admin, questions="Better?")
    assert field(answer.response.embeds[0], "Questions") == "Your own: 1 question"


async def test_own_questions_cannot_be_chosen_before_any_is_written(world: World) -> None:
    await world.set_up()
    answer = await world.admin.slash(world.channel, "setup", questions="own")
    assert "“Own questions”" in said(answer)
    world.expect_error(NoOwnQuestions)


@pytest.mark.parametrize("label", ["Own questions", "Preview tomorrow"])
async def test_a_press_by_somebody_who_may_not_manage_the_server_is_refused(world: World, label: str) -> None:
    await world.set_up()
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("Settings, where nobody should have posted them", view=settings_view())
    answer = await world.member.click(message, label=label)
    assert "may manage this server" in said(answer)
    assert answer.ephemeral
    assert answer.modal is None
    assert not answer.followups


async def test_a_form_of_somebody_who_may_not_manage_the_server_any_more_is_refused_and_given_back(
    world: World,
) -> None:
    await world.set_up()
    shown = await open_questions(world)
    world.admins._role.permissions = 0  # simcord has no call to take a right away
    refused = await world.submit(shown, member=world.admin, questions="Mine?")
    assert "may manage this server" in said(refused)
    assert "Mine?" in said(refused)
    assert await world.bot.services.servers.questions(world.guild.id) == []


async def test_questions_before_the_set_up_are_refused_and_given_back(world: World) -> None:
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("Left over", view=settings_view())
    refused = await world.submit(await open_questions(world, message), member=world.admin, questions="Mine?")
    assert "has not been set up" in said(refused)
    assert "Mine?" in said(refused)


async def test_the_buttons_of_the_settings_work_after_a_restart(world: World, services: Services) -> None:
    card = (await world.set_up()).response
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert (await world.admin.click(card, label="Own questions")).modal is not None
    assert "Preview" in said(await world.admin.click(card, label="Preview tomorrow"))
