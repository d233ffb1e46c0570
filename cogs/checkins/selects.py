"""The select with which a member picks one of their check-ins."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.checkins.rules import CheckIn
from bot.texts import gettext as _
from cogs.checkins import cards
from cogs.checkins.buttons import ChangeButton, DeleteButton
from cogs.ui.buttons import view_of
from cogs.ui.dates import day_named, long_date
from cogs.ui.fitting import shortened
from cogs.ui.presence import server_of
from cogs.ui.replies import reply
from cogs.ui.selects import LastingSelect

EXCERPT = 100


class RecentSelect(LastingSelect, template=r"checkin:recent:v1"):
    """The check-ins of the last week; choosing one shows it with what can be done with it."""

    def __init__(self, checkins: Sequence[CheckIn] = ()):
        options = [
            discord.SelectOption(
                label=long_date(checkin.day),
                value=checkin.day.isoformat(),
                description=shortened(checkin.entry.done, EXCERPT),
            )
            for checkin in checkins
        ]
        super().__init__(_("Choose one to change or delete it"), "checkin:recent:v1", options)

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        day = day_named(values[0])
        guild_id = await server_of(interaction, None)
        checkin = await interaction.client.services.checkins.find(guild_id, interaction.user.id, day)
        buttons = view_of(ChangeButton(values[0]), DeleteButton(values[0]))
        await reply(interaction, embed=cards.checkin_card(checkin), view=buttons)
