"""The forms about a job of a member's: its facts, a note, a round, the day of applying; what opens each."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from bot.texts import gettext as _
from bot.texts import mark
from bot.tracker.rules import (
    COMPANY_LIMIT,
    LINK_LIMIT,
    NOTE_LIMIT,
    PLACE_LIMIT,
    ROLE_LIMIT,
    ROUND_LIMIT,
    Job,
)
from cogs.ui.buttons import LastingButton
from cogs.ui.forms import Form
from cogs.ui.lasting import GUILD, custom_id_of
from cogs.ui.presence import server_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NEW = "new"
"""In place of the job's id where the form makes one."""

DAY_LENGTH = 40


class About(StrEnum):
    """What a form asks about."""

    JOB = "job"
    NOTE = "note"
    ROUND = "round"
    APPLIED = "applied"


# Only the facts of a job can be asked for before it is there.
_ABOUT = rf"(?P<about>{About.JOB}|(?:{About.NOTE}|{About.ROUND}|{About.APPLIED})(?=:\d))"
_ABOUT_A_JOB = rf"{_ABOUT}:(?P<job>{NEW}|\d{{1,18}})(?::{GUILD})?"

FORM_ID = re.compile(rf"leads:about:v1:{_ABOUT_A_JOB}")

LABELS = {
    About.JOB: mark("Change it"),
    About.NOTE: mark("Add a note"),
    About.ROUND: mark("Add a round"),
    About.APPLIED: mark("I applied earlier"),
}
FIELDS = {
    About.JOB: ("company", "role", "place", "link", "founder"),
    About.NOTE: ("text",),
    About.ROUND: ("text", "on"),
    About.APPLIED: ("on",),
}
"""The fields of each form, by their custom ids."""


class AskButton(LastingButton, template=rf"leads:ask:v1:{_ABOUT_A_JOB}(?::d(?P<draft>[0-9a-f]{{16}}))?"):
    """Opens a form about a job of the presser's, or one that was refused as it was sent."""

    def __init__(
        self,
        about: About | str,
        job: int | str,
        guild: int | str | None = None,
        draft: str | None = None,
        *,
        row: int | None = None,
    ):
        self.about, self.job, self.draft = About(about), str(job), draft
        self.guild = None if guild is None else str(guild)
        style = discord.ButtonStyle.secondary
        label = _("Add a job by hand") if self.job == NEW else _(LABELS[self.about])
        if draft is not None:
            label, style = _("Open the form again"), discord.ButtonStyle.primary
        custom_id = custom_id_of("leads:ask:v1", self.about, job, guild, draft and f"d{draft}")
        super().__init__(label, custom_id, style, row=row)

    async def press(self, interaction: "Interaction") -> None:
        values = interaction.client.drafts.find(self.draft) if self.draft else None
        if values is None:
            values = await self._stored(interaction)
        await interaction.response.send_modal(_modal(self.about, self.job, self.guild, values))

    async def _stored(self, interaction: "Interaction") -> Mapping[str, str]:
        """What the form holds at first: of a job its facts, so that they can be changed."""
        if self.job == NEW:
            return {}
        guild_id = await server_of(interaction, self.guild)
        opened = await interaction.client.services.tracker.open(guild_id, interaction.user.id, int(self.job))
        return _values_of(opened.record.application.job) if self.about is About.JOB else {}


def labels(about: About) -> dict[str, str]:
    """What stands over each field that is typed into, by its custom id."""
    match about:
        case About.JOB:
            return {
                "company": _("Company"),
                "role": _("Role"),
                "place": _("Place"),
                "link": _("Link"),
            }
        case About.NOTE:
            return {"text": _("Your note")}
        case About.ROUND:
            return {"text": _("What the round is"), "on": _("On which day?")}
        case About.APPLIED:
            return {"on": _("On which day did you apply?")}


def _values_of(job: Job) -> dict[str, str]:
    return {
        "company": job.company,
        "role": job.role,
        "place": job.place,
        "link": job.link,
        "founder": "yes" if job.founder else "no",
    }


def _modal(about: About, job: str, guild: str | None, values: Mapping[str, str]) -> Form:
    modal = Form(title=_title(about, job), custom_id=custom_id_of("leads:about:v1", about, job, guild))
    for name, label in labels(about).items():
        field = _field(about, name)
        field.default = values.get(name, "")[: field.max_length] or None
        modal.add_field(label, field)
    if about is About.JOB:
        modal.add_field(_("Who reads what you write?"), _founder(values.get("founder", "no")))
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    modal.stop()
    return modal


def _title(about: About, job: str) -> str:
    match about:
        case About.JOB:
            return _("Add a job by hand") if job == NEW else _("Change the job")
        case About.NOTE:
            return _("Add a note")
        case About.ROUND:
            return _("Add a round of interviewing")
        case About.APPLIED:
            return _("When you applied")


def _field(about: About, name: str) -> discord.ui.TextInput[Any]:
    limits = {
        "company": COMPANY_LIMIT,
        "role": ROLE_LIMIT,
        "place": PLACE_LIMIT,
        "link": LINK_LIMIT,
        "text": NOTE_LIMIT if about is About.NOTE else ROUND_LIMIT,
        "on": DAY_LENGTH,
    }
    placeholders = {
        "role": _("As they call it; leave it empty if they don't say"),
        "place": _("For example Lisbon, or remote in Europe"),
        "link": "https://",
        "text": _("Whom you talked to, what they asked, what you promised")
        if about is About.NOTE
        else _("For example a call with the founder, a task to take home"),
        "on": _("For example yesterday, last Friday, 24 Feb")
        if about is About.APPLIED
        else _("Today, if you leave it empty; or tomorrow, next Friday, 24 Feb"),
    }
    is_optional = name in ("role", "place", "link") or (about, name) == (About.ROUND, "on")
    return discord.ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if about is About.NOTE else discord.TextStyle.short,
        placeholder=placeholders.get(name),
        max_length=limits[name],
        required=not is_optional,
    )


def _founder(chosen: str) -> discord.ui.RadioGroup[Any]:
    return discord.ui.RadioGroup(
        custom_id="founder",
        options=[
            discord.RadioGroupOption(label=_("Somebody in the company"), value="no", default=chosen != "yes"),
            discord.RadioGroupOption(label=_("A founder"), value="yes", default=chosen == "yes"),
        ],
    )
