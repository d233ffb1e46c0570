"""A small server in simcord's world, with the real bot in it."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.services import Services
from cogs.client import Autodidact


class WorldClock:
    """The clock of simcord's world, which moves by advance_time only; bound once the world is there."""

    def __init__(self) -> None:
        self.env: Any = None

    def now(self) -> datetime:
        if self.env is None:
            return datetime.fromisoformat("2026-01-01T00:00:00+00:00")
        moment: datetime = self.env.now()
        return moment


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock()


@pytest.fixture
async def services(tmp_path: Path, clock: WorldClock) -> AsyncIterator[Services]:
    services = await Services.open(tmp_path / "test.db", clock, sends_per_second=10_000)
    yield services
    await services.close()


@pytest.fixture
def simcord_bot(services: Services) -> Autodidact:
    return Autodidact(services, shard_count=1)


@pytest.fixture
def world(simcord_env: Any, clock: WorldClock, simcord_bot: Autodidact) -> "World":
    clock.env = simcord_env
    return World(simcord_env, simcord_bot)


class World:
    """A server with a check-in channel, an admin and a member."""

    def __init__(self, env: Any, bot: Autodidact):
        import discord

        self.env = env
        self.bot = bot
        self.guild = env.create_guild("Study group")
        self.channel = self.guild.create_text_channel("check-ins")
        admins = self.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        self.admin = self.guild.add_member(env.create_user("ada"), roles=[admins])
        self.member = self.guild.add_member(env.create_user("ben"))

    async def set_up(self, hour: int = 9, zone: str = "Europe/Berlin") -> Any:
        return await self.admin.slash(self.channel, "setup", channel=self.channel, zone=zone, hour=hour)

    async def check_in(self, member: Any = None, **values: str) -> Any:
        member = member or self.member
        shown = await member.slash(self.channel, "checkin")
        typed = {"done": "Wrote the data loader", "kind": "building", **values}
        return await member.submit_modal(shown, typed)
