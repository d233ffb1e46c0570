"""What stands beside the pictures: links to press, and the reasons for days."""

from datetime import date
from urllib.parse import urlsplit

import discord
from babel.dates import format_date

from bot.checkins.ledger import FREEZES_AT_MOST, DayState
from bot.progress.account import Account, Stretch, stretches
from bot.progress.figures import Evidence, Figures
from bot.texts import gettext as _
from bot.texts import language, ngettext
from cogs.pictures.addresses import short_address
from cogs.progress.telling import consistency_words, stretch_words
from cogs.ui import colours
from cogs.ui.dates import short_date
from cogs.ui.markup import as_text

DESCRIPTION_LIMIT = 4_096
_REASONS_AT_MOST = 2_400


def progress_card(figures: Figures) -> discord.Embed:
    """Beside a member's own picture: what they showed last, as links."""
    embed = discord.Embed(colour=colours.CALM)
    if figures.evidence:
        embed.title = _("Shown last")
        embed.description = _links(figures)
    else:
        embed.description = _(
            "Put a link into “What did you get done?”, and it is kept here as something to show."
        )
    embed.set_footer(text=_("Only you see this. “Share” posts the picture here for everyone."))
    return embed


def shared_card(figures: Figures) -> discord.Embed | None:
    """Beside a picture that its member shared: the links, if there are any."""
    if not figures.evidence:
        return None
    return discord.Embed(title=_("Shown last"), description=_links(figures), colour=colours.CALM)


def nothing_yet() -> discord.Embed:
    """For a member without a single check-in."""
    return discord.Embed(
        title=_("Your picture begins with your first check-in"),
        description=_(
            "Ten minutes of work are enough for it. Use /checkin, and this is where your days, your hours "
            "and what you have to show will come together."
        ),
        colour=colours.CALM,
    )


def ledger_card(account: Account) -> tuple[discord.Embed, bool]:
    """Why the streak is what it is, and the reason for each day that is not plain; whether all fitted."""
    embed = discord.Embed(title=_streak_title(account.streak), colour=colours.CALM)
    lines = [_streak_reason(account), consistency_words(account.consistency), _freezes(account)]
    if not account.days:
        lines.append(_no_days(account))
    reasons, more = _reasons(stretches(account.days))
    if reasons:
        lines += ["", _("**Days with a story**"), *reasons]
    elif account.days:
        lines += ["", _("All other days went by your plan, so there is nothing to explain.")]
    if more:
        lines.append(ngettext("and {count} more day", "and {count} more days", more).format(count=more))
    embed.description = "\n".join(line for line in lines if line is not None)
    return embed, not more


def _streak_title(streak: int) -> str:
    return ngettext("Your streak is {count} due day", "Your streak is {count} due days", streak).format(
        count=streak
    )


def _streak_reason(account: Account) -> str:
    broken_on, began = account.broken_on, account.streak_began
    if broken_on is None and began is None:
        return _("It begins with your first due day done.")
    if broken_on is None and began is not None:
        return _("It counts the due days you did since {day}; not one was missed.").format(
            day=_day(began, account)
        )
    if broken_on is not None and began is not None:
        return _("It counts the due days you did since {began}; {missed} was the last one missed.").format(
            began=_day(began, account), missed=_day(broken_on, account)
        )
    return _("{missed} was missed, and the next due day you do begins a new streak.").format(
        missed=_day(broken_on, account) if broken_on else ""
    )


def _freezes(account: Account) -> str:
    held = _("Freezes: {held} of {most}.").format(held=account.freezes, most=FREEZES_AT_MOST)
    left = account.to_next_freeze
    if left is None:
        earned = _("No more can be held; they are used by themselves when a due day goes by.")
    else:
        earned = ngettext(
            "{count} more due day done earns the next one.",
            "{count} more due days done earn the next one.",
            left,
        ).format(count=left)
    if not any(day.state is DayState.FROZEN for day in account.days):
        return f"{held} {earned}"
    covered = _("A day that one covered neither counts nor ends the streak.")
    return f"{held} {earned} {covered}"


def _no_days(account: Account) -> str:
    if account.began is None:
        return _("\nThere are no days in your ledger yet. /checkin or /routine set begins it.")
    return _("\nThere are no days of yours in that range: your ledger begins on {day}.").format(
        day=_day(account.began, account)
    )


def _day(day: date, account: Account) -> str:
    """A day that may lie years back, with its year if the range ends in another one."""
    if day.year == account.last.year:
        return short_date(day)
    return format_date(day, "d MMM y" if language() == "en" else "medium", language())


def _reasons(found: list[Stretch]) -> tuple[list[str], int]:
    """As many reasons as there is room for, the latest first, and how many days are left over."""
    lines: list[str] = []
    used = 0
    for number, stretch in enumerate(found):
        line = f"• {stretch_words(stretch)}"
        used += len(line) + 1
        if used > _REASONS_AT_MOST:
            return lines, sum(left.days for left in found[number:])
        lines.append(line)
    return lines, 0


def _links(figures: Figures) -> str:
    lines: list[str] = []
    for evidence in figures.evidence:
        line = f"• {_link(evidence)} · {short_date(evidence.day)}"
        if sum(map(len, lines)) + len(lines) + len(line) <= DESCRIPTION_LIMIT:
            lines.append(line)
    return "\n".join(lines)


def _link(evidence: Evidence) -> str:
    """A link whose words are its own address, so that nobody is led elsewhere."""
    # Discord shows no link whose words hold a bracket or another address.
    words = as_text(short_address(evidence.url).replace("]", "").replace("://", ":"), 120)
    parts = urlsplit(evidence.url)
    if not parts.hostname or any(char in evidence.url for char in " <>\\"):
        return words
    return f"[{words}]({evidence.url.replace('(', '%28').replace(')', '%29')})"
