"""Builds: buttons and a form only, since a poll begins them."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.errors import UserError
from cogs.builds import answers, cards
from cogs.builds.buttons import BUTTONS, CorrectButton, ThereButton
from cogs.builds.forms import FORM_ID, LINK, About, label
from cogs.ui.buttons import view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import Feature, guild_of
from cogs.ui.forms import FormRoute
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class BuildsCog(Feature):
    """Seven days of a team for a baseline."""

    buttons = BUTTONS
    renderers = cards.RENDERERS

    def __init__(self, client: "Autodidact"):
        super().__init__(client)
        self.forms = [FormRoute(FORM_ID, self.take_link)]

    async def take_link(
        self, interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]
    ) -> None:
        """End a build with its baseline, or put the link right."""
        about, build_id, link = About(match["about"]), int(match["build"]), values.get(LINK, "")
        guild_id, services = guild_of(interaction), self.client.services
        try:
            if about is About.THERE:
                build = await services.polls.baseline_there(guild_id, interaction.user.id, build_id, link)
                embed = answers.there_card(build)
            else:
                build = await services.builds.correct(guild_id, interaction.user.id, build_id, link)
                embed = answers.corrected_card(build)
        except UserError as error:
            again = ThereButton if about is About.THERE else CorrectButton
            key = self.client.drafts.keep({LINK: link}, by=interaction.user.id)
            view = view_of(again(build_id, draft=key))
            await answer_error(interaction, error, typed={label(): link}, view=view)
            return
        await reply(interaction, embed=embed, view=view_of(CorrectButton(build.id)))
        await self.client.deliver(guild_id)
