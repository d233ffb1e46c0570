"""What a post says of a degree: demanded, wished for, or not needed."""

import re
from collections.abc import Iterator

from bot.leads.lead import Degree
from bot.leads.reading.structure import PostText, Read

_SENTENCE_AT_MOST = 400
"""Longer sentences are read in pieces of this length, so that time stays linear."""

_SHORT_LINE = 200

_WORD = re.compile(
    r"\b(?:(?P<surely>ph\.?\s?ds?\b|doctorates?\b|bachelor'?s?\b|b\.?\s?sc\b|m\.?sc\b|b\.?tech\b|m\.?tech\b"
    r"|b\.eng\b|m\.eng\b"
    r"|self[- ]?taught\b|autodidacts?\b|formal education\b)|(?P<degree>degrees?|diplomas?)\b"
    r"|(?P<letters>(?:bs|ms|b\.s|m\.s|ba|ma|master'?s)\b))"
)
_ACADEMIC = re.compile(
    r"(?:\b(?:cs|stem|sciences?|engineering|math\w*|university|college|academic|advanced|technical|relevant"
    r"|related|undergrad\w*|graduate|formal|specific|fancy|year|equivalent|similar|quantitative|higher|tech"
    r"|ee|physics|finance|bachelor\w*'?s?|master'?s?|ph\.?d|b\.?sc?|m\.?sc?|an?|no|any|your|with|without"
    r"|hold|have|about|requires?|needs?)\.? |^|: ?|- ?)$"
)
_NOT_ACADEMIC = re.compile(
    r" of (?!science|arts|engineering|some|any)| (?:perspective|angle|views?|rotation|celsius|sequence"
    r"|feedback|murder|heat)\b|-"
)
_SUBJECT = re.compile(
    r"\.?(?: level)? ?(?:degree|program\b|in (?:a |an )?(?:cs\b|computer|software|math|engineer|physic"
    r"|statist|machine|related|technical"
    r"|stem\b|quantitative|electric|mechanic|economic|data|optical|relevant|bio|operations)|inc? cs\b"
    r"|or (?:an? )?equivalent|or higher"
    r"|(?:/| or | and |, ?)(?:m\.?s|ph\.?d|master)|cs\b|computer science|\+ ?\d|req|preferred|level"
    r"|education|ideally)"
)
_NOT_NEEDED = (
    re.compile(r"\bno (?:\w+[ /-]){0,3}?(?:degrees?|ph\.?ds?|diplomas?|formal education)\b"),
    re.compile(
        r"\b(?:degrees?|ph\.?ds?|diplomas?|education|bachelor'?s|masters)\b[^.;|]{0,60}?\b(?:not|isn't"
        r"|aren't|never) (?:\w+ ){0,2}?"
        r"(?:required|needed|necessary|requirement|must|prerequisite|important|mandatory|matter)\b"
    ),
    re.compile(
        r"\b(?:don't|do not|doesn't|does not|won't|never|(?<!should )not) (?:\w+ ){0,2}?(?:need|require|care"
        r"|ask|look"
        r"|have to|matter|want)\b"
        r"[^.;|]{0,40}?\b(?:degrees?|ph\.?d|diplomas?|masters|bachelors?)\b"
    ),
    re.compile(
        r"(?:\b(?:regardless of|irrespective of|instead of|rather than|more (?:\w+ ){0,3}than|over) |> ?)"
        r"(?:\w+ ){0,4}?(?:degrees?|ph\.?ds?|diplomas?)\b"
    ),
    re.compile(
        r"\b(?:degrees?|ph\.?d) (?:is |are )?(?:optional|irrelevant|unnecessary)\b"
        r"|\bwithout (?:an? )?(?:\w+ )?degrees?\b"
    ),
    re.compile(
        r"\bnon-(?:cs|traditional|technical) (?:[\w-]+ )?(?:degrees?|backgrounds?)\b|\bself[- ]?taught\b"
        r"|\bautodidacts?\b|\btechnically not required\b"
    ),
)
_WISHED = re.compile(
    r"\b(?:plus(?! \d| \w+ years)|prefer(?:red|ably|ence)?|nice[- ]to[- ]have|bonus|ideally|ideal|desirable"
    r"|desired|advantage\w*|beneficial|helpful|great if|even better|appreciated|may be good|favou?red"
    r"|similar experience|experience in lieu|comparable|commensurate|useful|encouraged|welcome"
    r"|or (?:[\w-]+ ){0,3}experience|equivalent (?!degree))|\bequivalent\b(?! degree)"
)
_EXPERIENCE_INSTEAD = re.compile(r"\b(?:or|/) ?(?:an? )?(?:the )?equiv")
_OF_OTHERS = re.compile(
    r"\b(?:(?:our|a|the|elite) team (?:of|is|includes?|comprises|consists)|team of|composed of|found(?:ed"
    r"|ers?)\b"
    r"|(?:our )?(?:international )?staff (?:have|has|includes?)|our (?:team|staff)|built by|created by|we are"
    r"|we're|they|includ(?:es|ing)|led by|comfort talking|his|her|my|backed by|alongside|work(?:ing)? with"
    r"|collaborate|spun out|spin-?(?:off|out)|advised by|many with|most with|and counting|graduates from"
    r"|mentor\w*|scientists \(|engineers \(|experts \(|industry backgrounds|ex-|elite team"
    r"|from (?:top|oxford|mit|stanford)|(?:shouldn't|should not) need an?)"
)
_ASKED = re.compile(
    r"\b(?:requir\w+|req|must|need(?:ed|s)?|minimum|have|has|holds?|possess|looking for|seeking|you|your"
    r"|qualifications?"
    r"|candidates?|applicants?|education|at least|qualified|expect)\b"
)
_TAUGHT_THEMSELVES = re.compile(r"\b(?:i'm|i am|we're|we are|founders?)\b[^.;|]{0,30}self[- ]?taught")
_STILL_WISHED = re.compile(r"\b(?:plus|prefer\w*|bonus|nice|equivalent)\b")
_OF_A_STUDENT = re.compile(r"\b(?:currently|still) (?:in|pursuing)\b|\bphd (?:interns?|students?|program)\b")
_DEMANDED = re.compile(r"[^,;|]{0,80}\b(?:req|required|degree)\b")
_BEGINNING = 12
"""A sentence that begins with a degree, give or take some words, asks for one."""
_OF_STUDENTS = re.compile(
    r"\b(?:pursuing|enrolled|interns?(?:hips?)?|students?|studying|programs?|position)\b"
)
_SENTENCES = re.compile(r"(?<=[.!?;])(?<!Sc\.)(?<!\.D\.)(?<!\.S\.)\s+(?=[A-Z(*•\-])|\s[|•●]\s")


def read_degree(post: PostText) -> Read[Degree] | None:
    """The strongest that is said; a degree that experience can stand in for is a preferred one."""
    if not _WORD.search(post.folded):
        return None
    best: dict[Degree, str] = {}
    asked_for = False
    for line in post.lines:
        folded = post.folded[line.start : line.start + len(line.text)]
        if not line.bullet:
            begins_a_list = folded.endswith(":") and _ASKED.search(folded) is not None
            asked_for = begins_a_list or (asked_for and len(folded) < _SHORT_LINE)
        if len(best) < len(Degree) and _WORD.search(folded):
            for start, end in _sentences(line.text):
                said = _said(folded[start:end], bool(line.bullet) or asked_for)
                if said is not None:
                    best.setdefault(said, line.text[start:end].strip())
    for degree in (Degree.REQUIRED, Degree.PREFERRED, Degree.NOT_REQUIRED):
        if degree in best:
            return Read(degree, best[degree])
    return None


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for ended in _SENTENCES.finditer(line):
        yield from _pieces(start, ended.start())
        start = ended.end()
    yield from _pieces(start, len(line))


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    for begin in range(start, end, _SENTENCE_AT_MOST):
        yield begin, min(end, begin + _SENTENCE_AT_MOST)


def _said(sentence: str, listed: bool) -> Degree | None:
    place = _academic(sentence)
    if place is None:
        return None
    wished = _WISHED.search(sentence) is not None
    if any(one.search(sentence) for one in _NOT_NEEDED):
        if _TAUGHT_THEMSELVES.search(sentence):
            return None
        return Degree.PREFERRED if _STILL_WISHED.search(sentence) else Degree.NOT_REQUIRED
    others, asked = (_last(one, sentence[:place]) for one in (_OF_OTHERS, _ASKED))
    if others >= max(asked, 1) or "?" in sentence[place : place + 8]:
        return None
    if _EXPERIENCE_INSTEAD.search(sentence, place) or wished:
        return Degree.PREFERRED
    if _OF_A_STUDENT.search(sentence):
        return None
    if (
        asked >= 0
        or listed
        or place <= _BEGINNING
        or _DEMANDED.match(sentence, place)
        or sentence[:place].endswith(("(", "(md/"))
    ):
        return None if asked < 0 and _OF_STUDENTS.search(sentence) else Degree.REQUIRED
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for found in pattern.finditer(text):
        last = found.end()
    return last


def _academic(sentence: str) -> int | None:
    """Where a word stands that surely means a degree."""
    for found in _WORD.finditer(sentence):
        before, after = (
            sentence[max(0, found.start() - 24) : found.start()],
            sentence[found.end() : found.end() + 60],
        )
        if found["surely"]:
            return found.start()
        if found["degree"] and not _NOT_ACADEMIC.match(after) and _ACADEMIC.search(before):
            return found.start()
        if found["letters"] and _SUBJECT.match(after):
            return found.start()
    return None
