"""How what the bot says by itself about focus looks."""

import discord

from bot.focus.deliveries import CompanyContent, EndContent
from bot.focus.rules import Company
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.focus.answers import in_focus
from cogs.focus.buttons import JoinButton, check_in_with_minutes
from cogs.messenger import Rendered, Renderer
from cogs.ui.buttons import view_of

RUNNING_SHOWN, FINISHED_SHOWN = 24, 20
"""That many of the longest ids fit into 2000 characters, in wordier languages too."""


def render_end(content: EndContent, nonce: str) -> Rendered:
    """Tells a member that the block is over; it mentions them and nobody else."""
    text = _("<@{member}>: your {minutes} minutes are over. Well spent. Get up, stretch, look far away.")
    return Rendered(
        text=text.format(member=content.user_id, minutes=content.minutes),
        view=view_of(check_in_with_minutes(content.minutes_today, nonce)),
        mentions=discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(content.user_id)]
        ),
    )


def render_company(content: CompanyContent, nonce: str) -> Rendered:
    """Who is in focus together, or how much it was in the end; it mentions nobody so that they notice."""
    company = content.company
    text = _running(company) if company.running else _over(company)
    return Rendered(text=text, view=view_of(JoinButton(nonce, running=bool(company.running))))


def _running(company: Company) -> str:
    lines = [_("**In focus now**"), in_focus(company.running, RUNNING_SHOWN)]
    if company.finished:
        names = ", ".join(f"<@{member}>" for member in company.finished[:FINISHED_SHOWN])
        more = len(company.finished) - FINISHED_SHOWN
        if more > 0:
            names = ngettext("{names} and {count} more", "{names} and {count} more", more).format(
                names=names, count=more
            )
        lines.append(_("Finished: {names}").format(names=names))
    return "\n".join(lines)


def _over(company: Company) -> str:
    people = ngettext("{count} person", "{count} people", company.people).format(count=company.people)
    minutes = ngettext("{count} minute", "{count} minutes", company.minutes).format(count=company.minutes)
    return _("**{people} in focus together: {minutes} in all.**").format(people=people, minutes=minutes)


RENDERERS: dict[type, Renderer] = {EndContent: render_end, CompanyContent: render_company}
