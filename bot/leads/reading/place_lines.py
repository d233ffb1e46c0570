"""Places in the body of a post: in lines of their own, beside titles, and in sentences."""

import re
from collections.abc import Iterator

from bot.leads.reading.gazetteer import Sort
from bot.leads.reading.places import find_places
from bot.leads.reading.scopes import OR
from bot.leads.reading.structure import Line, PostText
from bot.leads.reading.titles import head_of, is_title

_LINES_AT_MOST = 80
_LONGEST_LINE = 400
_PROSE_AT_MOST = 5_000
_MOST = 6

_TITLE_END = re.compile(r"\s*(?:[(|:]|\s[-–—]\s|https?:)")
_BRACKET_AT_END = re.compile(r"\w \([^()]*\)\W*$")
_PARTS = re.compile(r"\||\s[-–—]\s|(?=\()|(?<=\))")
_REMOTE_BEFORE = re.compile(r"remote[^/|]*$", re.IGNORECASE)
_MODES = re.compile(r"\b(?:remote|on-?site|hybrid|in[- ]person)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:offices?|headquarter\w*|hq|based|located|team|position is|role is|jobs? (?:is|"
    r"are)|work|on-?site|in[- ]person|hybrid|hiring|"
    r"positions?|roles?|opportunit\w+|move|relocate|us|studio|lab)\b[^.\n]{0,40}?\b(?:in|"
    r"at|near|from|to|is)\s+"
    r"(?:the |downtown |central |our |sunny |beautiful )?$",
    re.IGNORECASE,
)

_BRACKET = re.compile(r"^ \([^()]{0,30}\)")

Found = tuple[str, str]
"""A place, and the words that prove it."""


def places_of_lines(post: PostText, *, only_jobs: bool) -> list[Found]:
    """Places that have a line to themselves, or share one with a title (`only_jobs` for these alone)."""
    found: list[Found] = []
    body = len(post.text) - len(post.body)
    for index, line in enumerate(post.lines[:_LINES_AT_MOST]):
        if line.start < body or len(line.text) > _LONGEST_LINE:
            continue
        found += _beside_titles(line) or ([] if only_jobs else _alone(line, near_top=index < 5))
    return found


def _beside_titles(line: Line) -> list[Found]:
    text = line.text
    if "|" not in text and not _BRACKET_AT_END.search(text):
        return []
    first = _TITLE_END.split(text[:160], maxsplit=1)[0]
    if head_of(first) is None or not is_title(first, strict=True):
        return []
    return [
        (place.text, text)
        for part in _PARTS.split(text)[1:]
        if len(part) < 80
        for place in find_places(part)
        if place.sort is not Sort.WORLD
        and (place.sort is Sort.CITY or "remote" in part.lower())
        and not _REMOTE_BEFORE.search(part[: place.start])
    ]


def _alone(line: Line, *, near_top: bool) -> list[Found]:
    linked = "http" in line.text
    short = near_top and len(line.text) < 90
    if not (linked or line.bullet or short):
        return []
    words = re.sub(r"https?://\S+", "", line.text).strip(" -–—:•")
    places = find_places(words) if words else ()
    length = sum(place.end - place.start for place in places)
    enough = 0.3 if short and _MODES.search(words) else 0.6
    if not places or length <= enough * len(words):
        return []
    return [(place.text, line.text) for place in places if place.sort in (Sort.CITY, Sort.PART, Sort.STATE)]


def places_of_prose(post: PostText) -> list[Found]:
    """Cities that a sentence names as the place of work, such as "our office in Berlin or Munich"."""
    return list(dict.fromkeys(_in_prose(post.words[:_PROSE_AT_MOST])))[:_MOST]


def _in_prose(text: str) -> Iterator[Found]:
    last = -1
    for place in find_places(text, header=False):
        if place.sort not in (Sort.CITY, Sort.STATE, Sort.PART):
            continue
        goes_on = last >= 0 and OR.fullmatch(_BRACKET.sub("", text[last : place.start]))
        if goes_on or _OFFICE.search(text[max(0, place.start - 90) : place.start]):
            last = place.end
            yield place.text, text[max(0, place.start - 40) : place.end].strip()
        else:
            last = -1
