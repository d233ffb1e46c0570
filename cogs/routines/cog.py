"""The commands of routines and pauses."""

from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.routines.rules import Pause
from bot.texts import gettext as _
from bot.texts import mark
from cogs.routines import cards
from cogs.routines.buttons import PingPlaceButton, ResumeButton, SecondPingButton, ping_buttons
from cogs.ui.buttons import view_of
from cogs.ui.feature import Feature, guild_of
from cogs.ui.replies import reply
from cogs.ui.zone_choices import zone_choices

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

Choices = list[app_commands.Choice[str]]

DAY_SUGGESTIONS = (
    mark("every day"),
    mark("mon-fri"),
    mark("mon, wed, fri"),
    mark("tue, thu, sat"),
    mark("weekends"),
)


class RoutinesCog(Feature):
    """Planning days, being away, and choosing how pings come."""

    buttons = (ResumeButton, PingPlaceButton, SecondPingButton)

    routine = app_commands.Group(
        name=locale_str("routine"),
        description=locale_str("Plan your days and your breaks, and choose whether I remind you"),
        guild_only=True,
    )

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
        planned = await self.client.services.routines.plan(
            guild_of(interaction), interaction.user.id, zone=zone, days=days, at=at, ping=ping
        )
        card = cards.routine_card(planned, _("Your routine from today on"))
        await reply(interaction, embed=card, view=view_of(*ping_buttons(planned)))

    @routine_set.autocomplete("zone")
    async def complete_zone(self, interaction: "Interaction", current: str) -> Choices:
        return zone_choices(current, self.client.services.clock.now())

    @routine_set.autocomplete("days")
    async def complete_days(self, interaction: "Interaction", current: str) -> Choices:
        typed = current.strip().lower()
        suggestions = {text: _(text) for text in DAY_SUGGESTIONS}
        fitting = {text: shown for text, shown in suggestions.items() if typed in text or typed in shown}
        return [app_commands.Choice(name=shown, value=text) for text, shown in fitting.items()]

    @routine.command(
        name=locale_str("show"), description=locale_str("Show your routine, your next ping and your pauses")
    )
    async def routine_show(self, interaction: "Interaction") -> None:
        overview = await self.client.services.routines.overview(guild_of(interaction), interaction.user.id)
        buttons = [] if overview.planned is None else ping_buttons(overview.planned)
        if overview.pauses:
            buttons.append(_resume_button(overview.pauses[0], overview.today))
        await reply(interaction, embed=cards.overview_card(overview), view=view_of(*buttons))

    @routine.command(
        name=locale_str("stop"), description=locale_str("End your routine: no due days, no pings")
    )
    async def routine_stop(self, interaction: "Interaction") -> None:
        await self.client.services.routines.stop(guild_of(interaction), interaction.user.id)
        await reply(interaction, embed=cards.stopped_card())

    @routine.command(
        name=locale_str("pause"),
        description=locale_str("Be away for some days: nothing is due or sent"),
    )
    @app_commands.rename(first=locale_str("from"), last=locale_str("to"))
    @app_commands.describe(
        first=locale_str("The first day, such as “tomorrow”, “next friday”, “next week” or “24 Dec”"),
        last=locale_str("The last day; leave it out for one day, or for all of “next week”"),
    )
    async def routine_pause(
        self,
        interaction: "Interaction",
        first: app_commands.Range[str, 1, 100],
        last: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        away = await self.client.services.routines.pause(
            guild_of(interaction), interaction.user.id, first, last
        )
        view = view_of(_resume_button(away.pause, away.today))
        await reply(interaction, embed=cards.away_card(away), view=view)

    @routine_pause.autocomplete("first")
    async def complete_first(
        self, interaction: "Interaction", current: str
    ) -> list[app_commands.Choice[str]]:
        return await self._date_choices(interaction, current)

    @routine_pause.autocomplete("last")
    async def complete_last(self, interaction: "Interaction", current: str) -> Choices:
        return await self._date_choices(interaction, current, getattr(interaction.namespace, "from", None))

    @routine.command(
        name=locale_str("resume"),
        description=locale_str("End your pause early, or drop the next one"),
    )
    async def routine_resume(self, interaction: "Interaction") -> None:
        back = await self.client.services.routines.resume(guild_of(interaction), interaction.user.id)
        await reply(interaction, embed=cards.back_card(back))

    async def _date_choices(
        self, interaction: "Interaction", typed: str, first: str | None = None
    ) -> Choices:
        choices = await self.client.services.routines.date_choices(
            guild_of(interaction), interaction.user.id, typed, first or None
        )
        return [
            app_commands.Choice(
                name=cards.choice_text(choice.text, choice.first, choice.last), value=choice.value
            )
            for choice in choices
        ]


def _resume_button(pause: Pause, today: date) -> ResumeButton:
    # The last day stays in the pause whatever joins it.
    return ResumeButton(pause.last.isoformat(), runs=today in pause)
