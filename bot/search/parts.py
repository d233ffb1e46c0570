"""The parts of a query, each with its weight and with what answers it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.search.asked import Known, Part, Sort
from bot.search.cues import Aim, Asking, Cues
from bot.search.everyday import everyday
from bot.search.facets import Kind
from bot.search.meanings import Meaning
from bot.search.typed import Word
from bot.search.words import stem

WIDER = 0.75
"""How well something wider answers, times the square of how much the thing asked for is about it."""

_BEGUN, _SAME = 0.8, 0.94
_GENERIC, _PLAIN_UNKNOWN, _PLAIN, _INTENT_WORDS = 0.35, 0.15, 0.6, 0.5
_UNKNOWN, _COMMON_UNKNOWN, _OTHER_MATTER = 0.45, 0.6, 1.3
_LEAST_SUBJECT, _FIELD, _LESSER = 0.4, 0.25, 0.6
_KIND, _OTHER_FACET, _TIME, _AIM, _NO_AIM = 0.43, 0.25, 0.2, 0.26, 0.1
_INTENT, _ELSEWHERE = 0.75, 2.0
_LESS_KNOWN = 0.95
_BEGUN_LAST, _BEGUN_BEFORE = 3, 5

ANYTHING = Part("", Sort.AIM, _NO_AIM, {}, asking=Aim.ANYTHING)
"""The part of a query that does not say what it is for."""


def intended(means: Mapping[str, float]) -> Part:
    """A part that says what is meant by words that came together."""
    return Part("", Sort.SUBJECT, _INTENT, means)


def elsewhere(row: Sequence[Word]) -> Part:
    """A part that names another matter."""
    return Part(_text(row), Sort.UNKNOWN, _ELSEWHERE, {})


def named(row: Sequence[Word], meant: Sequence[Meaning], known: Known, said: Cues, spent: set[str]) -> Part:
    """A part that names a thing of the field."""
    sure = min(word.sure for word in row)
    ways: dict[str, float] = {}
    covers: set[str] = set()
    for meaning in meant:
        ways[meaning.term] = sure * _SAME
        covers |= meaning.words
        for term, much in meaning.wider.items():
            ways[term] = max(ways.get(term, 0.0), WIDER * much * much * sure)
        if meaning.known_for:
            ways = {term: way * _LESS_KNOWN for term, way in ways.items()}
            ways |= {term: much * sure for term, much in meaning.known_for.items()}
    if len(row) <= 2:
        ways["".join(word.root for word in row)] = sure
    held = max((known.said.get(term, 0) for term, way in ways.items() if way >= sure * _SAME), default=0)
    weight = max(_LEAST_SUBJECT, known.telling(held)) * (1 + 0.15 * (len(row) - 1))
    if any(meaning.term in said.field for meaning in meant):
        weight = min(weight, _FIELD)
    if all(word.root in spent for word in row):
        weight *= _INTENT_WORDS
    roots = frozenset(word.root for word in row)
    person = any(meaning.term in known.meanings.persons for meaning in meant)
    return Part(_text(row), Sort.SUBJECT, weight, ways, roots, frozenset(covers - roots), person=person)


def lesser(part: Part) -> Part:
    """A part beside one that says more."""
    return replace(part, weight=part.weight * _LESSER)


def compound(
    row: Sequence[Word], names: Mapping[int, tuple[int, list[Meaning]]], place: int, known: Known
) -> Part:
    """Two words that documents write as one, or side by side."""
    joined = row[0].meant + row[1].meant
    ways = {joined: 1.0}
    for on, word in enumerate(row):
        length, named = names.get(place + on, (0, []))
        for meaning in named if length == 1 else ():
            ways.setdefault(meaning.term, 0.5)
        ways.setdefault(word.root, 0.5)
    weight = known.telling(known.said.get(joined, 0)) * 1.15
    return Part(_text(row), Sort.SUBJECT, weight, ways, frozenset(word.root for word in row))


def cued(row: Sequence[Word], asking: Asking, meant: Sequence[Meaning], spent: set[str]) -> Part:
    """A part that asks for a kind, a level, a cost, a time, or says what it is for."""
    ways = {word.root: 0.9 for word in row} if len(row) == 1 else {}
    for meaning in meant:
        ways[meaning.term] = 0.9
    covers = frozenset(word.root for word in row)
    if isinstance(asking, Aim):
        return Part("", Sort.AIM, _AIM, {}, covers, asking=asking)
    weight = _KIND if isinstance(asking, Kind) else _TIME if isinstance(asking, int) else _OTHER_FACET
    if covers <= spent:
        weight *= _INTENT_WORDS
    return Part(_text(row), Sort.CUE, weight, ways, covers, asking=asking)


def word_of(word: Word, known: Known, said: Cues, last: bool, spent: bool) -> Part:
    """A word that names nothing known by itself; the last one may not be typed to its end."""
    held = known.counts.get(word.root, 0)
    ways = {word.root: word.sure}
    if word.meant in known.meanings.people:
        ways[known.meanings.people[word.meant].term] = word.sure * _SAME
    plain = word.root in said.plain
    common = everyday().holds(word.meant)
    complete = held or plain or common or word.root in said.generic or word.meant in said.elsewhere
    if not complete and len(word.meant) >= (_BEGUN_LAST if last else _BEGUN_BEFORE):
        for longer in known.spelling.beginning_with(word.meant):
            root = stem(longer)
            if known.counts.get(root, 0):
                ways.setdefault(root, _BEGUN)
    if word.root in said.generic:
        sort, share = Sort.GENERIC, _GENERIC
    elif len(ways) == 1 and not held:
        elsewhere = word.meant in said.elsewhere
        unheard = _OTHER_MATTER if elsewhere else _COMMON_UNKNOWN if common else _UNKNOWN
        sort, share = Sort.UNKNOWN, _PLAIN_UNKNOWN if plain or word.meant.isdigit() else unheard
    else:
        sort, share = (Sort.PLAIN, _PLAIN) if plain else (Sort.WORD, 1.0)
    most = max(known.said.get(way, 0) for way in ways)
    weight = known.telling(most) * share * (_INTENT_WORDS if spent else 1.0)
    foreign = word.meant in said.elsewhere
    return Part(word.meant, sort, weight, ways, frozenset({word.root}), elsewhere=foreign)


def _text(row: Sequence[Word]) -> str:
    return " ".join(word.meant for word in row)
