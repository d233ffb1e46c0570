"""Typing a city to choose a server's time zone."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final

import discord

from bot.inputs import read_zone
from bot.texts import gettext as _
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import require_manager
from cogs.ui.forms import Form, FormRoute
from cogs.ui.lasting import custom_id_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NOW: Final = "now"
"""In place of the channel that a first set-up has come to: the server is set up, and its zone changes."""

FIELD, CITY_LENGTH = "city", 100
_FORM = "setup:city:v1"
_CHANNEL = rf"(?P<channel>\d{{1,20}}|{NOW})"

TakeZone = Callable[["Interaction", str, str], Awaitable[None]]
"""What is done with a channel, or `NOW`, and the zone of the city."""


class CityButton(LastingButton, template=rf"setup:city:v1:{_CHANNEL}(?::(?P<draft>[0-9a-f]{{16}}))?"):
    """Opens the form for a city, or one that was refused as it was sent."""

    def __init__(self, channel: str, draft: str | None = None):
        label = _("Open the form again") if draft else _("Type a city")
        super().__init__(label, custom_id_of(_FORM, channel, draft))
        self.channel, self.draft = channel, draft

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        form = Form(title=_("Time zone of this server"), custom_id=custom_id_of(_FORM, self.channel))
        field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id=FIELD, default=(kept or {}).get(FIELD) or None, max_length=CITY_LENGTH
        )
        form.add_field(_("A city"), field, _("A large one near most of you, such as Lagos or Munich."))
        form.stop()
        await interaction.response.send_modal(form)


def route(take: TakeZone) -> FormRoute:
    """The route of the form; a city that is not known can be typed again."""

    async def take_city(interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]) -> None:
        typed = values.get(FIELD, "")
        try:
            require_manager(interaction)
            await take(interaction, match["channel"], read_zone(typed))
        except Exception as error:
            draft = interaction.client.drafts.keep({FIELD: typed}, by=interaction.user.id)
            again = view_of(CityButton(match["channel"], draft))
            await answer_error(interaction, error, typed={_("A city"): typed}, view=again)

    return FormRoute(re.compile(rf"{_FORM}:{_CHANNEL}"), take_city)
