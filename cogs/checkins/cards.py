"""How prompts, pings and check-ins look."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.builds.rules import DAYS, BuildingDay
from bot.checkins.deliveries import CardContent, PromptContent
from bot.checkins.pings import DirectPingContent, PingContent
from bot.checkins.praise import praise_for
from bot.checkins.rules import KIND_NAMES, CheckIn, KindOfWork
from bot.checkins.service import Recent, Report
from bot.servers.places import ThreadTitle
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.checkins.buttons import (
    ChangeButton,
    CheckInButton,
    DirectCheckInButton,
    NotTodayButton,
    YesterdayButton,
)
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.dates import day_and_month, long_date, short_date
from cogs.ui.fitting import fitted
from cogs.ui.markup import as_text

DONE_SHOWN, FIELD_SHOWN, LINE_SHOWN = 3_000, 1_000, 200
NAMES_SHOWN, QUESTION_SHOWN = 60, 256
BUILDS_SHOWN, TITLE_SHOWN, LINES_SHOWN = 3, 200, 1_000
LOOK_AT_MY_WEEK = "lookback:week:v1"

KIND_COLOURS = {
    KindOfWork.LEARNING: colours.LEARNING,
    KindOfWork.BUILDING: colours.BUILDING,
    KindOfWork.SHOWING: colours.SHOWING,
    KindOfWork.JOB_HUNT: colours.JOB_HUNT,
}


def render_prompt(content: PromptContent, nonce: str) -> Rendered:
    """The day's prompt, its button, and who has checked in so far."""
    intro = _("Ten minutes of work count. What you write is for the others here to see.")
    embed = discord.Embed(
        title=as_text(_(content.question), QUESTION_SHOWN),
        description="\n\n".join(filter(None, [intro, _being_built(content.builds)])),
        colour=colours.CALM,
    )
    embed.set_footer(text=long_date(content.day))
    return Rendered(text=_checked_in(content.members), embed=embed, view=view_of(CheckInButton(nonce)))


def _being_built(builds: Sequence[BuildingDay]) -> str:
    asked = _("Day {day} of {days} for **{title}**: what runs already?")
    lines = [
        asked.format(day=build.day, days=DAYS, title=as_text(build.title, TITLE_SHOWN))
        for build in builds[:BUILDS_SHOWN]
    ]
    return fitted(lines, LINES_SHOWN, more=max(0, len(builds) - BUILDS_SHOWN))


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
    names = _mentions(content.members)
    if content.is_second:
        text = _("{names}: your second reminder, as you asked. Ten minutes would do.")
    else:
        text = _("{names}: it's your time. What is today's piece of it?")
    lines = [text.format(names=names)]
    if content.refused:
        told = _("{names}: Discord did not let me write to you directly, so your pings come here again.")
        lines.append(told.format(names=_mentions(content.refused)))
    return Rendered(
        text="\n".join(lines),
        view=view_of(CheckInButton(nonce), NotTodayButton()),
        mentions=discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(member) for member in content.members]
        ),
    )


def render_direct_ping(content: DirectPingContent, nonce: str) -> Rendered:
    """The same as a direct message, which can be about any of the servers that the two share."""
    if content.is_second:
        text = _("Your second reminder for {channel}, as you asked. Ten minutes would do.")
    else:
        text = _("It's your time, for {channel}. What is today's piece of it?")
    view = view_of(DirectCheckInButton(content.guild_id, nonce), NotTodayButton(str(content.guild_id)))
    return Rendered(text=text.format(channel=f"<#{content.channel_id}>"), view=view, names_server=True)


def _mentions(members: Sequence[int]) -> str:
    return " ".join(f"<@{member}>" for member in members)


def render_card(content: CardContent, nonce: str) -> Rendered:
    """A member's check-in, for the others to see."""
    return Rendered(
        text=_("<@{member}> checked in.").format(member=content.checkin.user_id),
        embed=checkin_card(content.checkin, _figure(content)),
        view=view_of(CheckInButton(nonce, quiet=True)),
    )


def render_thread_title(title: ThreadTitle, nonce: str) -> Rendered:
    """The title of the thread under a prompt."""
    return Rendered(text=_("Check-ins · {day}").format(day=day_and_month(title.day)))


def checkin_card(checkin: CheckIn, figure: str | None = None) -> discord.Embed:
    """A check-in with all its texts; the figure is one that its member lets others see."""
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
    if figure is not None:
        parts.append(figure)
    embed.set_footer(text=" · ".join(parts))
    return embed


def _figure(content: CardContent) -> str | None:
    if content.streak:
        return ngettext("{count} due day in a row", "{count} due days in a row", content.streak).format(
            count=content.streak
        )
    if content.consistency and content.consistency.done:
        done, of = content.consistency.done, content.consistency.of
        return _("{done} of the last {of} due days").format(done=done, of=of)
    return None


def answer_of(report: Report, guild: str | None = None) -> tuple[discord.Embed, discord.ui.View]:
    """The private answer to a check-in: a kind word, the streak beside the consistency, what is open.

    `guild` names the server where the answer is given in direct messages.
    """
    embed = discord.Embed(title=_title(report), colour=colours.GOOD)
    notes = []
    if not report.due:
        notes.append(_("An extra day: nothing was due in your routine."))
    elif report.streak == 1:
        notes.append(_("Day one of a streak. The next due day makes it two."))
    if report.yesterday_open:
        notes.append(_("Yesterday is still open: you can report it until noon."))
    if notes:
        embed.description = "\n".join(notes)
    if report.streak:
        embed.add_field(name=_("Streak"), value=_streak(report.streak))
    done, of = report.consistency.done, report.consistency.of
    if done and of > 1:
        value = _("{done} of the last {of} due days").format(done=done, of=of)
        embed.add_field(name=_("Consistency"), value=value)
    if report.freezes:
        text = ngettext("{count} in store", "{count} in store", report.freezes)
        embed.add_field(name=_("Freezes"), value=text.format(count=report.freezes))
    embed.set_footer(
        text=_("Counted for {day}. It can be changed for a week, by /checkins.").format(
            day=long_date(report.checkin.day)
        )
    )
    buttons: list[discord.ui.Item[Any]] = [ChangeButton(report.checkin.day.isoformat(), guild)]
    if report.yesterday_open:
        buttons.append(YesterdayButton(guild))
    if report.ends_week and guild is None:
        # The button belongs to the look back, which finds it by its custom id.
        buttons.append(discord.ui.Button(label=_("Look at my week"), custom_id=LOOK_AT_MY_WEEK))
    return embed, view_of(*buttons)


def _title(report: Report) -> str:
    if not report.is_new:
        return _("Changed. It reads better now.")
    if report.away:
        text = ngettext(
            "Good to have you back. {count} day away, and here you are.",
            "Good to have you back. {count} days away, and here you are.",
            report.away,
        )
        return text.format(count=report.away)
    return _(praise_for(report.checkin.user_id, report.checkin.day, report.checkin.entry.kind))


def _streak(count: int) -> str:
    return ngettext("**{count} due day** in a row", "**{count} due days** in a row", count).format(
        count=count
    )


def recent_card(recent: Recent) -> discord.Embed:
    """A member's check-ins of the last week, in a line each."""
    embed = discord.Embed(title=_("Your check-ins of the last week"), colour=colours.CALM)
    lines = [
        f"**{short_date(checkin.day)}** · {as_text(' '.join(checkin.entry.done.split()), LINE_SHOWN)}"
        for checkin in recent.checkins
    ]
    if recent.yesterday_open:
        lines.append(_("Yesterday is still open: you can report it until noon."))
    embed.description = "\n".join(lines) or _("Nothing in the last week. /checkin begins the next one.")
    return embed


def no_card_notice(reason: str) -> discord.Embed:
    """Tells a member that the check-in counts although the others can't see it."""
    text = _(
        "Your check-in is stored and counts, but I could not show it to the others: {reason}. "
        "Please tell someone who manages this server; /setup says what is wrong."
    )
    return discord.Embed(description=text.format(reason=_(reason)), colour=colours.PROBLEM)


RENDERERS: dict[type, Renderer] = {
    PromptContent: render_prompt,
    PingContent: render_ping,
    DirectPingContent: render_direct_ping,
    CardContent: render_card,
    ThreadTitle: render_thread_title,
}
