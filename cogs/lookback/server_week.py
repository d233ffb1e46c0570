"""How a server's week looks."""

import discord

from bot.lookback.rules import Links, ServersWeek, check_ins, days_of_week, minutes, week_ended_in
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.lookback.figures import check_ins_text, duration, kinds_text, share_text, span
from cogs.ui import colours
from cogs.ui.fitting import fitted
from cogs.ui.markup import as_text

SHOWN_LIMIT, GOALS_LIMIT, GOAL_LIMIT = 1_900, 1_400, 220
"""Characters for the links, the goals and one goal: with the figures, less than an embed's 4096."""

MEMBERS_LINKS_LIMIT = 300
"""Characters for a member's further links, so that nobody takes the room of all others."""


def server_week_embed(week: ServersWeek) -> discord.Embed:
    """The sums of a server's week, and what those who agreed to be named have shown and kept."""
    parts = [_sums(week)]
    if week.shown:
        lines = [_links(links) for links in week.shown]
        shown = fitted(lines, SHOWN_LIMIT, week.more_shown)
        parts.append("\n".join([_("**Finished and shown**"), shown]))
    if week.goals:
        lines = [f"<@{goal.user_id}> {as_text(goal.text, GOAL_LIMIT)}" for goal in week.goals]
        days = days_of_week(week_ended_in(week.days))
        if days == week.days:
            heading = _("**Goals kept**")
        else:
            heading = _("**Goals kept** in the week {days}").format(days=span(days))
        parts.append("\n".join([heading, fitted(lines, GOALS_LIMIT, week.more_goals)]))
    embed = discord.Embed(
        title=_("Our week: {days}").format(days=span(week.days)),
        description="\n\n".join(parts),
        colour=colours.CALM,
    )
    return embed.set_footer(text=_("Named are those who agreed to it, and only with what they did."))


def _links(links: Links) -> str:
    first, *further = links.urls
    line = f"<@{links.user_id}> {first}"
    for url in further:
        if len(line) + 1 + len(url) <= MEMBERS_LINKS_LIMIT:
            line += f" {url}"
    return line


def _sums(week: ServersWeek) -> str:
    work = week.work
    members = ngettext("**{count} member** checked in", "**{count} members** checked in", week.members)
    lines = [f"{members.format(count=week.members)} · {check_ins_text(check_ins(work))}"]
    if minutes(work):
        lines[0] += f" · {duration(minutes(work))}"
    lines.append(kinds_text(work))
    lines.append(share_text(work))
    together = week.together
    if together.companies:
        focus = ngettext(
            "Focus in company: {duration} in {count} session",
            "Focus in company: {duration} in {count} sessions",
            together.companies,
        )
        lines.append(focus.format(duration=duration(together.minutes), count=together.companies))
    return "\n".join(line for line in lines if line)
