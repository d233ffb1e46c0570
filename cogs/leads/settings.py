"""What a server wants of leads: the card, the forms, and the buttons for those who may manage the server."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.leads.fit import GREATEST_WEIGHT, LEAST_WEIGHT, WEIGHTS
from bot.leads.service import NO_CHANNEL, SetUp
from bot.leads.settings import ENTRY_LIMIT, LIST_LIMIT
from bot.leads.signal import SignalName
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.leads.wording import SIGNALS
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import guild_of, require_manager
from cogs.ui.forms import Form, FormRoute
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DRAFT = r"(?P<draft>[0-9a-f]{16})"
WISHES_FORM, WEIGHTS_FORM = "leads:wishes:v1", "leads:weights:v1"
MARK, PLACES, LANGUAGES, WEIGHTS_FIELD = "mark", "places", "languages", "weights"
MARK_LENGTH, LIST_LENGTH, WEIGHTS_LENGTH, LIST_SHOWN = 3, LIST_LIMIT * (ENTRY_LIMIT + 2), 4_000, 400
_WEIGHT_LINE = re.compile(r"(?P<signal>.*?)\s*[:=]\s*(?P<weight>[^:=]*)")


class SettingsButton(LastingButton, template=r"leads:settings:v1"):
    """Shows what the server wants of leads; it stands under the server's settings."""

    def __init__(self) -> None:
        super().__init__(_("Job leads"), "leads:settings:v1")

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await _show(interaction, await interaction.client.services.leads.settings(guild_of(interaction)))


class WishesButton(LastingButton, template=rf"leads:wishes:v1(?::{DRAFT})?"):
    """Opens the form for the mark, places and languages, or one that was refused as it was sent."""

    def __init__(self, draft: str | None = None):
        label = _("Open the form again") if draft else _("Mark, places, languages")
        super().__init__(label, custom_id_of("leads:wishes:v1", draft), discord.ButtonStyle.primary)
        self.draft = draft

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        settings = (await interaction.client.services.leads.settings(guild_of(interaction))).settings
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        values = kept or {
            MARK: str(settings.mark),
            PLACES: ", ".join(settings.places),
            LANGUAGES: ", ".join(settings.languages),
        }
        await interaction.response.send_modal(_wishes_form(values))


class WeightsButton(LastingButton, template=rf"leads:weights:v1(?::{DRAFT})?"):
    """Opens the form with what each signal is worth here, or one that was refused as it was sent."""

    def __init__(self, draft: str | None = None):
        label = _("Open the form again") if draft else _("What counts how much")
        super().__init__(label, custom_id_of("leads:weights:v1", draft))
        self.draft = draft

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        settings = (await interaction.client.services.leads.settings(guild_of(interaction))).settings
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        text = (kept or {}).get(WEIGHTS_FIELD) or weights_text(settings.weights)
        await interaction.response.send_modal(_weights_form(text))


class StopDigestButton(LastingButton, template=r"leads:stop:v1"):
    """Has no digest posted any more."""

    def __init__(self) -> None:
        super().__init__(_("No digest any more"), "leads:stop:v1", discord.ButtonStyle.danger)

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        leads = interaction.client.services.leads
        await _show(interaction, await leads.set_up(guild_of(interaction), channel_id=NO_CHANNEL))


async def take_wishes(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store the mark, places and languages; a refused form can be opened again."""
    typed = {name: values.get(name, "") for name in (MARK, PLACES, LANGUAGES)}
    try:
        require_manager(interaction)
        set_up = await interaction.client.services.leads.set_up(
            guild_of(interaction),
            mark=typed[MARK],
            places=typed[PLACES].strip() or "none",
            languages=typed[LANGUAGES].strip() or "none",
        )
    except Exception as error:
        again = WishesButton(interaction.client.drafts.keep(typed, by=interaction.user.id))
        labelled = dict(zip((_("Mark"), _("Places"), _("Languages")), typed.values(), strict=True))
        await answer_error(interaction, error, typed=labelled, view=view_of(again))
        return
    await _show(interaction, set_up)


async def take_weights(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
    """Store what each signal is worth; a refused form can be opened again."""
    text = values.get(WEIGHTS_FIELD, "")
    try:
        require_manager(interaction)
        set_up = await interaction.client.services.leads.set_up(
            guild_of(interaction), weights=read_weights(text)
        )
    except Exception as error:
        again = WeightsButton(interaction.client.drafts.keep({WEIGHTS_FIELD: text}, by=interaction.user.id))
        await answer_error(interaction, error, typed={_("What counts how much"): text}, view=view_of(again))
        return
    await _show(interaction, set_up)


def weights_text(weights: Mapping[SignalName, int]) -> str:
    """What each signal is worth, one a line, as the form holds it."""
    return "\n".join(f"{_(SIGNALS[name])}: {weights.get(name, WEIGHTS[name])}" for name in SignalName)


def read_weights(text: str) -> dict[str, str]:
    """What each signal is to be worth, by its name; empty for what has no line or is worth the usual.

    What is no signal is handed on as it was typed, for the service to refuse.
    """
    names = {_(SIGNALS[name]).casefold(): name for name in SignalName} | {
        name.value: name for name in SignalName
    }
    weights: dict[str, str] = dict.fromkeys(SignalName, "")
    for line in filter(None, map(str.strip, text.split("\n"))):
        match = _WEIGHT_LINE.fullmatch(line)
        typed, weight = (match["signal"], match["weight"]) if match else (line, "")
        name = names.get(" ".join(typed.split()).casefold())
        usual = name is not None and weight.strip() == str(WEIGHTS[name])
        weights[name or typed] = "" if usual else weight
    return weights


def settings_card(set_up: SetUp) -> discord.Embed:
    """What a server wants of leads."""
    settings = set_up.settings
    embed = discord.Embed(title=_("Job leads in this server"), colour=colours.CALM)
    if settings.channel_id is None:
        digest = _("None. /setup with `lead_channel` chooses where it is posted; /leads works without it.")
    else:
        digest = _("{channel}, at {time}").format(
            channel=f"<#{settings.channel_id}>", time=f"{settings.hour:%H:%M}"
        )
    embed.add_field(name=_("Daily digest"), value=digest, inline=False)
    embed.add_field(
        name=_("Mark"),
        value=_("Only leads with a fit of {mark} or more are posted.").format(mark=settings.mark),
        inline=False,
    )
    places = _("Anywhere: places count neither way.")
    embed.add_field(name=_("Places"), value=_list_text(settings.places) or places, inline=False)
    languages = _("Only English is expected; other languages count neither way.")
    embed.add_field(name=_("Languages besides English"), value=_list_text(settings.languages) or languages)
    changed = len(settings.weights)
    counts = ngettext("{count} is changed here.", "{count} are changed here.", changed).format(count=changed)
    weights = counts if changed else _("As I come: what suits people who taught themselves.")
    embed.add_field(name=_("What counts how much"), value=weights, inline=False)
    return embed


def _list_text(entries: tuple[str, ...]) -> str:
    return as_text(", ".join(entries), LIST_SHOWN)


async def _show(interaction: "Interaction", set_up: SetUp) -> None:
    stop = [StopDigestButton()] if set_up.settings.channel_id is not None else []
    await reply(
        interaction, embed=settings_card(set_up), view=view_of(WishesButton(), WeightsButton(), *stop)
    )


def _wishes_form(values: Mapping[str, str]) -> Form:
    form = Form(title=_("Which leads suit this server"), custom_id=WISHES_FORM)
    form.add_field(
        _("Mark, from 0 to 100"),
        _field(MARK, values, MARK_LENGTH),
        _("Only leads with this fit or more are posted. Every lead begins in the middle."),
    )
    form.add_field(
        _("Places where people here can work"),
        _field(PLACES, values, LIST_LENGTH),
        _("Such as Berlin, Germany, EU. Empty: places count neither way."),
    )
    form.add_field(
        _("Languages they work in besides English"),
        _field(LANGUAGES, values, LIST_LENGTH),
        _("Such as German, Polish. Empty: languages count neither way."),
    )
    form.stop()
    return form


def _weights_form(text: str) -> Form:
    form = Form(title=_("What counts how much"), custom_id=WEIGHTS_FORM)
    field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=WEIGHTS_FIELD,
        style=discord.TextStyle.paragraph,
        default=text[:WEIGHTS_LENGTH],
        max_length=WEIGHTS_LENGTH,
        required=False,
    )
    hint = _("{least} to {greatest}; 0 takes it out; without its line, a signal is worth the usual.")
    form.add_field(
        _("Points of each signal, one a line"),
        field,
        hint.format(least=LEAST_WEIGHT, greatest=GREATEST_WEIGHT),
    )
    form.stop()
    return form


def _field(name: str, values: Mapping[str, str], limit: int) -> discord.ui.TextInput[discord.ui.Modal]:
    return discord.ui.TextInput(
        custom_id=name, default=values.get(name, "")[:limit], max_length=limit, required=False
    )


BUTTONS = (SettingsButton, WishesButton, WeightsButton, StopDigestButton)
FORMS = (
    FormRoute(re.compile(re.escape(WISHES_FORM)), take_wishes),
    FormRoute(re.compile(re.escape(WEIGHTS_FORM)), take_weights),
)
