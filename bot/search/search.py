"""The index of a catalogue: the right one first by a few typed words, or nothing where nothing fits."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from types import MappingProxyType

from bot.search.asked import Asked, Known, Part, Sort
from bot.search.candidates import Candidates
from bot.search.completing import Completing
from bot.search.cues import cues
from bot.search.document import Document, Found, Hit
from bot.search.facets import Cost, Filters, Kind, Level
from bot.search.meanings import meanings
from bot.search.ranking import Judge, Judged
from bot.search.reading import Read, Reader, facet_term, read
from bot.search.reasons import reasons
from bot.search.spelling import Spelling
from bot.search.understanding import understood
from bot.search.words import words

_CLOSER_LOOKS = 100
_CLOSER_LOOKS_OF_MANY = 60
_MANY = 20_000
_HELD = 256
_NO_FILTERS = Filters()
_NO_VOTES: Mapping[int, int] = MappingProxyType({})
_BESIDE_THE_BEST = 0.4
_STRONG, _FAINT = 0.72, 0.2


class Index:
    """An index of documents, in memory (SQLite FTS5). One thread at a time, in whichever.

    `reader` reads them. One that remembers spares indices that have some in common most of the work.
    """

    def __init__(self, documents: Iterable[Document], *, reader: Reader = read) -> None:
        self._meanings = meanings()
        self._read: list[Read] = []
        self._words: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()
        self._titled: set[str] = set()
        self._candidates = Candidates(self._reading(documents, reader))
        self._by_name: dict[str, list[int]] = {}
        for number, one in enumerate(self._read):
            for name, _ in one.names:
                if name:
                    self._by_name.setdefault(name, []).append(number)
        for word in self._meanings.spelt:
            self._words.setdefault(word, 0)
        self._known = Known(
            len(self._read),
            self._candidates.counts,
            self._candidates.said,
            Spelling(self._words),
            self._meanings,
            self._titled,
        )
        self._telling = {root: self._known.telling(count) for root, count in self._titles.items()}
        # Not by a method of this object: what is let go would wait for the collector with all that it holds.
        self._held = lru_cache(maxsize=_HELD)(partial(_strengths, self._read))
        self._completing = Completing(self._read, self._known.spelling)

    def search(
        self,
        query: str,
        *,
        limit: int = 5,
        filters: Filters = _NO_FILTERS,
        votes: Mapping[int, int] = _NO_VOTES,
    ) -> Found:
        """The documents that answer a query and are what the filters ask, the best first.

        Any text is a query. `votes` says by key how many members a document helped; it counts a little.
        """
        asked = understood(query, self._known)
        if not asked.parts and not asked.names:
            return Found(())
        marked = sorted(self._judged(asked, filters, votes), key=_rank, reverse=True)
        shown = _shown(marked, limit)
        if not any(judgement.fits for judgement, _ in shown):
            return Found((), asked.respelt, self._nearest(marked))
        hits = []
        score = 1.0
        for judgement, one in shown:
            count = votes.get(one.document.key, 0)
            score = min(score, round(judgement.score, 4))
            hits.append(Hit(one.document.key, score, reasons(judgement, one, count)))
        return Found(hits, asked.respelt)

    def complete(self, typed: str, *, limit: int = 25) -> list[int]:
        """Keys for what is being typed: exact names, beginnings, words inside, the spelling mended."""
        return self._completing.keys(typed, limit)

    def close(self) -> None:
        """Give the memory of the index back."""
        self._candidates.close()

    def _reading(self, documents: Iterable[Document], reader: Reader) -> Iterator[Sequence[str]]:
        for document in documents:
            one, columns = reader(document, self._meanings)
            self._read.append(one)
            self._titled.update(words(document.title))
            self._titles.update(set(one.title).union(*one.asks))
            said = " ".join(
                (document.title, *document.names, document.author, *document.tags, *document.asks)
            )
            self._words.update(set(words(said)))
            for word in set(words(document.description)):
                self._words[word] += 1
            yield columns

    def _judged(
        self, asked: Asked, filters: Filters, votes: Mapping[int, int]
    ) -> Iterator[tuple[Judged, Read]]:
        judge = Judge(asked, cues(), self._telling)
        for place, number in enumerate(self._worth_a_look(asked, filters)):
            one = self._read[number]
            if not filters.admit(one.document.facets):
                continue
            count = votes.get(one.document.key, 0)
            judgement = judge.judged(one, self._held(number), place, count)
            if one.document.stands or judgement.named >= 0.8:
                yield judgement, one

    def _worth_a_look(self, asked: Asked, filters: Filters) -> Iterable[int]:
        found: dict[int, None] = {}
        for name in asked.names:
            for number in self._by_name.get(name, ())[:_CLOSER_LOOKS]:
                found.setdefault(number)
        must = _required(filters)
        looks = _CLOSER_LOOKS if len(self._read) < _MANY else _CLOSER_LOOKS_OF_MANY
        for least, share in ((_STRONG, looks), (_FAINT, looks // 2)):
            ways = [_terms(part, least) for part in asked.parts]
            for number in self._candidates.best(ways, share, must):
                found.setdefault(number)
        return found

    def _nearest(self, marked: Sequence[tuple[Judged, Read]]) -> list[str]:
        tags: Counter[str] = Counter()
        for judgement, one in marked[:8]:
            if any(much > 0.3 for part, much in judgement.matched if part.sort is Sort.SUBJECT):
                tags.update(dict.fromkeys(one.document.tags, 1))
        return [tag for tag, _ in tags.most_common(3)]


def _shown(marked: Sequence[tuple[Judged, Read]], limit: int) -> list[tuple[Judged, Read]]:
    """The best that are worth showing beside the very best; what is dead and was named stands last."""
    dead = [one for one in marked if not one[1].document.stands][:1]
    standing = [one for one in marked if one[1].document.stands][: max(1, limit - len(dead))]
    worth = [one for one in standing if one[0].score >= standing[0][0].score * _BESIDE_THE_BEST]
    return (worth + dead)[:limit]


def _strengths(documents: Sequence[Read], number: int) -> dict[str, int]:
    one = documents[number]
    return dict(zip(one.terms, one.strengths, strict=True))


def _terms(part: Part, least: float) -> list[str]:
    terms = [term for term, way in sorted(part.ways.items(), key=lambda one: -one[1]) if way >= least][:12]
    if isinstance(part.asking, Kind | Level | Cost):
        terms.append(facet_term(part.asking))
    return terms


def _required(filters: Filters) -> list[list[str]]:
    """The terms of which a document must hold one of each row, to be admitted by filters."""
    required = []
    if filters.kind is not None:
        required.append([facet_term(filters.kind)])
    if filters.level is not None:
        required.append([facet_term(filters.level), facet_term(Level.ANYONE)])
    if filters.cost is not None:
        costs = (Cost.FREE, Cost.FREEMIUM) if filters.cost is Cost.FREEMIUM else (filters.cost,)
        required.append([facet_term(cost) for cost in costs])
    return required


def _rank(one: tuple[Judged, Read]) -> tuple[bool, float]:
    return one[1].document.stands, one[0].score
