"""How a poll's ideas stand, privately: in a poll that shows it, and in every one once its cards are over."""

from typing import TYPE_CHECKING

import discord

from bot.texts import gettext as _
from cogs.enclosures import Attachment
from cogs.polls.charts import shortlist_chart
from cogs.polls.shortlists import shortlist_card
from cogs.polls.voting_pages import POLL
from cogs.ui.buttons import LastingButton
from cogs.ui.feature import guild_of
from cogs.ui.lasting import custom_id_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class StandingButton(LastingButton, template=rf"poll:standing:v1:{POLL}"):
    """Shows the presser how the ideas of a poll stand by the cards."""

    def __init__(self, poll_id: int | str, *, label: str = ""):
        super().__init__(label or _("Standing"), custom_id_of("poll:standing:v1", poll_id))
        self.poll_id = int(poll_id)

    async def press(self, interaction: "Interaction") -> None:
        guild_id, user_id, client = guild_of(interaction), interaction.user.id, interaction.client
        # Refused is refused at once; what takes longer is a picture.
        shortlist = await client.services.voting.standing(guild_id, user_id, self.poll_id)
        view = await client.services.polls.view(guild_id, self.poll_id, user_id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        picture = shortlist_chart(view, shortlist)
        file = Attachment(picture.name, await client.studio.draw(picture.draw), picture.alternative).file()
        embed = shortlist_card(view, shortlist).set_image(url=f"attachment://{picture.name}")
        await interaction.followup.send(embed=embed, file=file, ephemeral=True)


BUTTONS = (StandingButton,)
