"""A query understood: its parts, each with what answers it, and what it asks for beside a subject. Pure."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from math import log

from bot.search.cues import Aim, Asking, Cues, cues
from bot.search.facets import Kind
from bot.search.meanings import Meaning, Meanings
from bot.search.reading import squeezed
from bot.search.spelling import Spelling
from bot.search.words import LINKING, stem, words

LONGEST = 40
"""Of how many words a query is read; what comes after is passed over."""

WIDER = 0.75
"""How well something wider answers, times the square of how much the thing asked for is about it."""

_RESPELT, _BEGUN, _SAME = 0.9, 0.8, 0.94
_GENERIC, _PLAIN_UNKNOWN, _PLAIN, _INTENT_WORDS = 0.35, 0.15, 0.6, 0.5
_UNKNOWN = 0.6
_INTENT, _MOST_INTENTS = 0.75, 2
_LEAST_SUBJECT, _FIELD = 0.4, 0.25
_KIND, _OTHER_FACET, _TIME, _AIM, _NO_AIM = 0.43, 0.25, 0.2, 0.26, 0.1
_BEGUN_LAST, _BEGUN_BEFORE = 3, 5
_MOST_RESPELT = 6
_LEAST_OF_MANY = 200


class Sort(Enum):
    """What a part of a query is: a thing of the field, a word that documents hold, and so on."""

    SUBJECT = auto()
    WORD = auto()
    GENERIC = auto()
    PLAIN = auto()
    UNKNOWN = auto()
    CUE = auto()
    AIM = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A word or name of a query: how much it weighs, and the terms that answer it, each with how well.

    `covers` are its stems, `alike` those of other names of the same; `asking` is what a cue asks for.
    """

    said: str
    sort: Sort
    weight: float
    ways: Mapping[str, float]
    covers: frozenset[str] = frozenset()
    alike: frozenset[str] = frozenset()
    asking: Asking | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query understood. `names` are its words without spaces: as typed, as respelt, and without cues.

    `row` are the stems of its words, `told` those that do not only ask.
    """

    parts: Sequence[Part]
    names: Mapping[str, float] = field(default_factory=dict)
    row: Sequence[str] = ()
    told: frozenset[str] = frozenset()
    respelt: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the understanding of a query rests on: the documents and all words.

    `counts` says how many of the `size` documents are found by a term, `said` how many hold it themselves;
    `titled` are the words of titles.
    """

    size: int
    counts: Mapping[str, int]
    said: Mapping[str, int]
    spelling: Spelling
    meanings: Meanings
    titled: Container[str]

    def telling(self, count: int) -> float:
        """How telling a term is that so many documents hold, from 0 to 1."""
        size = max(self.size, _LEAST_OF_MANY)
        return log(1 + size / (count + 0.5)) / log(1 + size / 0.5)


@dataclass(slots=True)
class _Word:
    typed: str
    meant: str
    sure: float = 1.0
    root: str = ""

    def __post_init__(self) -> None:
        self.root = stem(self.meant)


def understood(query: str, known: Known) -> Asked:
    """What a query asks for, whatever it holds."""
    said = cues()
    typed = words(query.replace("\0", " "))[:LONGEST]
    row = list(_spelt(typed, known, said))
    respelt = " ".join(word.meant for word in row)
    plain = [word for word in row if word.meant not in LINKING]
    asking = _cues_in(row, said)
    parts = list(_parts(plain, asking, known, said, query))
    alone = {place: cue for place, cue in asking.items() if not _within_a_name(place, plain, known)}
    subject = "".join(word.meant for word in _without_cues(plain, alone, said))
    names = {squeezed(respelt): 1.0}
    names.setdefault(squeezed(" ".join(typed)), 1.0)
    if subject:
        names.setdefault(subject, 0.9)
    names.pop("", None)
    return Asked(
        parts,
        names,
        tuple(word.root for word in plain),
        frozenset(word.root for word in plain if word.meant not in said.silent),
        respelt if any(word.sure < 1 for word in row) else "",
    )


def _spelt(typed: Sequence[str], known: Known, said: Cues) -> Iterator[_Word]:
    """The words with those respelt that nobody knows."""
    left = _MOST_RESPELT
    for place, word in enumerate(typed):
        if left and not _is_known(word, known, said):
            last = place == len(typed) - 1
            begun = last and len(word) >= 3 and known.spelling.beginning_with(word, 1)
            joined = any(
                "".join(two) in known.counts
                for two in (typed[place - 1 : place + 1], typed[place : place + 2])
                if len(two) == 2
            )
            mended = None if begun or joined else known.spelling.mended(word)
            if mended:
                left -= 1
                for part in mended.split():
                    yield _Word(word, part, _RESPELT)
                continue
        elif left and _is_rare(word, known, said) and (meant := known.spelling.slip_of(word)):
            left -= 1
            yield _Word(word, meant, _RESPELT)
            continue
        yield _Word(word, word)


def _is_known(word: str, known: Known, said: Cues) -> bool:
    return (
        word in known.spelling
        or _is_common(word, said)
        or stem(word) in known.counts
        or stem(word) in known.meanings.phrases
        or word.isdigit()
    )


def _is_common(word: str, said: Cues) -> bool:
    root = stem(word)
    return (
        word in said.silent
        or root in said.generic
        or root in said.plain
        or word in said.elsewhere
        or word in said.asking
        or word in LINKING
    )


def _is_rare(word: str, known: Known, said: Cues) -> bool:
    """Whether a word may be a slip though a document holds it: among what people type, some is misspelt."""
    return (
        known.spelling.count(word) == 1
        and word not in known.meanings.spelt
        and word not in known.titled
        and not _is_common(word, said)
    )


def _parts(
    row: Sequence[_Word], asking: Mapping[int, tuple[int, Asking]], known: Known, said: Cues, query: str
) -> Iterator[Part]:
    roots = [word.root for word in row]
    names: dict[int, tuple[int, list[Meaning]]] = {}
    for place, length, meaning in known.meanings.within(roots):
        if length > names.get(place, (0, []))[0]:
            names[place] = (length, [meaning])
        elif length == names[place][0]:
            names[place][1].append(meaning)
    named = {on for place, (length, _) in names.items() if length > 1 for on in range(place, place + length)}
    loose = {root for place, root in enumerate(roots) if place not in named or root not in said.generic}
    intents = [one for one in known.meanings.intents if all(need & loose for need in one.needs)]
    intents = sorted(intents, key=lambda one: -len(one.needs))[:_MOST_INTENTS]
    spent = {root for intent in intents for need in intent.needs for root in need}
    for intent in intents:
        yield Part("", Sort.SUBJECT, _INTENT, intent.means)
    aimed = not intents and any(isinstance(one, Aim) for _, one in asking.values())
    if not aimed and not any(isinstance(one, Kind) for _, one in asking.values()):
        yield Part("", Sort.AIM, _NO_AIM, {}, asking=Aim.ANYTHING)
    place = 0
    while place < len(row):
        cue = asking.get(place)
        name = names.get(place)
        ahead = (
            max((names[on][0] for on in range(place + 1, place + cue[0]) if on in names), default=0)
            if cue
            else 0
        )
        two = tuple(word.meant for word in row[place : place + 2])
        if two in said.elsewhere_phrases:
            yield Part(" ".join(two), Sort.UNKNOWN, 2.0, {})
            place += 2
        elif name is not None and name[0] > 1 and (cue is None or name[0] > cue[0]):
            yield _named(row[place : place + name[0]], name[1], known, spent)
            place += name[0]
        elif cue is not None and ahead <= cue[0]:
            part = _cued(
                row[place : place + cue[0]], cue[1], name[1] if name and name[0] == cue[0] else [], spent
            )
            if part.sort is not Sort.AIM or aimed:
                yield part
            place += cue[0]
        elif place + 1 not in asking and _joined(row, place, known, said):
            yield _compound(row[place : place + 2], names, place, known)
            place += 2
        elif row[place].meant in said.silent:
            place += 1
        elif name is not None:
            yield _named(row[place : place + name[0]], name[1], known, spent)
            place += name[0]
        else:
            last = place == len(row) - 1 and not query[-1:].isspace()
            yield _word(row[place], known, said, last, row[place].root in spent)
            place += 1


def _cues_in(row: Sequence[_Word], said: Cues) -> dict[int, tuple[int, Asking]]:
    """The cues in a query, the longest where several begin; places and lengths without linking words."""
    found: dict[int, tuple[int, Asking]] = {}
    place = 0
    for at, word in enumerate(row):
        for phrase, asking in said.phrases.get(word.meant, ()):
            if tuple(one.meant for one in row[at : at + len(phrase)]) == phrase:
                length = sum(one not in LINKING for one in phrase)
                if length and length > found.get(place, (0, None))[0]:
                    found[place] = (length, asking)
                break
        place += word.meant not in LINKING
    return found


def _within_a_name(place: int, row: Sequence[_Word], known: Known) -> bool:
    """Whether a word is part of a longer name of something that was made."""
    return any(
        at <= place < at + length and length > 1 and meaning.kind is not None
        for at, length, meaning in known.meanings.within([word.root for word in row])
    )


def _without_cues(
    row: Sequence[_Word], asking: Mapping[int, tuple[int, Asking]], said: Cues
) -> Iterator[_Word]:
    place = 0
    while place < len(row):
        if place in asking:
            place += asking[place][0]
            continue
        if row[place].meant not in said.silent:
            yield row[place]
        place += 1


def _joined(row: Sequence[_Word], place: int, known: Known, said: Cues) -> bool:
    """Whether two neighbours are written as one word somewhere."""
    if place + 1 >= len(row):
        return False
    first, second = row[place].meant, row[place + 1].meant
    return (
        len(first) + len(second) > 4
        and first not in said.silent
        and second not in said.silent
        and known.spelling.count(first + second) > 0
    )


def _named(row: Sequence[_Word], named: Sequence[Meaning], known: Known, spent: set[str]) -> Part:
    """A part that names a thing of the field."""
    sure = min(word.sure for word in row)
    ways: dict[str, float] = {}
    covers: set[str] = set()
    for meaning in named:
        ways[meaning.term] = sure * _SAME
        covers |= meaning.words
        for term, much in meaning.wider.items():
            ways[term] = max(ways.get(term, 0.0), WIDER * much * much * sure)
    if len(row) <= 2:
        ways["".join(word.root for word in row)] = sure
    held = max((known.said.get(term, 0) for term, way in ways.items() if way >= sure * _SAME), default=0)
    weight = max(_LEAST_SUBJECT, known.telling(held)) * (1 + 0.15 * (len(row) - 1))
    if any(meaning.term in cues().field for meaning in named):
        weight = min(weight, _FIELD)
    if all(word.root in spent for word in row):
        weight *= _INTENT_WORDS
    said = frozenset(word.root for word in row)
    return Part(
        " ".join(word.meant for word in row), Sort.SUBJECT, weight, ways, said, frozenset(covers - said)
    )


def _compound(
    row: Sequence[_Word], names: Mapping[int, tuple[int, list[Meaning]]], place: int, known: Known
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
    return Part(
        " ".join(word.meant for word in row), Sort.SUBJECT, weight, ways, frozenset(word.root for word in row)
    )


def _cued(row: Sequence[_Word], asking: Asking, named: Sequence[Meaning], spent: set[str]) -> Part:
    ways = {word.root: 0.9 for word in row} if len(row) == 1 else {}
    for meaning in named:
        ways[meaning.term] = 0.9
    covers = frozenset(word.root for word in row)
    if isinstance(asking, Aim):
        return Part("", Sort.AIM, _AIM, {}, covers, asking=asking)
    weight = _KIND if isinstance(asking, Kind) else _TIME if isinstance(asking, int) else _OTHER_FACET
    if covers <= spent:
        weight *= _INTENT_WORDS
    return Part(" ".join(word.meant for word in row), Sort.CUE, weight, ways, covers, asking=asking)


def _word(word: _Word, known: Known, said: Cues, last: bool, spent: bool) -> Part:
    """A word that names nothing known by itself; the last one may not be typed to its end."""
    held = known.counts.get(word.root, 0)
    ways = {word.root: word.sure}
    if word.meant in known.meanings.people:
        ways[known.meanings.people[word.meant].term] = word.sure * _SAME
    plain = word.root in said.plain
    complete = held or plain or word.root in said.generic or word.meant in said.elsewhere
    if not complete and len(word.meant) >= (_BEGUN_LAST if last else _BEGUN_BEFORE):
        for longer in known.spelling.beginning_with(word.meant):
            root = stem(longer)
            if known.counts.get(root, 0):
                ways.setdefault(root, _BEGUN)
    if word.root in said.generic:
        sort, share = Sort.GENERIC, _GENERIC
    elif len(ways) == 1 and not held:
        elsewhere = word.meant in said.elsewhere
        sort, share = Sort.UNKNOWN, _PLAIN_UNKNOWN if plain else 1.0 if elsewhere else _UNKNOWN
    else:
        sort, share = (Sort.PLAIN, _PLAIN) if plain else (Sort.WORD, 1.0)
    most = max(known.said.get(way, 0) for way in ways)
    weight = known.telling(most) * share * (_INTENT_WORDS if spent else 1.0)
    return Part(word.meant, sort, weight, ways, frozenset({word.root}))
