"""What the words of the field mean: which say the same, what belongs to what, who made what. Read once.

The data is general knowledge of the field, in synonyms.toml, known.toml and intents.toml; each says there how
it is written.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from bot.search.cues import cues
from bot.search.facets import Kind
from bot.search.words import stem, stems, words

_SHORT = {
    "machine learning": "ml",
    "deep learning": "dl",
    "natural language processing": "nlp",
    "reinforcement learning": "rl",
    "large language model": "llm",
    "artificial intelligence": "ai",
    "neural networks": "neural nets",
}

USUAL = 0.7
"""How much one thing is about another, where the data gives no figure."""

FAINTEST = 0.15
"""What is about another thing less than this, by way of a third, is not about it."""

_FAR = 3
_WEIGHT = re.compile(r"\s+(0?\.\d+|1\.0)$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A thing that words stand for, by its term in the index.

    `wider` holds all that it is about, by their terms, with how much; `words` the stems of all its names,
    `makers` the terms of who made it.
    `whole` says that a title means it only if it says nothing else; `facets` are terms of what is known of it
    beside, for whom it is and what it costs; `known_for` the works that come to mind by a person's name.
    """

    term: str
    words: frozenset[str]
    wider: Mapping[str, float]
    makers: Sequence[str] = ()
    kind: Kind | None = None
    whole: bool = False
    facets: frozenset[str] = frozenset()
    known_for: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intent:
    """What is meant where each of `needs` has one of its stems in what was typed."""

    needs: Sequence[frozenset[str]]
    means: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Meanings:
    """All that is known.

    `phrases` holds, by their first stem, the stems of names, the longest first; `spelt` all words as they are
    written; `people` who may be meant by a first or last name alone, `owners` by their stems those and
    whoever is known by one word; `persons` are the terms of all these.
    """

    by_term: Mapping[str, Meaning]
    phrases: Mapping[str, Sequence[tuple[Sequence[str], Meaning]]]
    intents: Sequence[Intent]
    spelt: frozenset[str]
    people: Mapping[str, Meaning]
    owners: Mapping[str, Meaning]
    persons: frozenset[str]

    def within(self, row: Sequence[str], *, telling: bool = False) -> Iterator[tuple[int, int, Meaning]]:
        """Each name within a row of stems: where it begins, how many stems it has, and what it means.

        `telling` passes over names of one word, and of works, that are part of a longer one.
        """
        reached, longest = 0, 0
        for place, first in enumerate(row):
            for name, meaning in self.phrases.get(first, ()):
                length = len(name)
                if length > 1:
                    if tuple(row[place : place + length]) != name:
                        continue
                    part = place + length <= reached and length < longest
                    if telling and part and meaning.kind is not None:
                        continue
                    if place + length > reached:
                        reached, longest = place + length, length
                elif telling and place < reached:
                    continue
                yield place, length, meaning


def term_of(name: str) -> str:
    """The term that stands in the index for the thing of a name; a facet's, with "=" before it, stays."""
    if name.strip().startswith("="):
        return name.strip()
    return "_" + "_".join(words(name))


@cache
def meanings() -> Meanings:
    """What synonyms.toml, known.toml and intents.toml say."""
    same, intents = _table("synonyms.toml"), _table("intents.toml")
    known = _table("known.toml")
    names: dict[str, list[str]] = {}
    near: dict[str, dict[str, float]] = {}
    kinds: dict[str, Kind] = {}
    whole: set[str] = set()
    makers: dict[str, list[str]] = {}
    makers_named: set[str] = set()
    works_of: dict[str, dict[str, float]] = {}
    for name, line in same["concepts"].items():
        also, _, about = line.partition(">")
        names.setdefault(term_of(name), []).extend([name, *_listed(also)])
        near.setdefault(term_of(name), {}).update(_weighed(about))
    for key, (by, kind, about) in known["works"].items():
        for work in key.split(","):
            first, *others = (name.strip() for name in work.split("|"))
            name = first.removeprefix("=")
            term = term_of(name)
            if name != first:
                # Its words may mean something else, which is another term.
                term += "_itself"
                whole.add(term)
            names.setdefault(term, []).extend([name, *others])
            near.setdefault(term, {}).update(_weighed(about))
            makers_named.update(_listed(by))
            for person in _listed(by):
                names.setdefault(term_of(person), []).append(person)
                makers.setdefault(term, []).append(term_of(person))
            if kind:
                kinds[term] = Kind(kind)
    for person, line in known["people"].items():
        also, _, about = line.partition(">")
        names.setdefault(term_of(person), []).extend([person, *_listed(also)])
        about_them = _weighed(about)
        works_of[term_of(person)] = {term: much for term, much in about_them.items() if term in kinds}
        near.setdefault(term_of(person), {}).update(
            {term: much for term, much in about_them.items() if term not in kinds}
        )
    for said in names.values():
        said += [short for name in said for short in _shortened(name)]
    by_term = {
        term: Meaning(
            term,
            frozenset(root for name in said for root in stems(name)),
            _closure(term, near),
            tuple(makers.get(term, ())),
            kinds.get(term),
            term in whole,
            frozenset(other for other in near.get(term, ()) if other.startswith("=")),
            works_of.get(term, {}),
        )
        for term, said in names.items()
    }
    phrases: dict[str, dict[tuple[tuple[str, ...], str], Meaning]] = {}
    for term, said in names.items():
        for name in said:
            if row := tuple(stems(name)):
                phrases.setdefault(row[0], {})[row, term] = by_term[term]
    people = {
        word: by_term[term_of(person)]
        for person, word in _telling_words({*known["people"], *makers_named}, names)
    }
    owners = {stem(word): meaning for word, meaning in people.items()} | {
        stem(word): by_term[term_of(person)]
        for person, line in known["people"].items()
        for word in _listed(line.partition(">")[0])
        if word.isalpha()
    }
    spelt = frozenset(word for said in names.values() for name in said for word in words(name))
    return Meanings(
        by_term,
        {
            first: sorted(
                ((row, meaning) for (row, _), meaning in rows.items()), key=lambda one: -len(one[0])
            )
            for first, rows in phrases.items()
        },
        [_intent(when, means) for when, means in intents["intents"].items()],
        spelt | set(people),
        people,
        owners,
        frozenset(meaning.term for meaning in owners.values()),
    )


def _shortened(name: str) -> Iterator[str]:
    """A name with the long words in it abbreviated, as people do."""
    for words_in_full, short in _SHORT.items():
        if words_in_full in name and name != words_in_full:
            yield name.replace(words_in_full, short)


def _telling_words(people: Iterable[str], names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The words of people's names that only one has and that mean nothing else."""
    said = cues()
    taken = {row[0] for every in names.values() for name in every if len(row := words(name)) == 1}
    whose: dict[str, list[str]] = {}
    for person in sorted(people):
        for word in set(words(person)):
            whose.setdefault(word, []).append(person)
    for word, owners in whose.items():
        common = word in said.silent | said.elsewhere or stem(word) in said.generic | said.plain
        if len(owners) == 1 and len(word) > 3 and word not in taken and not common:
            yield owners[0], word


def _table(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("bot.search").joinpath(name).read_text(encoding="utf-8"))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _weighed(text: str) -> dict[str, float]:
    found = {}
    for part in _listed(text):
        weight = _WEIGHT.search(part)
        found[term_of(part[: weight.start()] if weight else part)] = float(weight[1]) if weight else USUAL
    return found


def _intent(when: str, means: str) -> Intent:
    needs = [frozenset(stem(word) for word in need.split("|")) for need in when.split()]
    return Intent(needs, _weighed(means))


def _closure(term: str, near: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """All that a thing is about, through others too, each by its strongest way."""
    found: dict[str, float] = {}
    edge = {term: 1.0}
    for _ in range(_FAR):
        onward: dict[str, float] = {}
        for one, reached in edge.items():
            for other, weight in near.get(one, {}).items():
                strength = reached * weight
                if (
                    other[0] != "="
                    and other != term
                    and strength >= FAINTEST
                    and strength > found.get(other, 0.0)
                ):
                    found[other] = onward[other] = strength
        edge = onward
    return found
