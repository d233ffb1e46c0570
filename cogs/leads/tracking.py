"""/leads tracker: the jobs that a member pursues, as a board, and what they choose for all of them."""

import io
from typing import TYPE_CHECKING, Any

import discord

from bot.texts import gettext as _
from bot.texts import mark
from bot.tracker.viewing import OwnTracker
from cogs.leads import follow_ups, job_answers, job_forms, job_notes, job_pages
from cogs.leads.job_forms import NEW, About, AskButton
from cogs.leads.job_pages import JobSelect
from cogs.leads.pages import named
from cogs.leads.tracker_card import cards_on, pages_of, tracker_card
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.lasting import GUILD, NONCE, custom_id_of
from cogs.ui.presence import server_of
from cogs.ui.replies import reply, turn_to

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

CHOICES = {
    ("counted", "on"): mark("Count me in"),
    ("counted", "off"): mark("Don't count me"),
    ("follow_ups", "on"): mark("Tell me when to follow up"),
    ("follow_ups", "off"): mark("No follow-ups"),
    ("direct", "on"): mark("Write to me directly"),
    ("direct", "off"): mark("Mention me"),
}
"""What can be chosen for all jobs, and how the button for it is called."""


class TrackerButton(
    LastingButton, template=rf"leads:tracker:v1:(?P<page>\d{{1,2}})(?::{GUILD})?(?::{NONCE})?"
):
    """Shows a page of the presser's tracker; see pages.tracker_button for the one under other pages."""

    def __init__(
        self,
        page: int | str,
        guild: int | str | None = None,
        nonce: str | None = None,
        *,
        label: str = "",
    ):
        super().__init__(label or _("Your tracker"), custom_id_of("leads:tracker:v1", page, guild, nonce))
        self.page, self.guild = int(page), None if guild is None else str(guild)

    async def press(self, interaction: "Interaction") -> None:
        await _show(interaction, await server_of(interaction, self.guild), self.page)


class CsvButton(LastingButton, template=rf"leads:csv:v1(?::{GUILD})?"):
    """Gives the presser their tracker as a file."""

    def __init__(self, guild: int | str | None = None):
        super().__init__(_("Export CSV"), custom_id_of("leads:csv:v1", guild))
        self.guild = None if guild is None else str(guild)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        content = await interaction.client.services.tracker.csv(guild_id, interaction.user.id)
        text = _("All that you keep here of your jobs. Any spreadsheet opens it.")
        embed = discord.Embed(description=text, colour=colours.CALM)
        await reply(interaction, embed=embed, file=discord.File(io.BytesIO(content), "tracker.csv"))


class ChooseButton(
    LastingButton,
    template=rf"leads:choose:v1:(?P<what>counted|follow_ups|direct):(?P<turn>on|off)(?::{GUILD})?",
):
    """Chooses something for all the jobs of whoever presses it."""

    def __init__(self, what: str, turn: str, guild: int | str | None = None):
        super().__init__(_(CHOICES[what, turn]), custom_id_of("leads:choose:v1", what, turn, guild))
        self.what, self.wanted = what, turn == "on"
        self.guild = None if guild is None else str(guild)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        services, user_id = interaction.client.services, interaction.user.id
        if self.what == "direct":
            await services.preferences.choose_direct_leads(guild_id, user_id, wanted=self.wanted)
        elif self.what == "counted":
            await services.tracker.choose(guild_id, user_id, counted=self.wanted)
        else:
            await services.tracker.choose(guild_id, user_id, follow_ups=self.wanted)
        await _show(interaction, guild_id)


async def show_tracker(interaction: "Interaction") -> None:
    """Show whoever asks the jobs that they pursue."""
    await _show(interaction, guild_of(interaction))


async def _show(interaction: "Interaction", guild_id: int, page: int = 0) -> None:
    services, user_id = interaction.client.services, interaction.user.id
    own = await services.tracker.board(guild_id, user_id)
    direct = (await services.preferences.find(guild_id, user_id)).direct_leads
    # Jobs may have gone since the button for the page was made.
    shown = min(page, pages_of(own.board) - 1)
    view = _view(own, shown, named(interaction, guild_id), direct=direct)
    await turn_to(interaction, tracker_card(own, shown, direct=direct), view)


def _view(own: OwnTracker, page: int, guild: int | None, *, direct: bool) -> discord.ui.View:
    cards = cards_on(own.board, page)
    items: list[discord.ui.Item[Any]] = []
    if cards:
        items.append(JobSelect([card.application for card in cards], guild))
    if page > 0:
        items.append(TrackerButton(page - 1, guild, label=_("Back")))
    if page + 1 < pages_of(own.board):
        items.append(TrackerButton(page + 1, guild, label=_("Next")))
    items.append(AskButton(About.JOB, NEW, guild))
    if cards:
        items.append(CsvButton(guild))
    choice = own.choice
    items.append(ChooseButton("counted", "off" if choice.counted else "on", guild))
    items.append(ChooseButton("follow_ups", "off" if choice.follow_ups else "on", guild))
    if choice.follow_ups:
        items.append(ChooseButton("direct", "off" if direct else "on", guild))
    return view_of(*items)


BUTTONS = (
    TrackerButton,
    CsvButton,
    ChooseButton,
    job_forms.AskButton,
    *job_pages.BUTTONS,
    *job_notes.BUTTONS,
    *follow_ups.BUTTONS,
)
RENDERERS = follow_ups.RENDERERS
FORMS = job_answers.FORMS
