"""How a draft of a message to a company looks: to be copied, with what to heed before it is sent."""

from collections.abc import Sequence

import discord

from bot.texts import gettext as _
from bot.tracker.drafts import Draft
from bot.tracker.rules import Application
from cogs.leads.job_card import company_text
from cogs.ui import colours
from cogs.ui.markup import boxed


def draft_card(application: Application, draft: Draft, heading: str = "", *, founder: bool) -> discord.Embed:
    """A draft for a founder or somebody else in a company."""
    to = _("To a founder of {company}") if founder else _("To somebody at {company}")
    parts = [
        *([heading] if heading else []),
        _("**Subject**") + "\n" + boxed(draft.subject),
        _("**Message**") + "\n" + boxed(draft.text),
        advice_text(draft.advice),
    ]
    embed = discord.Embed(
        title=to.format(company=company_text(application)),
        description="\n".join(parts),
        colour=colours.CALM,
    )
    return embed.set_footer(text=_("Copy it and send it yourself: I write to nobody."))


def advice_text(advice: Sequence[str]) -> str:
    """What to heed, one thing a line."""
    return "\n".join([_("**Before you send it**"), *(f"• {line}" for line in advice)])
