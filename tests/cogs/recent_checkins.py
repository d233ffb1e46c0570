"""What members do with their check-ins of the last week: the steps, and what they see by them."""

from typing import Any

import discord

from bot.services import Services
from tests.cogs.conftest import World

NEW_YEAR = "2026-01-01"


async def recent(world: World, member: Any = None) -> Any:
    return await (member or world.member).slash(world.channel, "checkins")


async def choose(world: World, shown: Any, day: str, member: Any = None) -> Any:
    return await (member or world.member).select(shown.response, [day])


async def press(world: World, answer: Any, label: str, member: Any = None) -> Any:
    return await (member or world.member).click(answer.response, label=label)


async def confirm_deletion(world: World, day: str = NEW_YEAR) -> Any:
    """The question whether a check-in shall be deleted, reached as a member does."""
    chosen = await choose(world, await recent(world), day)
    return await press(world, chosen, "Delete it")


async def delete(world: World, day: str = NEW_YEAR) -> Any:
    return await press(world, await confirm_deletion(world, day), "Delete for good")


async def pressed_with(world: World, custom_id: str, member: Any = None) -> Any:
    """What happens to a button of any custom id, which the bot never sent like this."""
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Press", custom_id=custom_id))
    view.stop()
    message = await channel.send("Made up", view=view)
    return await (member or world.member).click(message, label="Press")


async def with_card_in_archived_thread(world: World, method: str) -> Any:
    """A member's card of two days ago in a thread that is archived, so that Discord refuses a change once.

    Discord changes and deletes nothing in an archived thread until somebody has taken it out of the archive.
    """
    await world.set_up(hour=9, zone="Etc/UTC")
    await world.plan()
    await world.pass_time(hours=9)
    await world.check_in(done="On New Year's Day")
    await world.pass_time(days=2)
    thread = next(thread for thread in world.channel.threads if world.posted(thread))
    world.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    world.env.inject_error(
        method, f"/channels/{thread.id}/messages/*", status=400, code=50083, message="Thread is archived"
    )
    return thread


def taken_out_of_archive(world: World, thread: Any) -> bool:
    """Whether the bot had Discord take a thread out of the archive."""
    bodies = [r.json for r in world.env.http_requests if r.path == f"/channels/{thread.id}"]
    return {"archived": False} in bodies


def cards(world: World, place: Any = None) -> list[str]:
    """What the cards in the channel or in a thread say."""
    return [message.embeds[0].description or "" for message in world.posted(place) if message.embeds]


async def links(services: Services) -> list[str]:
    query = "select url from evidence order by guild_id, user_id, local_day, position"
    rows = await services.database.read(lambda db: db.execute(query).fetchall())
    return [url for (url,) in rows]


async def days_of(services: Services, world: World, member: Any = None) -> list[str]:
    days = await services.checkins.ledger(world.guild.id, (member or world.member).id)
    return [day.state.value for day in days]


def options(answer: Any) -> list[tuple[str, str, str]]:
    (row, *_others) = answer.response.components
    (select,) = row["components"]
    return [(option["label"], option["value"], option["description"]) for option in select["options"]]
