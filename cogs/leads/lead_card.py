"""How one lead looks: what was read out of the post, why it suits, and how to apply."""

from collections.abc import Iterable, Iterator

import discord

from bot.leads.fit import BASE, Fit, Part, Unstated
from bot.leads.lead import LEVEL_NAMES, Lead
from bot.leads.post_text import opening
from bot.leads.posts import JudgedLead
from bot.texts import gettext as _
from bot.texts import ngettext
from bot.tracker.rules import STATE_NAMES
from bot.tracker.viewing import Standing
from cogs.leads.wording import (
    DEGREES,
    EMPLOYMENT,
    ROLE_SHOWN,
    UNSTATED,
    VISAS,
    pay_text,
    places_text,
    roles_text,
    signal_text,
)
from cogs.ui import colours
from cogs.ui.dates import month_and_year, short_date
from cogs.ui.markup import as_text

COMPANY_SHOWN, OPENING_SHOWN, QUOTE_SHOWN, FIELD_LIMIT = 120, 400, 110, 1_024
ROLES_ON_CARD, PLACES_ON_CARD, TECH_SHOWN, TOOLS_SHOWN = 6, 8, 12, 160
ADDRESSES_SHOWN, ADDRESS_LIMIT, MAIL_SHOWN = 3, 200, 100
HEADER_PARTS = 2
"""So many bars or more make the first paragraph of a post a header."""
GOOD_FROM, POOR_BELOW = 60, 35
"""The scores from which, and below which, a card has another colour."""


def lead_card(found: JudgedLead, standing: Standing | None = None) -> discord.Embed:
    """A lead with all that was read, the words that prove it, and the beginning of the post itself.

    With a `standing` it is for one member alone, and says what they have to do with the company.
    """
    lead = found.lead
    embed = discord.Embed(
        title=_title(found), url=found.url, description=_summary(found), colour=_colour(found)
    )
    embed.add_field(
        name=_("Fit: {score} of 100").format(score=found.fit.score), value=_fit(found.fit), inline=False
    )
    if details := "\n".join(_fitting(_details(lead), FIELD_LIMIT)):
        embed.add_field(name=_("Read out of the post"), value=details, inline=False)
    embed.add_field(name=_("How to apply"), value=_ways_to_apply(found), inline=False)
    if standing and (notes := "\n".join(_notes(standing))):
        embed.add_field(name=_("You and this company"), value=notes, inline=False)
    return embed.set_footer(text=" · ".join(_origin(found)))


def company_name(lead: Lead, limit: int = COMPANY_SHOWN) -> str:
    """The company's name as text, or that it gives none."""
    return as_text(lead.company, limit) if lead.company else _("a company without a name")


def _title(found: JudgedLead) -> str:
    name = company_name(found.lead)
    return f"~~{name}~~" if found.vanished else name


def _summary(found: JudgedLead) -> str:
    lead = found.lead
    lines = []
    if found.vanished:
        lines.append(_("This post is gone from Hacker News; the job is most likely taken or withdrawn."))
    roles = roles_text(lead.roles, ROLES_ON_CARD)
    lines.append(f"**{roles}**" if roles else _("No title is stated."))
    pay = pay_text(lead.salary) if lead.salary else ""
    lines += filter(None, [places_text(lead, PLACES_ON_CARD), pay])
    lines.append("> " + as_text(opening(_said(found.text), OPENING_SHOWN), OPENING_SHOWN))
    return "\n".join(lines)


def _said(text: str) -> str:
    """What a post says after its header, of which the card shows every part; all of it without a header."""
    header, _between, rest = text.partition("\n\n")
    return rest if rest and header.count("|") >= HEADER_PARTS else text


def _colour(found: JudgedLead) -> discord.Colour:
    if found.vanished or found.fit.score < POOR_BELOW:
        return colours.PROBLEM
    return colours.GOOD if found.fit.score >= GOOD_FROM else colours.CALM


def _fit(fit: Fit) -> str:
    stated = sorted((part for part in fit.parts if part.is_stated), key=lambda part: -abs(part.points))
    unstated = [_(UNSTATED[part.what]) for part in fit.parts if isinstance(part.what, Unstated)]
    end = _("Every lead begins at {base}.").format(base=BASE)
    if unstated:
        end += " " + _("Not stated, and so counted neither way: {what}.").format(what=", ".join(unstated))
    return "\n".join([*_fitting(map(_part_line, stated), FIELD_LIMIT - len(end) - 1), end])


def _fitting(lines: Iterable[str], limit: int) -> Iterator[str]:
    """The first lines, as many as `limit` characters hold together with the breaks between them."""
    for line in lines:
        limit -= len(line) + 1
        if limit < -1:
            return
        yield line


def _part_line(part: Part) -> str:
    points = f"{part.points:+d}" if part.points else "±0"
    line = f"`{points:>3}` {signal_text(part)}"
    return f"{line}: “{as_text(part.quote, QUOTE_SHOWN)}”" if part.quote else line


def _details(lead: Lead) -> Iterator[str]:
    """The fields that the summary does not show, each with the words that prove it."""
    levels = ", ".join(_(name) for level, name in LEVEL_NAMES.items() if level in lead.seniority)
    employment = ", ".join(_(name) for kind, name in EMPLOYMENT.items() if kind in lead.employment_types)
    shown = (
        (_("Level"), levels, "seniority"),
        (_("Employment"), employment, "employment_types"),
        (_("Degree"), lead.degree and _(DEGREES[lead.degree]), "degree"),
        (_("Visa"), lead.visa and _(VISAS[lead.visa]), "visa"),
        (_("Pay"), lead.salary and pay_text(lead.salary), "salary"),
    )
    for label, value, field in shown:
        if value:
            quote = as_text(" ".join(lead.evidence.get(field, "").split()), QUOTE_SHOWN)
            yield f"**{label}** {value}" + (f": “{quote}”" if quote else "")
    if lead.tech:
        tools = as_text(", ".join(lead.tech[:TECH_SHOWN]), TOOLS_SHOWN)
        yield _("**Tools** {tools}").format(tools=tools)


def _ways_to_apply(found: JudgedLead) -> str:
    lead = found.lead
    addresses = [url for url in lead.urls if len(url) <= ADDRESS_LIMIT][:ADDRESSES_SHOWN]
    ways = [*addresses, *(as_text(mail, MAIL_SHOWN) for mail in lead.emails[:ADDRESSES_SHOWN])]
    ways.append(_("[The post on Hacker News]({url})").format(url=found.url))
    return "\n".join(ways)


def _notes(standing: Standing) -> Iterator[str]:
    if standing.application is not None:
        state = _(STATE_NAMES[standing.application.state])
        yield _("In your tracker: {state}, since {day}.").format(
            state=state.lower(), day=short_date(standing.application.since)
        )
    if standing.earlier:
        latest = standing.earlier[0]
        warning = _("You wrote to them before: {role}, {state}. Look at it first with /leads tracker.")
        yield warning.format(
            role=as_text(latest.job.role, ROLE_SHOWN) or _("no title noted"),
            state=_(STATE_NAMES[latest.state]).lower(),
        )
    if standing.applied_here:
        count = standing.applied_here
        yield ngettext("{count} of us applied here.", "{count} of us applied here.", count).format(
            count=count
        )


def _origin(found: JudgedLead) -> Iterator[str]:
    yield _("Posted on {day}").format(day=short_date(found.posted_at.date()))
    if found.seen_since is not None:
        yield _("this company has been seen here since {month}").format(
            month=month_and_year(found.seen_since)
        )
