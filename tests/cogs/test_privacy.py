"""/privacy: what is stored, as a page and as a file, and being forgotten after a second press."""

import asyncio
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from bot.ideas.rules import IdeaText
from bot.privacy import server_data
from bot.privacy.errors import NoServerId, NotYourQuestion, ServerNotNamed
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said, shown_values

FORGET = "Forget everything"


def all_said(result: Any) -> str:
    """All that a private answer says, follow-ups included."""
    embeds = [embed for message in (result.response, *result.followups) for embed in message.embeds]
    return "\n".join(
        text
        for embed in embeds
        for text in (embed.title, embed.description, *(f"{f.name}: {f.value}" for f in embed.fields))
        if text
    )


async def test_what_is_stored_is_told_privately_by_feature_with_counts(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Read https://a.example and https://b.example")
    await world.plan(ping=True)
    answer = await world.member.slash(world.channel, "privacy what")
    assert answer.ephemeral
    text = all_said(answer)
    assert "Check-ins: 1 check-in, 2 links" in text
    assert "Routine: 1 routine\n" in text
    assert "**Who sees it:** The server: each check-in is posted there." in text
    assert "Where it is: In one database file" in text
    assert "Nothing about you: " in text


async def test_whoever_did_nothing_is_told_that_there_is_nothing(world: World) -> None:
    for command in ("privacy what", "privacy forget"):
        answer = await world.member.slash(world.channel, command)
        assert answer.ephemeral
        assert "I store nothing about you in this server" in said(answer)
        assert answer.response.components == []


async def test_the_export_is_a_zip_for_nobody_else_and_an_admin_gets_their_own(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Wrote =1+1 into a cell")
    for member, checkins in ((world.member, 1), (world.admin, 0)):
        answer = await member.slash(world.channel, "privacy export")
        assert answer.ephemeral
        (file,) = answer.response.attachments
        assert file.filename == f"autodidact-{world.guild.id}.zip"
        with zipfile.ZipFile(io.BytesIO(await file.read())) as archive:
            whole = json.loads(archive.read("everything.json"))
            assert "Study group" in archive.read("README.txt").decode()
        assert whole["member"] == str(member.id)
        assert len(whole["features"]["checkins"]["checkin"]) == checkins


async def test_a_second_press_forgets_everything_and_takes_the_messages_along(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Something of mine")
    await world.pass_time(seconds=10)
    assert "Something of mine" in str([message.embeds[0].description for message in world.posted()])
    refused = await world.submit(
        await world.member.slash(world.channel, "checkin"), done="A draft of mine", minutes="lots"
    )
    question = await world.member.slash(world.channel, "privacy forget")
    text = all_said(question)
    assert "**Check-ins:** 1 check-in" in text
    assert "What stays: - What I cannot find again" in text
    assert "no backups by itself" in text
    # The bot starts anew between the two presses.
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    done = await world.member.click(question.response, label=FORGET)
    assert "Done. I have forgotten everything" in said(done)
    assert all(one.is_empty for one in await services.privacy.what(world.guild.id, world.member.id))
    await world.pass_time(seconds=10)
    assert world.posted() == []
    assert refused.response is not None


async def test_pressed_twice_it_says_that_it_is_done(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    first = await world.member.slash(world.channel, "privacy forget")
    second = await world.member.slash(world.channel, "privacy forget")
    assert "Done." in said(await world.member.click(first.response, label=FORGET))
    assert "There is nothing to forget" in said(await world.member.click(second.response, label=FORGET))


async def test_a_form_that_was_open_begins_anew_and_drafts_are_dropped(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Before")
    opened = await world.member.slash(world.channel, "checkin")
    refused = await world.submit(
        await world.member.slash(world.channel, "checkin"), done="A draft of mine", minutes="lots"
    )
    other = await world.member.slash(world.channel, "privacy forget")
    await world.member.click(other.response, label=FORGET)
    again = await world.member.click(refused.response, label="Open the form again")
    assert "A draft of mine" not in str(again.modal and shown_values(again.modal))
    answer = await world.submit(opened, done="After")
    assert "Day one of a streak" in said(answer)


async def test_the_question_is_answered_in_time_or_not_at_all(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    question = await world.member.slash(world.channel, "privacy forget")
    await world.pass_time(minutes=11)
    late = await world.member.click(question.response, label=FORGET)
    assert "nothing was done" in said(late)
    assert not (await services.privacy.question(world.guild.id, world.member.id)).is_empty
    with pytest.raises(NotYourQuestion):
        await services.privacy.forget(
            world.guild.id,
            world.member.id,
            asked_by=world.admin.id,
            until=services.clock.now() + timedelta(minutes=1),
        )


async def test_who_has_left_asks_in_direct_messages_with_the_id_of_the_server(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in()
    there = await world.member.user.slash("privacy what", server=str(world.guild.id))
    assert "1 check-in" in all_said(there)
    question = await world.member.user.slash("privacy forget", server=str(world.guild.id))
    assert "Done." in said(await world.member.user.click(question.response, label=FORGET))
    assert all(one.is_empty for one in await services.privacy.what(world.guild.id, world.member.id))
    assert "belongs to a server" in said(await world.member.user.slash("privacy export"))
    world.expect_error(ServerNotNamed)


@pytest.mark.parametrize("given", ["Study group", "0" * 21, "9223372036854775808", "²", "x" * 6_000])
async def test_a_server_that_is_no_id_is_said_so(world: World, given: str) -> None:
    answer = await world.member.slash(world.channel, "privacy what", server=given)
    assert "is no server's id" in said(answer)
    world.expect_error(NoServerId)


async def test_the_bot_notes_who_takes_it_out_and_back(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    for event, departed in (("guild_remove", {guild.id}), ("guild_join", set())):
        world.bot.dispatch(event, guild)
        await asyncio.gather(*(task for task in asyncio.all_tasks() if event in task.get_name()))
        assert set(await services.database.read(server_data.departed)) == departed
    # What was missed while it was not running is made up for.
    await services.departures.left(guild.id)
    await services.departures.left(99)
    await world.pass_time(hours=31 * 24)
    await world.bot.note_departures()
    assert set(await services.database.read(server_data.departed)) == {99}
    # What is long over is left to the job of the day: until it is gone, a start would send nothing.
    await world.bot.tidy_departures()
    assert await services.database.read(server_data.departed) == {}


async def test_a_server_that_comes_while_it_is_looked_who_left_has_not_left(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = services.departures.stored

    async def stored() -> set[int]:
        joined = world.env.create_guild("Just arrived")
        await world.env.settle()
        await services.ideas.add(joined.id, world.member.id, IdeaText("Bird calls"))
        found = await look_up()
        assert joined.id in found
        return found

    monkeypatch.setattr(services.departures, "stored", stored)
    await world.bot.note_departures()
    assert await services.database.read(server_data.departed) == {}


async def test_a_bot_that_does_not_know_its_servers_yet_takes_none_for_gone(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    beginning = Autodidact(services, shard_count=1)
    await beginning.note_departures()
    await beginning.tidy_departures()
    assert await services.database.read(server_data.departed) == {}
