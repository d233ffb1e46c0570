"""The page of one job of a member's, and what can be done there: moving it on, drafts, follow-ups."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from bot.texts import gettext as _
from bot.texts import mark
from bot.tracker.follow_ups import SNOOZES
from bot.tracker.rules import STATE_NAMES, Application, State, read_state
from bot.tracker.viewing import Opened
from cogs.leads.draft_card import draft_card
from cogs.leads.job_card import company_text, deletion_card, job_card
from cogs.leads.job_forms import About, AskButton
from cogs.leads.job_notes import NotesButton
from cogs.leads.job_words import followed_up_text, moved_text, snoozed_text
from cogs.leads.pages import JOB, job_button, named, tracker_button
from cogs.leads.tracker_card import job_option
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.lasting import GUILD, custom_id_of
from cogs.ui.presence import server_of
from cogs.ui.replies import reply, turn_to
from cogs.ui.selects import LastingSelect, number_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class Turn(StrEnum):
    """What a member does about the follow-up of a job."""

    WRITTEN = "written"
    SOON = "soon"
    LATER = "later"
    OFF = "off"
    ON = "on"


TURNS = {
    Turn.WRITTEN: mark("I wrote to them again"),
    Turn.SOON: mark("Remind me in 3 days"),
    Turn.LATER: mark("Remind me in a week"),
    Turn.OFF: mark("Don't remind me"),
    Turn.ON: mark("Remind me"),
}
_SNOOZED_BY: dict[Turn, timedelta] = dict(zip((Turn.SOON, Turn.LATER), SNOOZES, strict=True))


class Message(StrEnum):
    """The messages of which there are drafts."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"


class Reader(StrEnum):
    """For whom a draft is; for whom the job says, unless it is chosen."""

    AS_NOTED = "noted"
    FOUNDER = "founder"
    COMPANY = "company"


class _AboutAJob(LastingButton, template="abstract"):
    """A button about a job of whoever presses it, in a server that it names in direct messages."""

    def __init__(
        self,
        label: str,
        name: str,
        job: int | str,
        guild: int | str | None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        row: int | None = None,
    ):
        super().__init__(label, custom_id_of(name, job, guild), style, row=row)
        self.job_id, self.guild = int(job), None if guild is None else str(guild)


class OpenJobButton(_AboutAJob, template=rf"leads:job:v1:{JOB}(?::{GUILD})?"):
    """Shows a job; pages.job_button makes it where this can't be imported."""

    def __init__(self, job: int | str, guild: int | str | None = None):
        super().__init__(_("Open in your tracker"), "leads:job:v1", job, guild)

    async def press(self, interaction: "Interaction") -> None:
        await show_job(interaction, await server_of(interaction, self.guild), self.job_id)


class JobSelect(LastingSelect, template=rf"leads:jobs:v1(?::{GUILD})?"):
    """Jobs to choose from, as many as a select holds; the one that is chosen is shown."""

    def __init__(self, jobs: Sequence[Application] = (), guild: int | str | None = None):
        options = [job_option(application) for application in jobs]
        super().__init__(_("Open one of them"), custom_id_of("leads:jobs:v1", guild), options)
        self.guild = None if guild is None else str(guild)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        guild_id = await server_of(interaction, self.guild)
        await show_job(interaction, guild_id, number_named(values[0]))


class StateSelect(LastingSelect, template=rf"leads:state:v1:{JOB}(?::{GUILD})?"):
    """The states that a job can come into."""

    def __init__(self, job: int | str, guild: int | str | None = None, now: State | None = None):
        options = [
            discord.SelectOption(label=_(name), value=state, default=state is now)
            for state, name in STATE_NAMES.items()
        ]
        super().__init__(_("Move it to"), custom_id_of("leads:state:v1", job, guild), options)
        self.job_id, self.guild = int(job), None if guild is None else str(guild)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await _move(interaction, self.guild, self.job_id, read_state(values[0]))


class MoveButton(_AboutAJob, template=rf"leads:move:v1:(?P<state>{'|'.join(State)}):{JOB}(?::{GUILD})?"):
    """Moves a job into a state."""

    def __init__(
        self, state: State | str, job: int | str, guild: int | str | None = None, *, label: str = ""
    ):
        self.state = State(state)
        super().__init__(label or _(STATE_NAMES[self.state]), f"leads:move:v1:{self.state}", job, guild)

    async def press(self, interaction: "Interaction") -> None:
        await _move(interaction, self.guild, self.job_id, self.state)


class FollowUpButton(_AboutAJob, template=rf"leads:turn:v1:(?P<turn>{'|'.join(Turn)}):{JOB}(?::{GUILD})?"):
    """Does something about the follow-up of a job."""

    def __init__(
        self,
        turn: Turn | str,
        job: int | str,
        guild: int | str | None = None,
        *,
        label: str = "",
        row: int | None = None,
    ):
        self.turn = Turn(turn)
        style = discord.ButtonStyle.success if self.turn is Turn.WRITTEN else discord.ButtonStyle.secondary
        super().__init__(label or _(TURNS[self.turn]), f"leads:turn:v1:{self.turn}", job, guild, style, row)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        tracker, whose = interaction.client.services.tracker, (guild_id, interaction.user.id, self.job_id)
        if self.turn is Turn.WRITTEN:
            heading = followed_up_text(await tracker.followed_up(*whose))
        elif self.turn in _SNOOZED_BY:
            heading = snoozed_text(await tracker.snooze(*whose, _SNOOZED_BY[self.turn]))
        else:
            await tracker.remind(*whose, wanted=self.turn is Turn.ON)
            heading = ""
        await show_job(interaction, guild_id, self.job_id, heading)


class DraftButton(
    _AboutAJob,
    template=rf"leads:draft:v1:(?P<message>{'|'.join(Message)}):(?P<to>{'|'.join(Reader)}):{JOB}(?::{GUILD})?",
):
    """Shows a draft of a message; one for another reader takes the place of the one that is shown."""

    def __init__(
        self,
        message: Message | str,
        to: Reader | str,
        job: int | str,
        guild: int | str | None = None,
        *,
        row: int | None = None,
    ):
        self.message, self.to = Message(message), Reader(to)
        super().__init__(self._label(), f"leads:draft:v1:{self.message}:{self.to}", job, guild, row=row)

    def _label(self) -> str:
        if self.to is Reader.FOUNDER:
            return _("Write it to a founder")
        if self.to is Reader.COMPANY:
            return _("Write it to somebody else")
        return _("Draft a message") if self.message is Message.FIRST else _("Draft the follow-up")

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        if self.to is Reader.AS_NOTED:
            await show_draft(interaction, guild_id, self.job_id, self.message)
            return
        embed, view = await _draft(
            interaction, guild_id, self.job_id, self.message, founder=self.to is Reader.FOUNDER
        )
        await turn_to(interaction, embed, view)


class DeleteJobButton(_AboutAJob, template=rf"leads:delete:v1:{JOB}(?::{GUILD})?"):
    """Asks whether a job shall be deleted."""

    def __init__(self, job: int | str, guild: int | str | None = None, *, row: int | None = None):
        super().__init__(_("Delete"), "leads:delete:v1", job, guild, row=row)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        opened = await interaction.client.services.tracker.open(guild_id, interaction.user.id, self.job_id)
        view = view_of(
            ReallyDeleteButton(self.job_id, self.guild),
            job_button(self.job_id, self.guild, label=_("Keep it")),
        )
        await turn_to(interaction, deletion_card(opened), view)


class ReallyDeleteButton(_AboutAJob, template=rf"leads:deleted:v1:{JOB}(?::{GUILD})?"):
    """Deletes a job."""

    def __init__(self, job: int | str, guild: int | str | None = None):
        super().__init__(_("Delete for good"), "leads:deleted:v1", job, guild, discord.ButtonStyle.danger)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        gone = await interaction.client.services.tracker.remove(guild_id, interaction.user.id, self.job_id)
        text = _("{company} is gone from your tracker.").format(company=f"**{company_text(gone)}**")
        embed = discord.Embed(description=text, colour=colours.CALM)
        await turn_to(interaction, embed, view_of(tracker_button(self.guild)))


async def show_job(interaction: "Interaction", guild_id: int, job_id: int, heading: str = "") -> None:
    """Turn to a job of whoever asks; raises ApplicationGone."""
    embed, view = await job_page(interaction, guild_id, job_id, heading)
    await turn_to(interaction, embed, view)


async def job_page(
    interaction: "Interaction", guild_id: int, job_id: int, heading: str = ""
) -> tuple[discord.Embed, discord.ui.View]:
    """A job of whoever asks with all that can be done about it; raises ApplicationGone."""
    opened = await interaction.client.services.tracker.open(guild_id, interaction.user.id, job_id)
    return job_card(opened, heading), _view(opened, named(interaction, guild_id))


async def show_draft(
    interaction: "Interaction", guild_id: int, job_id: int, message: Message, heading: str = ""
) -> None:
    """Answer with a draft about a job of whoever asks; what it was asked from stays as it is."""
    embed, view = await _draft(interaction, guild_id, job_id, message, heading)
    await reply(interaction, embed=embed, view=view)


async def _move(interaction: "Interaction", guild: str | None, job_id: int, state: State) -> None:
    guild_id = await server_of(interaction, guild)
    moved = await interaction.client.services.tracker.move(guild_id, interaction.user.id, job_id, state)
    await show_job(interaction, guild_id, job_id, moved_text(moved))


async def _draft(
    interaction: "Interaction",
    guild_id: int,
    job_id: int,
    message: Message,
    heading: str = "",
    *,
    founder: bool | None = None,
) -> tuple[discord.Embed, discord.ui.View]:
    tracker, whose = interaction.client.services.tracker, (guild_id, interaction.user.id, job_id)
    application = (await tracker.open(*whose)).record.application
    to_founder = application.job.founder if founder is None else founder
    write = tracker.first_message if message is Message.FIRST else tracker.follow_up
    draft = await write(*whose, founder=to_founder)
    guild = named(interaction, guild_id)
    items: list[discord.ui.Item[Any]] = []
    if message is Message.FOLLOW_UP and application.follow_up is not None:
        items.append(FollowUpButton(Turn.WRITTEN, job_id, guild, label=_("I sent it")))
    elif message is Message.FIRST and application.state is State.SAVED:
        items.append(MoveButton(State.APPLIED, job_id, guild, label=_("I sent it")))
    other = Reader.COMPANY if to_founder else Reader.FOUNDER
    items += [DraftButton(message, other, job_id, guild), OpenJobButton(job_id, guild)]
    return draft_card(application, draft, heading, founder=to_founder), view_of(*items)


def _view(opened: Opened, guild: int | None) -> discord.ui.View:
    record, application = opened.record, opened.record.application
    job = application.id
    items: list[discord.ui.Item[Any]] = [StateSelect(job, guild, application.state)]
    items += [AskButton(about, job, guild, row=1) for about in (About.NOTE, About.ROUND, About.JOB)]
    if application.state is State.APPLIED:
        items.append(AskButton(About.APPLIED, job, guild, row=1))
    if application.state is State.SAVED:
        items.append(DraftButton(Message.FIRST, Reader.AS_NOTED, job, guild, row=2))
    if application.follow_up is not None:
        items.append(DraftButton(Message.FOLLOW_UP, Reader.AS_NOTED, job, guild, row=2))
    if record.notes or record.rounds:
        items.append(NotesButton(job, guild, row=2))
    items += [FollowUpButton(turn, job, guild, row=3) for turn in _turns(opened)]
    items += [tracker_button(guild, row=4), DeleteJobButton(job, guild, row=4)]
    return view_of(*items)


def _turns(opened: Opened) -> list[Turn]:
    application: Application = opened.record.application
    if application.follow_up is None:
        return []
    if not opened.choice.follow_ups:
        return [Turn.WRITTEN]
    if not application.follow_ups:
        return [Turn.WRITTEN, Turn.ON]
    return [Turn.WRITTEN, Turn.SOON, Turn.LATER, Turn.OFF]


BUTTONS = (
    OpenJobButton,
    JobSelect,
    StateSelect,
    MoveButton,
    FollowUpButton,
    DraftButton,
    DeleteJobButton,
    ReallyDeleteButton,
)
