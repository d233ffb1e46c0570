"""The form for a server's own questions."""

from typing import TYPE_CHECKING

import discord

from bot.servers.rules import QUESTION_LIMIT, QUESTIONS_KEPT, QUESTIONS_TEXT_LIMIT
from bot.texts import gettext as _
from cogs.ui.feature import guild_of
from cogs.ui.forms import Form

if TYPE_CHECKING:
    from cogs.client import Autodidact

FORM_ID = "setup:questions:v1"
FIELD = "questions"


async def open_questions(interaction: "discord.Interaction[Autodidact]", draft: str | None = None) -> None:
    """Show the form, with the questions that are there or with a draft that was refused."""
    questions = await interaction.client.services.servers.questions(guild_of(interaction))
    kept = interaction.client.drafts.find(draft) if draft else None
    text = kept.get(FIELD, "") if kept is not None else "\n".join(questions)
    await interaction.response.send_modal(_modal(text))


def label() -> str:
    """What stands over the field."""
    return _("Your questions, one a line")


def _modal(text: str) -> Form:
    modal = Form(title=_("Own questions of this server"), custom_id=FORM_ID)
    field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        placeholder=_("What can you show somebody by tonight?"),
        default=text[:QUESTIONS_TEXT_LIMIT],
        max_length=QUESTIONS_TEXT_LIMIT,
        required=False,
    )
    hint = _("Up to {count}, of {length} characters each. Leave it empty to go back to mine.")
    modal.add_field(label(), field, description=hint.format(count=QUESTIONS_KEPT, length=QUESTION_LIMIT))
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    modal.stop()
    return modal
