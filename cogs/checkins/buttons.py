"""The lasting buttons of check-ins."""

import re
from typing import Any, Self

import discord

from bot.texts import gettext as _
from cogs.checkins import forms
from cogs.ui.buttons import LastingButton


class CheckInButton(LastingButton, template=r"checkin:open:v1:(?P<nonce>[a-z2-7]{24})"):
    """Opens the form for whoever presses it; the nonce names the message it stands under."""

    def __init__(self, nonce: str, *, quiet: bool = False):
        super().__init__(
            discord.ui.Button(
                style=discord.ButtonStyle.secondary if quiet else discord.ButtonStyle.success,
                label=_("Check in too") if quiet else _("Check in"),
                custom_id=f"checkin:open:v1:{nonce}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["nonce"])

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await forms.open_form(interaction)


class EditButton(LastingButton, template=r"checkin:edit:v1"):
    """Opens the form again, with what was reported for today."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(
                style=discord.ButtonStyle.secondary, label=_("Change it"), custom_id="checkin:edit:v1"
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls()

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await forms.open_form(interaction)


class TryAgainButton(LastingButton, template=r"checkin:again:v1:(?P<draft>[0-9a-f]{16})"):
    """Opens the form with what was typed before it was refused."""

    def __init__(self, draft: str):
        super().__init__(
            discord.ui.Button(
                style=discord.ButtonStyle.primary,
                label=_("Open the form again"),
                custom_id=f"checkin:again:v1:{draft}",
            )
        )
        self.draft = draft

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["draft"])

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await forms.open_form(interaction, draft=self.draft)
