"""The lasting button of progress."""

from typing import Any

import discord

from bot.errors import NothingToShare, NotYourProgress
from bot.texts import gettext as _
from cogs.progress.posting import share
from cogs.ui.buttons import LastingButton
from cogs.ui.feature import guild_of
from cogs.ui.lasting import custom_id_of


class ShareButton(LastingButton, template=r"progress:share:v1:(?P<owner>\d{1,20})"):
    """Posts the picture where it is pressed, for everyone; only its owner can."""

    def __init__(self, owner: int | str):
        super().__init__(_("Share"), custom_id_of("progress:share:v1", owner), discord.ButtonStyle.primary)
        self.owner = int(owner)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.user.id != self.owner:
            raise NotYourProgress
        figures = await interaction.client.services.progress.figures(guild_of(interaction), self.owner)
        if figures.began is None:
            raise NothingToShare
        # Only now: whatever is said after this is seen by all.
        await interaction.response.defer(thinking=True)
        await share(interaction, figures)
