"""Changing what is said of a suggestion or of a server's own resource: a page of choices, and two forms."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from bot.resources.entry import Entry
from bot.resources.exchange import hours_of
from bot.resources.reading import (
    ASK_LENGTH,
    ASKS_EACH,
    AUTHOR_LENGTH,
    GOOD_FOR_AT_LEAST,
    GOOD_FOR_LENGTH,
    NAME_LENGTH,
    NAMES_EACH,
    TITLE_LENGTH,
)
from bot.resources.resource import Resource
from bot.resources.suggestion import Suggestion
from bot.texts import gettext as _
from bot.texts import mark
from cogs.resources import curated
from cogs.resources.curated import ABOUT, Curated
from cogs.resources.curators_buttons import decide_button, off_button, queue_button
from cogs.resources.suggestion_card import entry_card, suggestion_card
from cogs.resources.topic_form import TopicsButton
from cogs.resources.wording import COST_NAMES, KIND_NAMES, LEVEL_NAMES, STEP_NAMES
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of
from cogs.ui.forms import Form, FormRoute
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DRAFT = r"(?P<draft>[0-9a-f]{16})"
WORDS_FORM = re.compile(rf"curate:worded:v1:{ABOUT}")
NAMES_FORM = re.compile(rf"curate:named:v1:{ABOUT}")

CHOICES: Mapping[str, tuple[str, Mapping[Any, str]]] = {
    "kind": (mark("What it is"), KIND_NAMES),
    "level": (mark("Level"), LEVEL_NAMES),
    "cost": (mark("What it costs"), COST_NAMES),
    "step": (mark("For which step"), STEP_NAMES),
}
"""What is chosen from a list on the page: how the list is called, and what the choices are called."""

LABELS = {
    "title": mark("Title"),
    "address": mark("Address"),
    "good_for": mark("What it is good for"),
    "hours": mark("Hours it takes"),
}
NAMES_LABELS = {
    "author": mark("By whom it is"),
    "also": mark("What else people call it, one name a line"),
    "asks": mark("What people type who need it, one a line"),
}
LIMITS = {"title": 2 * TITLE_LENGTH, "address": 1_000, "good_for": 2 * GOOD_FOR_LENGTH, "hours": 20}
NAMES_LIMITS = {
    "author": 2 * AUTHOR_LENGTH,
    "also": 2 * NAMES_EACH * NAME_LENGTH,
    "asks": 2 * ASKS_EACH * ASK_LENGTH,
}
"""Whoever writes too much is told how much, and does not find it cut."""


class EditButton(LastingButton, template=rf"curate:edit:v1:{ABOUT}(?::{NONCE})?"):
    """Shows a curator what can be changed; see suggestion_card.edit_button."""

    def __init__(self, about: str, nonce: str | None = None):
        super().__init__(_("Edit…"), custom_id_of("curate:edit:v1", about, nonce))
        self.about = Curated.named(about)

    async def press(self, interaction: "Interaction") -> None:
        await show_page(interaction, await curated.find(interaction, self.about))


class FacetSelect(LastingSelect, template=rf"curate:facet:v1:(?P<facet>kind|level|cost|step):{ABOUT}"):
    """Chooses the kind, level, cost or step."""

    def __init__(self, facet: str, about: str, chosen: StrEnum | None = None):
        label, names = CHOICES[facet]
        options = [
            discord.SelectOption(
                label=f"{_(label)}: {_(name)}" if value == chosen else _(name),
                value=value.value,
                default=value == chosen,
            )
            for value, name in names.items()
        ]
        super().__init__(_(label), custom_id_of("curate:facet:v1", facet, about), options)
        self.facet, self.about = facet, Curated.named(about)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await change_and_show(interaction, self.about, **{self.facet: values[0]})


class MathsButton(LastingButton, template=rf"curate:maths:v1:(?P<turn>yes|no):{ABOUT}"):
    """Says that more maths than school's is needed, or that it is not."""

    def __init__(self, turn: str, about: str):
        label = _("Needs maths") if turn == "yes" else _("Needs no maths")
        super().__init__(label, custom_id_of("curate:maths:v1", turn, about))
        self.turn, self.about = turn, Curated.named(about)

    async def press(self, interaction: "Interaction") -> None:
        await change_and_show(interaction, self.about, maths=self.turn == "yes")


class WordsButton(LastingButton, template=rf"curate:words:v1:{ABOUT}(?::d{DRAFT})?"):
    """Opens the form for title, address, what it is good for and hours, or one that was refused."""

    def __init__(self, about: str, draft: str | None = None):
        label = _("Open the form again") if draft else _("Words…")
        style = discord.ButtonStyle.primary if draft else discord.ButtonStyle.secondary
        super().__init__(label, custom_id_of("curate:words:v1", about, draft and f"d{draft}"), style)
        self.about, self.draft = Curated.named(about), draft

    async def press(self, interaction: "Interaction") -> None:
        found = await curated.find(interaction, self.about)
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        await interaction.response.send_modal(_words_form(self.about, kept or words_of(found.entry)))


class NamesButton(LastingButton, template=rf"curate:names:v1:{ABOUT}(?::d{DRAFT})?"):
    """Opens the form for who made a resource of the server's own, and what people call it and ask for."""

    def __init__(self, about: str, draft: str | None = None):
        label = _("Open the form again") if draft else _("Names…")
        style = discord.ButtonStyle.primary if draft else discord.ButtonStyle.secondary
        super().__init__(label, custom_id_of("curate:names:v1", about, draft and f"d{draft}"), style)
        self.about, self.draft = Curated.named(about), draft

    async def press(self, interaction: "Interaction") -> None:
        entry = (await curated.find(interaction, self.about)).entry
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        await interaction.response.send_modal(_names_form(self.about, kept or names_of(entry)))


async def show_page(interaction: "Interaction", found: Suggestion | Resource) -> None:
    """Turn to the page on which a suggestion or an own resource is changed, or to what became of it."""
    if isinstance(found, Suggestion):
        embed, about = suggestion_card(found), f"{curated.SUGGESTION}{found.id}"
        if not found.is_waiting:
            await turn_to(interaction, embed, view_of(queue_button()))
            return
        last: list[discord.ui.Item[Any]] = [
            decide_button("accept", found.id),
            decide_button("decline", found.id),
        ]
    else:
        embed, about = entry_card(found.entry), f"{curated.OWN}{found.id}"
        last = [NamesButton(about), off_button(found.id)]
    items: list[discord.ui.Item[Any]] = [
        *(FacetSelect(facet, about, getattr(found.entry, facet)) for facet in CHOICES),
        WordsButton(about),
        TopicsButton(about),
        MathsButton("no" if found.entry.maths else "yes", about),
        *last,
    ]
    await turn_to(interaction, embed, view_of(*items))


async def change_and_show(interaction: "Interaction", about: Curated, **fields: Any) -> None:
    """Change fields and show how things stand; the message in the curators' channel follows."""
    await show_page(interaction, await curated.change(interaction, about, **fields))
    if about.is_suggestion:
        await interaction.client.deliver(guild_of(interaction))


async def take_words(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store what was typed; a refused form can be opened again."""
    about = Curated.named(match["about"])
    typed = {name: values.get(name, "") for name in LABELS}
    try:
        await change_and_show(interaction, about, **typed)
    except Exception as error:
        again = WordsButton(str(about), interaction.client.drafts.keep(typed, by=interaction.user.id))
        given_back = {_(label): typed[name] for name, label in LABELS.items()}
        await answer_error(interaction, error, typed=given_back, view=view_of(again))


async def take_names(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store who made it, and what people call it and ask for; a refused form can be opened again."""
    about = Curated.named(match["about"])
    typed = {name: values.get(name, "") for name in NAMES_LABELS}
    try:
        lists = {name: typed[name].split("\n") for name in ("also", "asks")}
        await change_and_show(interaction, about, author=typed["author"], **lists)
    except Exception as error:
        again = NamesButton(str(about), interaction.client.drafts.keep(typed, by=interaction.user.id))
        given_back = {_(label): typed[name] for name, label in NAMES_LABELS.items()}
        await answer_error(interaction, error, typed=given_back, view=view_of(again))


def words_of(entry: Entry) -> dict[str, str]:
    """What is said of a resource in words, by the fields of the form."""
    return {
        "title": entry.title,
        "address": entry.address,
        "good_for": entry.good_for,
        "hours": "" if entry.minutes is None else hours_of(entry.minutes),
    }


def names_of(entry: Entry) -> dict[str, str]:
    """Who made a resource, and what people call it and ask for, by the fields of the form."""
    return {"author": entry.author, "also": "\n".join(entry.also), "asks": "\n".join(entry.asks)}


def _words_form(about: Curated, values: Mapping[str, str]) -> Form:
    form = Form(title=_("Title, address and words"), custom_id=custom_id_of("curate:worded:v1", about))
    hints = {"hours": _("Roughly, such as 0.5 or 12. Empty for what one dips into, such as a tool.")}
    for name, label in LABELS.items():
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if name == "good_for" else discord.TextStyle.short,
            default=values.get(name, "")[: LIMITS[name]] or None,
            min_length=GOOD_FOR_AT_LEAST if name == "good_for" else None,
            max_length=LIMITS[name],
            required=name != "hours",
        )
        form.add_field(_(label), field, hints.get(name))
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    form.stop()
    return form


def _names_form(about: Curated, values: Mapping[str, str]) -> Form:
    form = Form(title=_("By whom, and other names"), custom_id=custom_id_of("curate:named:v1", about))
    for name, label in NAMES_LABELS.items():
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.short if name == "author" else discord.TextStyle.paragraph,
            default=values.get(name, "")[: NAMES_LIMITS[name]] or None,
            max_length=NAMES_LIMITS[name],
            required=False,
        )
        form.add_field(_(label), field)
    form.stop()
    return form


BUTTONS = (EditButton, FacetSelect, MathsButton, WordsButton, NamesButton)
FORMS = (FormRoute(WORDS_FORM, take_words), FormRoute(NAMES_FORM, take_names))
