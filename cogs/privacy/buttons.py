"""The lasting button that has somebody forgotten: only for whoever asked, and only for some minutes."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord

from bot.texts import gettext as _
from cogs.privacy import cards
from cogs.ui.buttons import LastingButton
from cogs.ui.lasting import GUILD, custom_id_of
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class ForgetButton(
    LastingButton, template=rf"privacy:forget:v1:{GUILD}:(?P<user>\d{{1,20}}):(?P<until>\d{{1,11}})"
):
    """Has everything forgotten that is stored of a member in a server, until an instant, in seconds."""

    def __init__(self, guild: int | str, user: int | str, until: int | str):
        super().__init__(
            _("Forget everything"),
            custom_id_of("privacy:forget:v1", guild, user, until),
            discord.ButtonStyle.danger,
        )
        self.guild_id, self.user_id = int(guild), int(user)
        self.until = datetime.fromtimestamp(int(until), UTC)

    async def press(self, interaction: "Interaction") -> None:
        client = interaction.client
        gone = await client.services.privacy.forget(
            self.guild_id, self.user_id, asked_by=interaction.user.id, until=self.until
        )
        client.drafts.drop_all_of(self.user_id)
        card = cards.nothing_card() if gone.is_empty else cards.forgotten_card(gone)
        await turn_to(interaction, card, None)
        await client.deliver(self.guild_id)
