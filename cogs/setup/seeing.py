"""What a page of a set-up needs to know of a server: what holds, what is missing, what most likely suits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.errors import ChannelNotUsable
from bot.guide.steps import ServerSettings, Step
from bot.servers.guessing import ChannelFor, channel_named, guessed_zone
from cogs.rights import Right, missing_rights
from cogs.ui.chosen_channels import missing_by_step
from cogs.ui.feature import guild_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


@dataclass(frozen=True, slots=True)
class Guess:
    """A channel that most likely is the one, and whether everybody in the server reads it."""

    channel_id: int
    name: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What holds for a server, which rights are missing where, and the channels that most likely suit."""

    now: datetime
    settings: ServerSettings
    missing: Mapping[Step, Sequence[Right] | None]
    guesses: Mapping[Step, Guess]


async def see(interaction: "Interaction") -> Seen:
    """Look at the server an interaction came from; raises ServerOnly."""
    services = interaction.client.services
    settings = await services.guide.of_server(guild_of(interaction))
    guild = interaction.guild
    guesses = {}
    for step, wanted in ((Step.LEADS, ChannelFor.LEADS), (Step.CURATORS, ChannelFor.CURATORS)):
        channel = _named(guild, wanted)
        if channel is not None:
            guesses[step] = guess_of(channel)
    return Seen(services.clock.now(), settings, missing_by_step(guild, settings), guesses)


def guess_of(channel: discord.TextChannel) -> Guess:
    """A channel as pages show it."""
    everyone = channel.permissions_for(channel.guild.default_role)
    return Guess(channel.id, channel.name, everyone.view_channel)


def text_channel(interaction: "Interaction", channel_id: int) -> discord.TextChannel:
    """A text channel of the server an interaction came from; raises ChannelNotUsable."""
    channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
    if not isinstance(channel, discord.TextChannel):
        raise ChannelNotUsable
    return channel


def likely_checkin_channel(interaction: "Interaction") -> discord.TextChannel | None:
    """The channel called like check-ins, or the one that is looked at; rather one with all rights in it."""
    here = interaction.channel.parent if isinstance(interaction.channel, discord.Thread) else None
    looked_at = interaction.channel if here is None else here
    named = _named(interaction.guild, ChannelFor.CHECKINS)
    likely = [channel for channel in (named, looked_at) if isinstance(channel, discord.TextChannel)]
    return next((channel for channel in likely if not missing_rights(channel)), next(iter(likely), None))


def likely_zone(interaction: "Interaction") -> str:
    """The zone that goes with the language of the server, or of who asks."""
    languages = [interaction.locale.value]
    if interaction.guild is not None:
        languages.insert(0, interaction.guild.preferred_locale.value)
    return guessed_zone(languages)


def _named(guild: discord.Guild | None, wanted: ChannelFor) -> discord.TextChannel | None:
    channels = guild.text_channels if guild else ()
    found = channel_named(((channel.id, channel.name) for channel in channels), wanted)
    return next((channel for channel in channels if channel.id == found), None)
