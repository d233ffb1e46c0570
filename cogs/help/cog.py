"""The command that says what can be done."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.guide.rules import suggestions
from bot.guide.steps import states
from cogs.help.card import QUEUE, Command, help_card, names_of
from cogs.ui.chosen_channels import hindered, missing_by_step
from cogs.ui.feature import Feature, guild_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class HelpCog(Feature):
    """For everybody, about themselves; and for who manages the server, about that."""

    @app_commands.command(
        name=locale_str("help"), description=locale_str("See what you can do now, and all there is")
    )
    @app_commands.guild_only()
    async def help(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        guide = self.client.services.guide
        standing = await guide.of_member(guild_id, interaction.user.id)
        steps = None
        if interaction.permissions.manage_guild:
            settings = await guide.of_server(guild_id)
            missing = missing_by_step(interaction.guild, settings)
            steps = states(settings, hindered(settings, missing))
        commands = self._commands(interaction.permissions)
        # What is suggested is for everybody, so its command is among them.
        names = [name for command in commands for name in names_of(command)]
        # Who manages the server need not see the curators' commands.
        waiting = await guide.suggestions_waiting(guild_id) if QUEUE in names else 0
        mentions = await self.client.command_list.mentions(names)
        embed = help_card(standing, suggestions(standing), commands, mentions, steps=steps, waiting=waiting)
        await reply(interaction, embed=embed)

    def _commands(self, held: discord.Permissions) -> list[Command]:
        """The commands that a member may use, as far as that goes by rights."""
        return [
            command
            for command in self.client.tree.get_commands()
            if isinstance(command, app_commands.Command | app_commands.Group)
            and (command.default_permissions is None or held >= command.default_permissions)
        ]
