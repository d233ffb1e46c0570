"""The bot to measure against: as little as a bot on discord.py can do, started as ours is.

`python -m benchmarks.noop_bot API_URL GATEWAY_URL [--sync]`; the token comes from the environment.
"""

import asyncio
import logging
import os
import re
import signal
import sys
from typing import Any

import discord
import uvloop
import yarl
from discord import app_commands
from discord.ext import commands

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)

log = logging.getLogger("noop")


def answer() -> discord.Embed:
    """About as much text as the answer to a check-in."""
    embed = discord.Embed(title="Nothing was done.", description="That took **no time** at all.")
    return embed.set_footer(text="It can't be changed until the day is over, or after.")


class NoopForm(discord.ui.Modal, title="Nothing"):
    """A form whose answers are thrown away."""

    done: discord.ui.TextInput["NoopForm"] = discord.ui.TextInput(label="What?", custom_id="done")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(embed=answer(), ephemeral=True)


class NoopButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"noop:(?P<number>\d)"):
    """A lasting button whose press changes nothing on the message it stands under."""

    def __init__(self, number: int):
        custom_id = f"noop:{number}"
        label = f"{number} · A button that does nothing"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, row=min(number, 4)))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> "NoopButton":
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(embed=answer(), view=buttons())


def buttons() -> discord.ui.View:
    """As many as a card of a poll has, in as many rows."""
    view = discord.ui.View(timeout=None)
    for number in range(8):
        view.add_item(NoopButton(number))
    view.stop()
    return view


@app_commands.command(name="buttons", description="Shows buttons that do nothing")
async def show_buttons(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(embed=answer(), view=buttons(), ephemeral=True)


@app_commands.command(name="noop", description="Does nothing")
async def noop(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(embed=answer(), ephemeral=True)


@app_commands.command(name="form", description="Opens a form that does nothing")
async def form(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(NoopForm())


class NoopBot(commands.AutoShardedBot):
    """Three commands, a button and no state."""

    def __init__(self, *, sync: bool):
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=INTENTS,
            help_command=None,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.1,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.sync = sync

    async def setup_hook(self) -> None:
        self.tree.add_command(noop)
        self.tree.add_command(form)
        self.tree.add_command(show_buttons)
        self.add_dynamic_items(NoopButton)
        if self.sync:
            await self.tree.sync()


async def serve(api_url: str, gateway_url: str, *, sync: bool) -> None:
    discord.http.Route.BASE = api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with NoopBot(sync=sync) as bot:
        connection = asyncio.create_task(bot.start(os.environ["AUTODIDACT_TOKEN"]))
        await bot.wait_until_ready()
        log.info("ready in %d servers", len(bot.guilds))
        await stopping.wait()
        await bot.close()
        await connection


if __name__ == "__main__":
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    uvloop.run(serve(sys.argv[1], sys.argv[2], sync="--sync" in sys.argv))
