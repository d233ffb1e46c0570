"""The command that sets a server up, and the greeting of a new server."""

import logging
from datetime import time
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.errors import ChannelNotUsable, ServerOnly
from bot.texts import gettext as _
from bot.texts import speaking
from cogs.rights import Right, missing_rights
from cogs.setup import cards
from cogs.ui.replies import reply
from cogs.ui.zone_choices import zone_choices

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

log = logging.getLogger(__name__)


class SetupCog(commands.Cog):
    """For those who may manage the server."""

    def __init__(self, client: "Autodidact"):
        self.client = client

    @app_commands.command(
        name=locale_str("setup"),
        description=locale_str("Choose the check-in channel, the time zone and the hour of the daily prompt"),
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.rename(channel=locale_str("channel"), zone=locale_str("zone"), hour=locale_str("hour"))
    @app_commands.describe(
        channel=locale_str("Where the daily prompt and the check-ins go"),
        zone=locale_str("The server's time zone: type a city"),
        hour=locale_str("The hour of the daily prompt in that zone, from 0 to 23"),
    )
    async def setup(
        self,
        interaction: "Interaction",
        channel: discord.TextChannel | None = None,
        zone: app_commands.Range[str, 1, 100] | None = None,
        hour: app_commands.Range[int, 0, 23] | None = None,
    ) -> None:
        if interaction.guild is None:
            raise ServerOnly
        if channel is not None and channel.guild.id != interaction.guild.id:
            raise ChannelNotUsable
        servers = self.client.services.servers
        if channel is None and zone is None and hour is None:
            set_up = await servers.find(interaction.guild.id)
            if set_up is None:
                await reply(interaction, embed=cards.missing_setup_card())
                return
        else:
            set_up = await servers.set_up(
                interaction.guild.id,
                checkin_channel_id=channel.id if channel else None,
                zone=zone,
                prompt_time=None if hour is None else time(hour),
            )
        missing = _missing(interaction.guild, set_up.server.checkin_channel_id)
        await reply(interaction, embed=cards.settings_card(set_up, missing))

    @setup.autocomplete("zone")
    async def complete_zone(self, interaction: "Interaction", current: str) -> list[app_commands.Choice[str]]:
        return zone_choices(current, self.client.services.clock.now())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet in the system channel, if the bot may write there; say nothing otherwise."""
        channel = guild.system_channel
        if channel is None:
            return
        held = channel.permissions_for(guild.me)
        if not (held.view_channel and held.send_messages):
            return
        with speaking(guild.preferred_locale.value):
            text = _(
                "Hello! I help people who teach themselves machine learning to do, to show and to be found; "
                "someone who manages this server can start me with {setup}."
            ).format(setup=await self.client.command_list.mention("setup"))
        try:
            await channel.send(text)
        except discord.HTTPException as error:
            log.info("server %s could not be greeted: %s", guild.id, error.code)


def _missing(guild: discord.Guild, channel_id: int) -> list[Right] | None:
    channel = guild.get_channel(channel_id)
    return None if channel is None else missing_rights(channel)
