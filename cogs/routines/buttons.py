"""The lasting buttons of routines and pauses."""

from typing import Any

import discord

from bot.errors import PauseGone
from bot.routines.service import Planned
from bot.texts import gettext as _
from cogs.routines import cards
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import date_or_none
from cogs.ui.feature import guild_of
from cogs.ui.lasting import DAY, custom_id_of
from cogs.ui.replies import reply


class ResumeButton(LastingButton, template=rf"routine:resume:v1:{DAY}"):
    """Ends the pause that holds a day; no other one, however late it is pressed."""

    def __init__(self, day: str, *, runs: bool = True):
        label = _("Resume now") if runs else _("Drop this pause")
        super().__init__(label, custom_id_of("routine:resume:v1", day))
        self.day = day

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        meant = date_or_none(self.day)
        if meant is None:
            raise PauseGone
        routines = interaction.client.services.routines
        back = await routines.resume(guild_of(interaction), interaction.user.id, meant)
        await reply(interaction, embed=cards.back_card(back))


class PingPlaceButton(LastingButton, template=r"routine:place:v1:(?P<place>direct|thread)"):
    """Chooses where pings come."""

    def __init__(self, place: str):
        label = _("Ping me by direct message") if place == "direct" else _("Ping me in the thread")
        super().__init__(label, custom_id_of("routine:place:v1", place))
        self.place = place

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        planned = await interaction.client.services.routines.choose_pings(
            guild_of(interaction), interaction.user.id, direct=self.place == "direct"
        )
        await show_pings(interaction, planned)


class SecondPingButton(LastingButton, template=r"routine:second:v1:(?P<wanted>yes|no)"):
    """Chooses whether a second ping comes."""

    def __init__(self, wanted: str):
        label = _("A second ping two hours later") if wanted == "yes" else _("One ping is enough")
        super().__init__(label, custom_id_of("routine:second:v1", wanted))
        self.wanted = wanted

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        planned = await interaction.client.services.routines.choose_pings(
            guild_of(interaction), interaction.user.id, second=self.wanted == "yes"
        )
        await show_pings(interaction, planned)


def ping_buttons(planned: Planned) -> list[discord.ui.Item[Any]]:
    """The other ways in which a member's pings could come; none where there are no pings."""
    if not planned.routine.ping:
        return []
    chosen = planned.preference
    return [
        PingPlaceButton("thread" if chosen.direct_pings else "direct"),
        SecondPingButton("no" if chosen.second_ping else "yes"),
    ]


async def show_pings(interaction: discord.Interaction[Any], planned: Planned) -> None:
    """Answer what pressing has changed with the routine as it is now."""
    card = cards.routine_card(planned, _("Your pings from now on"))
    await reply(interaction, embed=card, view=view_of(*ping_buttons(planned)))
