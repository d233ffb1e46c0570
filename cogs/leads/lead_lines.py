"""One lead in one line, as digests, lists and answers to searches show it."""

from bot.leads.fit import Part, strongest
from bot.leads.posts import JudgedLead
from bot.texts import gettext as _
from cogs.leads.lead_card import company_name
from cogs.leads.wording import pay_text, places_text, roles_text, signal_text
from cogs.ui.fitting import shortened

COMPANY_IN_LINE, ROLES_IN_LINE, PLACES_IN_LINE, SIGNALS_IN_LINE = 50, 1, 2, 2
LABEL_LIMIT, DESCRIPTION_LIMIT = 100, 100
"""What Discord holds of an option of a select."""


def lead_line(found: JudgedLead) -> str:
    """Company, role, place and mode, pay, the strongest signals and the fit they come to, with a link."""
    lead = found.lead
    parts = [
        f"**{company_name(lead, COMPANY_IN_LINE)}**",
        roles_text(lead.roles, ROLES_IN_LINE),
        places_text(lead, PLACES_IN_LINE),
        pay_text(lead.salary) if lead.salary else "",
        " ".join(_signed(part) for part in strongest(found.fit, SIGNALS_IN_LINE)),
    ]
    line = " · ".join(filter(None, parts))
    link = _("[post]({url})").format(url=found.url)
    if found.vanished:
        return _("~~{lead}~~ · gone from Hacker News").format(lead=line)
    return _("{lead} · fit {score} · {link}").format(lead=line, score=found.fit.score, link=link)


def option_label(found: JudgedLead) -> str:
    """A lead in a select, where nothing is markup."""
    lead = found.lead
    company = lead.company or _("a company without a name")
    return shortened(" · ".join([company, *lead.roles[:1]]), LABEL_LIMIT)


def option_description(found: JudgedLead) -> str:
    """What stands under the label in a select."""
    places = ", ".join(found.lead.locations[:2])
    fit = _("fit {score}").format(score=found.fit.score)
    return shortened(" · ".join(filter(None, [fit, places])), DESCRIPTION_LIMIT)


def _signed(part: Part) -> str:
    sign = "+" if part.points > 0 else "−"
    return f"{sign}{signal_text(part)}"
