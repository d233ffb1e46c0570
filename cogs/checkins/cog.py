"""The commands of check-ins and routines, and what becomes of a sent form."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.checkins.rules import clean_entry
from bot.errors import ServerOnly
from bot.inputs import read_minutes
from bot.texts import gettext as _
from cogs.checkins import cards
from cogs.checkins.buttons import CheckInButton, EditButton, TryAgainButton
from cogs.checkins.forms import labels, open_form
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.failures import answer_error
from cogs.ui.forms import FormRoute
from cogs.ui.replies import reply
from cogs.ui.zone_choices import zone_choices

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DAY_SUGGESTIONS = ("every day", "mon-fri", "mon, wed, fri", "tue, thu, sat", "weekends")


class CheckInsCog(commands.Cog):
    """Checking in, and planning when."""

    buttons = (CheckInButton, EditButton, TryAgainButton)

    routine = app_commands.Group(
        name=locale_str("routine"),
        description=locale_str("Plan your days and choose whether I remind you"),
        guild_only=True,
    )

    def __init__(self, client: "Autodidact"):
        self.client = client
        self.forms = [FormRoute(re.compile(r"checkin:form:v1:(?P<day>\d{4}-\d{2}-\d{2})"), self.take_form)]

    @app_commands.command(name=locale_str("checkin"), description=locale_str("Tell what you got done today"))
    @app_commands.guild_only()
    async def checkin(self, interaction: "Interaction") -> None:
        await open_form(interaction)

    @routine.command(name=locale_str("set"), description=locale_str("Set your days, your time and your ping"))
    @app_commands.rename(
        zone=locale_str("zone"), days=locale_str("days"), at=locale_str("time"), ping=locale_str("ping")
    )
    @app_commands.describe(
        zone=locale_str("Your time zone: type a city near you"),
        days=locale_str("Your days, such as “every day” or “mon, wed, fri”"),
        at=locale_str("The time of day for your ping, such as 07:30 or 7pm"),
        ping=locale_str("Whether I mention you at that time, if you haven't checked in"),
    )
    async def routine_set(
        self,
        interaction: "Interaction",
        zone: app_commands.Range[str, 1, 100] | None = None,
        days: app_commands.Range[str, 1, 100] | None = None,
        at: app_commands.Range[str, 1, 20] | None = None,
        ping: bool | None = None,
    ) -> None:
        guild_id = _guild_of(interaction)
        planned = await self.client.services.checkins.plan(
            guild_id, interaction.user.id, zone=zone, days=days, at=at, ping=ping
        )
        await reply(interaction, embed=cards.routine_card(planned, _("Your routine from today on")))

    @routine_set.autocomplete("zone")
    async def complete_zone(self, interaction: "Interaction", current: str) -> list[app_commands.Choice[str]]:
        return zone_choices(current, self.client.services.clock.now())

    @routine_set.autocomplete("days")
    async def complete_days(self, interaction: "Interaction", current: str) -> list[app_commands.Choice[str]]:
        typed = current.strip().lower()
        fitting = [text for text in DAY_SUGGESTIONS if typed in text]
        return [app_commands.Choice(name=text, value=text) for text in fitting]

    @routine.command(name=locale_str("show"), description=locale_str("Show your routine and your next ping"))
    async def routine_show(self, interaction: "Interaction") -> None:
        planned = await self.client.services.checkins.routine(_guild_of(interaction), interaction.user.id)
        await reply(interaction, embed=cards.routine_card(planned, _("Your routine")))

    @routine.command(
        name=locale_str("stop"), description=locale_str("End your routine: no due days, no pings")
    )
    async def routine_stop(self, interaction: "Interaction") -> None:
        await self.client.services.checkins.stop(_guild_of(interaction), interaction.user.id)
        embed = discord.Embed(
            description=_(
                "Your routine has ended; nothing is due and I won't ping you. Past days stay as they are."
            ),
            colour=colours.CALM,
        )
        await reply(interaction, embed=embed)

    async def take_form(
        self, interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]
    ) -> None:
        """Store what was sent, answer, and have the card posted; a refused form can be opened again."""
        guild_id = _guild_of(interaction)
        try:
            entry = clean_entry(
                done=values.get("done", ""),
                next_step=values.get("next", ""),
                blocked=values.get("blocked", ""),
                kind=values.get("kind", ""),
                minutes=read_minutes(values.get("minutes", "")),
            )
            report = await self.client.services.checkins.report(
                guild_id, interaction.user.id, entry, form_day=_date(match["day"])
            )
        except Exception as error:
            heading = labels()
            typed = {heading[name]: values.get(name, "") for name in ("done", "next", "blocked", "minutes")}
            again = TryAgainButton(self.client.drafts.keep(values))
            await answer_error(interaction, error, typed=typed, view=view_of(again))
            return
        embed, view = cards.answer_of(report)
        await reply(interaction, embed=embed, view=view)
        if await self.client.deliver(guild_id):
            return
        reason = await self.client.services.checkins.why_no_card(
            guild_id, interaction.user.id, report.checkin.day
        )
        if reason is not None:
            await reply(interaction, embed=cards.no_card_notice(reason))


def _guild_of(interaction: "Interaction") -> int:
    if interaction.guild_id is None:
        raise ServerOnly
    return interaction.guild_id


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
