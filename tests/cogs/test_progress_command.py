"""/progress and its Share button, through simcord."""

import io
from datetime import time
from typing import Any

import discord
from PIL import Image

from bot.errors import NothingToShare, NotSetUp, NotYourProgress
from bot.services import Services
from cogs.client import Autodidact
from cogs.progress.buttons import ShareButton
from cogs.ui.buttons import view_of
from tests.cogs.conftest import World, said

DONE = "Wrote https://example.org/a_(b)_c and @everyone **knows**"


async def begun(world: World, done: str = DONE) -> Any:
    """The answer to /progress after a first check-in."""
    await world.set_up()
    await world.check_in(done=done, minutes="50")
    return await world.member.slash(world.channel, "progress")


def picture_of(message: Any) -> discord.Attachment:
    (picture,) = message.attachments
    assert isinstance(picture, discord.Attachment)
    return picture


async def test_progress_answers_privately_with_a_picture(world: World) -> None:
    result = await begun(world)
    assert result.response.ephemeral
    picture = picture_of(result.response)
    with Image.open(io.BytesIO(await picture.read())) as image:
        assert (image.format, image.width) == ("PNG", 960)
    # Others saw only the card of the check-in.
    assert len(world.posted()) == 1


async def test_the_picture_is_told_in_words(world: World) -> None:
    told = picture_of((await begun(world)).response).description or ""
    assert "Streak: 1 due day in a row" in told
    assert "Building 50 min" in told
    assert "1 done" in told
    assert "example.org/a_(b)_c" in told


async def test_what_was_shown_last_is_a_link_that_leads_to_what_it_says(world: World) -> None:
    text = said(await begun(world))
    assert r"[example.org/a\_(b)\_c](https://example.org/a_%28b%29_c)" in text


async def test_without_links_the_answer_says_how_to_have_some(world: World) -> None:
    assert "Put a link into" in said(await begun(world, done="Read a chapter"))


async def test_without_a_check_in_the_answer_is_kind_and_has_no_picture(world: World) -> None:
    await world.set_up()
    await world.plan()
    result = await world.member.slash(world.channel, "progress")
    assert result.response.ephemeral
    assert "Your picture begins with your first check-in" in said(result)
    assert result.response.attachments == []
    assert result.response.components == []


async def test_in_a_server_that_is_not_set_up_it_says_so(world: World) -> None:
    result = await world.member.slash(world.channel, "progress")
    assert str(NotSetUp()) in said(result)
    assert result.response.ephemeral
    world.expect_error(NotSetUp)


async def test_share_posts_the_picture_for_everyone_and_pings_nobody(world: World) -> None:
    result = await begun(world)
    shared = await world.member.click(result.response, label="Share")
    assert not shared.response.ephemeral
    assert shared.response.channel_id == world.channel.id
    assert f"<@{world.member.id}>" in shared.response.content
    assert picture_of(shared.response).description == picture_of(result.response).description
    assert "Only you see this" not in str(shared.response.embeds[0].to_dict())
    (posted,) = [r for r in world.env.http_requests if r.json and "what half a year" in str(r.json)]
    assert posted.json["allowed_mentions"] == {"parse": []}


async def test_share_still_works_after_a_restart(world: World, services: Services) -> None:
    result = await begun(world)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    shared = await world.member.click(result.response, label="Share")
    assert picture_of(shared.response).filename == "progress.png"


async def test_share_posts_what_is_true_when_it_is_pressed(world: World) -> None:
    result = await begun(world)
    await world.pass_time(days=1)
    await world.check_in(done="More")
    shared = await world.member.click(result.response, label="Share")
    assert "2 check-ins in all" in (picture_of(shared.response).description or "")


async def test_nobody_can_share_the_progress_of_somebody_else(world: World) -> None:
    await begun(world)
    message = await _with_share_button(world, world.member.id)
    pressed = await world.admin.click(message, label="Share")
    assert said(pressed) == str(NotYourProgress())
    assert pressed.response.ephemeral
    assert pressed.response.attachments == []


async def test_with_nothing_to_share_nothing_is_posted(world: World) -> None:
    await world.set_up()
    message = await _with_share_button(world, world.member.id)
    pressed = await world.member.click(message, label="Share")
    assert said(pressed) == str(NothingToShare())
    assert pressed.response.ephemeral


async def test_the_picture_bears_the_name_a_member_has_in_the_server(world: World) -> None:
    await world.set_up()
    farid = world.guild.add_member(world.env.create_user("farid"), nick="فريد\u202e **F**")
    await world.check_in(farid)
    result = await farid.slash(world.channel, "progress")
    assert "Progress of فريد **F**" in (picture_of(result.response).description or "")


async def test_progress_shows_nothing_of_another_server(world: World, services: Services) -> None:
    await begun(world)
    other = world.env.create_guild("Another group")
    other_channel = other.create_text_channel("daily")
    ben_there = other.add_member(world.member.user)
    await services.servers.set_up(
        other.id, checkin_channel_id=other_channel.id, zone="Asia/Tokyo", prompt_time=time(9)
    )
    result = await ben_there.slash(other_channel, "progress")
    assert "Your picture begins" in said(result)


async def _with_share_button(world: World, owner: int) -> Any:
    """A message that everybody sees with the button of one member under it."""
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.send("Look", view=view_of(ShareButton(owner)))
