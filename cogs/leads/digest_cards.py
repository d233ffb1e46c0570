"""What the lead channel shows: the digest of a day, and the summary of a month's thread."""

from collections.abc import Iterator

import discord

from bot.leads.digests import DigestContent
from bot.leads.months import MonthContent
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.leads.lead_lines import lead_line
from cogs.leads.opening import OpenLeadSelect
from cogs.leads.searching import LatestButton
from cogs.messenger import Rendered, Renderer
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.dates import long_date, month_and_year
from cogs.ui.fitting import fitted

LIST_LIMIT = 3_900


def render_digest(content: DigestContent, nonce: str) -> Rendered:
    """The best of what is new, a line each; whoever opens one sees it alone."""
    embed = discord.Embed(
        title=_("Job leads · {day}").format(day=long_date(content.day)),
        description=fitted([f"- {lead_line(lead)}" for lead in content.leads], LIST_LIMIT),
        colour=colours.JOB_HUNT,
    )
    embed.set_footer(text=" ".join(_digest_notes(content)))
    there = [lead for lead in content.leads if not lead.vanished]
    items = [OpenLeadSelect(there, nonce=nonce)] if there else [LatestButton(nonce)]
    return Rendered(text="", embed=embed, view=view_of(*items))


def _digest_notes(content: DigestContent) -> Iterator[str]:
    yield _("Read for people who taught themselves; a fit of {mark} or more is shown.").format(
        mark=content.mark
    )
    if content.more:
        yield ngettext(
            "{count} more waits for the next digest; /leads latest has it.",
            "{count} more wait for the next digests; /leads latest has them.",
            content.more,
        ).format(count=content.more)


def render_month(content: MonthContent, nonce: str) -> Rendered:
    """What this month's thread has, and what has changed since the month before."""
    embed = discord.Embed(
        title=_("The hiring thread of {month}").format(month=month_and_year(content.month)),
        url=content.url,
        description="\n".join(_month_lines(content)),
        colour=colours.JOB_HUNT,
    )
    embed.set_footer(text=_month_note(content))
    return Rendered(text="", embed=embed, view=view_of(LatestButton(nonce)))


def _month_lines(content: MonthContent) -> Iterator[str]:
    now, before = content.figures, content.before
    posts = ngettext("**{count} post** so far", "**{count} posts** so far", now.posts)
    if content.is_final:
        posts = ngettext(
            "**{count} post** in its first days", "**{count} posts** in its first days", now.posts
        )
    yield posts.format(count=now.posts) + _since(now.posts, before.posts if before else None)
    ours = ngettext("**{count} for us**", "**{count} for us**", now.suiting).format(count=now.suiting)
    reason = _("with a fit of {mark} or more").format(mark=content.mark)
    yield f"{ours}, {reason}" + _since(now.suiting, before.suiting if before else None)
    yield ""
    for label, name in (
        (_("machine-learning roles"), "ml_roles"),
        (_("open to juniors or interns"), "junior"),
        (_("remote"), "remote"),
        (_("a degree demanded"), "degree_demanded"),
    ):
        count = getattr(now, name)
        yield f"• {label}: {count}" + _since(count, getattr(before, name) if before else None)
    if content.came_back is not None and content.new_companies is not None:
        yield ""
        yield _("Companies back from earlier months: {back}, new ones: {new}.").format(
            back=content.came_back, new=content.new_companies
        )


def _since(count: int, before: int | None) -> str:
    if before is None:
        return ""
    return " " + _("(last month {before}, {change})").format(before=before, change=f"{count - before:+d}")


def _month_note(content: MonthContent) -> str:
    if content.before is None:
        return _("There is no month before it to compare with yet.")
    hours = round(content.age.total_seconds() / 3600)
    if hours < 48:
        age = ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    else:
        days = content.age.days
        age = ngettext("{count} day", "{count} days", days).format(count=days)
    return _("Both threads are counted at the same age: {age} after they began.").format(age=age)


RENDERERS: dict[type, Renderer] = {DigestContent: render_digest, MonthContent: render_month}
