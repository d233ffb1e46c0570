"""The select with which a member picks one of their check-ins."""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord

from bot.checkins.rules import CheckIn
from bot.texts import gettext as _
from cogs.checkins import cards, forms
from cogs.checkins.buttons import ChangeButton, DeleteButton
from cogs.ui.buttons import view_of
from cogs.ui.dates import long_date
from cogs.ui.replies import reply
from cogs.ui.selects import LastingSelect

EXCERPT = 100


class RecentSelect(LastingSelect, template=r"checkin:recent:v1"):
    """The check-ins of the last week; choosing one shows it with what can be done with it."""

    def __init__(self, checkins: Sequence[CheckIn] = ()):
        super().__init__(
            discord.ui.Select(
                custom_id="checkin:recent:v1",
                placeholder=_("Choose one to change or delete it"),
                options=[
                    discord.SelectOption(
                        label=long_date(checkin.day),
                        value=checkin.day.isoformat(),
                        description=" ".join(checkin.entry.done.split())[:EXCERPT],
                    )
                    for checkin in checkins
                ],
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        select = cls()
        # What was chosen came with the interaction, and stands in the item that discord.py made of it.
        select.item = item  # type: ignore[assignment]
        return select

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        day = forms.day_named(values[0])
        guild_id = await forms.server_of(interaction, None)
        checkin = await interaction.client.services.checkins.find(guild_id, interaction.user.id, day)
        buttons = view_of(ChangeButton(values[0]), DeleteButton(values[0]))
        await reply(interaction, embed=cards.checkin_card(checkin), view=buttons)
