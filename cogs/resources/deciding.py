"""Taking suggestions in and declining them."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.errors import SuggestionDecided, TopicMissing
from bot.resources.filling_in import REASON_LENGTH
from bot.texts import gettext as _
from cogs.resources import curated
from cogs.resources.buttons import RESOURCE, open_button
from cogs.resources.curated import ABOUT, SUGGESTION, Curated
from cogs.resources.curators_buttons import queue_button
from cogs.resources.editing import DRAFT, show_page
from cogs.resources.resource_page import show_page as show_resource
from cogs.resources.suggestion_card import suggestion_card
from cogs.resources.topic_form import THEN, TopicsButton, chosen_topics, open_topics
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of, require_curator
from cogs.ui.forms import Form, FormRoute
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.replies import turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NUMBER = r"(?P<suggestion>\d{1,18})"
DECLINE_FORM = re.compile(rf"curate:declined:v1:{NUMBER}")
TOPICS_FORM = re.compile(rf"curate:topical:v1:{ABOUT}{THEN}")
REASON, REASON_TYPED = "reason", 2 * REASON_LENGTH
"""Whoever writes too much is told how much, and does not find it cut."""


class DecideButton(
    LastingButton,
    template=rf"curate:decide:v1:(?P<word>accept|decline):{NUMBER}(?::{NONCE})?(?::d{DRAFT})?",
):
    """Takes a suggestion in, or opens the form for the reason why not; see curators_buttons.decide_button."""

    def __init__(self, word: str, suggestion: int | str, nonce: str | None = None, draft: str | None = None):
        custom_id = custom_id_of("curate:decide:v1", word, suggestion, nonce, draft and f"d{draft}")
        super().__init__(_("Open the form again"), custom_id, discord.ButtonStyle.primary)
        self.word, self.suggestion_id, self.draft = word, int(suggestion), draft

    async def press(self, interaction: "Interaction") -> None:
        require_curator(interaction)
        if self.word == "accept":
            await accept(interaction, self.suggestion_id)
            return
        # Whoever comes second is told so before they write.
        found = await interaction.client.services.curation.suggestion(
            guild_of(interaction), self.suggestion_id
        )
        if not found.is_waiting:
            raise SuggestionDecided
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        await interaction.response.send_modal(_decline_form(self.suggestion_id, kept or {}))


class LookButton(LastingButton, template=rf"curate:look:v1:{RESOURCE}:{NONCE}"):
    """Shows the page of a resource that was taken in; see curators_buttons.look_button."""

    def __init__(self, resource: int | str, nonce: str):
        super().__init__(_("Look at it"), custom_id_of("curate:look:v1", resource, nonce))
        self.resource_id = int(resource)

    async def press(self, interaction: "Interaction") -> None:
        await show_resource(interaction, self.resource_id)


async def accept(interaction: "Interaction", suggestion_id: int) -> None:
    """Take a suggestion in; where it has no topic yet, ask for some first."""
    require_curator(interaction)
    curation, guild_id = interaction.client.services.curation, guild_of(interaction)
    try:
        resource = await curation.accept(guild_id, suggestion_id)
    except TopicMissing:
        if interaction.type is discord.InteractionType.modal_submit:
            raise
        await open_topics(interaction, Curated(SUGGESTION, suggestion_id), (), accepts=True)
        return
    decided = await curation.suggestion(guild_id, suggestion_id)
    view = view_of(open_button(resource.id, _("Look at it")), queue_button())
    await turn_to(interaction, suggestion_card(decided), view)
    await interaction.client.deliver(guild_id)


async def take_topics(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store the topics that were chosen and, where they were what was missing, take the suggestion in."""
    about = Curated.named(match["about"])
    try:
        found = await curated.find(interaction, about)
        changed = await curated.change(interaction, about, topics=chosen_topics(values, found.entry.topics))
        if match["then"] and about.is_suggestion:
            await accept(interaction, about.number)
            return
    except Exception as error:
        again = TopicsButton(str(about), match["then"], again=True)
        await answer_error(interaction, error, view=view_of(again))
        return
    await show_page(interaction, changed)
    if about.is_suggestion:
        await interaction.client.deliver(guild_of(interaction))


async def take_reason(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Decline a suggestion for the reason that was typed; a refused form can be opened again."""
    suggestion_id, reason = int(match["suggestion"]), values.get(REASON, "")
    guild_id = guild_of(interaction)
    try:
        require_curator(interaction)
        declined = await interaction.client.services.curation.decline(guild_id, suggestion_id, reason)
    except Exception as error:
        kept = interaction.client.drafts.keep({REASON: reason}, by=interaction.user.id)
        items = [DecideButton("decline", suggestion_id, draft=kept)]
        typed = {_reason_label(): reason}
        view = None if isinstance(error, SuggestionDecided) else view_of(*items)
        await answer_error(interaction, error, typed=typed, view=view)
        return
    await show_page(interaction, declined)
    await interaction.client.deliver(guild_id)


def _decline_form(suggestion_id: int, values: Mapping[str, str]) -> Form:
    form = Form(title=_("Decline it"), custom_id=custom_id_of("curate:declined:v1", suggestion_id))
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=REASON,
        style=discord.TextStyle.paragraph,
        default=values.get(REASON, "")[:REASON_TYPED] or None,
        max_length=REASON_TYPED,
    )
    hint = _("Who suggested it reads this under /resource mine. A kind sentence makes the next one better.")
    form.add_field(_reason_label(), field, hint)
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    form.stop()
    return form


def _reason_label() -> str:
    return _("Why not?")


BUTTONS = (DecideButton, LookButton)
FORMS = (FormRoute(DECLINE_FORM, take_reason), FormRoute(TOPICS_FORM, take_topics))
