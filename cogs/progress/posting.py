"""Having pictures drawn and sending them, as an answer that has been deferred."""

import io
from typing import Any

import discord

from bot.inputs import clean_text
from bot.progress.account import Account
from bot.progress.figures import Figures
from bot.texts import gettext as _
from cogs.pictures.names import Name
from cogs.progress import cards
from cogs.progress.telling import full_list, told, told_of_days
from cogs.ui.languages import speaking_to_all
from cogs.ui.replies import reply


async def share(interaction: discord.Interaction[Any], figures: Figures) -> None:
    """Post a member's picture for everyone, after an answer was deferred for everyone."""
    with speaking_to_all(interaction):
        options: dict[str, Any] = {"file": await progress_file(interaction, figures)}
        embed = cards.shared_card(figures)
        if embed is not None:
            options["embed"] = embed
        text = _("{member} shows what half a year came to.").format(member=interaction.user.mention)
    await interaction.followup.send(text, **options)


async def progress_file(interaction: discord.Interaction[Any], figures: Figures) -> discord.File:
    """The picture of the progress of whoever asks."""
    # Pillow takes 4 MB of a start that most days draws nothing.
    from cogs.pictures.progress import draw_progress

    name = _name(interaction)
    picture = await interaction.client.studio.draw(draw_progress, figures, name)
    return discord.File(io.BytesIO(picture), "progress.png", description=told(figures, name.display))


async def send_ledger(interaction: discord.Interaction[Any], account: Account) -> None:
    """Answer privately with a ledger: calendar, reasons, and the full list where they did not fit."""
    embed, is_all = cards.ledger_card(account)
    if not account.days:
        await reply(interaction, embed=embed)
        return
    from cogs.pictures.calendar import draw_calendar

    name = _name(interaction)
    picture = await interaction.client.studio.draw(draw_calendar, account, name)
    files = [discord.File(io.BytesIO(picture), "ledger.png", description=told_of_days(account, name.display))]
    if not is_all:
        files.append(discord.File(io.BytesIO(full_list(account.days).encode()), "ledger.txt"))
    await interaction.followup.send(embed=embed, files=files, ephemeral=True)


def _name(interaction: discord.Interaction[Any]) -> Name:
    user = interaction.user
    return Name(clean_text(user.display_name) or user.name, user.name)
