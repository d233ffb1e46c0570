"""The bot as Discord sees it: least intents, nothing cached that is not needed, one way for every error."""

import asyncio
import contextlib
import logging
import math
import re
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, cast

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from yarl import URL

from bot.errors import ButtonOutdated, CommandOutdated
from bot.health.gateway import Line
from bot.scheduling import Schedule
from bot.services import Services
from bot.shards import Shards
from bot.texts import learn, speak
from bot.turns import Turns
from cogs import answers
from cogs.api_answers import ApiAnswers
from cogs.buddies.cog import BuddiesCog
from cogs.builds.cog import BuildsCog
from cogs.checkins.cog import CheckInsCog
from cogs.command_list import CommandList, CommandTexts
from cogs.focus.cog import FocusCog
from cogs.goals.cog import GoalsCog
from cogs.help.cog import HelpCog
from cogs.ideas.cog import IdeasCog
from cogs.leads.cog import LeadsCog
from cogs.lookback.cog import LookbackCog
from cogs.messenger import DiscordMessenger
from cogs.owner.cog import OwnerCog
from cogs.pace import Pace, in_background
from cogs.pictures.studio import Studio
from cogs.polls.cog import PollsCog
from cogs.preferences.cog import PreferencesCog
from cogs.privacy.cog import PrivacyCog
from cogs.progress.cog import ProgressCog
from cogs.reconnecting import FirstConnections, use_patient_shards
from cogs.resources.cog import ResourcesCog
from cogs.resources.curation_cog import CurationCog
from cogs.routines.cog import RoutinesCog
from cogs.settings.cog import SettingsCog
from cogs.setup.cog import SetupCog
from cogs.ui import counting, outdated
from cogs.ui.drafts import Drafts
from cogs.ui.failures import answer_error
from cogs.ui.feature import Feature
from cogs.ui.forms import FormRoute, handle_form
from cogs.ui.languages import language_of

log = logging.getLogger(__name__)

# Servers and their channels; and messages, of which only those that mention the bot carry their text:
# that is how the owner's commands arrive without a privileged intent.
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)

# How discord.py names the tasks in which commands, buttons and forms are answered.
ANSWERING = ("CommandTree-invoker", "discord.py: on_interaction", "discord-ui-dynamic-item")

# discord.py waits this long after the last server before it calls itself ready.
GUILD_READY_SECONDS = 0.1


FEATURES: tuple[type[Feature], ...] = (
    CheckInsCog,
    RoutinesCog,
    FocusCog,
    GoalsCog,
    BuddiesCog,
    BuildsCog,
    ProgressCog,
    PreferencesCog,
    LookbackCog,
    LeadsCog,
    IdeasCog,
    ResourcesCog,
    CurationCog,
    PollsCog,
    PrivacyCog,
    SetupCog,
    SettingsCog,
    HelpCog,
    OwnerCog,
)


class Tree(app_commands.CommandTree["Autodidact"]):
    """Commands that speak the member's language and answer errors like everything else."""

    async def interaction_check(self, interaction: "discord.Interaction[Autodidact]", /) -> bool:
        speak(interaction.locale.value)
        counting.begin(interaction)
        if outdated.is_as_declared(interaction):
            return True
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await answer_error(interaction, CommandOutdated())
        counting.count_command(interaction)
        return False

    async def on_error(
        self, interaction: "discord.Interaction[Autodidact]", error: app_commands.AppCommandError, /
    ) -> None:
        await answer_error(interaction, error)
        counting.count_command(interaction)


class _ServersNow(Container[int]):
    """The servers that a client is in, at the moment it is asked."""

    def __init__(self, client: commands.AutoShardedBot):
        self._client = client

    def __contains__(self, guild_id: object) -> bool:
        return isinstance(guild_id, int) and self._client.get_guild(guild_id) is not None


class Autodidact(commands.AutoShardedBot):
    """The Discord client. It owns no schedule: whoever runs it calls `tick`, or starts one beside it.

    Every request to Discord waits for its turn at a pace, if one is given.
    """

    def __init__(
        self,
        services: Services,
        *,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
        schedule: Schedule | None = None,
        pace: Pace | None = None,
    ):
        use_patient_shards()
        trace = aiohttp.TraceConfig()
        if pace is not None:
            pace.keep(trace)
        self.api = ApiAnswers()
        self.api.listen(trace)
        # Where nobody counts, no request is timed either. What is timed is timed from its turn on.
        if services.figures.on:
            answers.tell(services.figures, trace)
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=INTENTS,
            tree_cls=Tree,
            help_command=None,
            shard_count=shard_count,
            # None is all of them; the annotation leaves that out.
            shard_ids=cast(list[int], None if shard_ids is None else list(shard_ids)),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=GUILD_READY_SECONDS,
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=trace,
        )
        self.services = services
        self.schedule = schedule
        self.started_at: datetime = services.clock.now()
        renderers = {content: render for cog in FEATURES for content, render in cog.renderers.items()}
        self.studio = Studio()
        self.messenger = DiscordMessenger(self, renderers, self.studio)
        self.command_list = CommandList(self.tree, services.facts)
        self.drafts = Drafts()
        self._turns = Turns(services.database, services.clock)
        self._lanes = 1
        self._first_connections = FirstConnections()
        self._forms: list[FormRoute] = []
        self._lasting: list[re.Pattern[str]] = []

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CommandTexts())
        for feature in FEATURES:
            cog = feature(self)
            await self.add_cog(cog)
            self.add_dynamic_items(*cog.buttons)
            self._lasting += [button.__discord_ui_compiled_template__ for button in cog.buttons]
            self._forms += cog.forms
        if self.services.figures.on:
            self._tell_figures()
        if self.services.shards.has_first:
            await self.command_list.sync()
        if not self.services.shards.is_all:
            # Whoever is not told otherwise waits for everybody.
            with contextlib.suppress(discord.DiscordException):
                self._lanes = (await self.fetch_session_start_limits()).max_concurrency

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for one's turn to begin a session, which other processes of this bot may have before."""
        if self.services.shards.is_all:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self._turns.take((shard_id or 0) % self._lanes)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard for the first time, ever more patiently where that fails."""
        connect = partial(super().launch_shard, gateway, shard_id, initial=initial)
        await self._first_connections.make(shard_id, connect)

    def _tell_figures(self) -> None:
        figures = self.services.figures

        async def completed(interaction: "discord.Interaction[Any]", _command: object) -> None:
            counting.count_command(interaction)

        async def connected(_shard: int) -> None:
            figures.gateway("connected")

        async def resumed(_shard: int) -> None:
            figures.gateway("resumed")

        async def lost(_shard: int) -> None:
            figures.gateway("lost")

        self.add_listener(completed, "on_app_command_completion")
        self.add_listener(connected, "on_shard_connect")
        self.add_listener(resumed, "on_shard_resumed")
        self.add_listener(lost, "on_shard_disconnect")

    async def learn_languages(self) -> None:
        """Read what is needed to speak to the servers, before anything is said; nobody waits for it."""
        await asyncio.to_thread(learn, {language_of(guild) for guild in self.guilds})

    def line(self) -> Line:
        """How the connection to Discord's gateway is now."""
        measured = [seconds for _, seconds in self.latencies if math.isfinite(seconds)]
        return Line(
            ready=self.is_ready(),
            shards=len(self.shard_ids or ()) or self.shard_count or len(self.shards),
            open=sum(not shard.is_closed() for shard in self.shards.values()),
            latency=max(measured, default=None),
            servers=len(self.guilds),
            answers=self.api.answers,
        )

    async def tick(self) -> int:
        """One round of delivery by the bot's clock; answers how many messages were sent or changed."""
        with in_background():
            return await self.services.delivery.tick(self.messenger)

    async def send_outstanding(self) -> int:
        """Send and change all that the outbox holds for now, behind whatever somebody waits for."""
        with in_background():
            return await self.services.delivery.send_outstanding(self.messenger)

    async def beat(self) -> None:
        """Say in which shards members can reach the bot: where the gateway is open, if the API answers."""
        answers = await self.api.look(self.fetch_session_start_limits)
        if not self.is_ready() or not self.shard_count:
            return
        connected = [number for number, shard in self.shards.items() if answers and not shard.is_closed()]
        away = [number for number in self.shards if number not in connected]
        if away:
            await self.services.heartbeat.leave_out(Shards.of(away, self.shard_count))
        if connected:
            await self.services.heartbeat.beat(Shards.of(connected, self.shard_count))

    async def note_departures(self) -> None:
        """Note which servers took the bot out or back while nobody listened; quick, whatever is stored.

        Nothing is done while a shard is not connected, and the list of servers may not be whole.
        """
        if self._knows_its_servers():
            await self.services.departures.compare(_ServersNow(self))

    async def tidy_departures(self) -> None:
        """The same, and forget those that took the bot out long ago."""
        if self._knows_its_servers():
            await self.services.departures.tidy(_ServersNow(self))

    def _knows_its_servers(self) -> bool:
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    async def deliver(self, guild_id: int) -> None:
        """Send what is outstanding in a server now."""
        await self.services.delivery.deliver_in(self.messenger, guild_id)

    async def stop_listening(self) -> None:
        """Hear of nothing more that anybody does; what has begun can still be answered.

        Whoever presses something now can do so again after the restart. If it were still begun, it might be
        done, and cut off before anybody is told.
        """
        shards = [shard.disconnect() for shard in self.shards.values()]
        for error in await asyncio.gather(*shards, return_exceptions=True):
            if isinstance(error, Exception):
                log.info("a shard could not be left properly: %r", error)

    async def finish_answers(self) -> None:
        """Wait until everybody who asked something has been answered."""
        while answering := [task for task in asyncio.all_tasks() if task.get_name().startswith(ANSWERING)]:
            await asyncio.wait(answering)

    async def on_interaction(self, interaction: "discord.Interaction[Any]") -> None:
        """Take sent forms, and answer buttons of an older version, which nothing else does."""
        if interaction.type is discord.InteractionType.modal_submit:
            if not await handle_form(interaction, self._forms):
                await self._answer_outdated(interaction)
        elif interaction.type is discord.InteractionType.component:
            custom_id = str(cast(Mapping[str, Any], interaction.data or {}).get("custom_id", ""))
            known = any(pattern.fullmatch(custom_id) for pattern in self._lasting)
            if not known or not outdated.is_under_message(interaction):
                await self._answer_outdated(interaction)

    async def _answer_outdated(self, interaction: "discord.Interaction[Any]") -> None:
        speak(interaction.locale.value)
        counting.begin(interaction)
        await answer_error(interaction, ButtonOutdated())
        counting.count(interaction, counting.OUTDATED)

    async def on_command_error(
        self, context: "commands.Context[Any]", error: commands.CommandError, /
    ) -> None:
        """Text commands are the owner's alone: whoever else mentions the bot is left in peace."""
        if isinstance(error, commands.CommandNotFound | commands.CheckFailure):
            return
        await super().on_command_error(context, error)
