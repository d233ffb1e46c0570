"""Whether somebody is in a server: the bot is not told when members leave, so it asks.

In direct messages a button or form names the server that it is about.
"""

from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.errors import ButtonOutdated, NotInServer, ServerOnly

if TYPE_CHECKING:
    from cogs.client import Autodidact

LARGEST_ID = 2**63 - 1
GONE = frozenset({10004, 10007, 10013, 50001})
"""Discord's codes for a person who is not in the server, or not anywhere any more; or the bot is not."""


async def has_left(client: "Autodidact", guild_id: int, user_id: int) -> bool:
    """Whether somebody is not in a server any more; False where that can't be found out now."""
    if client.get_guild(guild_id) is None and client.services.shards.holds(guild_id):
        return False
    try:
        # Also of a server that another process looks after, and that is not known here.
        await client.http.get_member(guild_id, user_id)
    except discord.HTTPException as error:
        return error.code in GONE
    except (aiohttp.ClientError, OSError, TimeoutError, discord.RateLimited):
        return False
    return False


async def require_presence(interaction: discord.Interaction[Any], guild_id: int) -> None:
    """Raises NotInServer if who acts in a direct message is not in the server, or the bot is not."""
    if interaction.guild_id is not None:
        return
    client = interaction.client
    # Direct messages about the servers of all processes arrive at one.
    may_be_in = client.get_guild(guild_id) is not None or not client.services.shards.holds(guild_id)
    if not may_be_in or await has_left(client, guild_id, interaction.user.id):
        raise NotInServer


async def server_of(interaction: discord.Interaction[Any], named: str | None) -> int:
    """The server a form or button is about: where it was used or, in direct messages, the one it names.

    Raises ServerOnly, and NotInServer for who has left it.
    """
    if interaction.guild_id is not None:
        return interaction.guild_id
    if named is None:
        raise ServerOnly
    if int(named) > LARGEST_ID:
        raise ButtonOutdated
    await require_presence(interaction, int(named))
    return int(named)
