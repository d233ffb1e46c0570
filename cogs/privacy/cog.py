"""The commands of privacy: for everybody, about themselves."""

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.inputs import quoted
from bot.privacy.errors import NoServerId, ServerNotNamed
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.privacy import cards
from cogs.privacy.buttons import ForgetButton
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.feature import Feature
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

DIGITS_OF_AN_ID = 20


class PrivacyCog(Feature):
    """What is stored about a member, to look at, take away and have forgotten; and who left."""

    buttons = (ForgetButton,)

    # In direct messages too: whoever has left a server can't use a command there any more.
    privacy = app_commands.Group(
        name=locale_str("privacy"),
        description=locale_str("What I store about you: look at it, take it away, have it forgotten"),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
    )

    @privacy.command(
        name=locale_str("what"), description=locale_str("Show what I store about you here, and why")
    )
    @app_commands.rename(server=locale_str("server"))
    @app_commands.describe(server=locale_str("The id of another server, for one that you have left"))
    async def privacy_what(self, interaction: "Interaction", server: str | None = None) -> None:
        guild_id = _server(interaction, server)
        held = await self.client.services.privacy.what(guild_id, interaction.user.id)
        for embed in cards.what_cards(held):
            await reply(interaction, embed=embed)

    @privacy.command(
        name=locale_str("export"), description=locale_str("Get everything that I store about you as a file")
    )
    @app_commands.rename(server=locale_str("server"))
    @app_commands.describe(server=locale_str("The id of another server, for one that you have left"))
    async def privacy_export(self, interaction: "Interaction", server: str | None = None) -> None:
        guild_id = _server(interaction, server)
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild = self.client.get_guild(guild_id)
        files = await self.client.services.privacy.export(
            guild_id, interaction.user.id, guild.name if guild else None
        )
        text = _("Everything that I store about you here. Begin with README.txt in it. Only you see this.")
        if len(files) > 1:
            parts = ngettext("It comes in {count} file.", "It comes in {count} files.", len(files))
            text = f"{text} {parts.format(count=len(files))}"
        for number, content in enumerate(files, 1):
            suffix = f"-{number}" if len(files) > 1 else ""
            file = discord.File(io.BytesIO(content), f"autodidact-{guild_id}{suffix}.zip")
            embed = discord.Embed(description=text, colour=colours.CALM)
            await reply(interaction, embed=embed, file=file)

    @privacy.command(
        name=locale_str("forget"), description=locale_str("Have everything forgotten that I store about you")
    )
    @app_commands.rename(server=locale_str("server"))
    @app_commands.describe(server=locale_str("The id of another server, for one that you have left"))
    async def privacy_forget(self, interaction: "Interaction", server: str | None = None) -> None:
        guild_id, user_id = _server(interaction, server), interaction.user.id
        question = await self.client.services.privacy.question(guild_id, user_id)
        if question.is_empty:
            await reply(interaction, embed=cards.nothing_card())
            return
        button = ForgetButton(guild_id, user_id, int(question.until.timestamp()))
        *before, last = cards.question_cards(question)
        for embed in before:
            await reply(interaction, embed=embed)
        await reply(interaction, embed=last, view=view_of(button))

    @Feature.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was taken out of a server; discord.py does not say so of an outage."""
        await self.client.services.departures.left(guild.id)

    @Feature.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot is new in a server, or back."""
        await self.client.services.departures.came_back(guild.id)


def _server(interaction: "Interaction", given: str | None) -> int:
    """The server that is asked about: the one that is named, or where it is asked.

    Nobody sees anything of others by naming one. Raises ServerNotNamed and NoServerId.
    """
    if given is None:
        if interaction.guild_id is None:
            raise ServerNotNamed
        return interaction.guild_id
    digits = given.strip()
    # A number of more bits than SQLite has is no id either.
    if not (
        digits.isascii() and digits.isdigit() and len(digits) <= DIGITS_OF_AN_ID and int(digits) < 1 << 63
    ):
        raise NoServerId(given=quoted(given))
    return int(digits)
