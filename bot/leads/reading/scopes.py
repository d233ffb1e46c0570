"""From where somebody remote may work: the limit written beside "remote", or said in a sentence."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.leads.reading.gazetteer import Sort, gazetteer
from bot.leads.reading.places import Place, find_places
from bot.leads.reading.structure import PostText

_READ_AT_MOST = 6_000

_CLOCKS = "UTC|GMT|CET|CEST|EST|EDT|PST|PDT|CST|CDT|MST|EET|BST|AEST|AEDT|IST|ET|PT|CT"
_SHIFT = r"(?:[+\-−–±]|\+/-|\+-|plus/minus)+\s?\d{1,2}(?:(?::|h|\.)\d\d)?"
ZONE = re.compile(
    rf"\b(?:{_CLOCKS})\b(?:\s?{_SHIFT})?(?:\s?(?:h|hrs?|hours?)\b)?"
    rf"(?:\s?(?:to|-|–|—|/|and|or|through|\.\.)\s?(?:(?:{_CLOCKS})\b)?\s?(?:[+\-−–±]\s?)?\d{{0,2}})?"
    rf"|(?:[+\-−–±]|\+/-)\s?\d{{1,2}}\s?(?:h|hrs?|hours?)?\s?(?:of |from )?(?:{_CLOCKS})\b"
)
REMOTE = re.compile(
    r"\b(?:100% ?-?|fully[ -]|full[ -])?remot(?:e|ely|o)(?:[ -](?:work|friendly|first|"
    r"only|ok|okay|possible|position|role|option|"
    r"available|job)s?)?\b|\bwfh\b|\bwork from (?:home|anywhere)\b|\bdistributed\b",
    re.IGNORECASE,
)
OR = re.compile(r"\s*(?:[,;+&/|]|\bor\b|\band\b|[-–—])+\s*", re.IGNORECASE)
_TIED = re.compile(
    r"\s*(?:[-–—:,/(\[]|\b(?:in|within|from|across|anywhere in|inside|for|the|to|only|but|"
    r"based|ok|any(?:where)?|of|around|throughout|open|hiring|"
    r"candidates)\b)*\s*",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,90})[)\]]")
_BEFORE = re.compile(r"[\s\-–—:,(\[/]*(?:only|based|wide)?[\s\-–—:,(\[/]*(?:fully|100%)?\s*", re.IGNORECASE)
_HOURS_AFTER = re.compile(
    r"\s*(?:and similar )?(?:time ?zones?|hours|time|TZ)\b(?: overlap)?|\s*[-–]\s*(?:EST|"
    r"PST|CST|CET)\b[^|;,]{0,20}|\s*\([^()]{0,60}\)",
    re.IGNORECASE,
)
_ABOUT_TIME = re.compile(r"\b(?:time ?zones?|tz|overlap|anywhere|hours)\b", re.IGNORECASE)
_EXPLAINED = re.compile(r"\s[-–—]\s(?=[A-Za-z])")
_HQ = re.compile(r"\b(?:hq|headquarter\w*|offices? in|we are in)\b", re.IGNORECASE)
_HQ_BRACKET = re.compile(r"\s*\([^()]*\b(?:hq|headquarter\w*|office)\b[^()]*\)", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:only|strictly|preferred|preferably|please|candidates?|applicants?|residents?|"
    r"citizens?|based|remote(?:ly)?|full[- ]?time|located|"
    r"must be|fully|friendly|though|open to)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^(?:in|within|from|the|anywhere in|across|but)\s+(?:the )?", re.IGNORECASE)
_BESIDES = re.compile(
    r"\s*[;,]\s*[^;,]*\b(?:a plus|bonus|unable|sponsor\w*|visas?|also|but)\b", re.IGNORECASE
)
_CODE = re.compile(r"[ :-]+([A-Z][A-Za-z])\b(?=\s*(?:[,;/|)&]|$))")
_PERMIT = re.compile(
    r"\b(?:authori[sz]\w+|eligib\w+|legal\w*|right to|permit\w*|visas?|clearance)\b", re.IGNORECASE
)
_SENTENCES = tuple(
    re.compile(sentence, re.IGNORECASE)
    for sentence in (
        r"\b(?:remote(?! team| company)|remotely|work)\b[^.\n]{0,30}?\b(?:within|anywhere in|"
        r"from anywhere in|in|from)\s+(?:the )?(U\.S\.(?:A\.)?|[A-Z][^.,;:\n()]{1,50})",
        r"\b(?:must|should|need to|have to|can|candidates?|applicants?|you|ideally|"
        r"only)\b[^.\n]{0,50}?\b(?:be |are )?"
        r"(?:based|located|reside|live|residing|living|resident)\s*(?:in|within|"
        r"anywhere in|inside|somewhere in)?\s+(?:the )?"
        r"(U\.S\.(?:A\.)?|[A-Z][^.,;:\n()]{1,50})",
        r"\b((?-i:US|USA|U\.S\.|EU|UK|Canada|Europe)) (?-i:[Rr]emote|REMOTE)\b",
        r"\bremote\W{1,3}\(?([A-Z][^.;:\n()]{1,40})\)?",
        r"\b((?:US|U\.S\.|USA|EU|UK|Europe|Canada)[- ](?:based )?(?:only|residents? only|"
        r"citizens? only|candidates? only))\b",
    )
)
_ANYWHERE = re.compile(
    r"\b(?:be|from|work|working|live|located|based|hire|hiring|remote|remotely|roles?|"
    r"candidates)\W{1,3}(?:\w+ ){0,2}?"
    r"(anywhere in the world|worldwide|world-wide|globally|anywhere on earth|"
    r"anywhere(?! (?:in|within|from|across|the|on|else|near|between)\b))",
    re.IGNORECASE,
)


class Scope(NamedTuple):
    """A limit, the words that prove it, and where they stand."""

    text: str
    quote: str
    start: int
    end: int


def scope_beside(text: str, remote: re.Match[str], places: Sequence[Place]) -> Scope | None:
    """The limit written after or before "remote" in a part of a header."""
    bracket = _BRACKET.match(text, remote.end())
    if bracket and (said := _of_bracket(bracket[1])):
        return Scope(said, text[remote.start() : bracket.end()], bracket.start(), bracket.end())
    after = [place for place in places if place.start >= remote.end() and place.sort is not Sort.CITY]
    if (
        after
        and not (bracket and after[0].start > bracket.end())
        and _TIED.fullmatch(text[remote.end() : after[0].start])
    ):
        end = _end_of_list(text, after)
        more = _HOURS_AFTER.match(text, end)
        end = more.end() if more else end
        return Scope(tidy_scope(text[after[0].start : end]), text[remote.start() : end], after[0].start, end)
    code = _CODE.match(text, remote.end())
    if code and code[1].upper() in gazetteer().codes:
        return Scope(code[1], text[remote.start() : code.end()], code.start(1), code.end())
    zone = ZONE.search(text, remote.end())
    if zone and len(text[remote.end() : zone.start()].split()) <= 5:
        more = re.compile(r"\s*(?:time ?zones?|hours)", re.IGNORECASE).match(text, zone.end())
        end = more.end() if more else zone.end()
        return Scope(tidy_scope(text[zone.start() : end]), text[remote.start() : end], zone.start(), end)
    return _before(text, remote, places)


def _before(text: str, remote: re.Match[str], places: Sequence[Place]) -> Scope | None:
    """ "US Remote", "US/Canada - remote"; in "Italy / Remote" the land is the other choice."""
    before = [place for place in places if place.end <= remote.start()]
    if not before or before[-1].sort is Sort.CITY:
        return None
    gap = text[before[-1].end : remote.start()]
    if gap.startswith(" / ") or not _BEFORE.fullmatch(gap):
        return None
    first = before[-1]
    for place in reversed(before[:-1]):
        if place.sort is Sort.CITY or not OR.fullmatch(text[place.end : first.start]):
            break
        first = place
    end = before[-1].end
    return Scope(tidy_scope(text[first.start : end]), text[first.start : remote.end()], first.start, end)


def _end_of_list(text: str, places: Sequence[Place]) -> int:
    end = places[0].end
    for place in places[1:]:
        if not OR.fullmatch(text[end : place.start]):
            break
        end = place.end
    zone = ZONE.match(text, end + 1) if text[end : end + 1] == "/" else None
    return zone.end() if zone else end


def _of_bracket(text: str) -> str | None:
    """What a bracket after "remote" says of where, or None where it speaks of something else."""
    if _HQ.search(text):
        return None
    places = find_places(text)
    zone = ZONE.search(text)
    if not any(place.sort is not Sort.CITY for place in places) and not zone and not _ABOUT_TIME.search(text):
        return None
    if (
        zone
        and zone.start() < 6
        and (cut := _EXPLAINED.search(text, zone.start() + 3))
        and len(text) > cut.end() + 12
    ):
        # "AEST +- 3 hours - Australia, Japan": the rest only explains it.
        text = text[: cut.start()]
    return tidy_scope(text)


def scope_in_prose(post: PostText) -> tuple[str, str] | None:
    """The limit that a sentence states, with the sentence's words."""
    words = post.words
    start = len(post.text) - len(post.body) if post.piped else 0
    for sentence in _SENTENCES:
        for match in sentence.finditer(words, start, start + _READ_AT_MOST):
            if _PERMIT.search(words, max(0, match.start() - 40), match.start(1)):
                continue
            lands = [place for place in find_places(match[1], header=False) if place.sort is not Sort.CITY]
            if lands and lands[0].start < 5:
                end = _end_of_list(match[1], lands)
                return tidy_scope(match[1][lands[0].start : end]), match[0].strip()
    anywhere = _ANYWHERE.search(words, 0, start + _READ_AT_MOST)
    return (anywhere[1], anywhere[0]) if anywhere else None


def tidy_scope(text: str) -> str:
    """A limit without "only" and the like."""
    if (besides := _BESIDES.search(text)) and besides.start() > 1:
        text = text[: besides.start()]
    plain = _NOISE.sub(" ", _HQ_BRACKET.sub(" ", text))
    plain = _FIRST.sub("", re.sub(r"\s{2,}", " ", plain).strip(" ,;:-–—/|()[]&!").strip())
    if plain.count("(") > plain.count(")"):
        plain += ")"
    return plain or text.strip()
