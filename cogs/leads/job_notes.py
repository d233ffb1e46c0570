"""The page with all that was noted about a job, and erasing of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.texts import gettext as _
from bot.texts import mark
from bot.tracker.rules import Kept, Note
from bot.tracker.viewing import Opened
from cogs.leads.job_card import notes_card
from cogs.leads.pages import JOB, job_button, named
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import long_date
from cogs.ui.fitting import shortened
from cogs.ui.lasting import GUILD, custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.presence import server_of
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

OPTIONS_AT_MOST, OPTION_SHOWN, ERASED_SHOWN = 25, 100, 1_000
ERASE = {Kept.NOTE: mark("Erase a note"), Kept.ROUND: mark("Erase a round")}


class NotesButton(LastingButton, template=rf"leads:notes:v1:{JOB}(?::{GUILD})?"):
    """Shows all that was noted about a job of the presser's."""

    def __init__(self, job: int | str, guild: int | str | None = None, *, row: int | None = None):
        super().__init__(_("All notes"), custom_id_of("leads:notes:v1", job, guild), row=row)
        self.job_id, self.guild = int(job), None if guild is None else str(guild)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        opened = await interaction.client.services.tracker.open(guild_id, interaction.user.id, self.job_id)
        await _show(interaction, guild_id, opened)


class EraseSelect(
    LastingSelect, template=rf"leads:erase:v1:(?P<kept>note|round):(?P<part>\d):{JOB}(?::{GUILD})?"
):
    """Notes or rounds of a job, at most 25 in each part; the one that is chosen is erased."""

    def __init__(
        self,
        kept: Kept | str,
        part: int | str,
        job: int | str,
        guild: int | str | None = None,
        notes: Sequence[Note] = (),
    ):
        options = [
            discord.SelectOption(
                label=long_date(note.day), value=str(note.id), description=shortened(note.text, OPTION_SHOWN)
            )
            for note in notes
        ]
        self.kept = Kept(kept)
        super().__init__(
            _(ERASE[self.kept]), custom_id_of("leads:erase:v1", self.kept, part, job, guild), options
        )
        self.job_id, self.guild = int(job), None if guild is None else str(guild)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        guild_id = await server_of(interaction, self.guild)
        number = number_named(values[0])
        tracker, user_id = interaction.client.services.tracker, interaction.user.id
        before = (await tracker.open(guild_id, user_id, self.job_id)).record
        notes = before.notes if self.kept is Kept.NOTE else before.rounds
        opened = await tracker.erase(guild_id, user_id, self.job_id, self.kept, number)
        erased = [note.text for note in notes if note.id == number]
        heading = _("That was erased already.")
        if erased:
            heading = _("Erased. It said: {text}").format(text=as_text(erased[0], ERASED_SHOWN))
        await _show(interaction, guild_id, opened, heading)


async def _show(interaction: "Interaction", guild_id: int, opened: Opened, heading: str = "") -> None:
    guild = named(interaction, guild_id)
    record = opened.record
    job = record.application.id
    selects = [
        EraseSelect(kept, part // OPTIONS_AT_MOST, job, guild, latest[part : part + OPTIONS_AT_MOST])
        for kept, notes in ((Kept.ROUND, record.rounds), (Kept.NOTE, record.notes))
        for latest in [list(reversed(notes))]
        for part in range(0, len(latest), OPTIONS_AT_MOST)
    ]
    await turn_to(interaction, notes_card(opened, heading), view_of(*selects, job_button(job, guild)))


BUTTONS = (NotesButton, EraseSelect)
