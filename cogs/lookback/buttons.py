"""The lasting buttons of look backs, and the private answers that they and /week give."""

from datetime import date
from typing import TYPE_CHECKING, Any

import discord

from bot.localtime import Occurrence
from bot.texts import gettext as _
from cogs.lookback.member_week import member_week_embed
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import day_named
from cogs.ui.feature import guild_of
from cogs.ui.lasting import DAY, NONCE, custom_id_of
from cogs.ui.presence import server_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class WeekButton(LastingButton, template=rf"lookback:week:v1(?::{DAY})?(?::{NONCE})?"):
    """Shows whoever presses it their own week, privately: the one that holds a day, or this one.

    The nonce names the message it stands under.
    """

    def __init__(self, nonce: str | None = None, day: date | str | None = None):
        super().__init__(_("Look at my week"), custom_id_of("lookback:week:v1", day, nonce))
        self.day = str(day) if day else None

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await show_week(interaction, holding=day_named(self.day) if self.day else None)


class SundaysButton(
    LastingButton,
    template=rf"lookback:sundays:v1:(?P<turn>on|off):(?P<guild>\d{{1,20}})(?::{NONCE})?",
):
    """Turns the message on Sunday evenings on or off.

    It names the server, for it also stands under a direct message, where it carries the message's nonce.
    """

    def __init__(self, guild: int | str, turn: str, nonce: str | None = None):
        label = _("Send me this every Sunday") if turn == "on" else _("Stop the Sunday messages")
        super().__init__(label, custom_id_of("lookback:sundays:v1", turn, guild, nonce))
        self.guild, self.on = str(guild), turn == "on"

    async def press(self, interaction: "Interaction") -> None:
        guild_id = await server_of(interaction, self.guild)
        planned = await interaction.client.services.lookback.send_on_sundays(
            guild_id, interaction.user.id, wanted=self.on
        )
        embed = discord.Embed(description=_sundays_text(planned), colour=colours.GOOD)
        other = SundaysButton(guild_id, "off" if self.on else "on")
        await reply(interaction, embed=embed, view=view_of(other))


class NameMeButton(LastingButton, template=rf"lookback:name:v1:(?P<day>\d{{4}}-\d\d-\d\d):{NONCE}"):
    """Under a look back: has whoever presses it named in look backs, or not any more."""

    def __init__(self, day: date | str, nonce: str):
        super().__init__(_("Name me, or not"), custom_id_of("lookback:name:v1", day, nonce))
        self.day = str(day)

    async def press(self, interaction: "Interaction") -> None:
        await _name(interaction, day_named(self.day), None)


class NamedButton(LastingButton, template=r"lookback:named:v1:(?P<turn>on|off):(?P<day>\d{4}-\d\d-\d\d)"):
    """Under the answer to NameMeButton: the other choice."""

    def __init__(self, turn: str, day: date | str):
        label = _("Name me") if turn == "on" else _("Don't name me")
        super().__init__(label, custom_id_of("lookback:named:v1", turn, day))
        self.day, self.on = str(day), turn == "on"

    async def press(self, interaction: "Interaction") -> None:
        await _name(interaction, day_named(self.day), self.on)


async def show_week(interaction: "Interaction", back: int = 0, holding: date | None = None) -> None:
    """Show a member a week of theirs, with the button for Sundays: see Lookback.week."""
    guild_id = guild_of(interaction)
    own = await interaction.client.services.lookback.week(
        guild_id, interaction.user.id, back=back, holding=holding
    )
    button = SundaysButton(guild_id, "off" if own.on_sundays else "on")
    await reply(interaction, embed=member_week_embed(own.week), view=view_of(button))


async def _name(interaction: "Interaction", day: date, wanted: bool | None) -> None:
    guild_id = guild_of(interaction)
    named = await interaction.client.services.lookback.name(guild_id, interaction.user.id, day, wanted=wanted)
    if named:
        text = _(
            "You are named in the weekly look back from now on: with the links you show and the goals you "
            "keep. What you didn't do is never told of anybody."
        )
    else:
        text = _("You are not named in the weekly look back. Your check-ins still count in its sums.")
    embed = discord.Embed(description=text, colour=colours.GOOD)
    await reply(interaction, embed=embed, view=view_of(NamedButton("off" if named else "on", day)))
    await interaction.client.deliver(guild_id)


def _sundays_text(planned: Occurrence | None) -> str:
    if planned is None:
        return _("I won't send you your week any more. /week shows it whenever you like.")
    text = _(
        "I'll send you your week as a direct message on Sunday evenings, next on {moment}. Nothing comes "
        "while you are away, or for a week with nothing in it."
    )
    return text.format(moment=discord.utils.format_dt(planned.at, "F"))
