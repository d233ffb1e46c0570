"""The commands of buddies."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from cogs.buddies import buttons, cards
from cogs.ui.feature import Feature

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class BuddiesCog(Feature):
    """Finding a buddy, looking at them, and leaving."""

    buttons = (buttons.LookButton, buttons.NudgeButton, buttons.LeaveButton, buttons.StopLookingButton)
    renderers = cards.RENDERERS

    buddy = app_commands.Group(
        name=locale_str("buddy"),
        description=locale_str("Find somebody to look after each other with"),
        guild_only=True,
    )

    @buddy.command(name=locale_str("find"), description=locale_str("Let me find a buddy for you"))
    async def find(self, interaction: "Interaction") -> None:
        await buttons.find(interaction)

    @buddy.command(
        name=locale_str("show"), description=locale_str("See your buddy and what they got done lately")
    )
    async def show(self, interaction: "Interaction") -> None:
        await buttons.show(interaction)

    @buddy.command(
        name=locale_str("leave"), description=locale_str("Part from your buddy quietly, or stop looking")
    )
    async def leave(self, interaction: "Interaction") -> None:
        await buttons.leave(interaction)
