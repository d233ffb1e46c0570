"""How one job of a member's looks to them: its facts, how far it has come, and what they noted."""

from collections.abc import Iterator, Sequence

import discord

from bot.texts import gettext as _
from bot.texts import ngettext
from bot.tracker.rules import JOYS, STATE_NAMES, Application, Note, State, Step
from bot.tracker.viewing import Opened
from cogs.ui import colours
from cogs.ui.dates import long_date, short_date
from cogs.ui.fitting import fitted
from cogs.ui.markup import as_text

COMPANY_SHOWN, ROLE_SHOWN, PLACE_SHOWN = 200, 300, 200
NOTE_SHOWN, ROUND_SHOWN, EARLIER_ROLE_SHOWN = 700, 220, 70
LINK_SHOWN = 600
HISTORY_LIMIT, FIELD_LIMIT, EARLIER_LIMIT = 400, 1_000, 500
ROUNDS_PAGE_LIMIT, NOTES_PAGE_LIMIT = 1_100, 1_700


def job_card(opened: Opened, heading: str = "") -> discord.Embed:
    """All about a job, for its member alone; the `heading` says what has just been done."""
    record, application = opened.record, opened.record.application
    embed = discord.Embed(
        title=company_text(application),
        description="\n\n".join(filter(None, [heading, _facts(application)])) or None,
        colour=colours.GOOD if application.state in JOYS else colours.CALM,
    )
    for name, value in (
        (_("State"), _state(opened)),
        (_("Follow-up"), _follow_up(opened)),
        (_("You wrote to them before"), _earlier(opened.earlier)),
        (_("Rounds"), notes_text(record.rounds, FIELD_LIMIT, ROUND_SHOWN)),
        (_("Notes"), notes_text(record.notes, FIELD_LIMIT, NOTE_SHOWN)),
        (_("What happened"), fitted([_step(step) for step in reversed(record.steps)], HISTORY_LIMIT)),
    ):
        if value:
            embed.add_field(name=name, value=value, inline=False)
    return embed.set_footer(text=_("Only you see this."))


def notes_card(opened: Opened, heading: str = "") -> discord.Embed:
    """All that was noted about a job, as far as a message holds it."""
    record = opened.record
    sections = [heading] if heading else []
    for title, notes, limit in (
        (_("Rounds"), record.rounds, ROUNDS_PAGE_LIMIT),
        (_("Notes"), record.notes, NOTES_PAGE_LIMIT),
    ):
        if notes:
            sections.append(f"**{title}**\n" + notes_text(notes, limit, NOTE_SHOWN))
    return discord.Embed(
        title=company_text(record.application), description="\n\n".join(sections), colour=colours.CALM
    ).set_footer(text=_("The CSV file of your tracker has all of it."))


def deletion_card(opened: Opened) -> discord.Embed:
    """Asks whether a job shall be deleted."""
    text = _("Delete {company} from your tracker for good? Its notes, rounds and history go as well.")
    company = f"**{company_text(opened.record.application)}**"
    return discord.Embed(description=text.format(company=company), colour=colours.PROBLEM)


def company_text(application: Application, limit: int = COMPANY_SHOWN) -> str:
    """The company as text."""
    return as_text(application.job.company, limit)


def age_text(days: int) -> str:
    """For how long a job has been in its state."""
    if days == 0:
        return _("since today")
    return ngettext("for {count} day", "for {count} days", days).format(count=days)


def notes_text(notes: Sequence[Note], limit: int, each: int) -> str:
    """Notes or rounds, the latest day first; empty where there is none."""
    return fitted(
        [f"**{long_date(note.day)}** {as_text(note.text, each)}" for note in reversed(notes)], limit
    )


def _facts(application: Application) -> str:
    job = application.job
    lines = [f"**{as_text(job.role, ROLE_SHOWN)}**"] if job.role else []
    if job.place:
        lines.append(as_text(job.place, PLACE_SHOWN))
    if job.link:
        lines.append(as_text(job.link, LINK_SHOWN))
    if job.founder:
        lines.append(_("A founder reads what you write."))
    return "\n".join(lines)


def _state(opened: Opened) -> str:
    application = opened.record.application
    lines = [f"**{_(STATE_NAMES[application.state])}** {age_text(opened.card.age)}"]
    if application.applied_on is not None and application.state is not State.APPLIED:
        lines.append(_("You applied on {day}.").format(day=long_date(application.applied_on)))
    elif application.applied_on is not None:
        lines[0] += f" ({long_date(application.applied_on)})"
    if opened.applied_here:
        count = opened.applied_here
        lines.append(
            ngettext("{count} of us applied here.", "{count} of us applied here.", count).format(count=count)
        )
    return "\n".join(lines)


def _follow_up(opened: Opened) -> str:
    return "\n".join(_follow_up_lines(opened))


def _follow_up_lines(opened: Opened) -> Iterator[str]:
    application, card = opened.record.application, opened.card
    if application.state is not State.APPLIED:
        return
    if not opened.choice.follow_ups:
        yield _("Turned off for all your jobs. Your tracker turns them on again.")
    elif not application.follow_ups:
        yield _("Turned off for this job.")
    elif application.follow_up is None:
        yield _("None is planned any more: it is their turn now.")
    elif card.follow_up_in is not None and card.follow_up_in <= 0:
        yield _("It is time to write to them again.")
    else:
        yield _("Planned for {day}.").format(day=long_date(application.follow_up.on))
    if card.may_be_ghosted:
        yield _(
            "Two weeks went by without a word. If you are done waiting, choose Ghosted: it says nothing "
            "about your work."
        )


def _earlier(earlier: Sequence[Application]) -> str:
    lines = [
        _("{company}, {role}: {state}, {day}").format(
            company=company_text(each, EARLIER_ROLE_SHOWN),
            role=as_text(each.job.role, EARLIER_ROLE_SHOWN) or _("no title noted"),
            state=_(STATE_NAMES[each.state]).lower(),
            day=short_date(each.applied_on or each.since),
        )
        for each in earlier
    ]
    if not lines:
        return ""
    advice = _("Look at how that went before you write to them again.")
    return fitted(lines, EARLIER_LIMIT) + f"\n{advice}"


def _step(step: Step) -> str:
    name = _("Followed up") if step.state is None else _(STATE_NAMES[step.state])
    return f"{short_date(step.day)} · {name}"
