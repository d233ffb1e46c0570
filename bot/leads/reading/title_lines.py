"""Titles that stand in lines of their own in the body: under a heading, with a link, as bullets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.leads.reading.places import find_places
from bot.leads.reading.same_jobs import Title
from bot.leads.reading.structure import Line, PostText
from bot.leads.reading.terms import ADDRESS, HIRING, MAIL, MONEY, without_terms
from bot.leads.reading.title_lists import has_strong_head, is_terms, names_terms, sure_titles, titles_in
from bot.leads.reading.titles import (
    FIELDS,
    LEVELS,
    NEVER_IN_TITLES,
    head_of,
    is_title,
    may_name_jobs,
    plain_words,
)
from bot.leads.reading.vocabulary import words as listed

_LONGEST_LINE = 1_200
_LONGEST_HEADING = 220
_LINES_AT_MOST = 40
"""Lines with titles that are looked at: no post of 3,400 has so many."""

_OTHER_HEADING = re.compile(
    r"\W*(?:(?:key|core|main|basic|minimum|preferred|desired|technical|our|the|your|some|"
    r"backend|frontend|web|mobile|current|data|"
    r"ideal|a few|more|job|role) )*"
    r"(?:requirements?|qualifications?|responsibilit\w+|benefits|perks|(?:tech(?:nology|"
    r"nical)? ?)?stack|skills?|"
    r"about (?:us|you|the (?:company|team|role|job|position))|what (?:you|we)|who (?:you|we) are|"
    r"you (?:have|are|will|should|might|bring)|you['’](?:ll|re)|nice to have|bonus|"
    r"must[- ]haves?|why |how |interview|process|"
    r"experience|compensation|salary|culture|values|team\b|the team|investors|founders|"
    r"contact|technologies|tools|"
    r"we (?:offer|use|are looking for someone)|we['’]re looking for someone|mission|"
    r"products?\b(?! (?:manager|designer|engineer))|profile|"
    r"candidates?|duties|impact|highlights|expectations|in this role|as an? |customers|"
    r"clients|our (?:customers|tech))",
    re.IGNORECASE,
)
_JOBS_HEADING = re.compile(
    r"(?:\b(?:roles?|positions?|openings?|jobs?|vacanc\w+|opportunit\w+|hiring|"
    r"looking for|seeking|recruiting|need|"
    r"in the market for|searching for|titles?|join us(?: as)?|teams?)\b[^.\n]{0,60})\s*[:–—-]?\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:(?:open|current|currently|available|key|priority|our|new|job|hiring|urgent|"
    r"immediate|active|engineering|eng|multiple|"
    r"technical|tech|remote|high[- ]priority|full[- ]time|the|some|all|featured|other|also) )*"
    r"(?:roles?|positions?|openings?|jobs?|titles?|hiring|vacanc(?:y|ies)|opportunit(?:y|"
    r"ies)|looking for|seeking|we need)"
    r"(?: (?:include|are|open|available|we are hiring for|we['’]re hiring for|now|"
    r"currently|title|name|for|opening)\w*)*"
    r"(?: \([^()\n]{0,30}\)| #?\d{1,2})?\s*[:=–—]\s*(\S.*)$",
    re.IGNORECASE,
)
_END_OF_LABEL = re.compile(
    r"(?<!\bsr)(?<!\bjr)(?<!\beng)\.\s|\.$|\bwho\b|\bto (?:help|join|work|build)\b|\bhttps?:",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:\bhttps?://|\bwww\.|\||:\s|:$|\s[-–—=]{1,3}>?\s|\s[-–—]{1,3}$|—|–\s|\s@\s|"
    r"[$€£]\s?\d|(?<!\bsr)(?<!\bjr)(?<!\beng)\.\s|\.$|→|->|\swith (?:\d|strong|experience|expertise|deep)|"
    r"\bapply\b|\bemail\b|;\s|\?\s|\s(?:who|that)\s)",
    re.IGNORECASE,
)
_SPECIALITY = re.compile(r"\s*(?:[-–—]{1,3}|:)\s+([^\s].{1,60}?)\s*(?:$|[|(]|https?:|:\s|\s[-–—]\s)")
_PROSE = re.compile(
    r"[.!?]|\b(?:[Ff]eel|[Oo]n [Tt]arget|you|we|our|your|the|a|an|is|are|build|own|help|with|to|that|this)\b"
)
_DESCRIBED = re.compile(r"([^(),]{3,80}?(?:\s*\([^()]{1,60}\))?)\s*\(")
_SEEKING_FIRST = re.compile(r"\b(?:hiring|looking|seeking|role|position|title|job)\b", re.IGNORECASE)
_NOT_FIRST = listed("not first")
_BULLET_NAME = re.compile(r"([A-Z][\w/+&.-]*(?: [\w/+&.-]+){1,4})\s*(?::\s|:?$|[(|]|\s[-–—]\s)")
_IN_GO = re.compile(r"Go(?= [A-Z])")
"""The language, where a title follows."""
_GOOD_START = re.compile(r"[A-Z(]|\.NET|iOS|\d")


@dataclass(slots=True)
class _Found:
    titles: list[Title]
    sure: bool


@dataclass(slots=True)
class _Reading:
    """Where in the body one is: below a heading of jobs, or of something else."""

    below_jobs: bool = False
    below_other: bool = False
    found: list[_Found] = field(default_factory=list)


def titles_of_lines(post: PostText) -> Iterator[Title]:
    """All titles that have a line, or the beginning of one, to themselves."""
    lines = [line for line in post.lines if line.start >= len(post.text) - len(post.body)]
    reading = _Reading()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        _read(reading, line, following)
        if len(reading.found) == _LINES_AT_MOST:
            break
    unsure = sum(not one.sure for one in reading.found)
    for one in reading.found:
        if one.sure or unsure >= 2:
            yield from one.titles


def _read(reading: _Reading, line: Line, following: Line | None) -> None:
    text = line.text.strip("*_ ")
    if not text:
        return
    titles: list[Title] = []
    whole = False
    if may_name_jobs(text[:_LONGEST_LINE].lower()):
        label = _LABEL.match(text)
        titles = _of_piped(line) if "|" in text else []
        titles = titles or (_of_label(label[1], text) if label else [])
        if titles:
            reading.found.append(_Found(titles, True))
            reading.below_other = False
            return
        titles, whole = _of_line(line)
        if not titles and line.bullet and (reading.below_jobs or reading.found):
            titles = _of_bullet(text)
    if titles:
        own_line = whole and (not line.bullet or line.bullet[0].isdigit())
        if (
            reading.below_other
            and not (own_line and (len(text) < 60 or _has_link(text)))
            and line.bullet != "--"
        ):
            return
        sure = reading.below_jobs or (
            (own_line and (not line.bullet or reading.below_other))
            or (whole and (line.bullet == "--" or _has_link(text) or bool(MONEY.search(text))))
        )
        reading.found.append(_Found(titles, sure))
        if own_line:
            reading.below_other = False
        return
    if (
        reading.below_jobs
        and line.bullet
        and _is_kind_of_work(text)
        and (reading.found or (following and _of_line(following)[0]))
    ):
        reading.found.append(_Found(list(titles_in(text, text)) or [Title(text, text)], True))
    elif len(text) < _LONGEST_HEADING and _heads_jobs(text):
        reading.below_jobs, reading.below_other = True, False
    elif _OTHER_HEADING.match(text) and (text.endswith(":") or (len(text) < 50 and ":" not in text)):
        reading.below_jobs, reading.below_other = False, True
    elif not line.bullet and len(text) > 160:
        reading.below_jobs = reading.below_jobs and following is not None and bool(following.bullet)


_SEEKS = re.compile(
    r"\b(?:hiring|looking for|seeking|roles?|positions?|openings?|vacanc\w+|recruiting)\b", re.IGNORECASE
)


def _heads_jobs(text: str) -> bool:
    if not (text[-1] in ":-–—" or len(text) < 90) or _JOBS_HEADING.search(text[-110:]) is None:
        return False
    other = _OTHER_HEADING.match(text)
    return other is None or (text.endswith(":") and _SEEKS.search(text, other.end()) is not None)


def _has_link(text: str) -> bool:
    return ADDRESS.search(text) is not None


def _is_kind_of_work(text: str) -> bool:
    """Whether a bullet among jobs names one by its field only: "Applied research (speech)"."""
    words = plain_words(text)
    return (
        1 <= len(words) <= 5 and text[0].isupper() and all(word in FIELDS or word in LEVELS for word in words)
    )


def _of_bullet(text: str) -> list[Title]:
    """The title that a bullet among jobs begins with, though its last word alone would prove nothing."""
    name = _BULLET_NAME.match(text)
    if name is None or not is_title(name[1]) or head_of(name[1]) != len(plain_words(name[1])) - 1:
        return []
    return [Title(name[1], text)] if all(word[0].isupper() for word in name[1].split()) else []


def _of_dashed(text: str) -> list[Title]:
    """The titles of a line that lists nothing else, with dashes between them."""
    pieces = [piece.strip() for piece in text.split(" - ")] if len(text) < _LONGEST_HEADING else []
    return [Title(piece, text) for piece in pieces] if pieces and all(map(_is_named, pieces)) else []


def _is_named(piece: str) -> bool:
    return is_title(piece, strict=True) and has_strong_head(piece)


def _of_piped(line: Line) -> list[Title]:
    """The titles of a line that is built as a header is: "Acme | Data Engineer | Remote"."""
    parts = [part.strip() for part in line.text.split("|") if part.strip()]
    if len(parts) < 2 or len(line.text) > 700:
        return []
    titled = {
        part: titles for part in parts if len(part) < 150 and (titles := _whole(sure_titles(part, line.text)))
    }
    terms = any(names_terms(part[:160]) or _has_link(part) for part in parts)
    return [title for titles in titled.values() for title in titles] if terms else []


def _whole(titles: list[Title]) -> list[Title]:
    return (
        titles if all(is_title(one.text, strict=True) or head_of(one.text) is None for one in titles) else []
    )


def _of_label(rest: str, quote: str) -> list[Title]:
    cut = _END_OF_LABEL.search(rest)
    if cut and cut.start() > 2:
        rest = rest[: cut.start()]
    if len(rest) >= 600:
        return []
    parts = [part for part in rest.split(";") if part.strip()]
    if len(parts) < 2:
        return sure_titles(rest, quote)
    return [title for part in parts for title in sure_titles(part, quote, one_line=True)]


def _of_line(line: Line) -> tuple[list[Title], bool]:
    """The titles that a line begins with, and whether it says hardly anything else."""
    text = line.text.strip("*_ ").lstrip("> ").replace("**", "")
    first = text[:30].split(" ", 1)[0].lower().strip(",.:")
    if (first in NEVER_IN_TITLES or first in _NOT_FIRST) and not (
        _SEEKING_FIRST.search(text[:30]) or _IN_GO.match(text)
    ):
        return [], False
    if text.count(" - ") > 1 and (dashed := _of_dashed(text)):
        return dashed, True
    heading = _OTHER_HEADING.match(text)
    if heading and ":" in text[heading.end() : heading.end() + 3]:
        return [], False
    if not text or len(text) > _LONGEST_LINE or not (text[0].isalnum() or text[0] in "([."):
        return [], False
    window = HIRING.sub("", text[:240])
    cut = _CUT.search(_without_brackets(window))
    if cut is None and len(text) > (220 if text.count(",") > 1 else 130):
        return [], False
    portion = (window[: cut.start()] if cut else window).strip()
    rest = window[cut.start() :] if cut else ""
    before, comma, last = portion.rpartition(", ")
    if comma and last == "US":
        # A land here, and no word of a sentence.
        portion = before
    if not portion or len(portion) > 170 or _is_signature(portion):
        return [], False
    described = _DESCRIBED.match(portion)
    if (
        described
        and not is_title(portion, strict=True)
        and is_title(described[1], strict=True)
        and portion.count("(") < 3
    ):
        last = portion[described.end(1) :]
        if not sure_titles(portion, text) or len(last) > 60:
            portion, rest = described[1], last + rest
    if head_of(portion) is None or not _in_good_form(portion, line):
        return [], False
    if rest and (more := _SPECIALITY.match(rest)) and _is_speciality(more[1]):
        whole = portion + rest[: more.end(1)]
        described_by = rest.lstrip().startswith(":") and not _is_name(more[1])
        if is_title(whole) and not is_terms(more[1]) and not described_by:
            portion, rest = whole, rest[more.end(1) :]
    titles = sure_titles(portion, text, one_line=True)
    if not all(head_of(one.text) is None or is_title(one.text, strict=True) for one in titles):
        return [], False
    said = without_terms(ADDRESS.sub(" ", MAIL.sub(" ", rest)), find_places(rest)) if rest else ""
    return titles, len(plain_words(said)) <= 3


def _is_signature(portion: str) -> bool:
    """Whether it is somebody's name with what they are: "Ada Ling, CTO"."""
    name, comma, _ = portion.partition(",")
    words = name.split()
    return (
        bool(comma)
        and 1 <= len(words) <= 3
        and all(word[0].isupper() for word in words)
        and head_of(name) is None
        and not any(word in FIELDS or word in LEVELS for word in plain_words(name))
    )


def _without_brackets(text: str) -> str:
    """The text with the insides of brackets blanked out, each character in its place."""
    return re.sub(r"\([^()]*\)", lambda bracket: "(" + "x" * (len(bracket[0]) - 2) + ")", text)


def _is_speciality(text: str) -> bool:
    words = text.split()
    return (
        len(words) <= 6
        and text.count(",") < 3
        and words[0][0].isupper()
        and all(part.lstrip()[:1].isupper() for part in text.split(",")[1:])
        and not _PROSE.search(text)
        and not names_terms(text)
        and not has_strong_head(text)
    )


def _is_name(text: str) -> bool:
    """Whether words name a speciality, all in capitals or all known fields, and describe nothing."""
    names = [word for word in re.findall(r"[^\W_]+", text) if word not in ("and", "or", "of")]
    return all(word[0].isupper() for word in names) or all(word.lower() in FIELDS for word in names)


def _in_good_form(portion: str, line: Line) -> bool:
    """Whether the words are written as a title is, not as the beginning of a sentence."""
    words = plain_words(portion)
    if not words or len(words) > 14 or not NEVER_IN_TITLES.isdisjoint(words):
        return False
    if words[0] in _NOT_FIRST and not _IN_GO.match(portion):
        return False
    if not _GOOD_START.match(portion):
        return bool(line.bullet) or (len(words) <= 4 and (words[0] in FIELDS or words[0] in LEVELS))
    written = re.findall(r"[\w.#+]+", re.sub(r"\([^()]*\)", "", portion))
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in written)
    return capitals >= len(written) / 2 or len(words) <= 3 or bool(line.bullet)
