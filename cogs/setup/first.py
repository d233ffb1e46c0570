"""The first set-up: three pages, each with something to take by one press.

What was chosen so far stands in the custom ids, so that nothing is stored before the last press and a restart
in between does no harm.
"""

from datetime import time
from typing import TYPE_CHECKING

import discord

from bot.errors import ChannelNotUsable
from bot.guide.steps import Step, after
from bot.inputs import read_zone
from bot.servers.errors import SetUpMeanwhile
from bot.servers.guessing import USUAL_PROMPT_TIME
from bot.texts import gettext as _
from cogs.rights import missing_rights
from cogs.setup import hours, pages
from cogs.setup.cities import NOW, CityButton
from cogs.setup.guide import RightsButton, show_overview, show_step
from cogs.setup.seeing import guess_of, likely_checkin_channel, likely_zone, text_channel
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of, require_manager
from cogs.ui.fitting import shortened
from cogs.ui.lasting import custom_id_of
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingChannelSelect, LastingSelect

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

CHANNEL = r"(?P<channel>\d{1,20})"
ZONE = r"(?P<zone>[A-Za-z0-9_+/\-]{1,40})"
LABEL = 80


async def show_first(
    interaction: "Interaction", channel: discord.TextChannel | None = None, *, note: str = ""
) -> None:
    """The first page: where the check-ins shall go."""
    channel = channel or likely_checkin_channel(interaction)
    missing = missing_rights(channel) if channel else []
    guess = guess_of(channel) if channel else None
    use = [] if guess is None else [FirstButton(str(guess.channel_id), guess.name, lacking=bool(missing))]
    look_again = [BackButton(str(channel.id))] if channel and missing else []
    view = view_of(FirstSelect(), *use, *look_again, RightsButton())
    await turn_to(interaction, pages.first_channel_page(guess, missing, note=note), view)


class FirstButton(LastingButton, template=rf"setup:first:v1:{CHANNEL}"):
    """Takes the channel that is proposed, and goes on to the zone."""

    def __init__(self, channel: str, name: str = "", *, lacking: bool = False):
        label = _("Use #{channel} all the same") if lacking else _("Use #{channel}")
        style = discord.ButtonStyle.secondary if lacking else discord.ButtonStyle.success
        text = shortened(label.format(channel=name), LABEL)
        super().__init__(text, custom_id_of("setup:first:v1", channel), style)
        self.channel = int(channel)

    async def press(self, interaction: "Interaction") -> None:
        if await _goes_on(interaction, self.channel):
            await _show_zone(interaction, self.channel)


class FirstSelect(LastingChannelSelect, template=r"setup:first-channel:v1"):
    """Chooses another channel; one in which rights are missing is shown before it is taken."""

    def __init__(self) -> None:
        super().__init__(_("Choose another channel"), "setup:first-channel:v1")

    async def choose(self, interaction: "Interaction", channel_id: int) -> None:
        if not await _goes_on(interaction, channel_id):
            return
        channel = text_channel(interaction, channel_id)
        if missing_rights(channel):
            await show_first(interaction, channel)
        else:
            await _show_zone(interaction, channel_id)


class ZoneButton(LastingButton, template=rf"setup:zone:v1:{CHANNEL}:{ZONE}"):
    """Takes the zone that is proposed, and goes on to the hour."""

    def __init__(self, channel: str, zone: str):
        label = _("Use {zone}").format(zone=zone)
        custom_id = custom_id_of("setup:zone:v1", channel, zone)
        super().__init__(label, custom_id, discord.ButtonStyle.success)
        self.channel, self.zone = int(channel), zone

    async def press(self, interaction: "Interaction") -> None:
        if await _goes_on(interaction, self.channel):
            await _show_hour(interaction, self.channel, self.zone)


class FirstZoneSelect(LastingSelect, template=rf"setup:first-zone:v1:{CHANNEL}"):
    """Chooses another zone."""

    def __init__(self, channel: str, options: list[discord.SelectOption] | None = None):
        custom_id = custom_id_of("setup:first-zone:v1", channel)
        super().__init__(_("Choose another time zone"), custom_id, options or [])
        self.channel = int(channel)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        if await _goes_on(interaction, self.channel):
            await _show_hour(interaction, self.channel, values[0])


class BeginButton(LastingButton, template=rf"setup:begin:v1:{CHANNEL}:{ZONE}:(?P<hour>\d{{1,2}})"):
    """Takes the hour that is proposed, and sets the server up."""

    def __init__(self, channel: str, zone: str, hour: str):
        label = _("Use {hour}").format(hour=f"{int(hour):02}:00")
        custom_id = custom_id_of("setup:begin:v1", channel, zone, hour)
        super().__init__(label, custom_id, discord.ButtonStyle.success)
        self.channel, self.zone, self.hour = int(channel), zone, hour

    async def press(self, interaction: "Interaction") -> None:
        await _begin(interaction, self.channel, self.zone, hours.named(self.hour))


class BeginSelect(LastingSelect, template=rf"setup:begin-at:v1:{CHANNEL}:{ZONE}"):
    """Chooses another hour, and sets the server up."""

    def __init__(self, channel: str, zone: str, options: list[discord.SelectOption] | None = None):
        custom_id = custom_id_of("setup:begin-at:v1", channel, zone)
        super().__init__(_("Choose another hour"), custom_id, options or [])
        self.channel, self.zone = int(channel), zone

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await _begin(interaction, self.channel, self.zone, hours.named(values[0]))


class BackButton(LastingButton, template=rf"setup:back:v1(?::{CHANNEL})?"):
    """Begins the first set-up again, be it to look at a channel again, or shows what is set by now."""

    def __init__(self, channel: str | None = None):
        label = _("Look again") if channel else _("Back")
        super().__init__(label, custom_id_of("setup:back:v1", channel))
        self.channel = None if channel is None else int(channel)

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        if await interaction.client.services.servers.find(guild_of(interaction)) is not None:
            await show_overview(interaction)
        elif self.channel is None:
            await show_first(interaction)
        elif await _goes_on(interaction, self.channel):
            await show_first(interaction, text_channel(interaction, self.channel))


BUTTONS = (FirstButton, FirstSelect, ZoneButton, FirstZoneSelect, BeginButton, BeginSelect, BackButton)


async def take_zone(interaction: "Interaction", channel: str, zone: str) -> None:
    """Go on with the zone of a city that was typed."""
    if channel == NOW:
        await interaction.client.services.servers.set_up(guild_of(interaction), zone=zone)
        await show_step(interaction, Step.CHECKINS)
    elif await _goes_on(interaction, int(channel)):
        await _show_hour(interaction, int(channel), zone)


async def _show_zone(interaction: "Interaction", channel_id: int) -> None:
    channel, zone, now = str(channel_id), likely_zone(interaction), interaction.client.services.clock.now()
    view = view_of(
        FirstZoneSelect(channel, hours.zone_options(zone, now)),
        ZoneButton(channel, zone),
        CityButton(channel),
        BackButton(),
    )
    await turn_to(interaction, pages.first_zone_page(channel_id, zone, now), view)


async def _show_hour(interaction: "Interaction", channel_id: int, typed: str) -> None:
    channel, zone, now = str(channel_id), read_zone(typed), interaction.client.services.clock.now()
    hour = USUAL_PROMPT_TIME.hour
    view = view_of(
        BeginSelect(channel, zone, hours.options(USUAL_PROMPT_TIME)),
        BeginButton(channel, zone, str(hour)),
        BackButton(),
    )
    await turn_to(interaction, pages.first_hour_page(channel_id, zone, hour, now), view)


async def _begin(interaction: "Interaction", channel_id: int, zone: str, at: time) -> None:
    if not await _goes_on(interaction, channel_id):
        return
    servers = interaction.client.services.servers
    try:
        await servers.begin(guild_of(interaction), checkin_channel_id=channel_id, zone=zone, prompt_time=at)
    except SetUpMeanwhile as error:
        await show_overview(interaction, note=str(error))
        return
    note = _(
        "**It works.** Members can start with /routine set and /checkin. The rest below is at its defaults; "
        "change what you like, or leave it."
    )
    await show_overview(interaction, note=note, following=after(Step.CHECKINS))


async def _goes_on(interaction: "Interaction", channel_id: int) -> bool:
    """Whether the first set-up goes on with a channel; if not, who pressed is shown why.

    Raises ManagersOnly.
    """
    require_manager(interaction)
    set_up = await interaction.client.services.servers.find(guild_of(interaction))
    if set_up is not None and set_up.server.checkin_channel_id != channel_id:
        await show_overview(interaction, note=str(SetUpMeanwhile()))
        return False
    try:
        text_channel(interaction, channel_id)
    except ChannelNotUsable as error:
        await show_first(interaction, note=str(error))
        return False
    return True
