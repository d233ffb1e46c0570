"""The command that sets a server up, and the greeting of a new server."""

import logging
import re
from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.errors import ChannelNotUsable, ServerOnly
from bot.servers.service import NO_LOOKBACK
from bot.texts import gettext as _
from bot.texts import mark, speaking
from cogs.setup import buttons, cities, first, forms, guide
from cogs.ui.buttons import view_of
from cogs.ui.failures import answer_error
from cogs.ui.feature import Feature, guild_of, require_manager
from cogs.ui.forms import FormRoute
from cogs.ui.languages import language_of
from cogs.ui.question_sets import QUESTION_SETS
from cogs.ui.zone_choices import zone_choices

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

log = logging.getLogger(__name__)

LOOK_BACK_DAYS = (
    (mark("Monday"), 0),
    (mark("Tuesday"), 1),
    (mark("Wednesday"), 2),
    (mark("Thursday"), 3),
    (mark("Friday"), 4),
    (mark("Saturday"), 5),
    (mark("Sunday"), 6),
    (mark("off"), NO_LOOKBACK),
)


class SetupCog(Feature):
    """For those who may manage the server."""

    buttons = (
        buttons.PreviewButton,
        buttons.OwnQuestionsButton,
        buttons.QuestionsAgainButton,
        cities.CityButton,
        *first.BUTTONS,
        *guide.BUTTONS,
    )

    def __init__(self, client: "Autodidact"):
        super().__init__(client)
        self.forms = [
            FormRoute(re.compile(re.escape(forms.FORM_ID)), self.take_questions),
            cities.route(first.take_zone),
        ]

    @app_commands.command(
        name=locale_str("setup"),
        description=locale_str("Set this server up step by step, see what is set, or change it by options"),
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.rename(
        channel=locale_str("channel"),
        zone=locale_str("zone"),
        hour=locale_str("hour"),
        questions=locale_str("questions"),
        look_back_day=locale_str("look_back_day"),
        look_back_hour=locale_str("look_back_hour"),
        lead_channel=locale_str("lead_channel"),
        lead_hour=locale_str("lead_hour"),
        curators_channel=locale_str("curators_channel"),
    )
    @app_commands.describe(
        channel=locale_str("Where the daily prompt and the check-ins go"),
        zone=locale_str("The server's time zone: type a city"),
        hour=locale_str("The hour of the daily prompt in that zone, from 0 to 23"),
        questions=locale_str("What the daily prompt asks"),
        look_back_day=locale_str("The day on which the week is looked back on, or off"),
        look_back_hour=locale_str("The hour of the look back in that zone, from 0 to 23"),
        lead_channel=locale_str("Where the day's best job leads are posted, if there are new ones"),
        lead_hour=locale_str("The hour of the job leads in that zone, from 0 to 23"),
        curators_channel=locale_str("Where curators hear of suggested resources; best where only they read"),
    )
    @app_commands.choices(
        questions=[
            app_commands.Choice(name=locale_str(label), value=name) for name, label in QUESTION_SETS.items()
        ]
    )
    @app_commands.choices(
        look_back_day=[
            app_commands.Choice(name=locale_str(label), value=number) for label, number in LOOK_BACK_DAYS
        ],
    )
    async def setup(
        self,
        interaction: "Interaction",
        channel: discord.TextChannel | None = None,
        zone: app_commands.Range[str, 1, 100] | None = None,
        hour: app_commands.Range[int, 0, 23] | None = None,
        questions: str | None = None,
        look_back_day: int | None = None,
        look_back_hour: app_commands.Range[int, 0, 23] | None = None,
        lead_channel: discord.TextChannel | None = None,
        lead_hour: app_commands.Range[int, 0, 23] | None = None,
        curators_channel: discord.TextChannel | None = None,
    ) -> None:
        if interaction.guild is None:
            raise ServerOnly
        for chosen in (channel, lead_channel, curators_channel):
            if chosen is not None and chosen.guild.id != interaction.guild.id:
                raise ChannelNotUsable
        servers, leads = self.client.services.servers, self.client.services.leads
        given = (channel, zone, hour, questions, look_back_day, look_back_hour)
        if any(option is not None for option in given):
            await servers.set_up(
                interaction.guild.id,
                checkin_channel_id=channel.id if channel else None,
                zone=zone,
                prompt_time=None if hour is None else time(hour),
                questions=questions,
                lookback_weekday=look_back_day,
                lookback_time=None if look_back_hour is None else time(look_back_hour),
            )
        if lead_channel is not None or lead_hour is not None:
            await leads.set_up(
                interaction.guild.id,
                channel_id=lead_channel.id if lead_channel else None,
                hour=None if lead_hour is None else time(lead_hour),
            )
        if curators_channel is not None:
            await self.client.services.curation.set_up(interaction.guild.id, curators_channel.id)
        if await servers.find(interaction.guild.id) is None:
            await first.show_first(interaction)
            return
        await guide.show_overview(interaction, anew=True)
        if curators_channel is not None:
            # Suggestions may have waited for them to have one.
            await self.client.deliver(interaction.guild.id)

    async def take_questions(
        self, interaction: "Interaction", match: re.Match[str], values: Mapping[str, str]
    ) -> None:
        """Store the server's own questions; a refused form can be opened again."""
        text = values.get(forms.FIELD, "")
        try:
            require_manager(interaction)
            await self.client.services.servers.set_questions(guild_of(interaction), text)
        except Exception as error:
            again = buttons.QuestionsAgainButton(
                self.client.drafts.keep({forms.FIELD: text}, by=interaction.user.id)
            )
            await answer_error(interaction, error, typed={forms.label(): text}, view=view_of(again))
            return
        await guide.show_overview(interaction, anew=True)

    @setup.autocomplete("zone")
    async def complete_zone(self, interaction: "Interaction", current: str) -> list[app_commands.Choice[str]]:
        return zone_choices(current, self.client.services.clock.now())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet in the system channel, if the bot may write there; say nothing otherwise."""
        channel = guild.system_channel
        if channel is None:
            return
        held = channel.permissions_for(guild.me)
        if not (held.view_channel and held.send_messages):
            return
        with speaking(language_of(guild)):
            text = _(
                "Hello! I help people who teach themselves machine learning to do, to show and to be found; "
                "someone who manages this server can start me with {setup}."
            ).format(setup=await self.client.command_list.mention("setup"))
        try:
            await channel.send(text)
        except discord.HTTPException as error:
            log.info("server %s could not be greeted: %s", guild.id, error.code)
