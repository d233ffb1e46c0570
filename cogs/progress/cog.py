"""The commands of progress."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from cogs.progress import cards
from cogs.progress.buttons import ShareButton
from cogs.progress.posting import progress_file, send_ledger
from cogs.ui.buttons import view_of
from cogs.ui.feature import Feature, guild_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class ProgressCog(Feature):
    """What members have to show, and why each of their days is what it is."""

    buttons = (ShareButton,)

    async def cog_unload(self) -> None:
        self.client.studio.close()

    @app_commands.command(
        name=locale_str("progress"), description=locale_str("See your half year in a picture, for you alone")
    )
    @app_commands.guild_only()
    async def progress(self, interaction: "Interaction") -> None:
        # Pictures are drawn one after the other: many who ask at once may have to wait.
        await interaction.response.defer(ephemeral=True)
        figures = await self.client.services.progress.figures(guild_of(interaction), interaction.user.id)
        if figures.began is None:
            await reply(interaction, embed=cards.nothing_yet())
            return
        await reply(
            interaction,
            embed=cards.progress_card(figures),
            view=view_of(ShareButton(interaction.user.id)),
            file=await progress_file(interaction, figures),
        )

    @app_commands.command(
        name=locale_str("ledger"), description=locale_str("Why your streak is what it is, day by day")
    )
    @app_commands.guild_only()
    @app_commands.rename(first=locale_str("from"), last=locale_str("to"))
    @app_commands.describe(
        first=locale_str("The first day, such as “3 March” or “last month”; else the last five weeks"),
        last=locale_str("The last day, such as “2026-03-31”; else today"),
    )
    async def ledger(
        self,
        interaction: "Interaction",
        first: app_commands.Range[str, 1, 100] | None = None,
        last: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True)
        account = await self.client.services.progress.account(
            guild_of(interaction), interaction.user.id, first, last
        )
        await send_ledger(interaction, account)
