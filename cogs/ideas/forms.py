"""The form of an idea: what opens it, and what becomes of it once it is sent."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.ideas.errors import IdeaGone
from bot.texts import gettext as _
from cogs.ideas.cards import added_card, added_view, idea_card, idea_view
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of
from cogs.ui.forms import Form, FormRoute
from cogs.ui.ideas import add_idea_fields, labelled, read_idea, typed_idea, values_of
from cogs.ui.lasting import custom_id_of
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NEW = "new"
"""In place of the idea's id where the form makes one."""

_WHICH = rf"(?P<idea>{NEW}|\d{{1,18}})"

FORM_ID = re.compile(rf"idea:form:v1:{_WHICH}")


class AskButton(LastingButton, template=rf"idea:ask:v1:{_WHICH}(?::d(?P<draft>[0-9a-f]{{16}}))?"):
    """Opens the form of a new idea, of one of the presser's, or one that was refused as it was sent."""

    def __init__(self, idea: int | str = NEW, draft: str | None = None):
        self.idea, self.draft = str(idea), draft
        label = _("Add an idea") if self.idea == NEW else _("Change it")
        style = discord.ButtonStyle.success if self.idea == NEW else discord.ButtonStyle.secondary
        if draft is not None:
            label, style = _("Open the form again"), discord.ButtonStyle.primary
        super().__init__(label, custom_id_of("idea:ask:v1", idea, draft and f"d{draft}"), style)

    async def press(self, interaction: "Interaction") -> None:
        draft = interaction.client.drafts.find(self.draft) if self.draft else None
        await open_form(interaction, self.idea, draft)


async def open_form(
    interaction: "Interaction", idea: int | str = NEW, draft: Mapping[str, str] | None = None
) -> None:
    """Show the form of an idea, with what is there of it or what was typed before; raises IdeaGone."""
    values: Mapping[str, str] = draft or {}
    if idea != NEW and draft is None:
        found = await interaction.client.services.ideas.find(
            guild_of(interaction), interaction.user.id, int(idea)
        )
        values = values_of(found.text)
    title = _("Add an idea") if idea == NEW else _("Change the idea")
    modal = Form(title=title, custom_id=custom_id_of("idea:form:v1", idea))
    add_idea_fields(modal, values)
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    modal.stop()
    await interaction.response.send_modal(modal)


async def take_form(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store what was sent and show the idea; a refused form can be opened again."""
    which, typed = match["idea"], typed_idea(values)
    try:
        embed, view = await _store(interaction, which, typed)
    except Exception as error:
        # What was written for an idea that is gone may become one of its own.
        again = AskButton(
            NEW if isinstance(error, IdeaGone) else which,
            interaction.client.drafts.keep(typed, by=interaction.user.id),
        )
        await answer_error(interaction, error, typed=labelled(typed), view=view_of(again))
        return
    await turn_to(interaction, embed, view)
    # A poll that shows it, or a question about it, says so.
    await interaction.client.deliver(guild_of(interaction))


async def _store(
    interaction: "Interaction", which: str, typed: Mapping[str, str]
) -> tuple[discord.Embed, discord.ui.View]:
    ideas, whose = interaction.client.services.ideas, (guild_of(interaction), interaction.user.id)
    text = read_idea(typed)
    if which == NEW:
        added = await ideas.add(*whose, text)
        return added_card(added, interaction.user.id), added_view(added)
    changed = await ideas.change(*whose, int(which), text)
    return idea_card(changed, interaction.user.id, _("Changed.")), idea_view(changed)


FORMS = (FormRoute(FORM_ID, take_form),)
BUTTONS = (AskButton,)
