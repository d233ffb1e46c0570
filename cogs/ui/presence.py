"""Whether somebody is in a server: the bot is not told when members leave, so it asks."""

from typing import Any

import aiohttp
import discord

from bot.errors import NotInServer

GONE = frozenset({10007, 10013})
"""Discord's codes for a person who is not in the server, or not anywhere any more."""


async def has_left(client: discord.Client, guild_id: int, user_id: int) -> bool:
    """Whether somebody is not in a server any more; False where that can't be found out now."""
    guild = client.get_guild(guild_id)
    if guild is None:
        return False
    try:
        await guild.fetch_member(user_id)
    except discord.HTTPException as error:
        return error.code in GONE
    except (aiohttp.ClientError, OSError, TimeoutError, discord.RateLimited):
        return False
    return False


async def require_presence(interaction: discord.Interaction[Any], guild_id: int) -> None:
    """Raises NotInServer if who acts in a direct message is not in the server, or the bot is not."""
    if interaction.guild_id is None and (
        interaction.client.get_guild(guild_id) is None
        or await has_left(interaction.client, guild_id, interaction.user.id)
    ):
        raise NotInServer
