"""What every cog is: its commands, lasting buttons, forms, and how what it delivers looks."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import discord
from discord.ext import commands

from bot.errors import ManagersOnly, ServerOnly
from bot.resources.errors import CuratorsOnly
from cogs.messenger import Renderer
from cogs.ui.forms import FormRoute

if TYPE_CHECKING:
    from cogs.client import Autodidact


class Feature(commands.Cog):
    """A cog of one feature; the client registers what it holds."""

    buttons: ClassVar[Sequence[type[discord.ui.DynamicItem[Any]]]] = ()
    """Lasting buttons and selects, found by their custom ids."""

    renderers: ClassVar[Mapping[type, Renderer]] = {}
    """How the contents look that the feature delivers."""

    def __init__(self, client: "Autodidact"):
        self.client = client
        self.forms: Sequence[FormRoute] = ()


def guild_of(interaction: discord.Interaction[Any]) -> int:
    """The server an interaction came from; raises ServerOnly."""
    if interaction.guild_id is None:
        raise ServerOnly
    return interaction.guild_id


def require_manager(interaction: discord.Interaction[Any]) -> None:
    """Raises ManagersOnly unless the person may manage the server, which they need not do for ever."""
    if not interaction.permissions.manage_guild:
        raise ManagersOnly


def is_curator(interaction: discord.Interaction[Any]) -> bool:
    """Whether the person may manage messages or the server, and so what stands on its shelf."""
    held = interaction.permissions
    return held.manage_messages or held.manage_guild


def require_curator(interaction: discord.Interaction[Any]) -> None:
    """Raises CuratorsOnly unless the person may manage messages or the server."""
    if not is_curator(interaction):
        raise CuratorsOnly
