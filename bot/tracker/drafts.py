"""Drafts of what a member may send to a company, after the guides: short, concrete, one thing shown. Pure.

The member copies a draft and sends it; the bot writes to nobody. What only they know stands in [brackets].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from bot.checkins.rules import Evidence
from bot.texts import gettext as _
from bot.texts import language
from bot.tracker.follow_ups import SECOND
from bot.tracker.rules import Application

EVIDENCE_LOOKED_AT = 20
"""How many of a member's newest links a draft may choose from."""

WORDS_AT_MOST = 120

_WORDS_OF_A_NAME, _WORDS_OF_A_ROLE = 6, 8


@dataclass(frozen=True, slots=True)
class Brief:
    """What a draft is made of.

    `shown` is the link that shows best what the member can do, `since` one that they showed after applying.
    `number` is that of the follow-up, `applied_on` the day of the first message. Without a `role`, a draft
    asks for work in general.
    """

    company: str
    role: str = ""
    founder: bool = False
    from_thread: bool = False
    shown: str | None = None
    since: str | None = None
    applied_on: date | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be copied. `advice` is for the member, to be heeded before they send it."""

    subject: str
    text: str
    advice: tuple[str, ...] = ()


def brief_of(application: Application, evidence: Sequence[Evidence], today: date) -> Brief:
    """What a draft about a job is made of. `evidence` is a member's, the newest first."""
    job, applied_on = application.job, application.applied_on
    shown = next((each for each in evidence if each.showing), None) or next(iter(evidence), None)
    since = next((each for each in evidence if applied_on is not None and each.day > applied_on), None)
    follow_up = application.follow_up
    return Brief(
        company=_first_words(job.company, _WORDS_OF_A_NAME),
        # Of several titles, the first is the one that a message can be about.
        role=_first_words(job.role.split(", ")[0], _WORDS_OF_A_ROLE),
        founder=job.founder,
        from_thread=application.lead_id is not None,
        shown=shown.url if shown else None,
        since=since.url if since else None,
        applied_on=applied_on,
        number=follow_up.as_of(today).number if follow_up else 1,
    )


def first_message(brief: Brief) -> Draft:
    """A first message about a job."""
    return _draft(brief, _subject(brief), [_why_i_write(brief), _what_i_show(brief), _what_i_ask(brief)])


def follow_up(brief: Brief) -> Draft:
    """The follow-up that the brief names: the first adds something, the second asks for a plain answer."""
    subject = _("Re: {subject}").format(subject=_subject(brief))
    if brief.number == SECOND:
        return _draft(brief, subject, [_last_note(brief), _in_one_line(brief), _last_question(brief)])
    return _draft(brief, subject, [_reminder(brief), _what_is_new(brief), _what_is_missing(brief)])


def _draft(brief: Brief, subject: str, paragraphs: Sequence[str]) -> Draft:
    text = "\n\n".join([_("Hi [name],"), *paragraphs, _("[Your name]")])
    return Draft(subject, text, _advice(brief))


def _subject(brief: Brief) -> str:
    if brief.role:
        return _("{role} at {company}").format(role=brief.role, company=brief.company)
    return _("Machine learning work at {company}").format(company=brief.company)


def _why_i_write(brief: Brief) -> str:
    if brief.role and brief.from_thread:
        text = _("I am writing about the role of {role} at {company}, from your post on Hacker News.")
    elif brief.role:
        text = _("I am writing about the role of {role} at {company}.")
    else:
        text = _("I am looking for machine learning work, and I would like to do it at {company}.")
    return text.format(role=brief.role, company=brief.company)


def _what_i_show(brief: Brief) -> str:
    if brief.shown is None:
        return _(
            "I taught myself machine learning by building. What I can show: [a link to one thing that you "
            "built, and one sentence: for whom it is, and what it does for them]."
        )
    text = _(
        "I taught myself machine learning by building. This shows best what I can do: {link}\n"
        "[One sentence: for whom it is, what it does for them, and one number.]"
    )
    return text.format(link=brief.shown)


def _what_i_ask(brief: Brief) -> str:
    if brief.founder:
        text = _(
            "Is there a small problem at {company} that nobody gets round to? I would try it for a few days, "
            "so that you see how I work."
        )
    elif brief.role:
        text = _("Could I show you how I work, with a task of yours or in a call of fifteen minutes?")
    else:
        text = _("Is there work of this kind at {company}, and who would be the person to ask?")
    return text.format(company=brief.company)


def _reminder(brief: Brief) -> str:
    day = _in_words(brief.applied_on) if brief.applied_on else None
    if brief.role and day:
        text = _("On {day} I wrote to you about the role of {role} at {company}.")
    elif brief.role:
        text = _("I wrote to you about the role of {role} at {company}.")
    elif day:
        text = _("On {day} I wrote to you about machine learning work at {company}.")
    else:
        text = _("I wrote to you about machine learning work at {company}.")
    return text.format(day=day, role=brief.role, company=brief.company)


def _what_is_new(brief: Brief) -> str:
    if brief.since is not None:
        text = _("Since then I built this: {link}\n[One sentence: what it does, and why it matters to them.]")
        return text.format(link=brief.since)
    if brief.shown is not None:
        text = _("To save you the search, this is what I can show: {link}\n[One thing that is new about it.]")
        return text.format(link=brief.shown)
    return _("Since then: [one thing that you finished, with a link to it].")


def _what_is_missing(brief: Brief) -> str:
    if brief.founder:
        return _("If there is one thing that would tell you whether I can do it, what would that be?")
    if brief.role:
        return _("Is the position still open, and is there anything you would like to see from me first?")
    return _("Would it help if I showed you something closer to what you do?")


def _last_note(brief: Brief) -> str:
    if brief.role:
        text = _("This is my last note about the role of {role} at {company}, in case the others were lost.")
    else:
        text = _("This is my last note about work at {company}, in case the others were lost.")
    return text.format(role=brief.role, company=brief.company)


def _in_one_line(brief: Brief) -> str:
    link = brief.since or brief.shown
    if link is None:
        return _("In one line: [what you built, for whom, with a link].")
    return _("In one line: [what it does, for whom]. {link}").format(link=link)


def _last_question(brief: Brief) -> str:
    if brief.founder:
        return _("If the time is not right, a short no helps me too. Do you know anybody else who is hiring?")
    return _("If it is decided, a short no helps me too. Is there somebody else I should ask?")


def _advice(brief: Brief) -> tuple[str, ...]:
    advice = []
    if brief.shown is None:
        advice.append(
            _(
                "You have shown nothing by a link in your check-ins yet, and a message without one says "
                "little. Show one thing first: a demo that others can open, or a page on one decision you "
                "made and why."
            )
        )
    if not brief.founder:
        advice.append(
            _("Find out who would work with you, and write to that person; in a small company, to a founder.")
        )
    advice.append(_("Fill in what stands in [brackets], and read it aloud before you send it."))
    return tuple(advice)


def _in_words(day: date) -> str:
    return format_date(day, "d MMMM" if language() == "en" else "long", locale=language())


def _first_words(text: str, number: int) -> str:
    words = text.split()
    return " ".join(words[:number]) + ("…" if len(words) > number else "")
