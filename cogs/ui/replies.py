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


async def turn_to(
    interaction: discord.Interaction[Any], embed: discord.Embed, view: discord.ui.View | None
) -> None:
    """Turn the private message that was acted on into another page; answer any other message with one."""
    message = interaction.message
    if message is not None and message.flags.ephemeral and not interaction.response.is_done():
        await interaction.response.edit_message(embed=embed, view=view, attachments=[])
    else:
        await reply(interaction, embed=embed, view=view)
