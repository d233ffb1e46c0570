"""How a member's own week looks."""

import unicodedata
from datetime import date, timedelta

import discord
from babel.dates import format_date

from bot.checkins.ledger import DayState
from bot.goals.rules import Goal, GoalState
from bot.lookback.rules import MembersWeek, check_ins, closing_words, minutes
from bot.texts import gettext as _
from bot.texts import language, mark, ngettext
from cogs.lookback.figures import check_ins_text, duration, kinds_text, share_text, span
from cogs.ui import colours
from cogs.ui.fitting import fitted
from cogs.ui.markup import as_text

FIELD_LIMIT, GOAL_LIMIT = 1_024, 280

TO_COME = "·"
MARKS = {
    DayState.DONE: ("●", mark("done")),
    DayState.LATE: ("◐", mark("told the next morning")),
    DayState.FROZEN: ("◇", mark("covered by a freeze")),
    DayState.REST: ("–", mark("rest")),
    DayState.PAUSED: ("=", mark("away")),
    DayState.OUTAGE: ("≈", mark("I could not be reached")),
    DayState.MISSED: ("○", mark("nothing noted")),
    DayState.TODAY: ("◌", mark("still open")),
}
"""The mark of each state, told apart by its shape alone, and what it says."""

GOAL_TEXTS = {
    GoalState.KEPT: mark("✓ {goal}"),
    GoalState.OPEN: mark("○ {goal} (open)"),
    GoalState.CARRIED: mark("→ {goal} (carried over)"),
    GoalState.DROPPED: mark("– {goal} (let go)"),
}


def member_week_embed(week: MembersWeek) -> discord.Embed:
    """The week in one card: its days, work, goals, links, focus, and how it stands."""
    embed = discord.Embed(
        title=_("Your week: {days}").format(days=span(week.days)),
        description=f"{_(closing_words(week))}\n{_row(week)}",
        colour=colours.GOOD if check_ins(week.work) else colours.CALM,
    )
    if week.work:
        embed.add_field(name=_("Check-ins"), value=_work(week), inline=False)
    if week.goals:
        lines = [_goal(goal) for goal in week.goals]
        embed.add_field(name=_("Goals"), value=fitted(lines, FIELD_LIMIT), inline=False)
    if week.links:
        embed.add_field(name=_("To show for it"), value=fitted(week.links, FIELD_LIMIT), inline=False)
    if week.focus.blocks:
        blocks = ngettext("{count} block", "{count} blocks", week.focus.blocks).format(
            count=week.focus.blocks
        )
        embed.add_field(name=_("Focus"), value=f"{blocks} · {duration(week.focus.minutes)}", inline=False)
    return embed.set_footer(text=_standing(week))


def _row(week: MembersWeek) -> str:
    """The weekdays and under each its mark, in a box whose letters are equally wide; below, what they say."""
    first = week.days.first
    names = [_weekday(first + timedelta(days=number)) for number in range(len(week.states))]
    marks = [MARKS[state][0] if state else TO_COME for state in week.states]
    widths = [max(_width(name), 1) for name in names]
    box = "\n".join(
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(texts, widths, strict=True)
        ).rstrip()
        for texts in (names, marks)
    )
    seen = [f"{sign} {_(words)}" for state, (sign, words) in MARKS.items() if state in week.states]
    return f"```\n{box}\n```\n{' · '.join(seen)}"


def _weekday(day: date) -> str:
    return format_date(day, "EEEEEE", locale=language())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _work(week: MembersWeek) -> str:
    sums = check_ins_text(check_ins(week.work))
    if minutes(week.work):
        sums += f" · {duration(minutes(week.work))}"
    return "\n".join(line for line in (sums, kinds_text(week.work), share_text(week.work)) if line)


def _goal(goal: Goal) -> str:
    return _(GOAL_TEXTS[goal.state]).format(goal=as_text(goal.text, GOAL_LIMIT))


def _standing(week: MembersWeek) -> str:
    parts = []
    if week.streak:
        days = ngettext("Streak: {count} due day in a row", "Streak: {count} due days in a row", week.streak)
        parts.append(days.format(count=week.streak))
    if week.consistency.of:
        done = _("{done} of the last {of} due days done")
        parts.append(done.format(done=week.consistency.done, of=week.consistency.of))
    return " · ".join(parts) or _("For you alone")
