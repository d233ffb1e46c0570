"""/resource suggest: a member has something for the shelf, and the curators decide."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import discord

from bot.resources.errors import ResourceThere
from bot.resources.reading import GOOD_FOR_AT_LEAST, GOOD_FOR_LENGTH, TITLE_LENGTH
from bot.resources.suggestion import Suggestion
from bot.texts import gettext as _
from bot.texts import mark
from cogs.resources.buttons import open_button, suggest_button
from cogs.resources.wording import GOOD_FOR_SHOWN, TITLE_SHOWN, safe_address
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of
from cogs.ui.forms import Form, FormRoute
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

FORM_ID = "resource:suggested:v1"

ADDRESS, TITLE, GOOD_FOR = "address", "title", "good_for"
LABELS = {
    ADDRESS: mark("Its address"),
    TITLE: mark("Its title"),
    GOOD_FOR: mark("What is it good for?"),
}
TYPED_ADDRESS = 1_000
"""Addresses are copied with much behind them; a field that cut one would break it."""

TITLE_TYPED, GOOD_FOR_TYPED = 2 * TITLE_LENGTH, 2 * GOOD_FOR_LENGTH
"""Whoever writes too much is told how much, and does not find it cut."""


class SuggestButton(LastingButton, template=r"resource:suggest:v1(?::d(?P<draft>[0-9a-f]{16}))?"):
    """Opens the form of a suggestion, or one that was refused as it was sent; see buttons.suggest_button."""

    def __init__(self, draft: str | None = None):
        custom_id = custom_id_of("resource:suggest:v1", draft and f"d{draft}")
        super().__init__(_("Open the form again"), custom_id, discord.ButtonStyle.primary)
        self.draft = draft

    async def press(self, interaction: "Interaction") -> None:
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        await open_form(interaction, kept or {})


async def open_form(interaction: "Interaction", values: Mapping[str, str]) -> None:
    """Show the form of a suggestion with what is there of it: `address`, `title` and `good_for`."""
    form = Form(title=_("Suggest a resource"), custom_id=FORM_ID)
    form.add_field(
        _(LABELS[ADDRESS]), _field(ADDRESS, values, TYPED_ADDRESS, placeholder="https://example.org/course")
    )
    form.add_field(
        _(LABELS[TITLE]),
        _field(TITLE, values, TITLE_TYPED, placeholder=_("The name that people know it by")),
    )
    form.add_field(
        _(LABELS[GOOD_FOR]),
        _field(GOOD_FOR, values, GOOD_FOR_TYPED, at_least=GOOD_FOR_AT_LEAST, long=True),
        _("One sentence in your own words: who should take it, and what can they do afterwards?"),
    )
    # discord.py keeps no finished modal in memory; what is sent back finds its way by the custom id.
    form.stop()
    await interaction.response.send_modal(form)


async def take_form(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Keep a suggestion and say what happens now; a refused form can be opened again."""
    typed = {name: values.get(name, "") for name in LABELS}
    guild_id = guild_of(interaction)
    try:
        suggestion = await interaction.client.services.curation.suggest(
            guild_id,
            interaction.user.id,
            address=typed[ADDRESS],
            title=typed[TITLE],
            good_for=typed[GOOD_FOR],
        )
    except Exception as error:
        again: discord.ui.Item[Any] = SuggestButton(
            interaction.client.drafts.keep(typed, by=interaction.user.id)
        )
        items = [again]
        if isinstance(error, ResourceThere) and isinstance(error.values.get("resource_id"), int):
            items = [open_button(int(str(error.values["resource_id"])), _("Look at it")), again]
        given_back = {_(label): typed[name] for name, label in LABELS.items()}
        await answer_error(interaction, error, typed=given_back, view=view_of(*items))
        return
    await reply(interaction, embed=thanks_card(suggestion, typed[ADDRESS]), view=view_of(suggest_button()))
    await interaction.client.deliver(guild_id)


def thanks_card(suggestion: Suggestion, typed_address: str) -> discord.Embed:
    """What was kept, and what happens now."""
    entry = suggestion.entry
    lines = [as_text(entry.good_for, GOOD_FOR_SHOWN), f"<{safe_address(entry.address)}>"]
    if lost_parameters(typed_address, entry.address):
        lines.append(_("I left out of the address what only tracks people."))
    lines.append(
        _(
            "Thank you. The curators of this server look at it, with your name beside it, and take it in or "
            "say why not. You find what they decide under /resource mine."
        )
    )
    title = _("Suggested: {title}").format(title=as_text(entry.title, TITLE_SHOWN))
    return discord.Embed(title=title, description="\n\n".join(lines), colour=colours.GOOD)


def lost_parameters(typed: str, kept: str) -> bool:
    """Whether an address had parameters when it was typed that it is kept without."""
    try:
        before = urlsplit(typed.strip()).query
    except ValueError:
        return False
    return len(parse_qsl(before, keep_blank_values=True)) > len(
        parse_qsl(urlsplit(kept).query, keep_blank_values=True)
    )


def _field(
    name: str,
    values: Mapping[str, str],
    limit: int,
    *,
    at_least: int | None = None,
    long: bool = False,
    placeholder: str | None = None,
) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        default=values.get(name, "")[:limit] or None,
        min_length=at_least,
        max_length=limit,
        placeholder=placeholder,
    )


BUTTONS = (SuggestButton,)
FORMS = (FormRoute(re.compile(re.escape(FORM_ID)), take_form),)
