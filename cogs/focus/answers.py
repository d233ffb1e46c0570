"""How the private answers about a block of focus look."""

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.focus.rules import EFFORT_NAMES, Effort, InFocus
from bot.focus.service import Started, Stopped
from bot.texts import gettext as _
from bot.texts import mark, ngettext
from cogs.ui import colours

OTHERS_SHOWN = 15

SUITS = {
    Effort.HIGH: mark("Good for a blank page: scoping, new code, the part you have been putting off."),
    Effort.MIDDLE: mark("Good for closing one gap in what you know, or for skimming what is new."),
    Effort.LOW: mark("Good for light debugging, a small tidy-up, a line in the README. It counts."),
}


def started_card(started: Started) -> discord.Embed:
    """The answer to whoever started a block, or tried to while one was running."""
    block = started.block
    until = format_dt(block.ends_at, "t")
    left = format_dt(block.ends_at, "R")
    if started.is_new:
        line = _("**{minutes} minutes of focus, until {until}** ({left}).").format(
            minutes=block.minutes, until=until, left=left
        )
    else:
        line = _(
            "You are in focus already, **until {until}** ({left}). One block at a time is plenty."
        ).format(until=until, left=left)
    embed = discord.Embed(
        title=_("In focus · {effort}").format(effort=_(EFFORT_NAMES[block.effort])),
        description=f"{line}\n{_(SUITS[block.effort])}",
        colour=colours.CALM,
    )
    if started.others:
        embed.add_field(name=_("In focus too"), value=in_focus(started.others, OTHERS_SHOWN), inline=False)
    if started.minutes_today:
        value = ngettext(
            "{count} minute before this block", "{count} minutes before this block", started.minutes_today
        ).format(count=started.minutes_today)
        embed.add_field(name=_("Today"), value=value, inline=False)
    if block.seen:
        footer = _("When it is over, I tell you in the day's thread.")
    else:
        footer = _("Nobody else sees this block, so I don't tell you in the thread when it is over.")
    filled_in = _("Your check-in starts with the minutes filled in.")
    embed.set_footer(text=f"{footer} {filled_in}")
    return embed


def stopped_card(stopped: Stopped) -> discord.Embed:
    """The answer to whoever stopped early."""
    if stopped.minutes:
        text = ngettext(
            "Stopped after {count} minute. It counts.",
            "Stopped after {count} minutes. They count.",
            stopped.minutes,
        ).format(count=stopped.minutes)
    else:
        text = _("Stopped within the first minute. Come back when it suits you.")
    return discord.Embed(description=text, colour=colours.CALM)


def in_focus(members: Sequence[InFocus], shown: int) -> str:
    """A line for each member who is in focus, with the time of its end; beyond `shown`, how many more."""
    lines = [
        _("<@{member}> until {until}").format(member=member.user_id, until=format_dt(member.until, "t"))
        for member in members[:shown]
    ]
    more = len(members) - shown
    if more > 0:
        lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return "\n".join(lines)
