"""A small server in simcord's world, with the real bot in it."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.services import Services
from cogs.client import Autodidact
from tests.discord_limits import violations
from tests.small_shelf import stock

LOOKS_AGAIN_AFTER = 0.002
"""Seconds after which simcord looks again whether the bot is at rest. Of itself it sleeps for 50 ms, once or
twice an interaction, over a callback that takes one turn of the loop."""


class WorldClock:
    """The clock of simcord's world, which moves by advance_time only; bound once the world is there."""

    def __init__(self) -> None:
        self.env: Any = None

    def now(self) -> datetime:
        moment: datetime = self.env.now() if self.env else datetime(2026, 1, 1, tzinfo=UTC)
        return moment


class World:
    """A server with a check-in channel, an admin and a member; it is midnight in UTC, 1 January 2026."""

    def __init__(self, env: Any, bot: Autodidact, language: str = "en-US"):
        self.env = env
        self.bot = bot
        self.guild = env.create_guild("Study group", preferred_locale=language)
        self.channel = self.guild.create_text_channel("check-ins")
        self.admins = self.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        self.admin = self.guild.add_member(env.create_user("ada"), roles=[self.admins])
        self.member = self.guild.add_member(env.create_user("ben"))

    async def set_up(self, hour: int = 9, zone: str = "Europe/Berlin") -> Any:
        """The admin sets the server up."""
        return await self.admin.slash(self.channel, "setup", channel=self.channel, zone=zone, hour=hour)

    async def plan(self, member: Any = None, **options: Any) -> Any:
        """A member sets a routine."""
        return await (member or self.member).slash(self.channel, "routine set", **options)

    async def check_in(self, member: Any = None, **typed: str) -> Any:
        """A member checks in by the command; fields that are not given stay as the form shows them."""
        member = member or self.member
        shown = await member.slash(self.channel, "checkin")
        return await self.submit(shown, member=member, **{"done": "Wrote the data loader", **typed})

    async def submit(self, shown: Any, member: Any = None, **typed: str) -> Any:
        """A member sends a form as Discord's client does: what was not typed over goes as it was shown."""
        return await (member or self.member).submit_modal(shown, {**shown_values(shown.modal), **typed})

    async def pass_time(self, **parts: float) -> int:
        """Let time pass and the bot tick; answers how many messages it sent or changed."""
        from datetime import timedelta

        await self.env.advance_time(timedelta(**parts).total_seconds())
        return await self.bot.tick()

    def posted(self, channel: Any = None) -> list[discord.Message]:
        """The bot's messages in a channel, without the lines that Discord adds for a new thread."""
        messages = (channel or self.channel).history()
        return [message for message in messages if message.type is discord.MessageType.default]

    def expect_error(self, kind: type[Exception]) -> None:
        """simcord keeps what went through an error handler; exactly one of a kind is expected."""
        causes = [error.__cause__ or error for error in self.env.errors]
        assert [type(cause) for cause in causes] == [kind]


def field(embed: discord.Embed, name: str) -> str:
    """The value of an embed's field."""
    return next(field.value or "" for field in embed.fields if field.name == name)


def said(result: Any) -> str:
    """What an answer's embed says, as one text."""
    embed = result.response.embeds[0]
    parts = [embed.title, embed.description, *(f"{f.name}: {f.value}" for f in embed.fields)]
    return "\n".join(part for part in parts if part)


def shown_values(form: dict[str, Any]) -> dict[str, str]:
    """What the fields of a modal hold when it opens, by custom id."""
    values = {}
    for label in form["components"]:
        component = label["component"]
        chosen = [option["value"] for option in component.get("options", ()) if option.get("default")]
        values[component["custom_id"]] = chosen[0] if chosen else component.get("value", "")
    return values


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock()


@pytest.fixture
async def services(database_path: Path, clock: WorldClock) -> AsyncIterator[Services]:
    services = await Services.open(database_path, clock, openings_every=None)
    yield services
    await services.close()


@pytest.fixture
def simcord_bot(services: Services) -> Autodidact:
    return Autodidact(services, shard_count=1)


@pytest.fixture
def world(simcord_env: Any, clock: WorldClock, simcord_bot: Autodidact) -> Iterator[World]:
    """Every body that the bot sends in a test is held against Discord's limits at its end."""
    clock.env = simcord_env
    simcord_env._settle_internal = partial(simcord_env._settle_internal, idle=LOOKS_AGAIN_AFTER)
    yield World(simcord_env, simcord_bot)
    sent = simcord_env.http_requests
    assert sent
    assert [broken for r in sent for broken in violations(r.method, r.path, r.json)] == []


@pytest.fixture
async def desk(world: World, services: Services) -> Any:
    """A channel of the curators, and a curator who may manage messages and not the server."""
    await stock(services)
    await world.set_up()
    channel = world.guild.create_text_channel("curators")
    await world.admin.slash(world.channel, "setup", curators_channel=channel)
    return channel


@pytest.fixture
def curator(world: World) -> Any:
    role = world.guild.create_role("Curators", permissions=discord.Permissions(manage_messages=True))
    return world.guild.add_member(world.env.create_user("cyd"), roles=[role])
