"""The commands of curators."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from cogs.resources import (
    curators_week,
    deciding,
    editing,
    files,
    own_shelf,
    queue,
    suggesting,
    suggestion_card,
    topic_form,
)
from cogs.ui.feature import Feature

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


RENDERERS = {**suggestion_card.RENDERERS, **curators_week.RENDERERS}


class CurationCog(Feature):
    """What members suggest, and what their curators make of it and of the shelf."""

    buttons = (
        *suggesting.BUTTONS,
        *editing.BUTTONS,
        *topic_form.BUTTONS,
        *deciding.BUTTONS,
        *queue.BUTTONS,
        *own_shelf.BUTTONS,
        *curators_week.BUTTONS,
    )
    renderers = RENDERERS

    curate = app_commands.Group(
        name=locale_str("curate"),
        description=locale_str("Keep this server's shelf of resources in order"),
        guild_only=True,
        default_permissions=discord.Permissions(manage_messages=True),
    )

    def __init__(self, client: "Autodidact"):
        super().__init__(client)
        self.forms = (*suggesting.FORMS, *editing.FORMS, *deciding.FORMS)

    @curate.command(
        name=locale_str("queue"), description=locale_str("What members suggested and nobody has decided")
    )
    async def queue(self, interaction: "Interaction") -> None:
        await queue.show_queue(interaction)

    @curate.command(
        name=locale_str("list"),
        description=locale_str("The resources of this server's own, and what is hidden"),
    )
    async def list(self, interaction: "Interaction") -> None:
        await own_shelf.show_list(interaction)

    @curate.command(
        name=locale_str("export"), description=locale_str("This server's own resources as a file")
    )
    @app_commands.rename(file_format=locale_str("format"))
    @app_commands.describe(file_format=locale_str("CSV for spreadsheets, TOML for editors"))
    @app_commands.choices(file_format=[Choice(name=name, value=name) for name in files.FORMATS])
    async def export(self, interaction: "Interaction", file_format: str = "CSV") -> None:
        await files.export(interaction, file_format)

    @curate.command(
        name=locale_str("import"), description=locale_str("Bring in resources from a CSV or TOML file")
    )
    @app_commands.rename(file=locale_str("file"))
    @app_commands.describe(file=locale_str("A file like the one that /curate export gives"))
    async def take_in(self, interaction: "Interaction", file: discord.Attachment) -> None:
        await files.take_file(interaction, file)

    @curate.command(
        name=locale_str("week"), description=locale_str("What the curators' weekly report would say now")
    )
    async def week(self, interaction: "Interaction") -> None:
        await curators_week.show_week(interaction)
