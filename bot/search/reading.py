"""A document read into terms: its words, what they mean, and how strongly it is about each. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from bot.search.cues import cues
from bot.search.document import Document
from bot.search.facets import Cost, Kind, Level
from bot.search.meanings import Meanings
from bot.search.words import LINKING, folded, stem, words

TITLE, NAME, TAG, DESCRIPTION, ASKED, HOST, PATH = 1.0, 0.95, 0.86, 0.68, 0.6, 0.7, 0.45
"""How strongly a document is about a word of each of its parts."""

_LAST_TAG, _NEXT_TAG = 0.58, 0.07
_IN_PART = 0.78
_ONE_MORE_PART, _SEVERAL_PARTS = 0.05, 2
_MADE, _MAYBE_MADE = 0.85, 0.3
_HANDLE = 7
_BY_AUTHOR = 0.5

HINTED = 0.5
"""What is left of what a thing is about, where the thing is only mentioned in the description or address."""

_DESCRIPTION, _ASKS, _REST = 3, 4, 5

STEPS = 200
"""Strengths are kept as whole numbers from 0 to this."""

_PARTS = re.compile(r"\s[-–—|]\s|:\s+-?|[()]|\s+by\s+|,\s+")
_ADDRESS = re.compile(r"https?://([^/?#]*)([^?#]*)")
_PLAIN_ADDRESS = frozenset(
    words(
        """www com org net io html htm http https github gitlab index readme main master blob tree en docs
        doc learn stable latest google youtube youtu be watch playlist medium twitter wiki page pages pdf view
        abs ai co app dev edu ac uk blog post posts p c r course courses book books article articles v user
        users search tutorial tutorials overview lib library libraries package project projects web site"""
    )
)


@dataclass(frozen=True, slots=True)
class Read:
    """A document as the ranking sees it.

    `terms` and `strengths` go together; `title` are the stems of the title, `names` the title, its telling
    parts and the other names, each in its words without spaces between, with how much of a name it is, and
    `asks` the stems of each of the things that people type. `renowned` says that the title is of a known
    work.
    """

    document: Document
    terms: Sequence[str]
    strengths: bytes
    title: Sequence[str]
    names: Sequence[tuple[str, float]]
    asks: Sequence[frozenset[str]]
    renowned: bool = False


Reader: TypeAlias = Callable[[Document, Meanings], tuple[Read, Sequence[str]]]
"""What reads documents as `read` does."""


def facet_term(facet: Kind | Level | Cost) -> str:
    """The term under which documents of a kind, level or cost are found."""
    return f"={facet.value}"


def squeezed(text: str) -> str:
    """A name in its words, without spaces and without an article in front."""
    row = words(text)
    return "".join(row[1:] if len(row) > 1 and row[0] in ("the", "a", "an") else row)


def read(document: Document, meanings: Meanings) -> tuple[Read, Sequence[str]]:
    """What a document says, and the text of the columns title, names, tags, description, asks and rest."""
    reading = _Reading(document, meanings)
    for place, strength, row in _rows(document, reading.title, reading.author):
        reading.take(place, strength, row)
    found = reading.all_together()
    columns = reading.columns
    said = {term for column in columns for term in column}
    columns[-1] += [term for term in found if term not in said]
    terms = sorted(found, key=found.__getitem__, reverse=True)
    strengths = bytes(round(found[term] * STEPS) for term in terms)
    names = tuple((squeezed(name), much) for name, much in _named(document))
    return (
        Read(
            document,
            tuple(terms),
            strengths,
            tuple(told(document.title)),
            names,
            reading.asks,
            reading.renowned,
        ),
        [" ".join(column) for column in columns],
    )


class _Reading:
    """What is found while the parts of a document are read, one after the other."""

    def __init__(self, document: Document, meanings: Meanings) -> None:
        self.title, self.author = _row(document.title), _row(document.author)
        self.columns = [list[str]() for _ in range(_REST + 1)]
        self._meanings = meanings
        self._facets = document.facets
        self._alone = {tuple(self.title), *(tuple(_row(part)) for part, _ in _named(document))}
        self.asks = [frozenset(told(ask)) for ask in document.asks]
        self.renowned = False
        self._said: dict[str, float] = {}
        self._places: dict[str, int] = {}
        self._implied: dict[str, float] = {}

    def take(self, place: int, strength: float, row: Sequence[str]) -> None:
        """Read the row of a part, which belongs to a column and is so strong."""
        column = self.columns[place]
        column += row
        in_part = (
            min(strength, _IN_PART) if place == 1 and len(row) > 1 and row is not self.author else strength
        )
        for word in row:
            self._say(word, place, in_part)
        if place < _DESCRIPTION:
            for first, second in pairwise(row):
                if first.isascii() and len(first) + len(second) > 4:
                    column.append(first + second)
                    self._say(first + second, place, strength)
        if place == _REST:
            for word in row:
                self._say_owner(word, column)
        named = list(self._meanings.within(row, telling=True))
        makers = {maker for _, _, meaning in named if meaning.kind is not None for maker in meaning.makers}
        for at, length, meaning in named:
            alone = tuple(row[at : at + length]) in self._alone
            if meaning.whole and not (place < 2 and alone):
                continue
            if meaning.kind is not None and place == 0 and (alone or (at == 0 and length > 1)):
                self.renowned = True
            column.append(meaning.term)
            share = strength if length == len(row) else in_part
            self._say(meaning.term, place, share)
            if place >= _DESCRIPTION:
                share *= HINTED
            elif row is self.author:
                share *= _BY_AUTHOR
            if meaning.term not in makers:  # A work says itself what it is about; who made it adds nothing.
                for term, much in meaning.wider.items():
                    self._imply(term, share * much)
            if meaning.makers and place < 2:
                coded = any(sign.isdigit() for sign in row[at])
                # What is named after a thing is not always by who made the thing.
                for term in meaning.makers:
                    self._imply(term, _MADE if alone or length > 2 or coded else _MAYBE_MADE)

    def _say_owner(self, handle: str, column: list[str]) -> None:
        """Whose address it is, where a word of it is an initial and the last name of somebody known."""
        person = self._meanings.owners.get(handle[1:]) if len(handle) >= _HANDLE else None
        if person is not None:
            column.append(person.term)
            self._imply(person.term, _MADE)

    def all_together(self) -> dict[str, float]:
        """All terms, each with how strongly the document is about it: more where several parts say so."""
        found = self._implied.copy()
        for term, strength in self._said.items():
            several = min(_SEVERAL_PARTS, self._places[term].bit_count() - 1)
            strength *= 1 - _ONE_MORE_PART * (_SEVERAL_PARTS - several)
            found[term] = max(found.get(term, 0.0), strength)
        for facet in (self._facets.kind, self._facets.level, self._facets.cost):
            if facet is not None:
                self.columns[2].append(facet_term(facet))
                found[facet_term(facet)] = 1.0
        return found

    def _say(self, term: str, place: int, strength: float) -> None:
        self._said[term] = max(self._said.get(term, 0.0), strength)
        self._places[term] = self._places.get(term, 0) | 1 << place

    def _imply(self, term: str, strength: float) -> None:
        self._implied[term] = max(self._implied.get(term, 0.0), strength)


def _rows(
    document: Document, title: Sequence[str], author: Sequence[str]
) -> Iterator[tuple[int, float, Sequence[str]]]:
    """The words of each part: the column they belong to, how strongly it is about them, and their stems."""
    yield 0, TITLE, title
    for name in document.names:
        yield 1, NAME, _row(name)
    yield 1, NAME, author
    for place, tag in enumerate(document.tags):
        yield 2, max(_LAST_TAG, TAG - _NEXT_TAG * place), _row(tag)
    yield _DESCRIPTION, DESCRIPTION, _row(document.description)
    host, path = _address_words(document.url)
    for ask in document.asks:
        yield _ASKS, ASKED, _row(ask)
    yield _REST, HOST, host
    yield _REST, PATH, path


def told(text: str) -> list[str]:
    """The stems of a text's words, without those that only ask."""
    silent = cues().silent
    return [stem(word) for word in words(text) if word not in LINKING and word not in silent]


def _row(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in LINKING]


def _named(document: Document) -> Iterator[tuple[str, float]]:
    yield document.title, 1.0
    for name in document.names:
        yield name, 0.97
    parts = [part for part in _PARTS.split(document.title) if part.strip()]
    if len(parts) > 1:
        for place, part in enumerate(parts):
            if len(part.strip()) > 3:
                yield part, 0.93 if place == 0 else 0.86


def _address_words(url: str) -> tuple[list[str], list[str]]:
    """The stems of an address that tell something: of its host, and of its path."""
    match = _ADDRESS.match(folded(url))
    if match is None:
        return [], []
    name = match[1].removeprefix("www.")
    host = [stem(word) for word in words(name) if word not in _PLAIN_ADDRESS and len(word) > 1]
    label = name.rpartition(".")[0].replace(".", "").replace("-", "")
    if len(label) > 4 and label not in _PLAIN_ADDRESS:
        host.append(label)
    path = [
        stem(word)
        for word in words(match[2])
        if word not in _PLAIN_ADDRESS and len(word) > 2 and not word[0].isdigit() and word not in LINKING
    ]
    return host, path
