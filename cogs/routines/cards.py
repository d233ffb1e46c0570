"""How routines and pauses look."""

from collections.abc import Sequence
from datetime import date

import discord
from babel.dates import format_date

from bot.localtime import Weekdays
from bot.routines.absences import Away, Back
from bot.routines.rules import Pause
from bot.routines.service import Overview, Planned
from bot.texts import gettext as _
from bot.texts import language, ngettext
from cogs.ui import colours
from cogs.ui.dates import long_date, short_date, weekday_name

PAUSES_SHOWN = 5


def routine_card(planned: Planned, title: str) -> discord.Embed:
    """A member's routine, and when and where it speaks up next."""
    routine = planned.routine
    embed = discord.Embed(title=title, colour=colours.CALM)
    embed.add_field(name=_("Days"), value=days_text(routine.days))
    embed.add_field(name=_("Time"), value=f"{routine.at:%H:%M}")
    embed.add_field(name=_("Zone"), value=routine.zone)
    embed.add_field(name=_("Ping"), value="\n".join(_pings(planned)), inline=False)
    return embed


def overview_card(overview: Overview) -> discord.Embed:
    """A member's routine, if they have one, and the pauses that run or are to come."""
    if overview.planned is None:
        embed = discord.Embed(
            title=_("Your pauses"),
            description=_("You have no routine here. You can make one with /routine set."),
            colour=colours.CALM,
        )
    else:
        embed = routine_card(overview.planned, _("Your routine"))
    if overview.pauses:
        lines = [_pause_line(pause, overview.today) for pause in overview.pauses[:PAUSES_SHOWN]]
        more = len(overview.pauses) - PAUSES_SHOWN
        if more > 0:
            lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        embed.add_field(name=_("Away"), value="\n".join(lines), inline=False)
    return embed


def away_card(away: Away) -> discord.Embed:
    """The answer to a new pause."""
    days = (away.pause.last - away.pause.first).days + 1
    lines = [
        ngettext("**{range}** ({count} day)", "**{range}** ({count} days)", days).format(
            range=range_text(away.pause), count=days
        )
    ]
    if away.joined:
        lines.append(_("It has joined the pause that you had there: the two are one now."))
    lines.append(
        _(
            "Nothing is due and I send you nothing. Your streak waits for you. "
            "Others see “away”, and no reason."
        )
    )
    title = _("You are away") if away.today in away.pause else _("Your pause is planned")
    return discord.Embed(title=title, description="\n\n".join(lines), colour=colours.CALM)


def back_card(back: Back) -> discord.Embed:
    """The answer to ending a pause early."""
    if back.today in back.pause:
        title = _("Welcome back")
        text = _("Your pause has ended: from today on your days count as you planned them.")
    else:
        title = _("Your pause is dropped")
        text = (
            _("You will not be away on {range}.")
            if back.pause.first == back.pause.last
            else _("You will not be away from {range}.")
        ).format(range=range_text(back.pause))
    return discord.Embed(title=title, description=text, colour=colours.GOOD)


def stopped_card() -> discord.Embed:
    """The answer to ending a routine."""
    return discord.Embed(
        description=_(
            "Your routine has ended; nothing is due and I won't ping you. Past days stay as they are."
        ),
        colour=colours.CALM,
    )


def days_text(days: Weekdays) -> str:
    """Days of the week in words, such as "Mon, Wed, Fri"."""
    if days == Weekdays.EVERY_DAY:
        return _("Every day")
    chosen = [number for number in range(7) if days & (1 << number)]
    if len(chosen) > 2 and chosen[-1] - chosen[0] == len(chosen) - 1:
        first, last = weekday_name(chosen[0]), weekday_name(chosen[-1])
        return _("{first} to {last}").format(first=first, last=last)
    # 1 January 2024 was a Monday.
    return ", ".join(format_date(date(2024, 1, 1 + number), "EEE", locale=language()) for number in chosen)


def range_text(pause: Pause) -> str:
    """A range of days in words, with the last one's year where it is another."""
    if pause.first == pause.last:
        return long_date(pause.first)
    text = _("{first} to {last}").format(first=long_date(pause.first), last=long_date(pause.last))
    # Only English dates are written without the year.
    return f"{text} {pause.last.year}" if pause.first.year < pause.last.year and language() == "en" else text


def choice_text(text: str, first: date, last: date) -> str:
    """A typed date and what it comes to, such as "next friday · Fri, 27 Nov"."""
    weekday = format_date(first, "EEE", locale=language())
    resolved = f"{weekday}, {short_date(first)}"
    if first != last:
        resolved = _("{first} to {last}").format(first=resolved, last=short_date(last))
    return f"{text} · {resolved}"


def _pings(planned: Planned) -> Sequence[str]:
    if not planned.routine.ping:
        return [_("Off. I only ping people who ask: use /routine set with ping on.")]
    chosen = planned.preference
    lines = [
        _("On, by direct message.") if chosen.direct_pings else _("On, in the thread of the day."),
    ]
    if planned.next_ping is not None:
        lines.append(
            _("The next one comes {moment}, {relative}, unless you have checked in by then.").format(
                moment=discord.utils.format_dt(planned.next_ping.at, "F"),
                relative=discord.utils.format_dt(planned.next_ping.at, "R"),
            )
        )
    if planned.second_at is not None:
        lines.append(
            _("A second one follows at {time}, if you have not checked in by then either.").format(
                time=f"{planned.second_at:%H:%M}"
            )
        )
    elif chosen.second_ping:
        lines.append(
            _("A second one would come after midnight, so there is only one; before 22:00 there are two.")
        )
    if chosen.direct_refused_on is not None:
        lines.append(
            _(
                "On {day} Discord did not let me write to you directly, so your pings come in the thread. "
                "To have them directly, allow direct messages in this server's privacy settings, "
                "then press the button again."
            ).format(day=long_date(chosen.direct_refused_on))
        )
    return lines


def _pause_line(pause: Pause, today: date) -> str:
    if today in pause:
        return _("Now, until {day}").format(day=long_date(pause.last))
    return range_text(pause)
