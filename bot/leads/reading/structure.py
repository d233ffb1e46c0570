"""How a post is built: the header and its segments, lines, bullets, addresses. What all readers stand on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

READ_AT_MOST = 10_000
"""Characters of a post that are read: half as many again as the longest of 3,400 posts has."""

_HEADER_AT_MOST = 700
_SEGMENT_AT_MOST = 240

_ADDRESS = re.compile(r"https?://[^\s<>\"|]{1,2000}", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}\b", re.IGNORECASE)
_BULLET = re.compile(
    r"\s*(?:([-*•●▪◦‣·○■►▶→⇒»+—–]|[-=–—]{1,4}>|--|[(\[]?\d{1,2}[.):\]](?=\s)|\(?[a-h][.)])\s+|([•●▪◦‣■►▶]))"
)
_FOLDED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ\u2018\u2019\u02bc\u00b4`\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00a0\u2009\u202f",
    "abcdefghijklmnopqrstuvwxyz'''''-------   ",
)
_TRAILING = ".,;:!?'\"”’*_"

APART = " … "
"""Between words that stand apart in the text, in the quote of a reader."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What a reader answers: the value, and the words of the plain text that prove it."""

    value: T
    quote: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a post. `bullet` is the mark that stood before the words, or empty."""

    text: str
    bullet: str
    paragraph: int
    """Counted from 0."""
    start: int
    """Where `text` stands in the plain text."""


@dataclass(frozen=True)
class PostText:
    """A post as plain text, and how it is built. Made by `PostText(plain_text(html)[:READ_AT_MOST])`."""

    text: str

    @cached_property
    def words(self) -> str:
        """The text with spaces where web and mail addresses stood; every other word stays in its place."""
        text = _ADDRESS.sub(_blank, self.text)
        return _MAIL.sub(_blank, text) if "@" in text else text

    @cached_property
    def folded(self) -> str:
        """`words` in lower case (A to Z), with plain apostrophes, dashes and spaces; all stay in place."""
        return self.words.translate(_FOLDED)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines that say something, the header's among them."""
        return tuple(_lines(self.text))

    @cached_property
    def _header_span(self) -> tuple[int, int]:
        if not self.lines:
            return 0, 0
        first = self.lines[0]
        start, end = first.start, first.start + len(first.text)
        if "|" not in first.text:
            # A greeting before the header proper.
            for line in self.lines[1:3]:
                if line.text.count("|") > 1 and line.paragraph and len(line.text) < _HEADER_AT_MOST:
                    return line.start, line.start + len(_without_prose(line.text))
        for line in self.lines[1:3]:
            # A title or a name on a line of its own, and the rest of the header below it.
            goes_on = line.text.startswith("|") or self.text[end - 1] == "|"
            if line.paragraph != first.paragraph or line.bullet or len(line.text) > 300:
                break
            if not goes_on and ("|" in first.text or line.text.count("|") < 2):
                break
            end = line.start + len(line.text)
        header = _without_prose(self.text[start : min(end, start + _HEADER_AT_MOST)])
        return start, start + len(header)

    @cached_property
    def header(self) -> str:
        """The line with the pipes, of the first ones, else the first; without prose that goes on in it."""
        start, end = self._header_span
        return self.text[start:end]

    @cached_property
    def piped(self) -> bool:
        """Whether the header is split by pipes, as the threads' habit is."""
        return len(self.segments) > 1 and "|" in self.header.replace("｜", "|").replace("¦", "|")

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The header's parts: between pipes, else between dashes or other marks with spaces around them."""
        return tuple(split_header(self.header))

    @cached_property
    def body(self) -> str:
        """Everything after the header."""
        return self.text[self._header_span[1] :]

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The parts between empty lines."""
        return tuple(part for part in self.text.split("\n\n") if part.strip())

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """All web addresses, in order, each once, without the punctuation around them."""
        return tuple(dict.fromkeys(trimmed(match[0]) for match in _ADDRESS.finditer(self.text)))


def trimmed(address: str) -> str:
    """A web address without what belongs to the sentence around it."""
    while address:
        if address[-1] in _TRAILING:
            address = address.rstrip(_TRAILING)
        elif address[-1] in ")]}" and address.count(address[-1]) > address.count(
            "([{"[")]}".index(address[-1])]
        ):
            address = address[:-1]
        else:
            break
    return address


_PROSE_AFTER_TERM = re.compile(
    r"[^|]*\|\s*(?:(?:full|part)[- ]?time|remote|on-?site|hybrid|contract|"
    r"relocation support|https?://[^\s|]+)"
    r"(?=\s+[A-Z])",
    re.IGNORECASE,
)


def _without_prose(header: str) -> str:
    """A header up to where prose goes on in the same line after its last pipe."""
    last = header.rfind("|")
    if last < 0 or len(header) - last < 120:
        return header
    start = header.rfind("|", 0, last) + 1
    found = _PROSE_AFTER_TERM.match(header, start)
    return header[: found.end()] if found else header


_PIPES = re.compile(r"\s*(?:[|｜¦│┃∣\n]|<>)+\s*")
_SLASHES = re.compile(r"\s*/\s+|\s+/\s*")
_OTHER_MARKS = (
    re.compile(r"\s+[•·●∙⋅]\s+|\s*[•●]\s*"),
    re.compile(r"\s+(?:[-–—―]{1,3}|//|::|~)\s+|\s*—\s*"),
)


def split_header(header: str) -> list[str]:
    """The parts of a header line; pipes first, other marks where there is no pipe."""
    parts = _parts(_PIPES, header)
    if len(parts) > 1:
        return parts
    for mark in _OTHER_MARKS:
        parts = _parts(mark, header)
        if len(parts) > 2 or (len(parts) == 2 and len(header) < _SEGMENT_AT_MOST):
            return parts
    parts = _parts(_SLASHES, header)
    if len(parts) > 2 and len(header) < _SEGMENT_AT_MOST:
        return parts
    return [header.strip()] if header.strip() else []


def _parts(mark: re.Pattern[str], header: str) -> list[str]:
    return [part.strip(" ,;") for part in mark.split(header) if part.strip(" ,;")]


def _blank(address: re.Match[str]) -> str:
    return " " * len(address[0])


def _lines(text: str) -> Iterator[Line]:
    paragraph, start = 0, 0
    for line in text.split("\n"):
        if not line.strip():
            paragraph += 1
        elif start and line.count("•") > 1:
            # A list that was typed into one line.
            at = start
            for part in re.split(r"(?=•)", line):
                yield from _line(part, paragraph, at)
                at += len(part)
        else:
            yield from _line(line, paragraph, start)
        start += len(line) + 1


def _line(line: str, paragraph: int, start: int) -> Iterator[Line]:
    bullet = _BULLET.match(line)
    begin = bullet.end() if bullet else len(line) - len(line.lstrip())
    words = line[begin:].rstrip()
    if words:
        yield Line(words, bullet[0].strip() if bullet else "", paragraph, start + begin)
