"""A resource that members suggest, and what curators do with it."""

from typing import Any

import discord

from tests.cogs.conftest import World, said

BIRDS = {
    "address": "https://www.birds.example/course?utm_source=mail&page=2",
    "title": "Hearing Birds",
    "good_for": "Takes a beginner from recordings of birds to a model that names them.",
}


async def suggest(world: World, member: Any = None, **typed: str) -> Any:
    member = member or world.member
    form = await member.slash(world.channel, "resource suggest")
    return await world.submit(form, member=member, **{**BIRDS, **typed})


async def curate(world: World, curator: Any, command: str, **options: Any) -> Any:
    return await curator.slash(world.channel, f"curate {command}", **options)


async def click(result: Any, member: Any, label: str) -> Any:
    return await member.click(getattr(result, "response", result), label=label)


async def choose(result: Any, member: Any, custom_id: str, value: object) -> Any:
    return await member.select(result.response, [str(value)], custom_id=custom_id)


def buttons(message: Any) -> list[str]:
    """What the buttons of a message or an answer say."""
    rows = getattr(message, "response", message).components
    raw = [row if isinstance(row, dict) else row.to_dict() for row in rows]
    return [item["label"] for row in raw for item in row["components"] if item["type"] == 2]


def text_of(message: discord.Message) -> str:
    (embed,) = message.embeds
    return "\n".join(
        filter(None, [embed.title, embed.description, *(f"{f.name}: {f.value}" for f in embed.fields)])
    )


async def the_message(world: World, channel: Any) -> discord.Message:
    """The only message in a channel, once it shows how things stand: it is changed every five seconds."""
    await world.pass_time(seconds=6)
    (message,) = world.posted(channel)
    return message


async def find(world: World, query: str = "hearing birds") -> str:
    return said(await world.member.slash(world.channel, "resource find", query=query))


async def mine(world: World) -> str:
    return said(await world.member.slash(world.channel, "resource mine"))
