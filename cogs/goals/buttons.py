"""The lasting buttons under a member's goals."""

from typing import TYPE_CHECKING

import discord

from bot.goals.rules import Step
from bot.goals.service import MemberGoals
from bot.texts import gettext as _
from bot.texts import mark
from cogs.goals import cards
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of

if TYPE_CHECKING:
    from cogs.client import Autodidact

LABELS = {
    Step.KEEP: mark("Kept: {goal}"),
    Step.REOPEN: mark("Undo: {goal}"),
    Step.CARRY: mark("Carry over: {goal}"),
}
STYLES = {
    Step.KEEP: discord.ButtonStyle.success,
    Step.REOPEN: discord.ButtonStyle.secondary,
    Step.CARRY: discord.ButtonStyle.primary,
}
TEXT_SHOWN = 40


class GoalButton(LastingButton, template=r"goal:(?P<step>keep|reopen|carry):v1:(?P<goal>\d{1,18})"):
    """Ticks a goal of whoever presses it, takes the tick back, or carries the goal over."""

    def __init__(self, step: Step | str, goal: int | str, text: str = "", row: int | None = None):
        self.step, self.goal_id = Step(step), int(goal)
        shown = text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1].rstrip() + "…"
        label = _(LABELS[self.step]).format(goal=shown)
        super().__init__(label, f"goal:{step}:v1:{goal}", STYLES[self.step], row=row)

    async def press(self, interaction: "discord.Interaction[Autodidact]") -> None:
        goals = await interaction.client.services.goals.take(
            guild_of(interaction), interaction.user.id, self.goal_id, self.step
        )
        await interaction.response.edit_message(embed=cards.goals_card(goals), view=buttons_for(goals))


def buttons_for(goals: MemberGoals) -> discord.ui.View | None:
    """A button for each thing that can be done today about each of a member's goals, or None."""
    buttons = [
        GoalButton(step, goal.id, goal.text, row=2 * number + (step is Step.CARRY))
        for number, listed in enumerate((goals.this_week, goals.last_week))
        for goal in listed
        for step in goals.steps(goal)
    ]
    return view_of(*buttons) if buttons else None
