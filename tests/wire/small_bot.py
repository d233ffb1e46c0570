"""A small bot on an unmodified discord.py, and a server for it on the stand-in."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import discord
import yarl
from discord import app_commands, ui
from discord.ext import commands

from tests.wire.standin import PATIENT, TOKEN, StandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from discord.abc import Messageable

    from tests.wire.standin.limits import Limits


class ReportForm(ui.Modal, title="Report"):
    done: ui.Label[ReportForm] = ui.Label(
        text="Done", component=ui.TextInput(custom_id="done", max_length=200)
    )
    kind: ui.Label[ReportForm] = ui.Label(
        text="Kind",
        component=ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Learning", value="learning", default=True),
                discord.RadioGroupOption(label="Building", value="building"),
            ]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.done.component, ui.TextInput)
        assert isinstance(self.kind.component, ui.RadioGroup)
        text = f"{self.done.component.value} ({self.kind.component.value})"
        await interaction.response.send_message(text, ephemeral=True)


class PressButton(ui.DynamicItem[ui.Button[ui.View]], template=r"press:v1:(?P<number>\d+)"):
    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(ui.Button(label="Press", custom_id=f"press:v1:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: Any, /
    ) -> PressButton:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(content=f"pressed {self.number}")


@app_commands.command()
async def ping(interaction: discord.Interaction) -> None:
    """Answers."""
    await interaction.response.send_message("pong")


@app_commands.command()
async def report(interaction: discord.Interaction) -> None:
    """Opens a form."""
    await interaction.response.send_modal(ReportForm())


@app_commands.command()
async def button(interaction: discord.Interaction) -> None:
    """Posts a button."""
    view = ui.View(timeout=None).add_item(PressButton(7))
    await interaction.response.send_message("a button", view=view)


@app_commands.command()
async def think(interaction: discord.Interaction) -> None:
    """Thinks, answers, and says more."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(content="thought about it")
    await interaction.followup.send("and more")


@app_commands.command()
async def tidy(interaction: discord.Interaction) -> None:
    """Says something more, changes it, and takes it away."""
    await interaction.response.send_message("first", ephemeral=True)
    message = await interaction.followup.send("draft", wait=True)
    await message.edit(content="final")
    await interaction.followup.send("notice")
    await message.delete()
    await interaction.delete_original_response()


class Letters(ui.Select[ui.View]):
    def __init__(self) -> None:
        super().__init__(options=[discord.SelectOption(label="A"), discord.SelectOption(label="B")])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(", ".join(self.values), ephemeral=True)


@app_commands.command()
async def choose(interaction: discord.Interaction) -> None:
    """Posts a select."""
    await interaction.response.send_message("choose", view=ui.View(timeout=None).add_item(Letters()))


@app_commands.command()
async def silent(interaction: discord.Interaction) -> None:
    """Never answers."""


@app_commands.command()
async def double(interaction: discord.Interaction) -> None:
    """Answers a second time behind the library's back."""
    await interaction.response.send_message("first")
    interaction.response._response_type = None
    try:
        await interaction.response.send_message("second")
    except discord.HTTPException as error:
        await interaction.followup.send(str(error.code))


@app_commands.command()
@app_commands.default_permissions(manage_guild=True)
async def setup(interaction: discord.Interaction, channel: discord.TextChannel, zone: str) -> None:
    """Takes a channel and a zone."""
    may = channel.permissions_for(channel.guild.me).send_messages
    await interaction.response.send_message(f"{channel.name} {zone} {may}")


@setup.autocomplete("zone")
async def zones(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    found = [zone for zone in ("Europe/Berlin", "Asia/Kolkata") if current.lower() in zone.lower()]
    return [app_commands.Choice(name=zone, value=zone) for zone in found]


routine = app_commands.Group(name="routine", description="A routine.")


@routine.command(name="set")
async def routine_set(interaction: discord.Interaction, hour: int) -> None:
    """Sets it."""
    await interaction.response.send_message(f"at {hour}")


Command = app_commands.Command[Any, ..., Any] | app_commands.Group
COMMANDS: list[Command] = [ping, report, button, think, tidy, choose, silent, double, setup, routine]


class SmallBot(commands.AutoShardedBot):
    def __init__(self, intents: discord.Intents) -> None:
        nothing = discord.AllowedMentions.none()
        cache = discord.MemberCacheFlags.none()
        super().__init__(
            commands.when_mentioned,
            intents=intents,
            allowed_mentions=nothing,
            member_cache_flags=cache,
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=0,
        )
        self.joined: asyncio.Queue[discord.Guild] = asyncio.Queue()
        self.left: asyncio.Queue[discord.Guild] = asyncio.Queue()
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()

    async def setup_hook(self) -> None:
        for command in COMMANDS:
            self.tree.add_command(command)
        self.add_dynamic_items(PressButton)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """discord.py waits 5 s here before it identifies anew."""

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.joined.put_nowait(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.left.put_nowait(guild)

    async def on_message(self, message: discord.Message, /) -> None:
        self.heard.put_nowait(message)

    async def room(self, channel: int) -> discord.TextChannel:
        found = await self.fetch_channel(channel)
        assert isinstance(found, discord.TextChannel)
        return found


class House:
    """One server with a channel and a member, and the bot in it."""

    def __init__(self, standin: StandIn, bot: SmallBot, guild: int, channel: int, user: int) -> None:
        self.standin, self.bot = standin, bot
        self.guild, self.channel, self.user = guild, channel, user

    @property
    def place(self) -> Messageable:
        return self.bot.get_partial_messageable(self.channel, guild_id=self.guild)

    def texts(self) -> list[str]:
        return [message["content"] for message in self.standin.messages(self.channel)]


@contextmanager
def pointed_at(api_url: str, gateway_url: str) -> Iterator[None]:
    """Lets discord.py talk to these addresses, and puts its own back afterwards."""
    route, gateway = discord.http.Route, discord.gateway.DiscordWebSocket
    own = route.BASE, gateway.DEFAULT_GATEWAY
    route.BASE, gateway.DEFAULT_GATEWAY = api_url, yarl.URL(gateway_url)
    try:
        yield
    finally:
        route.BASE, gateway.DEFAULT_GATEWAY = own


@asynccontextmanager
async def running(
    api_url: str, gateway_url: str, intents: discord.Intents | None = None
) -> AsyncIterator[SmallBot]:
    """The bot, started and ready; an error of its start is raised here."""
    bot = SmallBot(intents or discord.Intents(guilds=True, guild_messages=True))
    with pointed_at(api_url, gateway_url):
        async with bot:
            task = asyncio.create_task(bot.start(TOKEN))
            ready = asyncio.create_task(bot.wait_until_ready())
            await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                ready.cancel()
                task.result()
            yield bot
        await asyncio.wait([task])


@asynccontextmanager
async def open_house(limits: Limits | None = None) -> AsyncIterator[House]:
    """A server with one channel and one member, and the bot in it; nothing it sends may be wrong."""
    async with StandIn(interaction_deadline=PATIENT, limits=limits) as standin:
        guild = standin.add_guild("Night school")
        channel = standin.add_channel(guild, "check-ins")
        user = standin.add_member(guild, "ada")
        async with running(standin.api_url, standin.gateway_url) as bot:
            yield House(standin, bot, guild, channel, user)
        assert standin.violations == []
