"""Passing over buddies who have left the server."""

from typing import TYPE_CHECKING

import discord

from bot.buddies.service import Paired, Standing
from cogs.ui.feature import guild_of
from cogs.ui.presence import has_left

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


async def with_somebody_here(interaction: "Interaction", standing: Standing) -> Standing:
    """The same standing, or, while the buddy in it has left the server, the one that follows from that."""
    guild_id, client = guild_of(interaction), interaction.client
    while isinstance(standing, Paired):
        if not interaction.response.is_done():
            # Discord is asked first, and may take its time.
            await interaction.response.defer(ephemeral=True, thinking=True)
        if not await has_left(client, guild_id, standing.buddy_id):
            break
        standing = await client.services.buddies.gone(guild_id, interaction.user.id, standing.buddy_id)
    return standing
