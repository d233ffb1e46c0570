"""The command that starts a block of focus."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.focus.rules import LENGTHS, Effort
from cogs.focus import cards
from cogs.focus.buttons import JoinButton, StopButton, answer_start
from cogs.ui.feature import Feature, guild_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class FocusCog(Feature):
    """Focusing, alone or in company."""

    buttons = (StopButton, JoinButton)
    renderers = cards.RENDERERS

    @app_commands.command(name=locale_str("focus"), description=locale_str("Start a block of focus"))
    @app_commands.guild_only()
    @app_commands.rename(minutes=locale_str("minutes"), effort=locale_str("effort"), seen=locale_str("seen"))
    @app_commands.describe(
        minutes=locale_str("How long"),
        effort=locale_str("What the work asks of you"),
        seen=locale_str("Whether the others see that you are in focus; yes, unless you say no"),
    )
    @app_commands.choices(minutes=[Choice(name=str(minutes), value=minutes) for minutes in LENGTHS])
    @app_commands.choices(
        effort=[
            Choice(name=locale_str("High effort"), value=Effort.HIGH.value),
            Choice(name=locale_str("Middle effort"), value=Effort.MIDDLE.value),
            Choice(name=locale_str("Low effort"), value=Effort.LOW.value),
        ]
    )
    async def focus(self, interaction: "Interaction", minutes: int, effort: str, seen: bool = True) -> None:
        started = await self.client.services.focus.start(
            guild_of(interaction), interaction.user.id, minutes=minutes, effort=Effort(effort), seen=seen
        )
        await answer_start(interaction, started)
