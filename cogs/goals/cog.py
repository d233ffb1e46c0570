"""The commands of goals."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.errors import UserError
from bot.texts import gettext as _
from cogs.goals.buttons import GoalButton, buttons_for
from cogs.goals.cards import goals_card
from cogs.ui.failures import answer_error
from cogs.ui.feature import Feature, guild_of
from cogs.ui.fitting import shortened
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from bot.goals.service import MemberGoals
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

CHOICE_SHOWN = 100


class GoalsCog(Feature):
    """What members commit to for a week."""

    buttons = (GoalButton,)

    goal = app_commands.Group(
        name=locale_str("goal"),
        description=locale_str("Commit to up to three things a week"),
        guild_only=True,
    )

    @goal.command(name=locale_str("set"), description=locale_str("Commit to something for this week"))
    @app_commands.rename(text=locale_str("text"))
    @app_commands.describe(text=locale_str("What you want to get done by Sunday, in your own words"))
    async def goal_set(self, interaction: "Interaction", text: str) -> None:
        guild_id = guild_of(interaction)
        try:
            goals = await self.client.services.goals.add(guild_id, interaction.user.id, text)
        except UserError as error:
            await answer_error(interaction, error, typed={_("Your goal"): text})
            return
        await _show(interaction, goals)

    @goal.command(
        name=locale_str("list"), description=locale_str("Show your goals, tick them, carry them over")
    )
    async def goal_list(self, interaction: "Interaction") -> None:
        await _show(
            interaction, await self.client.services.goals.find(guild_of(interaction), interaction.user.id)
        )

    @goal.command(name=locale_str("drop"), description=locale_str("Let go of a goal"))
    @app_commands.rename(chosen=locale_str("goal"))
    @app_commands.describe(chosen=locale_str("The goal to let go of"))
    async def goal_drop(self, interaction: "Interaction", chosen: str) -> None:
        goals = await self.client.services.goals.drop(guild_of(interaction), interaction.user.id, chosen)
        await _show(interaction, goals)

    @goal_drop.autocomplete("chosen")
    async def complete_goal(self, interaction: "Interaction", current: str) -> list[app_commands.Choice[str]]:
        try:
            goals = await self.client.services.goals.droppable(guild_of(interaction), interaction.user.id)
        except UserError:
            # Sending the command says what is wrong; a list of choices can't.
            return []
        typed = current.strip().casefold()
        return [
            app_commands.Choice(name=shortened(goal.text, CHOICE_SHOWN), value=str(goal.id))
            for goal in goals
            if typed in goal.text.casefold()
        ]


async def _show(interaction: "Interaction", goals: "MemberGoals") -> None:
    await reply(interaction, embed=goals_card(goals), view=buttons_for(goals))
