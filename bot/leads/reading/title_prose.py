"""Titles in sentences: "We're hiring platform and inference engineers to ..."."""

import re
from collections.abc import Iterator

from bot.leads.reading.same_jobs import Title
from bot.leads.reading.structure import PostText
from bot.leads.reading.title_lists import has_strong_head, titles_in
from bot.leads.reading.titles import is_title, may_name_jobs

_READ_AT_MOST = 6_000
_LONGEST_LIST = 300

_TRIGGER = re.compile(
    r"(?:\b(?:hiring|looking (?:for|to (?:hire|add|bring (?:on|in)|fill|recruit|expand))|"
    r"seek(?:ing|s)?(?: out)?|searching for|recruiting|"
    r"in (?:need|search) of|on the (?:lookout|hunt) for|(?:we|i|team) (?:also )?(?:need|"
    r"want)s?|needs|hire|openings? for|"
    r"opportunit(?:y|ies) for|positions? (?:(?:open )?for|include|are|available|open)|"
    r"roles? (?:include|are|available|open|for)|"
    r"(?:open|available|current|new|following) (?:roles?|positions?|openings?)(?: (?:on|"
    r"in) (?:my|our|the) team)?(?: (?:include|are|is|for|as))?|"
    r"(?:role|position) (?:(?:open )?(?:on|in) (?:my|our|the) team|of)|join (?:us|"
    r"our team|the team) as|to join (?:us|our team) as|"
    r"work as|adding|bringing on|have (?:an? )?(?:\w+ )?(?:opening|role|position|"
    r"spot)s? (?:open )?(?:for|as))(?: for| to fill| to hire)?|"
    r"\bas (?:an?|our|the)(?: first| next| new| founding)?(?= [A-Z])|\b(?:we['’]re|we are) after)\b[:\s•*-]*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.!?](?:\s|$)|/(?=any(?:one|body)\b)|\s\((?=(?:one|two) of each\))|"
    r"\n\n|;|\||\s[-–—]{1,2}\s|\s[(]?(?:who|whom|which|that|with|to|in|at|"
    r"on|for|based|from|located|whose|as|using|across all|excited|"
    r"passionate|interested|proficient|experienced|familiar|capable|comfortable|able|"
    r"working|building|we|you|ranging|skilled|versed|but|so|"
    r"because|since|if|where|when|while|remotely|remote|onsite|on-site|hybrid|"
    r"full[- ]time|part[- ]time|joining|join|could|can|will|is|are|"
    r"or anyone|of (?:all|any|every|various|different)|among|plus more|ideally|preferably|including|"
    r"specializing|focus\w*|responsible|both|per|during|"
    r"and (?:help|build|more|many|other|anyone|people|someone|we|you|i|if|are|have|a few other))\b",
    re.IGNORECASE,
)
_ADJECTIVES = re.compile(
    r"(?:(?:an?|the|our|remote|full[- ]?time|part[- ]?time|on-?site|hybrid|contract|"
    r"new|additional|\d{1,2}|two|three|four|five) )*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[,/;•\n]|\band\b|&")
_OR = re.compile(
    r"\b((?:engineer|developer|designer|scientist|manager|analyst|architect)s?)\s+or\s+", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s(?:in test|for growth|on test|in residence|at large)\b", re.IGNORECASE)
_CROWD = re.compile(
    r"(?:\W|\b(?:great|good|people|person|someone|talented|best|team|members?|players?|"
    r"individuals?|candidates?|experts?|partners?|"
    r"contractors?|leaders?|advisors?|owner|like|fellow|product|tech|other|your|early)\b)+",
    re.IGNORECASE,
)


def titles_of_prose(post: PostText, *, lists_only: bool = False) -> Iterator[list[Title]]:
    """The titles of each sentence that says who is sought; of those with a list only, where these suffice."""
    text = post.words
    start = len(post.text) - len(post.body) if post.piped else 0
    for match in _triggers(post, start):
        rest = text[match.end() : match.end() + 400].lstrip(" :\n•*-")
        rest = rest[_ADJECTIVES.match(rest).end() :]  # type: ignore[union-attr]
        portion = rest[: _end(rest)].strip()
        if not portion or len(portion) > _LONGEST_LIST:
            continue
        if lists_only and len(_MARKS.findall(portion)) < 2:
            continue
        listed = _OR.sub(r"\1, ", portion).replace(" • ", ", ").replace("\n", ", ")
        titles = [one for one in titles_in(listed, f"{match[0].strip()} {portion}") if _is_sought(one.text)]
        if titles:
            yield titles


def _triggers(post: PostText, start: int) -> Iterator[re.Match[str]]:
    """The words after which jobs are named, in the lines that may name any or are followed by such."""
    lines = [
        line for line in post.lines if start <= line.start < start + _READ_AT_MOST or line.start == 0 == start
    ]
    named = [may_name_jobs(line.text.lower()) for line in lines]
    for index, line in enumerate(lines):
        if named[index] or (index + 1 < len(lines) and named[index + 1] and len(line.text) < 200):
            yield from _TRIGGER.finditer(post.words, line.start, line.start + len(line.text))


def _is_sought(title: str) -> bool:
    founder = title.lower().startswith(("cofounder of", "co-founder of", "founder of", "ceo of", "cto of"))
    return (
        is_title(title, strict=True)
        and has_strong_head(title)
        and not founder
        and _CROWD.fullmatch(title) is None
    )


def _end(rest: str) -> int:
    """Where the list of titles ends: at the first word that goes on about them, outside brackets."""
    at = 0
    while match := _END.search(rest, at):
        before = rest[: match.start()]
        closing = rest.find(")", match.start())
        if before.count("(") > before.count(")") and "\n\n" not in match[0] and closing >= 0:
            at = closing + 1
        elif goes_on := _GOES_ON.match(rest, match.start()):
            at = goes_on.end()
        elif match[0].strip() in ("•",):
            at = match.end()
        else:
            return match.start()
    return min(len(rest), _LONGEST_LIST)
