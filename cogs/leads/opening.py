"""Opening one lead from a list: a lasting select, and the private card it answers with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.leads.posts import JudgedLead
from bot.texts import gettext as _
from cogs.leads.lead_card import lead_card
from cogs.leads.lead_lines import option_description, option_label
from cogs.leads.pursuing import buttons_of_a_lead
from cogs.ui.buttons import view_of
from cogs.ui.lasting import GUILD, NONCE, custom_id_of
from cogs.ui.presence import server_of
from cogs.ui.replies import reply
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

OPTIONS_AT_MOST = 25


class OpenLeadSelect(LastingSelect, template=rf"leads:open:v1(?::{GUILD})?(?::{NONCE})?"):
    """Leads to choose from; the one that is chosen is shown to whoever chose it.

    In a direct message it names the server; in a message of the bot's own it carries the nonce.
    """

    def __init__(
        self, leads: Sequence[JudgedLead] = (), guild: int | str | None = None, nonce: str | None = None
    ):
        options = [
            discord.SelectOption(
                label=option_label(found), value=str(found.id), description=option_description(found)
            )
            for found in leads[:OPTIONS_AT_MOST]
        ]
        super().__init__(_("Open one of them"), custom_id_of("leads:open:v1", guild, nonce), options)
        self.guild = None if guild is None else str(guild)

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        guild_id = await server_of(interaction, self.guild)
        await show_lead(interaction, guild_id, number_named(values[0]))


async def show_lead(interaction: "Interaction", guild_id: int, lead_id: int) -> None:
    """Show whoever asks a lead with what they can do about it; raises LeadGone."""
    services = interaction.client.services
    found = await services.leads.find(guild_id, lead_id)
    standing = await services.tracker.standing(guild_id, interaction.user.id, lead_id)
    buttons = buttons_of_a_lead(found, standing, guild_id if interaction.guild_id is None else None)
    await reply(interaction, embed=lead_card(found, standing), view=view_of(*buttons))


BUTTONS = (OpenLeadSelect,)
