"""How prompts, pings, check-ins and routines look."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import discord
from babel.dates import format_date

from bot.checkins.deliveries import CardContent, PingContent, PromptContent, ThreadTitle
from bot.checkins.praise import praise_for
from bot.checkins.rules import KIND_NAMES, CheckIn, KindOfWork
from bot.checkins.service import Planned, Report
from bot.localtime import Weekdays
from bot.texts import gettext as _
from bot.texts import language, ngettext
from cogs.checkins.buttons import CheckInButton, EditButton
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.markup import as_text

DONE_SHOWN, FIELD_SHOWN = 3_000, 1_000
NAMES_SHOWN = 60

KIND_COLOURS = {
    KindOfWork.LEARNING: colours.LEARNING,
    KindOfWork.BUILDING: colours.BUILDING,
    KindOfWork.SHOWING: colours.SHOWING,
    KindOfWork.JOB_HUNT: colours.JOB_HUNT,
}


def render_prompt(content: PromptContent, nonce: str) -> Rendered:
    """The day's prompt, its button, and who has checked in so far."""
    embed = discord.Embed(
        title=_(content.question),
        description=_("Ten minutes of work count. What you write is for the others here to see."),
        colour=colours.CALM,
    )
    embed.set_footer(text=long_date(content.day))
    return Rendered(text=_checked_in(content.members), embed=embed, view=view_of(CheckInButton(nonce)))


def _checked_in(members: Sequence[int]) -> str:
    names = [f"<@{member}>" for member in members]
    if not names:
        return _("Nobody has checked in yet. Who goes first?")
    shown = ", ".join(names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    if more > 0:
        shown = ngettext("{names} and {count} more", "{names} and {count} more", more).format(
            names=shown, count=more
        )
    return _("**Checked in:** {names}").format(names=shown)


def render_ping(content: PingContent, nonce: str) -> Rendered:
    """The reminder to those who asked for one; it mentions them and nobody else."""
    names = " ".join(f"<@{member}>" for member in content.members)
    return Rendered(
        text=_("{names}: it's your time. What is today's piece of it?").format(names=names),
        view=view_of(CheckInButton(nonce)),
        mentions=discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(member) for member in content.members]
        ),
    )


def render_card(content: CardContent, nonce: str) -> Rendered:
    """A member's check-in, for the others to see."""
    return Rendered(
        text=_("<@{member}> checked in.").format(member=content.checkin.user_id),
        embed=_card(content.checkin),
        view=view_of(CheckInButton(nonce, quiet=True)),
    )


def render_thread_title(title: ThreadTitle, nonce: str) -> Rendered:
    """The title of the thread under a prompt."""
    return Rendered(
        text=_("Check-ins · {day}").format(day=format_date(title.day, "d MMMM", locale=language()))
    )


def _card(checkin: CheckIn) -> discord.Embed:
    entry = checkin.entry
    embed = discord.Embed(description=as_text(entry.done, DONE_SHOWN), colour=KIND_COLOURS[entry.kind])
    if entry.next:
        embed.add_field(name=_("Next"), value=as_text(entry.next, FIELD_SHOWN), inline=False)
    if entry.blocked:
        embed.add_field(name=_("Blocked by"), value=as_text(entry.blocked, FIELD_SHOWN), inline=False)
    parts = [_(KIND_NAMES[entry.kind]), short_date(checkin.day)]
    if entry.minutes is not None:
        parts.insert(
            1, ngettext("{count} minute", "{count} minutes", entry.minutes).format(count=entry.minutes)
        )
    embed.set_footer(text=" · ".join(parts))
    return embed


def answer_of(report: Report) -> tuple[discord.Embed, discord.ui.View]:
    """The private answer to a check-in: the streak and a kind word."""
    if report.is_new:
        title = _(praise_for(report.checkin.user_id, report.checkin.day, report.checkin.entry.kind))
    else:
        title = _("Changed. It reads better now.")
    embed = discord.Embed(title=title, description=_streak_line(report), colour=colours.GOOD)
    embed.set_footer(
        text=_("Counted for {day}. It can be changed until the day is over.").format(
            day=long_date(report.checkin.day)
        )
    )
    return embed, view_of(EditButton())


def no_card_notice(reason: str) -> discord.Embed:
    """Tells a member that the check-in counts although the others can't see it."""
    text = _(
        "Your check-in is stored and counts, but I could not show it to the others: {reason}. "
        "Please tell someone who manages this server; /setup says what is wrong."
    )
    return discord.Embed(description=text.format(reason=_(reason)), colour=colours.PROBLEM)


def _streak_line(report: Report) -> str:
    count = report.streak
    if not report.due:
        extra = _("An extra day: today was a rest day in your routine.")
        return f"{extra}\n{_current(count)}" if count else extra
    if count == 1:
        return _("Day one of a streak. The next due day makes it two.")
    return _current(count)


def _current(count: int) -> str:
    return ngettext(
        "Your streak: **{count} due day** in a row.", "Your streak: **{count} due days** in a row.", count
    ).format(count=count)


def routine_card(planned: Planned, title: str) -> discord.Embed:
    """A member's routine and when it speaks up next."""
    routine = planned.routine
    embed = discord.Embed(title=title, colour=colours.CALM)
    embed.add_field(name=_("Days"), value=days_text(routine.days))
    embed.add_field(name=_("Time"), value=f"{routine.at:%H:%M}")
    embed.add_field(name=_("Zone"), value=routine.zone)
    if planned.next_ping is not None:
        moment = discord.utils.format_dt(planned.next_ping.at, "F")
        relative = discord.utils.format_dt(planned.next_ping.at, "R")
        ping = _("On. The next one comes {moment}, {relative}, unless you have checked in by then.").format(
            moment=moment, relative=relative
        )
    else:
        ping = _("Off. I only ping people who ask: use /routine set with ping on.")
    embed.add_field(name=_("Ping"), value=ping, inline=False)
    return embed


def days_text(days: Weekdays) -> str:
    """Days of the week in words, such as "Mon, Wed, Fri"."""
    if days == Weekdays.EVERY_DAY:
        return _("Every day")
    if days == Weekdays.WORKING_DAYS:
        return _("Monday to Friday")
    # 1 January 2024 was a Monday.
    return ", ".join(
        format_date(date(2024, 1, 1 + number), "EEE", locale=language())
        for number in range(7)
        if days & (1 << number)
    )


def long_date(day: date) -> str:
    """A date with its weekday, as the reader's language writes it, without the year."""
    return _formatted(day, "EEEE, d MMMM" if language() == "en" else "full", language())


def short_date(day: date) -> str:
    """A date as the reader's language writes it in short."""
    return _formatted(day, "d MMM" if language() == "en" else "medium", language())


@lru_cache(maxsize=512)
def _formatted(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale)


RENDERERS: dict[type, Renderer] = {
    PromptContent: render_prompt,
    PingContent: render_ping,
    CardContent: render_card,
    ThreadTitle: render_thread_title,
}
