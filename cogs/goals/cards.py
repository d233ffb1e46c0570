"""How a member's goals look."""

from collections.abc import Sequence

import discord

from bot.goals.rules import Goal, GoalState, Step
from bot.goals.service import MemberGoals
from bot.texts import gettext as _
from cogs.ui import colours
from cogs.ui.markup import as_text

TEXT_SHOWN = 240
CARRIED_SHOWN = 3


def goals_card(goals: MemberGoals) -> discord.Embed:
    """A member's goals of this week, what is undecided of last week, and what was carried over already."""
    sections = [_section(_("This week"), goals.this_week)]
    if goals.last_week:
        sections.insert(0, _section(_("Last week"), goals.last_week))
    if goals.next_week:
        sections.append(_section(_("Next week"), goals.next_week))
    embed = discord.Embed(title=_("Your goals"), description="\n\n".join(sections), colour=colours.CALM)
    if any(Step.CARRY in goals.steps(goal) for goal in (*goals.this_week, *goals.last_week)):
        embed.set_footer(text=_("What isn't done can move on to the week after. That is what weeks are for."))
    return embed


def _section(heading: str, goals: Sequence[Goal]) -> str:
    carried = [goal for goal in goals if goal.state is GoalState.CARRIED]
    lines = [_line(goal) for goal in goals if goal.state is not GoalState.CARRIED]
    lines += map(_line, carried[-CARRIED_SHOWN:])
    nothing = _("Nothing yet. /goal set takes up to three, in your own words.")
    return "\n".join([f"**{heading}**", *(lines or [nothing])])


def _line(goal: Goal) -> str:
    text = as_text(goal.text, TEXT_SHOWN)
    if goal.state is GoalState.KEPT:
        return _("✓ {goal}").format(goal=text)
    if goal.state is GoalState.CARRIED:
        return _("→ {goal} (carried over)").format(goal=text)
    return f"○ {text}"
