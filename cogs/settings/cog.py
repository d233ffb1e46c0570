"""The command that shows all settings of a server, and putting them back."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.errors import NotSetUp
from bot.guide.steps import STEPS, ServerSettings
from bot.texts import gettext as _
from cogs.settings.card import reset_card, resettable, settings_card
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import Feature, guild_of, require_manager
from cogs.ui.lasting import custom_id_of
from cogs.ui.replies import turn_to
from cogs.ui.selects import LastingSelect
from cogs.ui.step_names import STEP_NAMES, step_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

MENTIONED = ("setup", "preferences", "routine show", "privacy what")


class ResetSelect(LastingSelect, template=r"settings:reset:v1"):
    """Asks whether something shall be put back."""

    def __init__(self, settings: ServerSettings | None = None):
        steps = STEPS if settings is None else resettable(settings)
        options = [discord.SelectOption(label=_(STEP_NAMES[step])[:100], value=step) for step in steps]
        super().__init__(_("Put something back to its default"), "settings:reset:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        require_manager(interaction)
        step = step_named(values[0])
        settings = await interaction.client.services.guide.of_server(guild_of(interaction))
        await turn_to(interaction, reset_card(step, settings), view_of(ResetButton(step), KeepButton()))


class ResetButton(LastingButton, template=r"settings:reset-now:v1:(?P<step>[a-z]+)"):
    """Puts what a step sets back to the usual."""

    def __init__(self, step: str):
        custom_id = custom_id_of("settings:reset-now:v1", step)
        super().__init__(_("Put it back"), custom_id, discord.ButtonStyle.danger)
        self.step = step

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        step = step_named(self.step)
        await interaction.client.services.guide.reset(guild_of(interaction), step)
        note = _("“{step}” is back to its default.").format(step=_(STEP_NAMES[step]))
        await _show(interaction, note=note)


class KeepButton(LastingButton, template=r"settings:show:v1"):
    """Leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__(_("Keep it"), "settings:show:v1")

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await _show(interaction)


class SettingsCog(Feature):
    """For those who may manage the server."""

    buttons = (ResetSelect, ResetButton, KeepButton)

    @app_commands.command(
        name=locale_str("settings"),
        description=locale_str("See all settings of this server, and put them back"),
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    async def settings(self, interaction: "Interaction") -> None:
        await _show(interaction)


async def _show(interaction: "Interaction", *, note: str = "") -> None:
    """All settings; raises NotSetUp."""
    settings = await interaction.client.services.guide.of_server(guild_of(interaction))
    if settings.set_up is None:
        raise NotSetUp
    mentions = await interaction.client.command_list.mentions(MENTIONED)
    embed = settings_card(settings.set_up, settings, mentions)
    if note:
        embed.description = f"{note}\n\n{embed.description}"
    view = view_of(ResetSelect(settings)) if resettable(settings) else None
    await turn_to(interaction, embed, view)
