"""The lasting buttons of the settings: only for those who may manage the server."""

import asyncio
from typing import TYPE_CHECKING

import discord

from bot.guide.steps import STEPS
from bot.texts import gettext as _
from cogs.rights import missing_in
from cogs.setup import forms, preview_card
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of, require_manager
from cogs.ui.lasting import custom_id_of
from cogs.ui.replies import reply
from cogs.ui.step_names import STEP_NAMES

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


STEPS_SELECT, RIGHTS = "setup:steps:v1", "rights"
"""The select of steps, which cogs.setup.guide answers, and its entry that is no step."""


class PreviewButton(LastingButton, template=r"setup:preview:v1"):
    """Shows what the next day will bring, before anything is sent."""

    def __init__(self) -> None:
        super().__init__(_("Preview tomorrow"), "setup:preview:v1", discord.ButtonStyle.primary)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        require_manager(interaction)
        # In a server of many thousands it may take longer than Discord waits for an answer.
        await interaction.response.defer(ephemeral=True, thinking=True)
        client = interaction.client
        preview = await client.services.checkins.preview(guild_id)
        missing = missing_in(interaction.guild, preview.channel_id)
        looks = preview_card.Looks(
            prompts=[client.messenger.look(guild_id, prompt.content) for prompt in preview.prompts],
            pings=[client.messenger.look(guild_id, ping) for ping in preview_card.kinds_of_pings(preview)],
            leads=await client.services.leads.settings(guild_id),
        )
        # Nor may the list of thousands hold up everybody else.
        embed, file = await asyncio.to_thread(preview_card.preview_card, preview, looks, missing)
        await reply(interaction, embed=embed, file=file)
        for prompt in preview_card.prompt_cards(preview, looks):
            await reply(interaction, embed=prompt)


class OwnQuestionsButton(LastingButton, template=r"setup:questions:v1"):
    """Opens the form for the server's own questions, with those that are there."""

    def __init__(self) -> None:
        super().__init__(_("Own questions"), "setup:questions:v1")

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await forms.open_questions(interaction)


class QuestionsAgainButton(LastingButton, template=r"setup:again:v1:(?P<draft>[0-9a-f]{16})"):
    """Opens the form for own questions with what was typed before it was refused."""

    def __init__(self, draft: str):
        custom_id = custom_id_of("setup:again:v1", draft)
        super().__init__(_("Open the form again"), custom_id, discord.ButtonStyle.primary)
        self.draft = draft

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await forms.open_questions(interaction, draft=self.draft)


def settings_view(*, curators_are_told: bool = False) -> discord.ui.View:
    """What can be done from the settings card; the leads and the curators answer the buttons about theirs."""
    options = [discord.SelectOption(label=_(STEP_NAMES[step])[:100], value=step) for step in STEPS]
    options.append(discord.SelectOption(label=_("My rights, and what each is for")[:100], value=RIGHTS))
    steps: discord.ui.Select[discord.ui.View] = discord.ui.Select(
        custom_id=STEPS_SELECT, placeholder=_("Set or change something, step by step"), options=options
    )
    items: list[discord.ui.Button[discord.ui.View]] = [
        discord.ui.Button(label=_("Job leads"), custom_id="leads:settings:v1")
    ]
    if curators_are_told:
        items.append(discord.ui.Button(label=_("Tell curators nothing"), custom_id="curate:silence:v1"))
    return view_of(steps, PreviewButton(), OwnQuestionsButton(), *items)
