"""Polls in a world as members see and lead them."""

from typing import Any

import discord

from bot.services import Services
from tests.cogs.conftest import World, said


def words_of(answer: Any) -> str:
    """What an answer says beneath its title, its footer included."""
    return f"{said(answer)}\n{answer.response.embeds[0].footer.text or ''}"


async def start(world: World, member: Any = None, **options: Any) -> Any:
    asked = {"name": "What do we build?", "purpose": "resume", "who": "alone", **options}
    return await (member or world.member).slash(world.channel, "poll start", **asked)


def poll_message(world: World, channel: Any = None) -> discord.Message:
    """The poll's own message, which comes before all others about it."""
    return next(message for message in world.posted(channel) if message.embeds)


def shown(message: discord.Message) -> str:
    parts = [message.embeds[0].title, message.embeds[0].description]
    return "\n".join([*map(str, parts), *(f"{each.name}: {each.value}" for each in message.embeds[0].fields)])


def labels_under(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [str(item.label) for row in rows for item in row.children if isinstance(item, discord.Button)]


async def view_of(world: World, services: Services, member: Any = None, poll_id: int = 1) -> Any:
    return await services.polls.view(world.guild.id, poll_id, (member or world.member).id)


async def time_passes(world: World, services: Services) -> None:
    """The phase of the first poll ends by time, and its message says so."""
    ends = (await view_of(world, services)).poll.until
    await world.pass_time(seconds=(ends - services.clock.now()).total_seconds())
    await world.pass_time(seconds=10)


async def add(world: World, title: str, member: Any = None, **typed: str) -> Any:
    member = member or world.member
    form = await member.click(poll_message(world), label="Add an idea")
    return await world.submit(form, member=member, title=title, **typed)
