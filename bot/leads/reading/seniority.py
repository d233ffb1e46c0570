"""How far along somebody has to be: from the titles, and from the level that the text asks for."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.leads.lead import Employment, Level
from bot.leads.reading.employment import read_employment
from bot.leads.reading.nearby import in_short_part, last, sentence_before
from bot.leads.reading.structure import PostText, Read

_REACH = 70
_LEVELS_AT_MOST = 200
_PART_AT_MOST = 160

_WORDS = {
    Level.JUNIOR: r"junior|jr|entry[- ]level|entry(?=(?:,| to| and| or|/) ?(?:mid|senior|level))"
    r"|new[- ]?grads?|(?:recent|fresh|university"
    r"|college) grad(?:uate)?s?|freshers?|trainee"
    r"|graduates?(?= (?:[\w/&-]+ ){0,3}(?:engineer|developer|program|role|scheme|position|designer"
    r"|scientist|analyst|researcher))|early[- ]career",
    Level.MID: r"mid[- ]?level|mid[- ]?career|mid(?![- ]?(?:market|siz|stage|town|west|day|week|year"
    r"|manhattan|cap|\d))|intermediate|medior"
    r"|middle(?!-|ware| (?:east|school|class|of|man|office|market|layer|ground|mile|manage|name))",
    Level.SENIOR: r"seniors?(?! (?:citizen|living|care|leadership team|stakeholder|executive|management"
    r"|population|adults))|sr|snr",
    Level.STAFF: r"(?<!technical )(?<!of )staff(?! augm)|principals?|leads?(?![- ]gen)",
    Level.MANAGER: r"director|vp|vice president|head of|cto|ceo|coo|cpo|cfo|ciso|cmo"
    r"|chief (?!of staff)\w+(?: \w+)? officer|em"
    r"|managers?|mgr",
}
# Those who manage a thing rather than people.
_OF_NO_PEOPLE = re.compile(
    r"\b(?:products?|programs?|programme|project|marketing|account|success|community|growth|solutions?"
    r"|partner(?:ship)?s?|hiring|case|media|release|relationship) $"
)
_STEM = re.compile(
    r"\b(?:junior|jr|entry|new|recent|fresh|universi|colleg|trainee|grad|early|mid|inter|medior|senior|sr\b"
    r"|snr|staff|princ|lead|direct"
    r"|vp|vice|head|c[etiofpm]o\b|ciso|chief|em\b|manager|mgr)"
)
_LEVEL = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(f"(?P<{level.name}>{words})" for level, words in _WORDS.items())
    + r")(?![\w'])"
)
_NOUN = (
    r"(?:engineers?|developers?|devs?|programmers?|designers?|scientists?|architects?|analysts?|researchers?"
    r"|consultants?"
    r"|administrators?|sysadmins?|sres?|swes?|sdets?|qa|pms?|managers?|hackers?|coders?|technicians?"
    r"|writers?|recruiters?|specialists?"
    r"|positions?|roles?|folks|candidates?|hires?|ics?|marketers?|counsel|accountants?|associates?"
    r"|executives?|artists?|animators?"
    r"|editors?|leads?|devops|eng|full[- ]?stack|back[- ]?end|front[- ]?end|rails|ios|android|python|java"
    r"|product|data|software|web)"
)
_TITLE_AFTER = re.compile(
    rf"\.?\)?(?:[ ,/+&-]{{1,3}}[\w#.]{{1,24}}\+{{0,2}}){{0,6}}?[ ,/-]{{1,3}}\(?{_NOUN}\b"
)
_LEVEL_AFTER = re.compile(
    r"[- ]levels?\b(?! (?:support|stakeholder|executive|leader|overview|language|system|prog|data|detail"
    r"|security))"
)
_THEN_LEVEL = re.compile(
    r"\.?(?:[- ]level)?-?\s?(?:[/,&+-]|\bor\b|\band\b|\bto\b|\bthrough\b|\bthru\b)\s?(?:and |or "
    r"|to )?(?:early-|late-)?"
    r"(?:junior|mid|senior|sr|staff|principal|lead)\b"
)
_JOINED = re.compile(
    r"\.?(?: ?level)?\s?(?:[/,&+)(-]|\bor\b|\band\b|\bto\b|\bthrough\b)*\s?(?:to |or |and )?"
    r"(?:early-|late-)?$"
)
_SOUGHT = re.compile(
    r"\b(?:look(?:ing|s)? (?:for|to)|hir(?:e|ing)|seek(?:s|ing)?|search(?:ing)? for|recruit(?:ing)?|needs?"
    r"|wants?|join (?:us|our team|the team)? ?as"
    r"|as an?|openings?|open|roles?|positions?|adding|to add|bring on|levels?|for (?:an?|our|several"
    r"|multiple|experienced)|at an?|operate at"
    r"|from|either|interested in|ideal(?:ly)?|level:|seniority:|vacanc\w+|welcome|is an?|targeting|(?:you're"
    r"|you are) an?|currently"
    r"|ranging)\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:our|with|of|alongside|mentor\w*|coach\w*|manag(?:e|ing)|report(?:s|ing)? to|by|other|help\w*"
    r"|support\w*|guid(?:e|ing)|under|contact"
    r"|i'm|i am|im|my|your|years (?:of|as)|experience (?:as|working)|former|previous|mostly|many|between"
    r"|train\w*|teach\w*|unless|very|like"
    r"|the|their|his|her|also)\b"
)
_VERB_BEFORE = re.compile(r"\b(?:to|will|can|you'll|who|they|we|i|could|would|help|also|must|and help|'ll) $")
_VERB_AFTER = re.compile(
    r" (?:a|an|the|our|on|in|by|to|with|and (?!senior|staff|principal)|time|development|teams?|engineers"
    r"|projects?|efforts?|initiatives|your|us|generation)\b"
)
_TITLE_ENDS = re.compile(r"(?: of \w+(?: \w+)?| roles?| positions?)?\s*(?:$|[|\n(:/]|- |, \w+|at [a-z])")
_FOUNDERS = ("cto", "ceo", "coo", "cpo", "cfo", "ciso", "cmo", "em")
_WANTED = re.compile(r"\b(?:look(?:ing|s)? for|hiring|seek(?:ing|s)?|search(?:ing)? for|need) ")
_NOT_THE_ROLE = re.compile(r"\([^)]*$|\b(?:to|with|of) (?:the )?$")
_INTERN = re.compile(r"\binterns?(?:hips?)?\b")
_BEGINS = re.compile(r"\W*(?:\d{1,2}\W{1,3})?(?:an? )?")
_PIECE = re.compile(r"[ *•-]*(?:(?!(?:is|are|was|as|the|our|my|your|by|with)\b)[\w/&+#-]+[ ,]{1,2}){1,4}")
_SHORT_TITLE = re.compile(r"(?: [\w/&+#.-]+){1,5} ?(?:$|[:|\n(]|- )")
_BREAK = re.compile(r"[!?:;\n|]|(?<!\bsr)(?<!\bjr)\.\s")
_JOINED_AT_MOST = 14


def read_seniority(post: PostText, roles: Sequence[str]) -> Read[frozenset[Level]] | None:
    """The levels of the titles given, of the header, and of what the body says it looks for."""
    found: dict[Level, str] = {}
    for role in roles:
        for level in levels_of_title(role):
            found.setdefault(level, role)
    for level, quote in _levels_of_text(post):
        found.setdefault(level, quote)
    intern = _INTERN.search(post.folded)
    if intern and (employment := read_employment(post)) and Employment.INTERNSHIP in employment.value:
        found.setdefault(Level.INTERN, post.text[intern.start() : intern.end()])
    if not found:
        return None
    quote = next((words for words in found.values() if words in post.text), "")
    return Read(frozenset(found), quote)


def levels_of_title(title: str) -> frozenset[Level]:
    """The levels that one title names: "Lead/Senior Engineer" is of two."""
    folded = PostText(title).folded
    return frozenset(
        Level[found.lastgroup]
        for found in _levels(folded)
        if found.lastgroup
        and not (found[0].startswith("lead") and _VERB_AFTER.match(folded, found.end()))
        and not (found[0] in _FOUNDERS and _NOT_THE_ROLE.search(folded, 0, found.start()))
    )


def _levels(text: str) -> Iterator[re.Match[str]]:
    for stem in _STEM.finditer(text):
        level = _LEVEL.match(text, stem.start())
        if level is None:
            continue
        manages = level[0].startswith(("manager", "mgr"))
        if not (manages and _OF_NO_PEOPLE.search(text, max(0, level.start() - 16), level.start())):
            yield level


def _levels_of_text(post: PostText) -> Iterator[tuple[Level, str]]:
    text = post.folded
    joined_to = -1
    for match in islice(_levels(text), _LEVELS_AT_MOST):
        start, end = match.span()
        before = sentence_before(text, start, _REACH)
        before = before[before.rfind(": ") + 1 :]
        titled = _TITLE_AFTER.match(text, end, end + _REACH) or _THEN_LEVEL.match(text, end, end + _REACH)
        if not _asked(post, match, before, titled is not None, joined_to):
            continue
        joined_to = end
        yield Level[match.lastgroup or ""], post.text[start : titled.end() if titled else end]


def _asked(post: PostText, match: re.Match[str], before: str, titled: bool, joined_to: int) -> bool:
    """Whether a word of the text is a level that is sought, rather than of those who are there."""
    text = post.folded
    start, end = match.span()
    if match[0].startswith("lead") and (_VERB_BEFORE.search(before) or _VERB_AFTER.match(text, end)):
        return False
    if joined_to >= 0 and start - joined_to < _JOINED_AT_MOST and _JOINED.fullmatch(text, joined_to, start):
        return True
    if start < len(post.header) and len(post.segments) > 1 and in_short_part(text, start, end, _PART_AT_MOST):
        return not (before.endswith(" for ") and text.startswith(" candidates", end))
    if (
        match.lastgroup in ("STAFF", "SENIOR", "MANAGER")
        and match[0] not in _FOUNDERS
        and _TITLE_ENDS.match(text, end)
        and _PIECE.fullmatch(before)
    ):
        return True
    level = _LEVEL_AFTER.match(text, end) is not None or match[0].endswith("level")
    if titled and joined_to >= 0 and start - joined_to < _REACH and not _BREAK.search(text, joined_to, start):
        return True
    begins = before.endswith(("(", "[")) or _BEGINS.fullmatch(before) is not None
    sought = last(_SOUGHT, before) >= max(last(_OF_OTHERS, before), 0)
    if match[0] in _FOUNDERS:
        # The founders sign with these, so a line of its own is no job yet.
        return sought and _WANTED.search(before) is not None
    if before.endswith("(") and text.startswith("+)", end):
        return True
    if begins and _SHORT_TITLE.match(text, end):
        return True
    if match.lastgroup == "MANAGER":
        titled = titled or begins or _TITLE_ENDS.match(text, end) is not None
    if not (titled or level):
        return False
    return begins or sought
