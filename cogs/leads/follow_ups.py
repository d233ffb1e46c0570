"""Telling members that it is time to follow up: directly, or by a mention that says nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.texts import gettext as _
from bot.texts import ngettext
from bot.tracker import drafts
from bot.tracker.deliveries import SHOWN_AT_MOST, FollowUpContent, FollowUpPingContent
from bot.tracker.drafts import Draft
from bot.tracker.rules import Application, State
from cogs.leads.calls import render_call
from cogs.leads.draft_card import advice_text
from cogs.leads.job_pages import FollowUpButton, JobSelect, MoveButton, OpenJobButton, Turn
from cogs.leads.pages import named, tracker_button
from cogs.leads.tracker_card import job_line
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import long_date
from cogs.ui.fitting import shortened
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.markup import boxed
from cogs.ui.presence import server_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DUE_LIMIT, LABEL_LIMIT = 3_200, 80


@dataclass(frozen=True, slots=True)
class Due:
    """A job that is due, with a draft; `may_be_ghosted`: two weeks went by without a word."""

    application: Application
    draft: Draft
    may_be_ghosted: bool


class WhatIsDueButton(LastingButton, template=rf"leads:due:v1:{NONCE}"):
    """Shows whoever presses it what is due in their own tracker."""

    def __init__(self, nonce: str):
        super().__init__(_("Show mine"), custom_id_of("leads:due:v1", nonce), discord.ButtonStyle.primary)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, None)
        tracker, user_id = interaction.client.services.tracker, interaction.user.id
        cards = (await tracker.board(guild_id, user_id)).board.due
        if not cards:
            embed = discord.Embed(
                description=_("Nothing of yours is due at the moment."), colour=colours.CALM
            )
            await reply(interaction, embed=embed, view=view_of(tracker_button()))
            return
        due = [
            Due(
                card.application,
                await tracker.follow_up(guild_id, user_id, card.application.id),
                card.may_be_ghosted,
            )
            for card in cards[:SHOWN_AT_MOST]
        ]
        view = view_of(*_items(due, named(interaction, guild_id)), tracker_button())
        await reply(interaction, embed=due_card(due, len(cards) - len(due)), view=view)


def due_card(due: Sequence[Due], more: int) -> discord.Embed:
    """What is due, each with its draft as far as a message holds them."""
    lines, room = [], DUE_LIMIT
    for each in due:
        text = _line(each)
        box = boxed(each.draft.text)
        room -= len(text) + len(box) + 2
        lines.append(f"{text}\n{box}" if room >= 0 else text)
    if more:
        lines.append(
            ngettext(
                "{count} more is due; your tracker shows it first.",
                "{count} more are due; your tracker shows them first.",
                more,
            ).format(count=more)
        )
    advice = list(dict.fromkeys(line for each in due for line in each.draft.advice))
    description = "\n\n".join([*lines, advice_text(advice)])
    embed = discord.Embed(title=_("Time to follow up"), description=description, colour=colours.CALM)
    return embed.set_footer(text=_("Copy it and send it yourself: I write to nobody."))


def render_follow_up(content: FollowUpContent, nonce: str) -> Rendered:
    """What is due, as a direct message."""
    due = [Due(each.application, drafts.follow_up(each.brief), each.may_be_ghosted) for each in content.due]
    text = _("It is time to write to a company again. This is from your tracker in {channel}.")
    return Rendered(
        text=text.format(channel=f"<#{content.channel_id}>"),
        embed=due_card(due, content.more),
        view=view_of(*_items(due, content.guild_id), tracker_button(content.guild_id, nonce)),
        names_server=True,
    )


def render_follow_up_ping(content: FollowUpPingContent, nonce: str) -> Rendered:
    """Mentions those for whom something is due and says no more, since all can read it."""
    text = _("{names}: something in your tracker is due. What it is, only you see, by the button.")
    return render_call(text, content.members, content.refused, WhatIsDueButton(nonce))


def _line(due: Due) -> str:
    applied_on = due.application.applied_on
    since = _("applied on {day}").format(day=long_date(applied_on)) if applied_on else ""
    line = job_line(due.application, since)
    if not due.may_be_ghosted:
        return line
    return line + "\n" + _("Two weeks without a word: one last note, or call it ghosted and go on.")


def _items(due: Sequence[Due], guild: int | None) -> list[discord.ui.Item[Any]]:
    """The buttons of the one that is due, or a way to each of them."""
    if len(due) > 1:
        written = [
            FollowUpButton(Turn.WRITTEN, each.application.id, guild, label=_wrote_to(each.application))
            for each in due
        ]
        return [JobSelect([each.application for each in due], guild), *written]
    items: list[discord.ui.Item[Any]] = []
    for each in due:
        job = each.application.id
        items += [FollowUpButton(turn, job, guild) for turn in (Turn.WRITTEN, Turn.SOON, Turn.LATER)]
        if each.may_be_ghosted:
            items.append(MoveButton(State.GHOSTED, job, guild))
        items.append(OpenJobButton(job, guild))
    return items


def _wrote_to(application: Application) -> str:
    return shortened(_("I wrote to {company}").format(company=application.job.company), LABEL_LIMIT)


BUTTONS = (WhatIsDueButton,)
RENDERERS: dict[type, Renderer] = {
    FollowUpContent: render_follow_up,
    FollowUpPingContent: render_follow_up_ping,
}
