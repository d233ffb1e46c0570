"""The lasting button of progress."""

import re
from typing import Any, Self

import discord

from bot.errors import NothingToShare, NotYourProgress
from bot.texts import gettext as _
from cogs.progress.posting import share
from cogs.ui.buttons import LastingButton
from cogs.ui.feature import guild_of


class ShareButton(LastingButton, template=r"progress:share:v1:(?P<owner>\d{1,20})"):
    """Posts the picture where it is pressed, for everyone; only its owner can."""

    def __init__(self, owner: int):
        super().__init__(
            discord.ui.Button(
                style=discord.ButtonStyle.primary,
                label=_("Share"),
                custom_id=f"progress:share:v1:{owner}",
            )
        )
        self.owner = owner

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["owner"]))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.user.id != self.owner:
            raise NotYourProgress
        figures = await interaction.client.services.progress.figures(guild_of(interaction), self.owner)
        if figures.began is None:
            raise NothingToShare
        # Only now: whatever is said after this is seen by all.
        await interaction.response.defer(thinking=True)
        await share(interaction, figures)
