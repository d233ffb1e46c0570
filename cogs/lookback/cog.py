"""The command that shows a member their week."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from cogs.lookback.buttons import NamedButton, NameMeButton, SundaysButton, WeekButton, show_week
from cogs.lookback.cards import RENDERERS
from cogs.ui.feature import Feature

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class LookbackCog(Feature):
    """Looking back on weeks."""

    buttons = (WeekButton, SundaysButton, NameMeButton, NamedButton)
    renderers = RENDERERS

    @app_commands.command(
        name=locale_str("week"), description=locale_str("Look back on your week, for you alone")
    )
    @app_commands.guild_only()
    @app_commands.rename(which=locale_str("which"))
    @app_commands.describe(which=locale_str("This week, if you don't say"))
    @app_commands.choices(
        which=[
            app_commands.Choice(name=locale_str("this week"), value=0),
            app_commands.Choice(name=locale_str("last week"), value=1),
        ]
    )
    async def week(self, interaction: "Interaction", which: int = 0) -> None:
        await show_week(interaction, back=which)
