"""What speaks for a lead or against it, each with the words of the post that prove it. Pure.

The signals of a post are the same for everybody. What they are worth to a server or a member is the matter of
`bot.leads.fit`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from bot.leads import role_kinds
from bot.leads.cues import company, demands, hiring
from bot.leads.lead import Degree, Employment, Lead, Level, MachineLearning, PostKind, Visa, WorkMode
from bot.leads.prose import Prose


class SignalName(StrEnum):
    """What can be found in a post. Stored by these values, so they must not change."""

    ML_ROLE = "ml_role"
    DATA_ROLE = "data_role"
    SOFTWARE_ROLE = "software_role"
    ML_COMPANY = "ml_company"

    INTERNSHIP = "internship"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"
    MANAGER = "manager"
    FEW_YEARS = "few_years"
    SOME_YEARS = "some_years"
    MANY_YEARS = "many_years"

    NO_DEGREE_NEEDED = "no_degree_needed"
    EXPERIENCE_INSTEAD = "experience_instead"
    DEGREE_PREFERRED = "degree_preferred"
    DEGREE_REQUIRED = "degree_required"
    PHD_REQUIRED = "phd_required"
    STUDENTS_ONLY = "students_only"

    SMALL_COMPANY = "small_company"
    FOUNDER_HIRING = "founder_hiring"
    DIRECT_CONTACT = "direct_contact"
    PRACTICAL_INTERVIEW = "practical_interview"
    SHOWN_WORK = "shown_work"
    MENTORSHIP = "mentorship"
    LEARNING = "learning"

    REMOTE = "remote"
    ON_SITE = "on_site"
    VISA_OFFERED = "visa_offered"
    VISA_NOT_OFFERED = "visa_not_offered"
    LANGUAGE_DEMANDED = "language_demanded"

    PAY_STATED = "pay_stated"
    PART_TIME = "part_time"
    CONTRACT = "contract"

    IMPOSSIBLE_MIX = "impossible_mix"
    NOTHING_CONCRETE = "nothing_concrete"
    NOT_A_JOB = "not_a_job"


class Weighs(StrEnum):
    """Which way a signal pulls for somebody who taught themselves; a server's weights have the last word."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was found.

    `quote` is the words of the post, verbatim and cut to `QUOTE_LIMIT`. `value` is what they come to, where
    that is more than yes: the years asked for, the language demanded, where a remote worker may be.
    """

    name: SignalName
    weighs: Weighs
    quote: str
    value: str = ""

    def as_json(self) -> dict[str, str]:
        """The signal as plain JSON values."""
        return {"name": self.name, "weighs": self.weighs, "quote": self.quote, "value": self.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The signal that `as_json` gave."""
        return cls(SignalName(stored["name"]), Weighs(stored["weighs"]), stored["quote"], stored["value"])


def signals_of(lead: Lead, text: str) -> tuple[Signal, ...]:
    """What speaks for a lead or against it, each name at most once, in the order of `SignalName`.

    `text` is the post as `bot.leads.post_text.plain_text` gives it. Never fails; time is linear in the text.
    """
    prose = Prose(text)
    if lead.kind in (PostKind.SEEKING_WORK, PostKind.OTHER):
        return (Signal(SignalName.NOT_A_JOB, Weighs.AGAINST, prose.opening()),)
    found: dict[SignalName, Signal] = {}
    for read in (_roles, _level, _years, _degree, _company, _hiring, _place, _terms, _warnings):
        for signal in read(lead, prose):
            found.setdefault(signal.name, signal)
    return tuple(found[name] for name in SignalName if name in found)


def by_name(signals: Iterable[Signal]) -> dict[SignalName, Signal]:
    """The signals, to be looked up."""
    return {signal.name: signal for signal in signals}


def _roles(lead: Lead, prose: Prose) -> Iterator[Signal]:
    if lead.ml is MachineLearning.ROLE:
        yield Signal(SignalName.ML_ROLE, Weighs.FOR, _proof(lead, prose, "ml"))
    elif lead.ml is MachineLearning.COMPANY:
        yield Signal(SignalName.ML_COMPANY, Weighs.FOR, _proof(lead, prose, "ml"))
    for title in lead.roles:
        if role_kinds.is_data(title):
            yield Signal(SignalName.DATA_ROLE, Weighs.FOR, _title_proof(lead, prose, title))
        if role_kinds.is_software(title):
            yield Signal(SignalName.SOFTWARE_ROLE, Weighs.FOR, _title_proof(lead, prose, title))


_LEVELS = (
    (Level.INTERN, SignalName.INTERNSHIP, r"\b(?:interns?(?:hips?)?|working students?|co-?ops?)\b"),
    (
        Level.JUNIOR,
        SignalName.JUNIOR,
        r"\b(?:juniors?|jr\b\.?|entry[- ](?:level|role)|new[- ]?grads?|grad(?:uate)?s?|early[- ]career)\b",
    ),
    (Level.MID, SignalName.MID, r"\b(?:mid(?:-?level|-?career|-?senior)?|intermediate|medior)\b"),
    (Level.SENIOR, SignalName.SENIOR, r"\b(?:seniors?|sr\b\.?|experienced)"),
    (Level.STAFF, SignalName.STAFF, r"\b(?:staff|principals?|leads?|architects?|heads?)\b"),
    (
        Level.MANAGER,
        SignalName.MANAGER,
        r"\b(?:managers?|directors?|vp|vice president|head of|cto|chief|ems?)\b",
    ),
)
_OPEN_LEVELS = frozenset({Level.INTERN, Level.JUNIOR, Level.MID})


def _level(lead: Lead, prose: Prose) -> Iterator[Signal]:
    # One open door is enough: the lowest level alone counts, and no high one where a title beside it asks for
    # none. Where no title has a level, it was asked for of all of them.
    leveled = any(map(role_kinds.has_high_level, lead.roles))
    is_open = leveled and any(map(role_kinds.is_open_to_beginners, lead.roles))
    manages = bool(lead.roles) and all(map(role_kinds.manages_people, lead.roles))
    for level, name, words in _LEVELS:
        if level in lead.seniority:
            weighs = Weighs.FOR if level in _OPEN_LEVELS else Weighs.NEUTRAL if is_open else Weighs.AGAINST
            if manages and level in (Level.SENIOR, Level.STAFF) and Level.MANAGER in lead.seniority:
                # A senior director directs.
                yield Signal(name, Weighs.NEUTRAL, _level_proof(lead, prose, words))
                continue
            yield Signal(name, weighs, _level_proof(lead, prose, words))
            is_open = True
    if Employment.INTERNSHIP in lead.employment_types:
        quote = _word_proof(lead, prose, "employment_types", r"\bintern")
        yield Signal(SignalName.INTERNSHIP, Weighs.FOR, quote)
    if quote := prose.find(*demands.NO_EXPERIENCE) or "":
        yield Signal(SignalName.JUNIOR, Weighs.FOR, quote)


def _level_proof(lead: Lead, prose: Prose, words: str) -> str:
    for told in (lead.evidence.get("seniority", ""), *lead.roles):
        if re.search(words, told.lower()) and told in prose.text:
            return prose.sentence_of(told)
    return _word_proof(lead, prose, "seniority", words)


def _years(lead: Lead, prose: Prose) -> Iterator[Signal]:
    # What is asked for in one line is asked of one person, and so is all of it where there is one role; of
    # several roles, the one that asks for the least is the one to apply for.
    one_role = len(lead.roles) == 1 and len(lead.seniority) <= 1
    most: dict[int, tuple[int, re.Match[str]]] = {}
    for match in prose.matches(demands.YEARS):
        years = _count(match[1])
        line = 0 if one_role else prose.line(match.start())[0]
        if years <= demands.MOST_YEARS and (line not in most or years > most[line][0]):
            most[line] = years, match
    if not most:
        return
    years, match = min(most.values(), key=lambda asked: asked[0])
    name, weighs = SignalName.SOME_YEARS, Weighs.AGAINST
    if years <= 2:
        name, weighs = SignalName.FEW_YEARS, Weighs.FOR
    elif years >= 5:
        name = SignalName.MANY_YEARS
    yield Signal(name, weighs, prose.quote(match.start(), match.end()), str(years))


_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}


def _count(words: str) -> int:
    return int(words) if words.isdecimal() else _COUNTS[words]


_PHD = re.compile(r"\b(?:ph\.?\s?d|doctora)", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:equivalent|experience|equally|or similar|or comparable|self-taught)\b", re.IGNORECASE
)


def _degree(lead: Lead, prose: Prose) -> Iterator[Signal]:
    if quote := prose.find(*demands.STUDENTS_ONLY):
        yield Signal(SignalName.STUDENTS_ONLY, Weighs.AGAINST, quote)
    quote = _proof(lead, prose, "degree")
    if lead.degree is Degree.NOT_REQUIRED:
        yield Signal(SignalName.NO_DEGREE_NEEDED, Weighs.FOR, quote)
    elif lead.degree is Degree.REQUIRED:
        name = SignalName.PHD_REQUIRED if _PHD.search(quote) else SignalName.DEGREE_REQUIRED
        yield Signal(name, Weighs.AGAINST, quote)
    elif lead.degree is Degree.PREFERRED:
        if _INSTEAD.search(quote) and not _PHD.search(quote):
            yield Signal(SignalName.EXPERIENCE_INSTEAD, Weighs.FOR, quote)
        else:
            yield Signal(SignalName.DEGREE_PREFERRED, Weighs.AGAINST, quote)
    elif quote := prose.find(*demands.NO_DEGREE) or "":
        yield Signal(SignalName.NO_DEGREE_NEEDED, Weighs.FOR, quote)


def _company(lead: Lead, prose: Prose) -> Iterator[Signal]:
    quote = prose.find(*company.SMALL_COMPANY)
    if quote and not prose.find(*company.BIG_COMPANY):
        yield Signal(SignalName.SMALL_COMPANY, Weighs.FOR, quote)
    if quote := prose.find(*company.FOUNDER_HIRING):
        yield Signal(SignalName.FOUNDER_HIRING, Weighs.FOR, quote)
    quote = prose.find(*company.DIRECT_CONTACT)
    if quote and not prose.find(*company.RECRUITER):
        yield Signal(SignalName.DIRECT_CONTACT, Weighs.FOR, quote)


def _hiring(lead: Lead, prose: Prose) -> Iterator[Signal]:
    for name, telling in (
        (SignalName.PRACTICAL_INTERVIEW, hiring.PRACTICAL_INTERVIEW),
        (SignalName.SHOWN_WORK, hiring.SHOWN_WORK),
        (SignalName.MENTORSHIP, hiring.MENTORSHIP),
        (SignalName.LEARNING, hiring.LEARNING),
    ):
        if quote := prose.find(*telling):
            yield Signal(name, Weighs.FOR, quote)


def _place(lead: Lead, prose: Prose) -> Iterator[Signal]:
    if WorkMode.REMOTE in lead.work_modes:
        told = "remote_scope" if lead.remote_scope else "work_modes"
        yield Signal(SignalName.REMOTE, Weighs.FOR, _proof(lead, prose, told), lead.remote_scope or "")
    elif lead.work_modes:
        where = "; ".join(lead.locations)
        yield Signal(SignalName.ON_SITE, Weighs.NEUTRAL, _proof(lead, prose, "work_modes"), where)
    if lead.visa is Visa.YES:
        yield Signal(SignalName.VISA_OFFERED, Weighs.FOR, _proof(lead, prose, "visa"))
    elif lead.visa is Visa.NO:
        yield Signal(SignalName.VISA_NOT_OFFERED, Weighs.NEUTRAL, _proof(lead, prose, "visa"))
    for match in prose.matches(demands.LANGUAGE):
        name = next(part for part in match.groups() if part)
        told = prose.text[match.start() : match.end()]
        # "Polish" is a language, "polish" is what a product gets.
        if name.capitalize() in told:
            quote = prose.quote(match.start(), match.end())
            yield Signal(SignalName.LANGUAGE_DEMANDED, Weighs.AGAINST, quote, name.capitalize())


def _terms(lead: Lead, prose: Prose) -> Iterator[Signal]:
    if lead.salary:
        yield Signal(SignalName.PAY_STATED, Weighs.FOR, _proof(lead, prose, "salary"))
    for kind, name, words in (
        (Employment.PART_TIME, SignalName.PART_TIME, r"\bpart[- ]?time"),
        (Employment.CONTRACT, SignalName.CONTRACT, r"\b(?:contract|freelanc|1099)"),
    ):
        if kind in lead.employment_types:
            yield Signal(name, Weighs.FOR, _word_proof(lead, prose, "employment_types", words))


_MANY_FIELDS = 5
_MANY_TECHNOLOGIES = 12


def _warnings(lead: Lead, prose: Prose) -> Iterator[Signal]:
    if lead.seniority and lead.seniority <= {Level.INTERN, Level.JUNIOR}:
        years = next(
            (match for match in prose.matches(demands.YEARS) if 4 <= _count(match[1]) <= demands.MOST_YEARS),
            None,
        )
        if years and len(lead.roles) == 1:
            yield Signal(SignalName.IMPOSSIBLE_MIX, Weighs.AGAINST, prose.quote(years.start(), years.end()))
    if len(lead.roles) <= 1 and (quote := _everything_at_once(lead, prose)):
        yield Signal(SignalName.IMPOSSIBLE_MIX, Weighs.AGAINST, quote)
    reachable = lead.urls or lead.emails or any(prose.matches(demands.WAY_TO_APPLY))
    if not lead.roles and not reachable:
        yield Signal(SignalName.NOTHING_CONCRETE, Weighs.AGAINST, prose.opening())


def _everything_at_once(lead: Lead, prose: Prose) -> str | None:
    looked_at = 0
    for match in prose.matches(demands.MASTERY):
        if match.start() < looked_at:
            continue
        first, looked_at = prose.line(match.start())
        line = prose.folded[first:looked_at]
        fields = sum(bool(words.search(line)) for words in demands.FIELDS)
        technologies = sum(name.lower() in line for name in lead.tech)
        if fields >= _MANY_FIELDS or technologies >= _MANY_TECHNOLOGIES:
            return prose.quote(match.start(), match.end())
    return None


def _proof(lead: Lead, prose: Prose, field: str) -> str:
    return prose.sentence_of(lead.evidence.get(field, ""))


def _title_proof(lead: Lead, prose: Prose, title: str) -> str:
    # A title may be put together from words that stand apart: "Backend and Data Engineers".
    return prose.sentence_of(title) if title in prose.text else _proof(lead, prose, "roles")


def _word_proof(lead: Lead, prose: Prose, field: str, words: str) -> str:
    """The sentence with certain words: in the evidence of a field if they are there, else in the text."""
    told = lead.evidence.get(field, "")
    start = max(0, prose.text.find(told))
    for begin, end in ((start, start + len(told)), (0, len(prose.folded))):
        if match := re.compile(words).search(prose.folded, begin, end):
            return prose.quote(match.start(), match.end())
    return _proof(lead, prose, field)
