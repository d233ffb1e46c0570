"""How somebody is employed: full-time, part-time, by contract, as an intern; only what is stated."""

import re
from itertools import islice

from bot.leads.lead import Employment
from bot.leads.reading.structure import PostText, Read

_SHORT_LINE = 60
"""A line of its own up to this length states something, like a header, rather than tells of it."""
_REACH = 48
_WORDS_AT_MOST = 200

_STATED = re.compile(
    r"\b(?:(?P<both>(?:full|part)[ -]?(?:(?:and|or)[ -]|[/&+] ?)(?:full|part)[ -]{0,2}time)"
    r"|(?P<full>full[ -]{0,2}time(?:rs?)?|f/t|ftes?|ft|permanent|perm)"
    r"|(?P<part>part?[ -]{0,2}time(?:rs?)?|p/t|half[ -]time)"
    r"|(?P<contract>contract(?:or|ors|ing|s)?|freelanc\w{0,5}|1099|c2c)"
    r"|(?P<intern>interns?(?:hips?)?|co-ops?|coops?))(?!\w)"
)
# "Smart contracts" and contracts with customers are no employment.
_THING_BEFORE = re.compile(
    r"\b(?:smart|government|federal|defen[cs]e|commercial|data|api|platform|enterprise|legal|dod|customer|design by|sub|general"
    r"|services?|figure|no|not|prime|social|futures?|insurance|multiple|our|closed|signed|won|public) ?-?$"
)
_THING_AFTER = re.compile(
    r" (?:lifecycle|management|manufactur\w+|review|testing|tests|analysis|analytics|negotiation\w*|support|automation|data"
    r"|research|law|value|documents?|terms|languages?|platform|programming|award\w*|trial|with (?:the|our|a|major|multiple))\b"
)
_CONTRACT_BEFORE = re.compile(
    r"(?:\b(?:b2b|hourly|months?|years?|term|independent|as an?|or|and|via|through|on|remote|paid|initial|time|offer|consider|either"
    r"|open to)|[/,(:+&-]) ?$"
)
_CONTRACT_AFTER = re.compile(
    r" ?(?:/|,? or\b|\)|-?to-| to (?:hire|perm|start)| ?-|(?: [\w/+#.-]+){0,2} (?:basis|positions?|roles?|work|jobs?|gigs?|engagements?"
    r"|developers?|designers?|engineers?|programmers?|welcome|opportunit\w+|hires?|only|projects?|consultants?)\b)"
)
_OF_OTHERS = re.compile(
    r"\b(?:handful of|former|previous|except for|mentor\w*|manag\w+|supervis\w+|our|past|with|ex|your|an? few) $"
)
_HOW_MANY = re.compile(r"(?:\b(?:team of|have|has|are|with|employs?) |~)(?:\w+ )?\d+ $")
_LATER = re.compile(
    r"\b(?:future|potential\w*|convert\w*|conversion|path|become|transition\w*|lead\w*|quit|left|leave|previous|my|your|our|no|not)\b"
    r"[^.;|\n]{0,24}$"
)
_NOT_TEAM = re.compile(r" (?:team|staff|remote team|trial|mba|students?|equivalents?)\b")


def read_employment(post: PostText) -> Read[frozenset[Employment]] | None:
    """All the ways that are stated; nothing is concluded from the kind of job."""
    text = post.folded
    found: dict[Employment, tuple[int, int]] = {}
    told: dict[Employment, tuple[int, int]] = {}
    for match in islice(_STATED.finditer(text), _WORDS_AT_MOST):
        place = match.span()
        before = text[max(0, place[0] - _REACH) : place[0]]
        after = text[place[1] : place[1] + _REACH]
        stated = place[0] < len(post.header) or _in_short_line(text, *place)
        kind = match.lastgroup
        if kind == "both":
            found.setdefault(Employment.FULL_TIME, place)
            found.setdefault(Employment.PART_TIME, place)
        elif kind == "full":
            if stated and not _NOT_TEAM.match(after):
                found.setdefault(Employment.FULL_TIME, place)
            elif (
                match[0][0] == "f"
                and len(match[0]) > 3
                and not (_LATER.search(before) or _HOW_MANY.search(before) or _NOT_TEAM.match(after))
            ):
                told.setdefault(Employment.FULL_TIME, place)
        elif kind == "part":
            (found if stated else told).setdefault(Employment.PART_TIME, place)
        elif kind == "contract":
            if _is_employment(match[0], before, after, stated):
                (found if stated else told).setdefault(Employment.CONTRACT, place)
        elif not _OF_OTHERS.search(before) and (match[0][0] == "i" or "intern" in before[-12:]):
            found.setdefault(Employment.INTERNSHIP, place)
    header = any(place[0] < len(post.header) for place in found.values())
    for employment, place in told.items():
        if not (header and employment is Employment.CONTRACT):
            found.setdefault(employment, place)
    if not found:
        return None
    quotes = dict.fromkeys(post.text[start:end] for start, end in sorted(found.values()))
    return Read(frozenset(found), next(iter(quotes)))


def _in_short_line(text: str, start: int, end: int) -> bool:
    begin = text.rfind("\n", max(0, start - 200), start) + 1
    close = text.find("\n", end, end + 200)
    close = close if close >= 0 else min(len(text), end + 200)
    return (begin > 0 or start < 200) and (close - begin <= _SHORT_LINE or "|" in text[begin:close])


def _is_employment(word: str, before: str, after: str, stated: bool) -> bool:
    if _THING_BEFORE.search(before) or _THING_AFTER.match(after) or word == "contracts":
        return False
    if word in ("1099", "c2c"):
        return True
    if word.startswith("freelanc"):
        return stated or not before.endswith(" of ")
    if stated:
        return word != "contractors"
    if _CONTRACT_BEFORE.search(before):
        return True
    return word != "contractors" and _CONTRACT_AFTER.match(after) is not None
