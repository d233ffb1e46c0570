"""The lasting buttons of check-ins."""

from typing import Any

import discord

from bot.texts import gettext as _
from cogs.checkins import forms
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.colours import CALM, PROBLEM
from cogs.ui.dates import day_named, long_date
from cogs.ui.lasting import DAY, NONCE, custom_id_of
from cogs.ui.presence import server_of
from cogs.ui.replies import reply

GUILD = r"(?::(?P<guild>\d{1,20}))?"
"""Stands at the end where a button is used in direct messages, which belong to no server."""


class CheckInButton(LastingButton, template=rf"checkin:open:v1:{NONCE}"):
    """Opens the form for whoever presses it; the nonce names the message it stands under."""

    def __init__(self, nonce: str, *, quiet: bool = False):
        label, style = _("Check in"), discord.ButtonStyle.success
        if quiet:
            label, style = _("Check in too"), discord.ButtonStyle.secondary
        super().__init__(label, custom_id_of("checkin:open:v1", nonce), style)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await forms.open_form(interaction)


class DirectCheckInButton(LastingButton, template=rf"checkin:direct:v1:(?P<guild>\d{{1,20}}):{NONCE}"):
    """Opens the form for a server from a direct message."""

    def __init__(self, guild: int | str, nonce: str):
        custom_id = custom_id_of("checkin:direct:v1", guild, nonce)
        super().__init__(_("Check in"), custom_id, discord.ButtonStyle.success)
        self.guild_id = int(guild)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await forms.open_form(interaction, guild=str(self.guild_id))


class NotTodayButton(LastingButton, template=rf"checkin:rest:v1{GUILD}"):
    """Takes the presser's day off."""

    def __init__(self, guild: str | None = None):
        super().__init__(_("Not today"), custom_id_of("checkin:rest:v1", guild))
        self.guild = guild

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        guild_id = await server_of(interaction, self.guild)
        day = await interaction.client.services.checkins.not_today(guild_id, interaction.user.id)
        # Named, as midnight may have passed since the ping.
        text = _("Rest well. {day} costs you nothing, and a check-in would still count.")
        embed = discord.Embed(description=text.format(day=long_date(day)), colour=CALM)
        await reply(interaction, embed=embed)


class ChangeButton(LastingButton, template=rf"checkin:edit:v1(?::{DAY})?{GUILD}"):
    """Opens the form again, with what was reported for a day of the last week, or for today."""

    def __init__(self, day: str | None = None, guild: str | None = None):
        super().__init__(_("Change it"), custom_id_of("checkin:edit:v1", day, guild))
        self.day = day
        self.guild = guild

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        day = day_named(self.day) if self.day else None
        await forms.open_form(interaction, day=day, guild=self.guild)


class YesterdayButton(LastingButton, template=rf"checkin:yesterday:v1{GUILD}"):
    """Opens the form for the presser's yesterday."""

    def __init__(self, guild: str | None = None):
        custom_id = custom_id_of("checkin:yesterday:v1", guild)
        super().__init__(_("Report yesterday"), custom_id, discord.ButtonStyle.primary)
        self.guild = guild

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await forms.open_yesterdays_form(interaction, self.guild)


class DeleteButton(LastingButton, template=rf"checkin:delete:v1:{DAY}"):
    """Asks whether the presser's check-in of a day shall be deleted."""

    def __init__(self, day: str):
        super().__init__(_("Delete it"), custom_id_of("checkin:delete:v1", day))
        self.day = day

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        guild_id = await server_of(interaction, None)
        await interaction.client.services.checkins.find(guild_id, interaction.user.id, day_named(self.day))
        text = _(
            "Delete this check-in for good? Its card goes as well, and the day counts as if you had not "
            "checked in."
        )
        embed = discord.Embed(description=text, colour=PROBLEM)
        await reply(interaction, embed=embed, view=view_of(ReallyDeleteButton(self.day)))


class ReallyDeleteButton(LastingButton, template=rf"checkin:deleted:v1:{DAY}"):
    """Deletes the presser's check-in of a day."""

    def __init__(self, day: str):
        custom_id = custom_id_of("checkin:deleted:v1", day)
        super().__init__(_("Delete for good"), custom_id, discord.ButtonStyle.danger)
        self.day = day

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        guild_id = await server_of(interaction, None)
        day = day_named(self.day)
        await interaction.client.services.checkins.delete(guild_id, interaction.user.id, day)
        text = _("Deleted. /ledger shows how your days stand now.")
        await reply(interaction, embed=discord.Embed(description=text, colour=CALM))
        await interaction.client.deliver(guild_id)
        reason = await interaction.client.services.checkins.why_no_card(guild_id, interaction.user.id, day)
        if reason is not None:
            text = _(
                "I could not take its card down: {reason}. "
                "Please ask someone who manages this server to delete it."
            )
            embed = discord.Embed(description=text.format(reason=_(reason)), colour=PROBLEM)
            await reply(interaction, embed=embed)


class TryAgainButton(LastingButton, template=rf"checkin:again:v1:(?P<draft>[0-9a-f]{{16}}){GUILD}"):
    """Opens the form with what was typed before it was refused."""

    def __init__(self, draft: str, guild: str | None = None):
        custom_id = custom_id_of("checkin:again:v1", draft, guild)
        super().__init__(_("Open the form again"), custom_id, discord.ButtonStyle.primary)
        self.draft = draft
        self.guild = guild

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await forms.open_draft(interaction, self.draft, self.guild)
