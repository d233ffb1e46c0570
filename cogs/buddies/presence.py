"""Passing over buddies who have left the server."""

from typing import TYPE_CHECKING

import discord

from bot.buddies.service import Paired, Standing
from bot.errors import NoBuddy
from cogs.ui.feature import guild_of
from cogs.ui.presence import has_left

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


async def with_somebody_here(interaction: "Interaction", standing: Standing) -> Standing:
    """The same standing, or, while the buddy in it has left the server, the one that follows from that."""
    guild_id, buddies = guild_of(interaction), interaction.client.services.buddies
    while isinstance(standing, Paired):
        if not await _has_left(interaction, standing.buddy_id):
            break
        standing = await buddies.gone(guild_id, interaction.user.id, standing.buddy_id)
    return standing


async def buddy_who_left(interaction: "Interaction") -> int | None:
    """The buddy of whoever asks, if they have left the server."""
    try:
        standing = await interaction.client.services.buddies.show(guild_of(interaction), interaction.user.id)
    except NoBuddy:
        return None
    if isinstance(standing, Paired) and await _has_left(interaction, standing.buddy_id):
        return standing.buddy_id
    return None


async def _has_left(interaction: "Interaction", buddy_id: int) -> bool:
    if not interaction.response.is_done():
        # Discord is asked first, and may take its time.
        await interaction.response.defer(ephemeral=True, thinking=True)
    return await has_left(interaction.client, guild_of(interaction), buddy_id)
