"""The two forms in which a member says who they are, and the buttons that open them."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from bot.introductions.rules import FIELD_NAMES, LIMITS
from bot.texts import gettext as _
from bot.texts import mark
from cogs.ui.buttons import LastingButton
from cogs.ui.forms import Form
from cogs.ui.lasting import GUILD, custom_id_of
from cogs.ui.presence import server_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class Part(StrEnum):
    """The halves of what a member fills in; a form of Discord's holds five fields."""

    WHERE = "where"
    WORK = "work"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields, as FIELD_NAMES has them."""
        return _FIELDS[self]


_FIELDS = {
    Part.WHERE: ("location", "remote", "relocate", "email"),
    Part.WORK: ("technologies", "resume", "built"),
}
LABELS = {Part.WHERE: mark("Where you are"), Part.WORK: mark("What you can do")}
PLACEHOLDERS = {
    "location": mark("For example Porto, Portugal"),
    "remote": mark("Yes, no, or from where"),
    "relocate": mark("Yes, no, or where to"),
    "technologies": mark("What you built things with, five to ten names"),
    "resume": mark("https://"),
    "email": mark("name@example.org; the thread is public"),
    "built": mark("Two sentences: what you built, for whom, and what it does for them"),
}

_PART = rf"(?P<part>{'|'.join(Part)})"

FORM_ID = re.compile(rf"leads:introduce:v1:{_PART}(?::{GUILD})?")


class FillInButton(
    LastingButton, template=rf"leads:fill-in:v1:{_PART}(?::{GUILD})?(?::d(?P<draft>[0-9a-f]{{16}}))?"
):
    """Opens one of the forms with what the presser filled in, or as it was sent before it was refused."""

    def __init__(self, part: Part | str, guild: int | str | None = None, draft: str | None = None):
        self.part, self.draft = Part(part), draft
        self.guild = None if guild is None else str(guild)
        label = _("Open the form again") if draft else _(LABELS[self.part])
        custom_id = custom_id_of("leads:fill-in:v1", self.part, guild, draft and f"d{draft}")
        super().__init__(label, custom_id, discord.ButtonStyle.primary)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        values = interaction.client.drafts.find(self.draft) if self.draft else None
        if values is None:
            own = await interaction.client.services.introductions.find(guild_id, interaction.user.id)
            values = asdict(own.introduction)
        await interaction.response.send_modal(_modal(self.part, self.guild, values))


def labels_typed(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, by what stands over its field."""
    return {_(FIELD_NAMES[name]): text for name, text in typed.items()}


def _modal(part: Part, guild: str | None, values: Mapping[str, str]) -> Form:
    modal = Form(title=_(LABELS[part]), custom_id=custom_id_of("leads:introduce:v1", part, guild))
    for name in part.fields:
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if name == "built" else discord.TextStyle.short,
            placeholder=_(PLACEHOLDERS[name]),
            default=values.get(name, "")[: LIMITS[name]] or None,
            max_length=LIMITS[name],
            required=False,
        )
        modal.add_field(_(FIELD_NAMES[name]), field)
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    modal.stop()
    return modal


BUTTONS = (FillInButton,)
