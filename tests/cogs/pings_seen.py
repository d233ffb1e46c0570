"""Members who are pinged, and the pings as they see them."""

from typing import Any

import discord

from bot.services import Services
from tests.cogs.conftest import World


async def planned(world: World, member: Any = None, *, direct: bool = False, **routine: Any) -> Any:
    """A member who is pinged at ten in UTC, in the thread or, by pressing the button, directly."""
    answer = await world.plan(member, **{"time": "10:00", "zone": "Etc/UTC", "ping": True, **routine})
    if direct:
        member = member or world.member
        answer = await member.click(answer.response, label="Ping me by direct message")
    return answer


async def set_up_and_plan(world: World, *, direct: bool = False, **routine: Any) -> Any:
    await world.set_up(hour=9, zone="Etc/UTC")
    return await planned(world, direct=direct, **routine)


async def to_the_ping(world: World) -> discord.Message:
    """Half a day on, ten o'clock: the ping has just come in the thread."""
    await world.pass_time(hours=10)
    return pings(world)[-1]


def pings(world: World) -> list[discord.Message]:
    """The pings in the threads and in the channel."""
    places = [*world.channel.threads, world.channel]
    messages = [message for place in places for message in world.posted(place)]
    return [
        message
        for message in messages
        if "it's your time" in message.content or "second reminder" in message.content
    ]


def direct_messages(world: World, member: Any = None) -> list[discord.Message]:
    return list((member or world.member).user.dm_channel.history())


def labels(message: Any) -> list[str]:
    return [button.label for row in message.components for button in row.children]


def answer_labels(answer: Any) -> list[str]:
    return [button["label"] for row in answer.response.components for button in row["components"]]


async def states(services: Services, world: World) -> list[str]:
    return [day.state.value for day in await services.checkins.ledger(world.guild.id, world.member.id)]
