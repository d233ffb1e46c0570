"""The command of preferences."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.preferences.rules import Shown
from cogs.preferences.cards import preferences_card
from cogs.ui.feature import Feature, guild_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]


class PreferencesCog(Feature):
    """What a member lets others see."""

    @app_commands.command(
        name=locale_str("preferences"),
        description=locale_str("Choose what others see of you; without options it shows what holds"),
    )
    @app_commands.guild_only()
    @app_commands.rename(shown=locale_str("shown"), named=locale_str("named"))
    @app_commands.describe(
        shown=locale_str("The figure that others see with your check-ins"),
        named=locale_str("Whether the server's weekly look back may name you"),
    )
    @app_commands.choices(
        shown=[
            app_commands.Choice(name=locale_str("streak"), value=Shown.STREAK.value),
            app_commands.Choice(name=locale_str("consistency"), value=Shown.CONSISTENCY.value),
            app_commands.Choice(name=locale_str("nothing"), value=Shown.NOTHING.value),
        ]
    )
    async def preferences(
        self, interaction: "Interaction", shown: str | None = None, named: bool | None = None
    ) -> None:
        guild_id, user_id = guild_of(interaction), interaction.user.id
        if shown is None and named is None:
            preference = await self.client.services.preferences.find(guild_id, user_id)
        else:
            if named is not None:
                # The look back that stands in the channel follows, as it does when its own button is pressed.
                await self.client.services.lookback.name(guild_id, user_id, None, wanted=named)
            preference = await self.client.services.preferences.change(
                guild_id, user_id, shown=None if shown is None else Shown(shown), named=named
            )
        await reply(interaction, embed=preferences_card(preference))
        if named is not None:
            await self.client.deliver(guild_id)
