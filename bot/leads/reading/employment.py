"""How somebody is employed: full-time, part-time, by contract, as an intern; only what is stated."""

import re
from enum import IntEnum
from itertools import islice

from bot.leads.lead import Employment
from bot.leads.reading.structure import PostText, Read

_SHORT_LINE = 60
"""A line of its own up to this length states something, like a header, rather than tells of it."""
_REACH = 80
_WORDS_AT_MOST = 200

_WORD = re.compile(
    r"\b(?:(?P<both>(?:full|part)[ -]?(?:(?:and|or)[ -]|[/&+] ?)(?:full|part)[ -]{0,2}time)"
    r"|(?P<full>full[ -]{0,2}time(?:rs?)?|f/t|ftes?|ft|permanent|perm)"
    r"|(?P<part>part?[ -]{0,2}time(?:rs?)?|p/t|half[ -]time)"
    r"|(?P<contract>contract(?:or|ors|ing|s)?|freelanc\w{0,5}|1099|c2c)"
    r"|(?P<intern>interns?(?:hips?)?|co-ops?))(?!\w)"
)

_LATER = re.compile(
    r"\b(?:future|potential\w*|convert\w*|conversion|path|become|transition\w*|lead\w*|quit|left|leave"
    r"|previous|no|not)\b"
    r"[^.;|\n]{0,24}$"
)
_HOW_MANY = re.compile(r"(?:\b(?:team of|have|has|are|with|employs?) |~)(?:\w+ )?\d+ $")
_NOT_THE_JOB = re.compile(r" (?:team|staff|remote team|trial|mba|students?|equivalents?)\b")

# "Smart contracts" and contracts with customers are no employment.
_THING_BEFORE = re.compile(
    r"\b(?:smart|government|federal|defen[cs]e|commercial|data|api|platform|enterprise|legal|dod|customer"
    r"|design by|sub"
    r"|general|services?|figure|no|not|prime|social|futures?|insurance|multiple|our|closed|signed|won|public"
    r"|offer|specialty"
    r"|force) ?-?$"
)
_THING_AFTER = re.compile(
    r" (?:lifecycle|management|manufactur\w+|review|testing|tests|analysis|analytics|negotiation\w*|support"
    r"|automation|data"
    r"|research|law|value|documents?|terms|languages?|platform|programming|award\w*|trial|tracking"
    r"|administration|revenue"
    r"|with (?:the|our|a|major|multiple))\b"
)
_CONTRACT_BEFORE = re.compile(
    r"(?:\b(?:b2b|hourly|months?|years?|term|independent|as an?|or|and|via|through|on|remote|paid|initial"
    r"|time|offer|consider"
    r"|either|open to)|[/,(:+&-]) ?$"
)
_CONTRACT_AFTER = re.compile(
    r" ?(?:/|,? or\b|\)|-?to-| to (?:hire|perm|start)| ?-|(?: [\w/+#.-]+){0,2} (?:basis|positions?|roles?"
    r"|work|jobs?|gigs?"
    r"|engagements?|developers?|designers?|engineers?|programmers?|welcome|opportunit\w+|hires?|only"
    r"|projects?|consultants?)\b)"
)
_BESIDE_ANOTHER = re.compile(
    r"(?:(?:full|part)[ -]?time|internships?|permanent|employee),? ?(?:/|or\b|,|\|| - )[ ]?$"
    r"|\bfixed[- ]term $"
)
_OTHER_FREELANCERS = re.compile(r"\b(?:of|with|by|our|manage|their|including) (?:[\w,]+ ){0,4}$")

_SOUGHT = re.compile(r"\b(?:look(?:ing)? for|hir(?:e|ing)|seek(?:ing)?|need) [^.;|\n]*$")

_OTHER_INTERNS = re.compile(
    r"\b(?:handful of|former|previous|except for|other than|mentor\w*|manag\w+|supervis\w+|our|past|with|ex"
    r"|your|an? few"
    r"|train\w* many|no|(?:don't|not|aren't|without)\b[^.;|\n]{0,40}) $"
)


class _Sure(IntEnum):
    """How surely a word states what this job is."""

    NOT = 0
    TOLD = 1
    STATED = 2


def read_employment(post: PostText) -> Read[frozenset[Employment]] | None:
    """All the ways that are stated; nothing is concluded from the kind of job."""
    found: dict[Employment, tuple[_Sure, re.Match[str]]] = {}
    for match in islice(_WORD.finditer(post.folded), _WORDS_AT_MOST):
        for employment, sure in _stated(post, match).items():
            if sure > found.get(employment, (_Sure.NOT, match))[0]:
                found[employment] = sure, match
    in_header = any(
        match.start() < len(post.header)
        for employment, (_, match) in found.items()
        if employment is not Employment.CONTRACT
    )
    if in_header and found.get(Employment.CONTRACT, (_Sure.NOT,))[0] is _Sure.TOLD:
        # The header has said how; a contract told of further down is a trial, or somebody else's.
        del found[Employment.CONTRACT]
    if not found:
        return None
    first = min((match for _, match in found.values()), key=lambda match: match.start())
    return Read(frozenset(found), post.text[first.start() : first.end()])


def _stated(post: PostText, match: re.Match[str]) -> dict[Employment, _Sure]:
    text, (start, end) = post.folded, match.span()
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    sure = _Sure.STATED if start < len(post.header) or _in_short_line(text, start, end) else _Sure.TOLD
    match match.lastgroup:
        case "both":
            return {Employment.FULL_TIME: sure, Employment.PART_TIME: sure}
        case "full":
            return {Employment.FULL_TIME: sure if _is_full_time(match[0], before, after, sure) else _Sure.NOT}
        case "part":
            return {Employment.PART_TIME: sure}
        case "contract":
            if match[0] in ("1099", "c2c"):
                # A form of the tax office; beside a full-time job it says how one abroad is paid.
                return {
                    Employment.CONTRACT: _Sure.TOLD
                    if _is_contract(match[0], before, after, sure)
                    else _Sure.NOT
                }
            if sure is _Sure.TOLD and _BESIDE_ANOTHER.search(before):
                sure = _Sure.STATED
            return {Employment.CONTRACT: sure if _is_contract(match[0], before, after, sure) else _Sure.NOT}
        case _:
            return {Employment.INTERNSHIP: sure if _is_internship(match[0], before) else _Sure.NOT}


def _in_short_line(text: str, start: int, end: int) -> bool:
    begin = text.rfind("\n", max(0, start - 200), start) + 1
    close = text.find("\n", end, end + 200)
    close = close if close >= 0 else min(len(text), end + 200)
    return (begin > 0 or start < 200) and (close - begin <= _SHORT_LINE or "|" in text[begin:close])


def _is_full_time(word: str, before: str, after: str, sure: _Sure) -> bool:
    if _NOT_THE_JOB.match(after):
        return False
    if sure is _Sure.STATED:
        return True
    spelt_out = word.startswith("full")
    return spelt_out and not (_LATER.search(before) or _HOW_MANY.search(before))


def _is_contract(word: str, before: str, after: str, sure: _Sure) -> bool:
    if _THING_BEFORE.search(before) or _THING_AFTER.match(after) or word == "contracts":
        return False
    if word in ("1099", "c2c"):
        return True
    if word == "contractors":
        return _SOUGHT.search(before) is not None
    if word.startswith("freelanc"):
        return sure is _Sure.STATED or not _OTHER_FREELANCERS.search(before)
    return (
        sure is _Sure.STATED
        or _CONTRACT_BEFORE.search(before) is not None
        or _CONTRACT_AFTER.match(after) is not None
    )


def _is_internship(word: str, before: str) -> bool:
    # A co-op is a job of a student only beside the word intern: there are others.
    return not _OTHER_INTERNS.search(before) and (word.startswith("intern") or "intern" in before[-12:])
