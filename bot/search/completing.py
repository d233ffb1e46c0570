"""What is being typed, completed: names that are or begin so, then words inside, then the spelling mended."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from bot.search.reading import Read
from bot.search.spelling import Spelling
from bot.search.words import words

_SCANNED = 2_000


class Completing:
    """The names of documents, sorted, and the words in them."""

    def __init__(self, documents: Sequence[Read], spelling: Spelling) -> None:
        self._spelling = spelling
        self._documents = documents
        names: list[tuple[str, int]] = []
        inside: dict[str, list[int]] = {}
        for number, one in enumerate(documents):
            names.extend((name, number) for name, _ in one.names if name)
            row = words(" ".join((one.document.title, *one.document.names, one.document.author)))
            for word in dict.fromkeys(row):
                inside.setdefault(word, []).append(number)
        self._names = sorted(names)
        self._inside = inside
        self._words = sorted(inside)

    def keys(self, typed: str, limit: int) -> list[int]:
        """The keys of what may be meant, the likeliest first; dead ones last, save by their name."""
        row = words(typed)[:12]
        if not row or limit < 1:
            return []
        found: dict[int, None] = {}
        dead: dict[int, None] = {}
        exact = "".join(row)
        for number in self._all(row):
            one = self._documents[number]
            named = any(name == exact for name, _ in one.names)
            (found if one.document.stands or named else dead).setdefault(number)
            if len(found) >= limit:
                break
        return [self._documents[number].document.key for number in (*found, *dead)][:limit]

    def _all(self, row: Sequence[str]) -> Iterator[int]:
        yield from self._beginning("".join(row))
        if row[0] in ("the", "a", "an") and len(row) > 1:
            yield from self._beginning("".join(row[1:]))
        yield from self._with_words(row)
        mended = [self._mended(word, place == len(row) - 1) for place, word in enumerate(row)]
        mended_row = " ".join(mended).split()
        if mended_row != list(row):
            yield from self._beginning("".join(mended_row))
            yield from self._with_words(mended_row)

    def _beginning(self, start: str) -> Iterator[int]:
        """Exact names first, then those that begin so, the shortest first."""
        place = bisect_left(self._names, (start, -1))
        met = []
        for name, number in self._names[place : place + _SCANNED]:
            if not name.startswith(start):
                break
            met.append((len(name), number))
        yield from (number for _, number in sorted(met))

    def _with_words(self, row: Sequence[str]) -> Iterator[int]:
        """Those with all words, the last one perhaps not typed to its end."""
        sets = [set(self._inside.get(word, ())) for word in row[:-1]]
        last = {number for word in self._words_from(row[-1]) for number in self._inside[word]}
        both = last.intersection(*sets) if sets else last
        yield from sorted(both, key=self._standing)

    def _words_from(self, start: str) -> Iterable[str]:
        place = bisect_left(self._words, start)
        for word in self._words[place : place + _SCANNED]:
            if not word.startswith(start):
                return
            yield word

    def _mended(self, word: str, last: bool) -> str:
        if word in self._inside or (last and any(True for _ in self._words_from(word))):
            return word
        return self._spelling.mended(word) or word

    def _standing(self, number: int) -> tuple[int, int]:
        return len(self._documents[number].document.title), number
