"""What speaks for a lead or against it, each with the words of the post that prove it. Pure.

The signals of a post are the same for everybody. What they are worth to a server or a member is the matter of
`bot.leads.fit`.
"""

from collections.abc import Iterator

from bot.leads import role_kinds
from bot.leads.cues import company, demands, hiring
from bot.leads.demanded import degree_signals, level_signals, year_signals, years_asked
from bot.leads.lead import Employment, Lead, Level, MachineLearning, PostKind, Visa, WorkMode
from bot.leads.proofs import Post
from bot.leads.prose import Prose
from bot.leads.signal import Signal, SignalName, Weighs, by_name

__all__ = ["Signal", "SignalName", "Weighs", "by_name", "signals_of"]


def signals_of(lead: Lead, text: str) -> tuple[Signal, ...]:
    """What speaks for a lead or against it, each name at most once, in the order of `SignalName`.

    `text` is the post as `bot.leads.post_text.plain_text` gives it. Never fails; time is linear in the text.
    """
    post = Post(lead, Prose(text))
    if lead.kind in (PostKind.SEEKING_WORK, PostKind.OTHER):
        return (Signal(SignalName.NOT_A_JOB, Weighs.AGAINST, post.prose.opening()),)
    found: dict[SignalName, Signal] = {}
    for read in _READERS:
        for signal in read(post):
            found.setdefault(signal.name, signal)
    return tuple(found[name] for name in SignalName if name in found)


def _roles(post: Post) -> Iterator[Signal]:
    if post.lead.ml is MachineLearning.ROLE:
        yield Signal(SignalName.ML_ROLE, Weighs.FOR, post.proof("ml"))
    elif post.lead.ml is MachineLearning.COMPANY:
        yield Signal(SignalName.ML_COMPANY, Weighs.FOR, post.proof("ml"))
    for title in post.lead.roles:
        if role_kinds.is_data(title):
            yield Signal(SignalName.DATA_ROLE, Weighs.FOR, post.title_proof(title))
        if role_kinds.is_software(title):
            yield Signal(SignalName.SOFTWARE_ROLE, Weighs.FOR, post.title_proof(title))


def _company(post: Post) -> Iterator[Signal]:
    quote = post.prose.find(*company.SMALL_COMPANY)
    if quote and not post.prose.find(*company.BIG_COMPANY):
        yield Signal(SignalName.SMALL_COMPANY, Weighs.FOR, quote)
    if quote := post.prose.find(*company.FOUNDER_HIRING):
        yield Signal(SignalName.FOUNDER_HIRING, Weighs.FOR, quote)
    quote = post.prose.find(*company.DIRECT_CONTACT)
    if quote and not post.prose.find(*company.RECRUITER):
        yield Signal(SignalName.DIRECT_CONTACT, Weighs.FOR, quote)


def _hiring(post: Post) -> Iterator[Signal]:
    for name, telling in (
        (SignalName.PRACTICAL_INTERVIEW, hiring.PRACTICAL_INTERVIEW),
        (SignalName.SHOWN_WORK, hiring.SHOWN_WORK),
        (SignalName.MENTORSHIP, hiring.MENTORSHIP),
        (SignalName.LEARNING, hiring.LEARNING),
    ):
        if quote := post.prose.find(*telling):
            yield Signal(name, Weighs.FOR, quote)


def _place(post: Post) -> Iterator[Signal]:
    if WorkMode.REMOTE in post.lead.work_modes:
        told = "remote_scope" if post.lead.remote_scope else "work_modes"
        yield Signal(SignalName.REMOTE, Weighs.FOR, post.proof(told), post.lead.remote_scope or "")
    elif post.lead.work_modes:
        where = "; ".join(post.lead.locations)
        yield Signal(SignalName.ON_SITE, Weighs.NEUTRAL, post.proof("work_modes"), where)
    if post.lead.visa is Visa.YES:
        yield Signal(SignalName.VISA_OFFERED, Weighs.FOR, post.proof("visa"))
    elif post.lead.visa is Visa.NO:
        yield Signal(SignalName.VISA_NOT_OFFERED, Weighs.NEUTRAL, post.proof("visa"))
    for match in post.prose.matches(demands.LANGUAGE):
        name = next(part for part in match.groups() if part)
        told = post.prose.text[match.start() : match.end()]
        # "Polish" is a language, "polish" is what a product gets.
        if name.capitalize() in told:
            quote = post.prose.quote(match.start(), match.end())
            yield Signal(SignalName.LANGUAGE_DEMANDED, Weighs.AGAINST, quote, name.capitalize())


def _terms(post: Post) -> Iterator[Signal]:
    if post.lead.salary:
        yield Signal(SignalName.PAY_STATED, Weighs.FOR, post.proof("salary"))
    for kind, name, words in (
        (Employment.PART_TIME, SignalName.PART_TIME, r"\bpart[- ]?time"),
        (Employment.CONTRACT, SignalName.CONTRACT, r"\b(?:contract|freelanc|1099)"),
    ):
        if kind in post.lead.employment_types:
            yield Signal(name, Weighs.FOR, post.word_proof("employment_types", words))


_TOO_MANY_YEARS = 4
"""What nobody at the beginning has."""

_MANY_FIELDS = 5
_MANY_TECHNOLOGIES = 12


def _warnings(post: Post) -> Iterator[Signal]:
    if post.lead.seniority and post.lead.seniority <= {Level.INTERN, Level.JUNIOR}:
        years = next((match for years, match in years_asked(post) if years >= _TOO_MANY_YEARS), None)
        if years and len(post.lead.roles) == 1:
            yield Signal(
                SignalName.IMPOSSIBLE_MIX, Weighs.AGAINST, post.prose.quote(years.start(), years.end())
            )
    if len(post.lead.roles) <= 1 and (quote := _everything_at_once(post)):
        yield Signal(SignalName.IMPOSSIBLE_MIX, Weighs.AGAINST, quote)
    reachable = post.lead.urls or post.lead.emails or any(post.prose.matches(demands.WAY_TO_APPLY))
    if not post.lead.roles and not reachable:
        yield Signal(SignalName.NOTHING_CONCRETE, Weighs.AGAINST, post.prose.opening())


def _everything_at_once(post: Post) -> str | None:
    looked_at = 0
    for match in post.prose.matches(demands.MASTERY):
        if match.start() < looked_at:
            continue
        first, looked_at = post.prose.line(match.start())
        line = post.prose.folded[first:looked_at]
        fields = sum(bool(words.search(line)) for words in demands.FIELDS)
        technologies = sum(name.lower() in line for name in post.lead.tech)
        if fields >= _MANY_FIELDS or technologies >= _MANY_TECHNOLOGIES:
            return post.prose.quote(match.start(), match.end())
    return None


_READERS = (
    _roles,
    level_signals,
    year_signals,
    degree_signals,
    _company,
    _hiring,
    _place,
    _terms,
    _warnings,
)
