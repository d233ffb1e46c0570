"""The real bot under dpytest, which can do text commands and what the bot posts by itself, and no more."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import discord
import discord.ext.test as dpytest
import pytest

from bot.services import Services
from cogs.client import Autodidact
from tests.clocks import ManualClock

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Stage:
    """A server with the bot in it, its owner, and somebody else."""

    bot: Autodidact
    guild: discord.Guild
    channel: discord.TextChannel
    owner: discord.Member
    stranger: discord.Member
    syncs: list[str]

    async def say(self, text: str, member: discord.Member) -> None:
        """Somebody mentions the bot with a text after it."""
        assert self.bot.user is not None
        await dpytest.message(f"<@{self.bot.user.id}> {text}", channel=self.channel, member=member)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MIDNIGHT)


@pytest.fixture
async def services(database_path: Path, clock: ManualClock) -> AsyncIterator[Services]:
    services = await Services.open(database_path, clock, openings_every=None)
    yield services
    await services.close()


@pytest.fixture
async def stage(services: Services, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    client = Autodidact(services, shard_count=1)
    await client._async_setup_hook()
    # dpytest turns sharded clients down; with the one shard that it models, nothing else stands in its way.
    with monkeypatch.context() as patch:
        patch.setattr(discord, "AutoShardedClient", type("NoClient", (), {}))
        dpytest.configure(client, guilds=0, text_channels=0, voice_channels=0, members=0)
    # It finds the people it makes in the member cache, which this bot does without.
    dpytest.backend.get_state().member_cache_flags = discord.MemberCacheFlags.all()
    guild = dpytest.backend.make_guild("Study group")
    channel = dpytest.backend.make_text_channel("check-ins", guild)
    owner, stranger = (
        dpytest.backend.make_member(dpytest.backend.make_user(name, "0001"), guild) for name in ("ada", "ben")
    )
    assert client.user is not None
    dpytest.backend.make_member(client.user, guild)
    client.owner_id = owner.id
    syncs: list[str] = []

    async def sync(*, always: bool = False) -> int:
        # dpytest's Discord knows no commands to be told.
        syncs.append("always" if always else "at the start")
        return len(client.tree.get_commands())

    monkeypatch.setattr(client.command_list, "sync", sync)
    await client.setup_hook()
    yield Stage(client, guild, channel, owner, stranger, syncs)
    await dpytest.empty_queue()
