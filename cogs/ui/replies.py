"""Answering an interaction, whatever has been answered before."""

from typing import Any

import discord


async def reply(
    interaction: discord.Interaction[Any],
    *,
    embed: discord.Embed,
    view: discord.ui.View | None = None,
    file: discord.File | None = None,
    private: bool = True,
) -> None:
    """Answer with an embed, privately unless told otherwise; a second answer becomes a follow-up."""
    options: dict[str, Any] = {"embed": embed, "ephemeral": private}
    if view is not None:
        options["view"] = view
    if file is not None:
        options["file"] = file
    if interaction.response.is_done():
        await interaction.followup.send(**options)
    else:
        await interaction.response.send_message(**options)
