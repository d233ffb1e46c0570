"""The lasting buttons of look backs, and the private answers that they and /week give."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.errors import ButtonOutdated
from bot.localtime import Occurrence
from bot.texts import gettext as _
from cogs.lookback.member_week import member_week_embed
from cogs.ui import colours
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

NONCE = "[a-z2-7]{24}"
QUIET = discord.ButtonStyle.secondary


class WeekButton(LastingButton, template=rf"lookback:week:v1(?::(?P<nonce>{NONCE}))?"):
    """Shows the week of whoever presses it, privately; the nonce names the message it stands under."""

    def __init__(self, nonce: str | None = None):
        custom_id = f"lookback:week:v1:{nonce}" if nonce else "lookback:week:v1"
        super().__init__(discord.ui.Button(style=QUIET, label=_("Look at my week"), custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["nonce"])

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await show_week(interaction)


class SundaysButton(
    LastingButton,
    template=rf"lookback:sundays:v1:(?P<turn>on|off):(?P<guild>\d{{1,20}})(?::(?P<nonce>{NONCE}))?",
):
    """Turns the message on Sunday evenings on or off.

    It names the server, for it also stands under a direct message, where it carries the message's nonce.
    """

    def __init__(self, guild_id: int, *, on: bool, nonce: str | None = None):
        custom_id = f"lookback:sundays:v1:{'on' if on else 'off'}:{guild_id}"
        super().__init__(
            discord.ui.Button(
                style=QUIET,
                label=_("Send me this every Sunday") if on else _("Stop the Sunday messages"),
                custom_id=f"{custom_id}:{nonce}" if nonce else custom_id,
            )
        )
        self.guild_id, self.on = guild_id, on

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["guild"]), on=match["turn"] == "on", nonce=match["nonce"])

    async def press(self, interaction: "Interaction") -> None:
        planned = await interaction.client.services.lookback.send_on_sundays(
            self.guild_id, interaction.user.id, wanted=self.on
        )
        embed = discord.Embed(description=_sundays_text(planned), colour=colours.GOOD)
        other = SundaysButton(self.guild_id, on=not self.on)
        await reply(interaction, embed=embed, view=view_of(other))


class NameMeButton(
    LastingButton, template=rf"lookback:name:v1:(?P<day>\d{{4}}-\d\d-\d\d):(?P<nonce>{NONCE})"
):
    """Under a look back: has whoever presses it named in look backs, or not any more."""

    def __init__(self, day: date, nonce: str):
        super().__init__(
            discord.ui.Button(
                style=QUIET, label=_("Name me, or not"), custom_id=f"lookback:name:v1:{day}:{nonce}"
            )
        )
        self.day = day

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(_day(match["day"]), match["nonce"])

    async def press(self, interaction: "Interaction") -> None:
        await _name(interaction, self.day, None)


class NamedButton(LastingButton, template=r"lookback:named:v1:(?P<turn>on|off):(?P<day>\d{4}-\d\d-\d\d)"):
    """Under the answer to NameMeButton: the other choice."""

    def __init__(self, day: date, *, on: bool):
        super().__init__(
            discord.ui.Button(
                style=QUIET,
                label=_("Name me") if on else _("Don't name me"),
                custom_id=f"lookback:named:v1:{'on' if on else 'off'}:{day}",
            )
        )
        self.day, self.on = day, on

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(_day(match["day"]), on=match["turn"] == "on")

    async def press(self, interaction: "Interaction") -> None:
        await _name(interaction, self.day, self.on)


async def show_week(interaction: "Interaction", back: int = 0) -> None:
    """Show a member their week, this one or some weeks back, with the button for Sundays."""
    guild_id = guild_of(interaction)
    own = await interaction.client.services.lookback.week(guild_id, interaction.user.id, back=back)
    button = SundaysButton(guild_id, on=not own.on_sundays)
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
    await reply(interaction, embed=embed, view=view_of(NamedButton(day, on=not named)))
    await interaction.client.deliver(guild_id)


def _sundays_text(planned: Occurrence | None) -> str:
    if planned is None:
        return _("I won't send you your week any more. /week shows it whenever you like.")
    text = _(
        "I'll send you your week as a direct message on Sunday evenings, next on {moment}. Nothing comes "
        "while you are away, or for a week with nothing in it."
    )
    return text.format(moment=discord.utils.format_dt(planned.at, "F"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ButtonOutdated from None
