"""The buttons under a lead's card, by which it comes into the tracker of whoever presses them."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from bot.leads.posts import JudgedLead
from bot.texts import gettext as _
from bot.texts import mark
from bot.tracker.rules import State
from bot.tracker.viewing import Standing
from cogs.leads.job_pages import DraftButton, Message, OpenJobButton, Reader, job_page, show_draft
from cogs.leads.job_words import moved_text, saved_text
from cogs.ui.buttons import LastingButton
from cogs.ui.lasting import GUILD, custom_id_of
from cogs.ui.presence import server_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class Act(StrEnum):
    """What a member does with a lead."""

    SAVE = "save"
    APPLIED = "applied"
    NOT_FOR_ME = "not_for_me"
    DRAFT = "draft"


LABELS = {
    Act.SAVE: mark("Save"),
    Act.APPLIED: mark("I applied"),
    Act.NOT_FOR_ME: mark("Not for me"),
    Act.DRAFT: mark("Draft a message"),
}
_LEADS_TO = {Act.SAVE: State.SAVED, Act.APPLIED: State.APPLIED, Act.NOT_FOR_ME: State.NOT_FOR_ME}

UNDECIDED = frozenset({State.SAVED, State.NOT_FOR_ME})
"""The states of a job that a press under its lead moves on; one that is further along is only shown."""


class PursueButton(
    LastingButton, template=rf"leads:pursue:v1:(?P<act>{'|'.join(Act)}):(?P<lead>\d{{1,18}})(?::{GUILD})?"
):
    """Takes a lead into the presser's tracker, and does something with it."""

    def __init__(self, act: Act | str, lead: int | str, guild: int | str | None = None):
        self.act, self.lead_id = Act(act), int(lead)
        self.guild = None if guild is None else str(guild)
        style = discord.ButtonStyle.primary if self.act is Act.SAVE else discord.ButtonStyle.secondary
        super().__init__(_(LABELS[self.act]), custom_id_of("leads:pursue:v1", self.act, lead, guild), style)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        tracker, user_id = interaction.client.services.tracker, interaction.user.id
        saved = await tracker.save(guild_id, user_id, self.lead_id)
        application, heading = saved.application, saved_text(saved)
        if self.act is Act.DRAFT:
            kept = (
                _("The job is in your tracker now, where this draft can be had again.")
                if saved.is_new
                else ""
            )
            await show_draft(interaction, guild_id, application.id, Message.FIRST, kept)
            return
        state = _LEADS_TO[self.act]
        if application.state in UNDECIDED and application.state is not state:
            heading = moved_text(await tracker.move(guild_id, user_id, application.id, state))
        # The card of the lead stays: what was asked about is still to be read there.
        embed, view = await job_page(interaction, guild_id, application.id, heading)
        await reply(interaction, embed=embed, view=view)


def buttons_of_a_lead(found: JudgedLead, standing: Standing, guild: int | None) -> list[discord.ui.Item[Any]]:
    """What a member can do about a lead; `guild` names the server where the card is a direct message."""
    own = standing.application
    items: list[discord.ui.Item[Any]] = []
    if own is None:
        acts = [Act.SAVE, Act.APPLIED, Act.NOT_FOR_ME, Act.DRAFT]
    else:
        acts = {
            State.SAVED: [Act.APPLIED, Act.NOT_FOR_ME, Act.DRAFT],
            State.NOT_FOR_ME: [Act.SAVE, Act.APPLIED],
        }.get(own.state, [])
    items += [PursueButton(act, found.id, guild) for act in acts]
    if own is not None:
        if own.follow_up is not None:
            items.append(DraftButton(Message.FOLLOW_UP, Reader.AS_NOTED, own.id, guild))
        items.append(OpenJobButton(own.id, guild))
    items.append(discord.ui.Button(label=_("The post"), url=found.url))
    return items


BUTTONS = (PursueButton,)
