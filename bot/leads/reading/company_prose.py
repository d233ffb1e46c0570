"""The company's name in sentences: "At Acme, we ...", "Acme is hiring", "a designer for Acme"."""

import re

from bot.leads.reading.names import HIRES, is_name, tidy_name
from bot.leads.reading.places import find_places
from bot.leads.reading.structure import PostText, Read
from bot.leads.reading.titles import is_title

_READ_AT_MOST = 4_000
_QUOTE_AT_MOST = 120

_NAME = r"[A-Z0-9][\w.&'’+!-]*(?:\s+(?:[A-Z0-9&][\w.&'’+!-]*|of|the|and|for|de|la|by)){0,4}?"
_ASIDE = r"(?:\s*[(\[][^()\[\]\n]{0,80}[)\]])?"
_SENTENCES = tuple(
    re.compile(sentence)
    for sentence in (
        rf"\b(?i:at|join|here at)\s+({_NAME}){_ASIDE}\s*,\s+(?i:we|you|our|I)\b",
        rf"(?:^|\n|[.!?]\s+)(?:(?i:hi|hello|hey)[^.\n]{{0,30}}[.!]\s+)?(?:(?i:the|"
        rf"our team at) )?({_NAME}){_ASIDE},?\s+{HIRES}\b",
        rf"\b(?i:we['’]?re|we are|I['’]?m|I am|this is)\s+(?:\w+ )?(?:at|from|with|of|"
        rf"for)?\s*({_NAME}){_ASIDE}"
        r"(?:,\s+(?i:an?|the|we)\b|\s+and\s+(?:we|are)\b|\s+[-–—]|\.\s)",
        rf"(?:^|\n)({_NAME}){_ASIDE},?\s+(?:needs|wants|seeks|makes|builds|helps|provides|"
        rf"has|develops|offers|runs|powers|"
        r"designs|creates|enables|delivers|operates|hires|was founded)\b",
        r"\b(?i:engineer|developer|designer|manager|scientist|lead|founder|cofounder|cto|"
        r"ceo|vp|team|position|role|roles|jobs|"
        rf"job|opening|openings)s?\s+(?:at|for|of|with|@)\s+({_NAME[:-1]})(?=[\s,.(:!]|$)",
        rf"\b(?i:to join)\s+({_NAME})\s+(?:as|in|and|to|team|full-time|part-time)\b",
        rf"\b(?i:hiring|hire)\b[^.\n|]{{0,60}}\s(?i:at|for)\s+({_NAME})(?=\s*(?:[.,!(:]|\n|$))",
        rf"\b(?i:why|about|join|we at)\s+({_NAME})\s*(?:[:?!]|\n|$|are\b)",
        rf"\A({_NAME}){_ASIDE},?\s+(?:is|a|an|the|looking|founded|hiring)\b",
    )
)
_LINE = re.compile(rf"({_NAME})\s*{_ASIDE}\s*(?:[-–—:]+\s+|[-–—]\s*https?:|\(\s*https?:|https?:|:\s*$)")
_JOBS = re.compile(r"(?i)\b(?:roles?|positions?|jobs?|openings?)\b")
_BATCH = re.compile(r"\A\W*([\w.&'’ -]{2,40}?)\s*\((?:YC|Y Combinator)[^()]*\)")


def company_of_prose(post: PostText) -> Read[str] | None:
    """The name that is said first, and again."""
    text = post.text[:_READ_AT_MOST]
    if (batch := _BATCH.match(text)) and (name := tidy_name(batch[1])):
        return Read(name, batch[0].strip())
    best: tuple[int, str, str] | None = None
    for rank, sentence in enumerate(_SENTENCES):
        for match in sentence.finditer(text):
            name = tidy_name(match[1])
            if is_name(name) and not find_places(name) and not is_title(name) and not _JOBS.search(name):
                weight = match.start() + 400 * rank - 150 * min(text.count(name), 4)
                if best is None or weight < best[0]:
                    best = weight, name, match[0].strip()[:_QUOTE_AT_MOST]
                break
    for line in post.lines[:3]:
        found = _LINE.match(line.text)
        name = tidy_name(found[1]) if found else ""
        if found and is_name(name) and not find_places(name) and not is_title(name):
            weight = line.start + 100
            if best is None or weight < best[0]:
                best = weight, name, found[0].strip()
    return Read(best[1], best[2]) if best else None
