"""Lasting selects: like lasting buttons, their custom id says all they need."""

from typing import Any

import discord

from bot.texts import speak
from cogs.ui.failures import answer_error


class LastingSelect(discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]], template="abstract select"):
    """A select that answers errors as everything does; subclasses give their template and `choose`."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        speak(interaction.locale.value)
        try:
            await self.choose(interaction, self.item.values)
        except Exception as error:
            await answer_error(interaction, error)

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        """What choosing does; `values` are those of the chosen options."""
        raise NotImplementedError
