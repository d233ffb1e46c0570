"""The commands of check-ins, and what becomes of a sent form."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.checkins.rules import clean_entry
from bot.inputs import read_minutes
from cogs.checkins import buttons, cards
from cogs.checkins.forms import (
    FIELDS,
    FORM_ID,
    labels,
    open_form,
    open_yesterdays_form,
    whose_draft,
)
from cogs.checkins.selects import RecentSelect
from cogs.ui.buttons import view_of
from cogs.ui.dates import date_or_none
from cogs.ui.failures import answer_error
from cogs.ui.feature import Feature, guild_of
from cogs.ui.forms import FormRoute
from cogs.ui.presence import server_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class CheckInsCog(Feature):
    """Checking in, and setting right what was reported."""

    buttons = (
        buttons.CheckInButton,
        buttons.DirectCheckInButton,
        buttons.NotTodayButton,
        buttons.ChangeButton,
        buttons.YesterdayButton,
        buttons.DeleteButton,
        buttons.ReallyDeleteButton,
        buttons.TryAgainButton,
        RecentSelect,
    )
    renderers = cards.RENDERERS

    def __init__(self, client: "Autodidact"):
        super().__init__(client)
        self.forms = [FormRoute(FORM_ID, self.take_form)]

    @app_commands.command(name=locale_str("checkin"), description=locale_str("Tell what you got done today"))
    @app_commands.guild_only()
    @app_commands.rename(day=locale_str("day"))
    @app_commands.describe(day=locale_str("Yesterday can be reported until noon"))
    @app_commands.choices(
        day=[
            app_commands.Choice(name=locale_str("today"), value="today"),
            app_commands.Choice(name=locale_str("yesterday"), value="yesterday"),
        ]
    )
    async def checkin(self, interaction: "Interaction", day: str = "today") -> None:
        if day == "yesterday":
            await open_yesterdays_form(interaction)
        else:
            await open_form(interaction)

    @app_commands.command(
        name=locale_str("checkins"), description=locale_str("Change or delete a check-in of the last week")
    )
    @app_commands.guild_only()
    async def checkins(self, interaction: "Interaction") -> None:
        recent = await self.client.services.checkins.recent(guild_of(interaction), interaction.user.id)
        items: list[discord.ui.Item[Any]] = []
        if recent.checkins:
            items.append(RecentSelect(recent.checkins))
        if recent.yesterday_open:
            items.append(buttons.YesterdayButton())
        view = view_of(*items) if items else None
        await reply(interaction, embed=cards.recent_card(recent), view=view)

    async def take_form(
        self, interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]
    ) -> None:
        """Store what was sent, answer, and have the card posted; a refused form can be opened again."""
        try:
            guild_id = await server_of(interaction, match["guild"])
            entry = clean_entry(
                done=values.get("done", ""),
                next_step=values.get("next", ""),
                blocked=values.get("blocked", ""),
                kind=values.get("kind", ""),
                minutes=read_minutes(values.get("minutes", "")),
            )
            report = await self.client.services.checkins.report(
                guild_id, interaction.user.id, entry, form_day=date_or_none(match["day"])
            )
        except Exception as error:
            heading = labels()
            typed = {heading[name]: values.get(name, "") for name in ("done", "next", "blocked", "minutes")}
            draft = {name: values.get(name, "") for name in FIELDS}
            whose = whose_draft(interaction, match["guild"])
            key = self.client.drafts.keep(
                {**draft, "day": match["day"], "whose": whose}, by=interaction.user.id
            )
            again = buttons.TryAgainButton(key, match["guild"])
            await answer_error(interaction, error, typed=typed, view=view_of(again))
            return
        embed, view = cards.answer_of(report, match["guild"])
        await reply(interaction, embed=embed, view=view)
        await self.client.deliver(guild_id)
        # What a round before this one gave up is known by what is stored alone.
        reason = await self.client.services.checkins.why_no_card(
            guild_id, interaction.user.id, report.checkin.day
        )
        if reason is not None:
            await reply(interaction, embed=cards.no_card_notice(reason))
