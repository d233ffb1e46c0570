"""Lasting buttons: their custom id says all they need, so that they work after a restart.

A custom id reads `feature:action:vVERSION` and, if need be, `:argument`. A button whose meaning changes gets
a new version; one of an old version is answered kindly by the client.
"""

from typing import Any

import discord

from bot.texts import speak
from cogs.ui.failures import answer_error


class LastingButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template="abstract"):
    """A button that answers errors as everything does; subclasses give their template and `press`."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        speak(interaction.locale.value)
        try:
            await self.press(interaction)
        except Exception as error:
            await answer_error(interaction, error)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """What the button does."""
        raise NotImplementedError


def view_of(*buttons: discord.ui.Item[Any]) -> discord.ui.View:
    """A view that is only sent, not kept: lasting buttons are found by their custom ids."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    # A finished view is not held in memory by discord.py when it is sent.
    view.stop()
    return view
