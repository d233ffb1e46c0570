"""What a post asks of people: how far along they are, for how many years, with which degree. Pure."""

import re
from collections.abc import Iterator

from bot.leads import role_kinds
from bot.leads.cues import demands
from bot.leads.lead import Degree, Employment, Level
from bot.leads.proofs import Post
from bot.leads.signal import Signal, SignalName, Weighs

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


def level_signals(post: Post) -> Iterator[Signal]:
    """The levels that are asked for."""
    # One open door is enough: the lowest level alone counts, and no high one where a title beside it asks for
    # none. Where no title has a level, it was asked for of all of them.
    roles = post.lead.roles
    is_open = any(map(role_kinds.has_high_level, roles)) and any(map(role_kinds.is_open_to_beginners, roles))
    manages = (
        Level.MANAGER in post.lead.seniority and any(roles) and all(map(role_kinds.manages_people, roles))
    )
    internship = Weighs.NEUTRAL if post.prose.find(*demands.STUDENTS_ONLY) else Weighs.FOR
    for level, name, words in _LEVELS:
        if level not in post.lead.seniority:
            continue
        weighs = Weighs.NEUTRAL if is_open else Weighs.AGAINST
        if level is Level.INTERN:
            weighs = internship
        elif level in _OPEN_LEVELS:
            weighs = Weighs.FOR
        elif level is not Level.MANAGER and manages:
            # A senior director directs.
            weighs = Weighs.NEUTRAL
        yield Signal(name, weighs, _level_proof(post, words))
        is_open = is_open or weighs is not Weighs.NEUTRAL
    if Employment.INTERNSHIP in post.lead.employment_types:
        quote = post.word_proof("employment_types", r"\bintern")
        yield Signal(SignalName.INTERNSHIP, internship, quote)
    if quote := post.prose.find(*demands.NO_EXPERIENCE) or "":
        yield Signal(SignalName.JUNIOR, Weighs.FOR, quote)


def _level_proof(post: Post, words: str) -> str:
    for told in (post.lead.evidence.get("seniority", ""), *post.lead.roles):
        if re.search(words, told.lower()) and told in post.prose.text:
            return post.prose.sentence_of(told)
    return post.word_proof("seniority", words)


def year_signals(post: Post) -> Iterator[Signal]:
    """The years of experience that are asked for."""
    # What is asked for in one line is asked of one person, and so is all of it where there is one role; of
    # several roles, the one that asks for the least is the one to apply for.
    one_role = len(post.lead.roles) == 1 and len(post.lead.seniority) <= 1
    most: dict[int, tuple[int, re.Match[str]]] = {}
    for years, match in years_asked(post):
        line = 0 if one_role else post.prose.line(match.start())[0]
        if line not in most or years > most[line][0]:
            most[line] = years, match
    if not most:
        return
    years, match = min(most.values(), key=lambda asked: asked[0])
    name, weighs = SignalName.SOME_YEARS, Weighs.AGAINST
    if years <= 2:
        name, weighs = SignalName.FEW_YEARS, Weighs.FOR
    elif years >= 5:
        name = SignalName.MANY_YEARS
    yield Signal(name, weighs, post.prose.quote(match.start(), match.end()), str(years))


def years_asked(post: Post) -> Iterator[tuple[int, re.Match[str]]]:
    """The numbers of years that are asked for, and where."""
    for match in post.prose.matches(demands.YEARS):
        years = int(match[1]) if match[1].isdecimal() else _COUNTS[match[1]]
        if years <= demands.MOST_YEARS:
            yield years, match


_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_PHD = re.compile(r"\b(?:ph\.?\s?d|doctora)", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:equivalent|experience|equally|or similar|or comparable|self-taught)\b", re.IGNORECASE
)


def degree_signals(post: Post) -> Iterator[Signal]:
    """What is said of a degree, and whether students alone may come."""
    if quote := post.prose.find(*demands.STUDENTS_ONLY) or "":
        # An internship for students stands in nobody's way who comes for another of the jobs.
        beside_others = len(post.lead.roles) > 1 and not post.lead.seniority <= {Level.INTERN}
        yield Signal(SignalName.STUDENTS_ONLY, Weighs.NEUTRAL if beside_others else Weighs.AGAINST, quote)
    quote = post.proof("degree")
    if post.lead.degree is Degree.NOT_REQUIRED:
        yield Signal(SignalName.NO_DEGREE_NEEDED, Weighs.FOR, quote)
    elif post.lead.degree is Degree.REQUIRED:
        name = SignalName.PHD_REQUIRED if _PHD.search(quote) else SignalName.DEGREE_REQUIRED
        yield Signal(name, Weighs.AGAINST, quote)
    elif post.lead.degree is Degree.PREFERRED:
        if _INSTEAD.search(quote) and not _PHD.search(quote):
            yield Signal(SignalName.EXPERIENCE_INSTEAD, Weighs.FOR, quote)
        else:
            yield Signal(SignalName.DEGREE_PREFERRED, Weighs.AGAINST, quote)
    elif quote := post.prose.find(*demands.NO_DEGREE) or "":
        yield Signal(SignalName.NO_DEGREE_NEEDED, Weighs.FOR, quote)
